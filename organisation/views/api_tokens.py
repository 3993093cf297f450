"""The systemförvaltare's pages about keys to the API."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.domain.api_tokens import (
    MOST_A_MINUTE,
    create_token,
    find_token,
    revoke_token,
    token_lines,
)
from organisation.domain.errors import Conflict, Invalid
from organisation.domain.history import api_token_history
from organisation.people_forms import ApiTokenForm
from organisation.requests import SignedInRequest
from organisation.views.gate import for_administrators


@for_administrators
@require_safe
def api_token_list(request: SignedInRequest) -> HttpResponse:
    """All keys, how long they hold and how much they are used."""
    context = {
        "keys": token_lines(request.user),
        "most_a_minute": MOST_A_MINUTE,
        "lines": api_token_history(request.user),
        "trail": _trail(),
    }
    return render(request, "administration/api_tokens.html", context)


@sensitive_variables("secret")
@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def api_token_new(request: SignedInRequest) -> HttpResponse:
    """Make a key. Its secret is in the answer, this once: there is nothing to send on to."""
    form = ApiTokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = create_token(actor=request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            context = {"token": token, "secret": secret, "trail": _trail(keys_too=True)}
            return render(request, "administration/api_token_made.html", context)
    context = {
        "form": form,
        "heading": "Ny API-nyckel",
        "lead": "Nyckeln visas en gång, när den är gjord. Den ser det som alla inloggade ser.",
        "button": "Gör nyckeln",
        "trail": _trail(keys_too=True),
    }
    return render(request, "administration/form.html", context)


@for_administrators
@require_POST
def api_token_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a key back."""
    token = find_token(pk)
    if token is None:
        raise Http404
    try:
        revoke_token(token, actor=request.user)
    except Conflict as refusal:
        messages.info(request, refusal.message)
    else:
        messages.success(request, f"Nyckeln till {token.name} är återkallad.")
    return redirect("api-token-list")


def _trail(*, keys_too: bool = False) -> list[dict[str, str]]:
    trail = [{"url": reverse("administration"), "label": "Administration"}]
    if keys_too:
        trail.append({"url": reverse("api-token-list"), "label": "API-nycklar"})
    return trail
