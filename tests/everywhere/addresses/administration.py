"""Django's administration: the pages that belong to no table, and those of each table."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.test import RequestFactory
from django.urls import reverse

from organisation.models import Namnd
from tests.everywhere.addresses.address import Address, given, someone

# Django's administration: pages that belong to no table.
ADMIN = [
    Address("admin", "admin:index"),
    Address("admin sign-in", "admin:login"),
    Address("admin sign-out", "admin:logout"),
    Address("admin own password", "admin:password_change"),
    Address("admin own password done", "admin:password_change_done"),
    Address(
        "admin a password",
        "admin:auth_user_password_change",
        lambda city: {"id": someone(city)["pk"]},
    ),
    Address("admin texts", "admin:jsi18n"),
    Address("admin app", "admin:app_list", given(app_label="organisation")),
    Address("admin search", "admin:autocomplete"),
    Address(
        "admin to the page",
        "admin:view_on_site",
        lambda _: {
            "content_type_id": ContentType.objects.get_for_model(Namnd).pk,
            "object_id": Namnd.objects.get(code="farsta").pk,
        },
    ),
]

# Tables that the administrator keeps there. All others carry work, or the trace: read only.
KEPT_IN_ADMIN = {
    "organisation.Meeting",
    "organisation.Namnd",
    "papers.PaperTemplate",
    "programme.Perspective",
    "programme.ViolenceType",
    "indicators.Indicator",
    "remisser.Proposal",
    "remisser.Remiss",
    "remisser.Remissinstans",
}
# Kept there too, but nothing is ever removed.
KEPT_FOR_EVER = {"organisation.User"}


def tables() -> Iterator[tuple[type[Model], str]]:
    """Each table of the administration, and how it is held there: "kept", "stays" or "read"."""
    for model in admin.site._registry:
        label = model._meta.label
        kind = "kept" if label in KEPT_IN_ADMIN else "stays" if label in KEPT_FOR_EVER else "read"
        yield model, kind


def table_addresses(model: type[Model], person: Any) -> dict[str, str]:
    """Addresses of one table: its list, and its first row as `person` may see it, if any."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    found = {"list": reverse(f"{name}_changelist"), "add": reverse(f"{name}_add")}
    request = RequestFactory().get("/")
    request.user = person
    row = admin.site._registry[model].get_queryset(request).first()
    if row is not None:
        for page in ("change", "history", "delete"):
            found[page] = reverse(f"{name}_{page}", args=[row.pk])
    return found
