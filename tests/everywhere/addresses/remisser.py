"""Remisser and the answers to them."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils import timezone

from organisation.models import Meeting, Namnd
from papers.domain.changes import current_version
from papers.domain.contents import fingerprint_of
from papers.models import PaperTemplate
from programme.models import Assignment, Goal
from remisser.domain.correcting import decided_item
from remisser.domain.own_dnr import next_number_of
from remisser.domain.plans import rules_in_force
from remisser.models import DnrSeries, DueDateExtension, Remiss, RemissAssignment, RemissGoal
from remisser.plan_forms import as_text
from tests.everywhere.addresses.address import HEADER, Address, Fields, given, of_paper
from tests.everywhere.scenario import (
    AT_ATTEST,
    ATTESTED,
    DRAFT,
    OUT,
    REGISTERED,
    SENT_OUT,
    SHARED,
    City,
)
from tests.factories import make_namnd


def _answer(namnd: str, slug: str = DRAFT, **more: Any) -> Callable[[City], Fields]:
    return given(slug=slug, namnd_code=namnd, **more)


def _revision(slug: str, namnd: str, **more: Any) -> Callable[[City], Fields]:
    return lambda city: {"revision": city.answer(slug, namnd).paper.revision, **more}


def _link(model: type[RemissGoal] | type[RemissAssignment]) -> Callable[[City], Fields]:
    return lambda _: {"slug": DRAFT, "pk": model.objects.get(remiss__slug=DRAFT).pk}


def _meeting() -> Meeting:
    return Meeting.objects.filter(namnd__code="sodermalm").order_by("pk")[0]


def _of_register(namnd: str) -> list[Address]:
    """What a nämnd has registered, and its part of what others have."""
    whose, slug = ("own" if namnd == "sodermalm" else "their"), REGISTERED[namnd]

    def remiss() -> Remiss:
        return Remiss.objects.get(slug=slug)

    def counted(**more: Any) -> Callable[[City], Fields]:
        return lambda _: {"revision": remiss().revision, **more}

    def of_instance(_: City) -> Fields:
        return {"slug": slug, "pk": remiss().instances.get(namnd__isnull=True).pk}

    def of_series(_: City) -> Fields:
        return {"namnd_code": namnd, "pk": DnrSeries.objects.get(namnd__code=namnd).pk}

    def of_file(*, is_open: bool) -> Callable[[City], Fields]:
        return lambda city: {"slug": slug, "pk": city.file(namnd, is_open=is_open).pk}

    of_remiss, of_proposal = given(slug=slug), given(slug=slug, number=2)
    return [
        Address(
            f"amend {whose} remiss",
            "remiss-amend",
            of_remiss,
            counted(remitter="Kommunstyrelsen", dnr=f"KS 2025/{slug[-1]}", title="Ny rubrik"),
        ),
        Address(
            f"add instances to {whose} remiss",
            "remiss-instances-add",
            of_remiss,
            counted(instances="Fryshuset"),
        ),
        Address(
            f"change instance of {whose} remiss",
            "remiss-instance-change",
            of_instance,
            counted(name="Unizon", namnd="", due_on="2031-01-01"),
        ),
        Address(
            f"remove instance of {whose} remiss",
            "remiss-instance-remove",
            of_instance,
            counted(),
        ),
        Address(
            f"add att-satser to {whose} remiss",
            "remiss-proposals-add",
            of_remiss,
            counted(proposals="Att tre"),
        ),
        Address(
            f"change att-sats of {whose} remiss",
            "remiss-proposal-change",
            of_proposal,
            counted(number=2, text="Att två, rättad"),
        ),
        Address(
            f"remove att-sats of {whose} remiss",
            "remiss-proposal-remove",
            of_proposal,
            counted(),
        ),
        Address(f"add papers to {whose} remiss", "remiss-files-add", of_remiss),
        Address(f"{whose} paper of a remiss", "remiss-file", of_file(is_open=False)),
        Address(f"{whose} open paper of a remiss", "remiss-file", of_file(is_open=True)),
        Address(
            f"remove {whose} paper of a remiss",
            "remiss-file-remove",
            of_file(is_open=False),
            given(reason="Fel ärende"),
        ),
        Address(
            f"remove {whose} open paper of a remiss",
            "remiss-file-remove",
            of_file(is_open=True),
            given(reason="Fel ärende"),
        ),
        Address(
            f"{whose} part of a remiss",
            "remiss-own-part",
            given(slug=DRAFT, namnd_code=namnd),
            given(dnr_from="eget", own_dnr="1.5.1-77/2025", due_on="2031-01-01"),
        ),
        Address(
            f"new series of {whose} numbers",
            "series-new",
            given(namnd_code=namnd),
            given(pattern="9.9-{nr}/{år}", next_number=1),
        ),
        Address(
            f"change series of {whose} numbers",
            "series-change",
            of_series,
            lambda _: {
                "next_number": 5,
                "used": "on",
                "seen_next": next_number_of(DnrSeries.objects.get(namnd__code=namnd)),
                "seen_used": "on",
            },
        ),
    ]


REMISSER = [
    Address("remisser", "remiss-list"),
    Address("answers as a list", "answer-list"),
    Address("answers as a board", "answer-board"),
    Address("remiss", "remiss", given(slug=DRAFT)),
    Address(
        "link remiss to goal",
        "remiss-goal-link",
        given(slug=DRAFT),
        lambda _: {
            "goal": Goal.objects.exclude(remiss_links__remiss__slug=DRAFT)[0].pk,
            "source": "Motionen",
        },
    ),
    Address("unlink remiss from goal", "remiss-goal-unlink", _link(RemissGoal)),
    Address(
        "link remiss to uppdrag",
        "remiss-assignment-link",
        given(slug=DRAFT),
        lambda _: {
            "assignment": Assignment.objects.exclude(remiss_links__remiss__slug=DRAFT)[0].pk,
            "source": "Motionen",
        },
    ),
    Address("unlink remiss from uppdrag", "remiss-assignment-unlink", _link(RemissAssignment)),
    Address(
        "register a remiss",
        "remiss-register",
        fields=lambda _: {
            "key": uuid.uuid4(),
            "remitter": "Kommunstyrelsen",
            "dnr": "KS 2025/99",
            "title": "Motion",
            "own_part": "tillfragad",
            "dnr_from": "eget",
            "own_dnr": "1.5.1-99/2025",
        },
    ),
    *[row for code in ("sodermalm", "bromma") for row in _of_register(code)],
    Address("own answer's plan", "answer-plan", _answer("sodermalm")),
    Address("their answer's plan", "answer-plan", _answer("bromma")),
    Address(
        "ask for anstånd",
        "extension-ask",
        _answer("sodermalm"),
        lambda _: {"until": "2031-05-06", "reason": "Sammanträdet"},
    ),
    Address(
        "ask for their anstånd",
        "extension-ask",
        _answer("bromma"),
        lambda _: {"until": "2031-05-06", "reason": "Sammanträdet"},
    ),
    Address(
        "anstånd answered",
        "extension-answer",
        lambda _: {
            "slug": ATTESTED,
            "namnd_code": "sodermalm",
            "pk": DueDateExtension.objects.get(instance__namnd__code="sodermalm").pk,
        },
        lambda _: {"outcome": "nej", "answered_on": timezone.localdate()},
    ),
    Address("planning of a nämnd", "planning", given(namnd_code="sodermalm")),
    Address(
        "rules of planning",
        "planning-rules",
        given(namnd_code="sodermalm"),
        lambda _: {
            "seen": as_text(rules_in_force(make_namnd("sodermalm").pk)),
            "attest-days": 9,
            **{
                f"{rule.step}-{part}": value
                for rule in rules_in_force(make_namnd("sodermalm").pk)
                if rule.step != "attest"
                for part, value in (("days", rule.days), ("anchor", rule.anchor), ("used", "on"))
            },
            "attest-anchor": "utskick",
            "attest-used": "on",
        },
    ),
    Address(
        "new meeting",
        "meeting-new",
        given(namnd_code="sodermalm"),
        lambda _: {"date": "2031-03-05", "kind": "ordinarie"},
    ),
    Address(
        "change meeting",
        "meeting-change",
        lambda _: {"namnd_code": "sodermalm", "pk": _meeting().pk},
        lambda _: {
            "date": _meeting().date,
            "kind": "ordinarie",
            "agenda_on": _meeting().date,
            "revision": _meeting().revision,
        },
    ),
    Address("own answer", "answer", _answer("sodermalm")),
    Address("own attested answer", "answer", _answer("sodermalm", ATTESTED)),
    Address("their answer", "answer", _answer("bromma")),
    Address("their attested answer", "answer", _answer("bromma", ATTESTED)),
    Address("their shared answer", "answer", _answer("bromma", SHARED)),
    Address("answer not begun", "answer", _answer("farsta")),
    Address(
        "begin own answer",
        "answer-start",
        _answer("sodermalm"),
        lambda _: {"template": PaperTemplate.objects.get(code="prov").pk},
    ),
    Address(
        "begin their answer",
        "answer-start",
        _answer("farsta"),
        lambda _: {"template": PaperTemplate.objects.get(code="prov").pk},
    ),
    Address(
        "own new version",
        "answer-new-version",
        _answer("sodermalm", ATTESTED),
        _revision(ATTESTED, "sodermalm", reason="Fel siffra"),
    ),
    Address(
        "their new version",
        "answer-new-version",
        _answer("bromma", ATTESTED),
        _revision(ATTESTED, "bromma", reason="Fel siffra"),
    ),
    Address("own answer as word", "answer-export", _answer("sodermalm", file_format="word")),
    Address("own answer as pdf", "answer-export", _answer("sodermalm", file_format="pdf")),
    Address(
        "their attested answer as word",
        "answer-export",
        _answer("bromma", ATTESTED, file_format="word"),
    ),
    Address(
        "their shared answer as pdf", "answer-export", _answer("bromma", SHARED, file_format="pdf")
    ),
    Address(
        "send own draft",
        "answer-drafts",
        _answer("sodermalm"),
        lambda _: {"to_namnd": Namnd.objects.get(code="farsta").pk, "message": "Läs"},
    ),
    Address(
        "send their draft",
        "answer-drafts",
        _answer("bromma"),
        lambda _: {"to_namnd": Namnd.objects.get(code="sodermalm").pk, "message": "Läs"},
    ),
    Address("own sent draft", "shared-draft", _answer("sodermalm", SHARED, number=1)),
    Address("own later draft", "shared-draft", _answer("sodermalm", SHARED, number=2)),
    Address("their sent draft", "shared-draft", _answer("bromma", SHARED, number=1)),
    Address("their later draft", "shared-draft", _answer("bromma", SHARED, number=2)),
    Address("their unsent draft", "shared-draft", _answer("bromma", DRAFT, number=1)),
    Address(
        "take own draft back",
        "draft-take-back",
        lambda city: _answer("sodermalm", SHARED, number=1, share=city.share().pk)(city),
    ),
    Address(
        "take their draft back",
        "draft-take-back",
        lambda city: _answer("bromma", SHARED, number=1, share=city.share("bromma").pk)(city),
    ),
]


def _agenda(namnd: str, **more: Any) -> Callable[[City], Fields]:
    return lambda city: {
        "namnd_code": namnd,
        "pk": city.sent_out(namnd).meeting_id,
        **{name: value(city) for name, value in more.items()},
    }


for _namnd, _whose in (("sodermalm", "own"), ("bromma", "their")):
    REMISSER += [
        Address(f"{_whose} agenda", "agenda", _agenda(_namnd)),
        # The paper that is there already: nothing more is sent.
        Address(
            f"{_whose} sending out",
            "agenda-send",
            _agenda(_namnd),
            lambda city, namnd=_namnd: {"papers": city.sent_out(namnd).paper_id},
        ),
        Address(
            f"{_whose} notice", "notice-add", _agenda(_namnd), lambda _: {"title": "Rapporten"}
        ),
        Address(
            f"{_whose} notice away",
            "notice-remove",
            _agenda(_namnd, item=lambda city, namnd=_namnd: city.notice(namnd).pk),
        ),
        Address(
            f"{_whose} paper on the agenda",
            "agenda-paper",
            _agenda(_namnd, item=lambda city, namnd=_namnd: city.sent_out(namnd).pk),
        ),
        Address(f"{_whose} papers of the meeting", "agenda-papers", _agenda(_namnd)),
        Address(
            f"{_whose} file on the agenda",
            "agenda-file",
            _agenda(
                _namnd,
                item=lambda city, namnd=_namnd: city.sent_out(namnd).pk,
                file_format=lambda _: "pdf",
            ),
        ),
        Address(
            f"{_whose} answer's decision",
            "answer-decision",
            _answer(_namnd, SENT_OUT),
            _revision(
                SENT_OUT,
                _namnd,
                **{
                    "outcome": "enligt",
                    "p-TOTAL_FORMS": "0",
                    "p-INITIAL_FORMS": "0",
                    "u-TOTAL_FORMS": "0",
                    "u-INITIAL_FORMS": "0",
                },
            ),
        ),
        Address(
            f"{_whose} answer's decision put right",
            "answer-decision-correct",
            _answer(_namnd, OUT),
            lambda city, namnd=_namnd: {
                "revision": decided_item(city.answer(OUT, namnd)).decision.pk,
                "outcome": "enligt",
                "paragraph": "5",
                "reason": "Fel paragraf",
                "p-TOTAL_FORMS": "0",
                "p-INITIAL_FORMS": "0",
                "u-TOTAL_FORMS": "0",
                "u-INITIAL_FORMS": "0",
            },
        ),
        Address(f"{_whose} expedierat answer", "answer", _answer(_namnd, OUT)),
        # Sent already: the same again shows how.
        Address(
            f"{_whose} expediering",
            "answer-dispatch",
            _answer(_namnd, OUT),
            _revision(OUT, _namnd, recipients="Kommunstyrelsen"),
        ),
        Address(f"{_whose} package", "answer-package", _answer(_namnd, OUT)),
        Address(
            f"{_whose} sent file",
            "answer-sent-file",
            lambda city, namnd=_namnd: {
                "slug": OUT,
                "namnd_code": namnd,
                "number": city.answer(OUT, namnd).paper.dispatch.files.get().pk,
            },
        ),
        Address(
            f"{_whose} expediering too early",
            "answer-dispatch",
            _answer(_namnd),
            _revision(DRAFT, _namnd, recipients="Kommunstyrelsen"),
        ),
        Address(f"{_whose} sent out answer", "answer", _answer(_namnd, SENT_OUT)),
    ]
for _namnd, _whose in (("sodermalm", "own"), ("bromma", "their")):
    REMISSER += [
        Address(f"{_whose} attest", "answer-attest", _answer(_namnd, AT_ATTEST)),
        Address(
            f"{_whose} to attest",
            "answer-attest-send",
            _answer(_namnd),
            lambda city, namnd=_namnd: {
                "revision": city.answer(DRAFT, namnd).paper.revision,
                "first": city.attestant(namnd).pk,
            },
        ),
        Address(
            f"{_whose} attested",
            "answer-attest-approve",
            _answer(_namnd, AT_ATTEST),
            lambda city, namnd=_namnd: {
                "sha256": fingerprint_of(current_version(city.answer(AT_ATTEST, namnd).paper))
            },
        ),
        Address(
            f"{_whose} returned",
            "answer-attest-return",
            _answer(_namnd, AT_ATTEST),
            _revision(AT_ATTEST, _namnd, reason="Kortare"),
        ),
    ]
    for _label, _name, _more, _fields in (
        ("section", "answer-section", {"order": 1}, {"body": "<p>Nytt</p>"}),
        ("position", "answer-position", {"number": 1}, {"stance": "positiv", "body": "Nytt"}),
        ("collective", "answer-collective", {}, {"collective": "ja", "stance": "positiv"}),
        ("header", "answer-header", {}, HEADER),
    ):
        REMISSER.append(
            Address(
                f"{_whose} {_label}",
                _name,
                _answer(_namnd, **_more),
                _revision(DRAFT, _namnd, **_fields),
            )
        )
        if _whose == "own":
            REMISSER.append(
                Address(
                    f"own attested {_label}",
                    _name,
                    _answer(_namnd, ATTESTED, **_more),
                    _revision(ATTESTED, _namnd, **_fields),
                )
            )
    REMISSER += of_paper(
        _whose,
        "answer's",
        "answer",
        partial(_answer, _namnd),
        lambda city, namnd=_namnd: city.answer(DRAFT, namnd).paper,
    )
