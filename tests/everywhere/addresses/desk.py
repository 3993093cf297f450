"""The first pages, and those of the systemförvaltare."""

import datetime as dt

from organisation.models import ApiToken, Namnd
from remisser.models import Remiss
from tests.everywhere.addresses.address import Address, Fields, given, someone
from tests.everywhere.scenario import CLOSED, DRAFT, City


def _role(city: City) -> Fields:
    assert city.role is not None
    return {"pk": city.role.pk}


def _merger(city: City) -> Fields:
    return {
        "old": [Namnd.objects.get(code=code).pk for code in ("bromma", "farsta")],
        "on": "2031-01-01",
        "name": "Nya nämnden",
        "short_name": "Nya",
        "code": "nya",
        "kind": "stadsdelsnamnd",
        "carry-out": "1",
    }


PERSON = given(name="Nytt namn", title="", email="", telephone="")


def _key(_: City) -> Fields:
    """A key to the API, to take back."""
    token, _made = ApiToken.objects.get_or_create(
        prefix="provnyckel",
        defaults={
            "name": "Prov",
            "digest": "0" * 64,
            "scopes": ["program"],
            "valid_from": dt.date(2025, 1, 1),
            "valid_to": dt.date(2025, 12, 31),
        },
    )
    return {"pk": token.pk}


NEW_KEY = given(name="Power BI", scopes=["program"], valid_from="2025-01-01", valid_to="2025-12-31")

DESK = [
    Address("start", "start"),
    Address("health", "health"),
    Address("outbox", "outbox"),
    # The systemförvaltare's pages
    Address("administration", "administration"),
    Address("people", "person-list"),
    Address("new person", "person-new", fields=given(name="Ny", username="ny.person")),
    Address("a person", "person", someone),
    Address("change a person", "person-change", someone, PERSON),
    Address("close an account", "person-active", someone, given(active="nej")),
    Address("give a role", "role-give", someone, given(role="systemforvaltare")),
    Address("end a role", "role-end", _role, given(last_day="2031-01-01")),
    Address("nämnder", "namnd-list"),
    Address("merge nämnder", "namnd-merge", fields=_merger),
    Address("a nämnd", "namnd", given(code="farsta"), given(name="Farsta", short_name="Farsta")),
    Address("move tasks", "namnd-move-tasks", given(code="farsta")),
    Address(
        "insight",
        "insight",
        fields=lambda _: {
            "namnd": Namnd.objects.get(code="bromma").pk,
            "remiss": Remiss.objects.get(slug=DRAFT).pk,
            "reason": "Felsökning",
        },
    ),
]

# What other systems read, and the systemförvaltare's pages about their keys. Nobody has a key here.
API = [
    Address("api help", "api-help"),
    Address("api index", "api-index"),
    Address("api document", "api-document"),
    Address("api programmes", "api-programmes"),
    Address("api programme", "api-programme", given(slug="vald-2021-2025")),
    Address("api indicators", "api-indicators"),
    Address("api indicator", "api-indicator", given(code="i-1")),
    Address("api periods", "api-periods"),
    Address("api followup", "api-followup", given(period=CLOSED)),
    Address("api values", "api-values"),
    Address("api reports", "api-reports"),
    Address("api remisser", "api-remisser"),
    Address("api remiss", "api-remiss", given(slug=DRAFT)),
    Address("api nowhere", "api-nowhere", given(rest="finns/inte/")),
    Address("api keys", "api-token-list"),
    Address("new api key", "api-token-new", fields=NEW_KEY),
    Address("take api key back", "api-token-revoke", _key),
]
