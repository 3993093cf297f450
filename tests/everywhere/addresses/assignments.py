"""Uppdrag and their accounts."""

from collections.abc import Callable
from functools import partial
from typing import Any

from organisation.models import Namnd
from papers.models import PaperTemplate
from tests.everywhere.addresses.address import HEADER, Address, Fields, given, of_paper
from tests.everywhere.scenario import City

WRITTEN, WAITING, SETTLED = "skrivs", "vantar", "beslutat"
OWN_UPPDRAG = {
    "title": "Nytt",
    "origin": "budget",
    "source": "Budget",
    "revision": "0",
}
DECIDED = {
    "meeting_on": "2025-04-10",
    "p-TOTAL_FORMS": "1",
    "p-INITIAL_FORMS": "0",
    "p-0-text": "Godkänns.",
}


def _uppdrag(namnd: str, which: str, **more: Any) -> Callable[[City], Fields]:
    return given(slug=f"{namnd}-{which}", **more)


def _of_uppdrag(namnd: str, which: str, **fields: Any) -> Callable[[City], Fields]:
    return lambda city: {
        "revision": city.account(f"{namnd}-{which}").assignment.revision,
        **fields,
    }


def _responsible(namnd: str, which: str = "", **fields: Any) -> Callable[[City], Fields]:
    def made(city: City) -> Fields:
        more = _of_uppdrag(namnd, which)(city) if which else {}
        responsible = f"namnd-{Namnd.objects.get(code=namnd).pk}"
        return {**OWN_UPPDRAG, **more, "responsible": responsible, **fields}

    return made


def _done(namnd: str) -> Callable[[City], Fields]:
    slug = f"{namnd}-{SETTLED}"
    return lambda city: {"slug": slug, "pk": city.obligation(slug).pk}


def _paper(namnd: str, **fields: Any) -> Callable[[City], Fields]:
    def made(city: City) -> Fields:
        paper = city.account(f"{namnd}-{WRITTEN}").paper
        assert paper is not None
        return {"revision": paper.revision, **fields}

    return made


def _own_matter(_: City) -> Fields:
    return {"template": PaperTemplate.objects.get(code="eget-arende").pk}


ASSIGNMENTS = [
    Address("uppdrag", "assignment-list"),
    Address("new uppdrag", "assignment-new", fields=_responsible("sodermalm")),
]
for _namnd, _whose in (("sodermalm", "own"), ("bromma", "their")):
    ASSIGNMENTS += [
        Address(f"{_whose} uppdrag", "assignment", _uppdrag(_namnd, WAITING)),
        Address(
            f"change {_whose} uppdrag",
            "assignment-change",
            _uppdrag(_namnd, WAITING),
            _responsible(_namnd, WAITING),
        ),
        Address(
            f"close {_whose} uppdrag",
            "assignment-close",
            _uppdrag(_namnd, WAITING),
            _of_uppdrag(_namnd, WAITING, reason="Inställt"),
        ),
        Address(
            f"{_whose} obligation",
            "obligation-done",
            _done(_namnd),
            _of_uppdrag(_namnd, SETTLED, on="2025-04-01", note="Brev"),
        ),
        Address(
            f"{_whose} new account",
            "account-new",
            _uppdrag(_namnd, WAITING),
            lambda city, namnd=_namnd: {
                "revision": city.account(f"{namnd}-{WAITING}").assignment.revision,
                "kind": "del",
                "namnd": Namnd.objects.get(code=namnd).pk,
            },
        ),
        Address(f"{_whose} account", "account-page", _uppdrag(_namnd, WRITTEN, number=1)),
        Address(
            f"begin {_whose} account",
            "account-page",
            _uppdrag(_namnd, WAITING, number=1),
            _own_matter,
        ),
        Address(
            f"{_whose} account's day",
            "account-due",
            _uppdrag(_namnd, WAITING, number=1),
            _of_uppdrag(_namnd, WAITING, due_on="2030-01-01", reason="Flyttat"),
        ),
        Address(
            f"{_whose} account's section",
            "account-section",
            _uppdrag(_namnd, WRITTEN, number=1, order=1),
            _paper(_namnd, body="<p>Nytt</p>"),
        ),
        Address(
            f"{_whose} account's header",
            "account-header",
            _uppdrag(_namnd, WRITTEN, number=1),
            _paper(_namnd, **HEADER),
        ),
        Address(
            f"{_whose} account's new version",
            "account-new-version",
            _uppdrag(_namnd, WRITTEN, number=1),
            _paper(_namnd, reason="Fel siffra"),
        ),
        Address(
            f"{_whose} account's attest",
            "account-attest",
            _uppdrag(_namnd, WRITTEN, number=1),
        ),
        Address(
            f"{_whose} account to attest",
            "account-attest-send",
            _uppdrag(_namnd, WRITTEN, number=1),
            lambda city, namnd=_namnd: {
                **_paper(namnd)(city),
                "first": city.attestant(namnd).pk,
            },
        ),
        # Not sent to attest: to attest it is refused on the page.
        Address(
            f"{_whose} account attested",
            "account-attest-approve",
            _uppdrag(_namnd, WRITTEN, number=1),
            lambda _: {"sha256": "a" * 64},
        ),
        Address(
            f"{_whose} account returned",
            "account-attest-return",
            _uppdrag(_namnd, WRITTEN, number=1),
            _paper(_namnd, reason="Kortare"),
        ),
        Address(
            f"{_whose} account as word",
            "account-export",
            _uppdrag(_namnd, WRITTEN, number=1, file_format="word"),
        ),
        Address(
            f"{_whose} account as pdf",
            "account-export",
            _uppdrag(_namnd, WRITTEN, number=1, file_format="pdf"),
        ),
        Address(
            f"{_whose} account's expediering too early",
            "account-dispatch",
            _uppdrag(_namnd, WRITTEN, number=1),
            lambda city, namnd=_namnd: {
                "revision": city.account(f"{namnd}-{WRITTEN}").paper.revision,
                "recipients": "Kommunstyrelsen",
            },
        ),
        Address(
            f"{_whose} account's package",
            "account-package",
            _uppdrag(_namnd, WRITTEN, number=1),
        ),
        Address(
            f"{_whose} account's sent file",
            "account-sent-file",
            _uppdrag(_namnd, WRITTEN, number=1, file=1),
        ),
        Address(
            f"{_whose} decision",
            "account-decision",
            _uppdrag(_namnd, WAITING, number=1),
            _of_uppdrag(_namnd, WAITING, **DECIDED),
        ),
        Address(
            f"{_whose} decision put right",
            "account-decision-correct",
            _uppdrag(_namnd, SETTLED, number=1),
            _of_uppdrag(_namnd, SETTLED, **DECIDED, reason="Fel"),
        ),
    ]
    ASSIGNMENTS += of_paper(
        _whose,
        "account's",
        "account",
        partial(_uppdrag, _namnd, WRITTEN, number=1),
        lambda city, namnd=_namnd: city.account(f"{namnd}-{WRITTEN}").paper,
    )
