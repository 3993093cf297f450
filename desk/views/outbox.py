"""The outbox: mail that Samlad has posted, and what became of it."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisation.requests import SignedInRequest
from trace.models import Mail

PER_PAGE = 50


@require_safe
def outbox(request: SignedInRequest) -> HttpResponse:
    """What the person has posted and been sent; for the systemförvaltare all of it."""
    mail = Mail.objects.visible_to(request.user).select_related("person", "posted_by")
    page = Paginator(mail, PER_PAGE).get_page(request.GET.get("sida"))
    return render(request, "desk/outbox.html", {"page": page, "is_sent": settings.MAIL_IS_SENT})
