"""What every page of a signed-in person has around it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

NAVIGATION = (
    ("start", "Att göra"),
    ("reporting", "Inrapportering"),
    ("followup-list", "Uppföljning"),
    ("programme-list", "Program"),
    ("responsibility", "Ansvar"),
    ("indicator-list", "Indikatorer"),
    ("assignment-list", "Uppdrag"),
    ("service-list", "Stöd och insatser"),
    ("remiss-list", "Remisser"),
)


def signed_in(request: HttpRequest) -> dict[str, Any]:
    """Navigation, and the nämnder the person acts for."""
    user = getattr(request, "user", None)
    around: dict[str, Any] = {"has_example_data": settings.DEMO_SIGN_IN}
    if user is None or not user.is_authenticated:
        return around
    items = []
    for name, label in NAVIGATION:
        url = reverse(name)
        here = request.path == url
        inside = url != "/" and request.path.startswith(url)
        current = "page" if here else ("true" if inside else "")
        items.append({"url": url, "label": label, "current": current})
    if user.access.is_systemforvaltare:
        url = reverse("administration")
        current = "true" if request.path.startswith(url) else ""
        items.append({"url": url, "label": "Administration", "current": current})
    return around | {
        "navigation": items,
        "where": ", ".join(namnd.short_name for namnd in user.access.namnder()),
        "acting": user.access.acting,
        "seats": user.access.seats,
    }
