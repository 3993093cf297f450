"""The first pages, and those of the systemförvaltare."""

from organisation.models import Namnd
from remisser.models import Remiss
from tests.everywhere.addresses.address import Address, Fields, given, someone
from tests.everywhere.scenario import DRAFT, City


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
