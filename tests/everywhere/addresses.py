"""Every address of Samlad, with something real to ask for at each, and something real to send.

An address may stand here several times: for one's own nämnd, for the other one, for what has left
it. What is sent is what the page's own form would send, so that whoever may do it does it.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import RequestFactory
from django.urls import get_resolver, reverse

from indicators.domain.importing.review import plan_of as plan_of_workbook
from indicators.domain.loading.review import plan_of
from indicators.models import Extension, ProgrammeFile, ReportFile
from organisation.models import Namnd
from papers.models import PaperTemplate
from programme.models import Activity, Goal, GoalLink, Precondition, Programme, Responsibility
from remisser.models import Remiss
from tests.everywhere.scenario import (
    ATTESTED,
    CLOSED,
    DRAFT,
    OPEN,
    SHARED,
    City,
    own_workbook,
    programme_file_text,
)

Fields = dict[str, Any]
NO_FIELDS: Callable[[City], Fields] = lambda _: {}  # noqa: E731


@dataclass(frozen=True)
class Address:
    """label: the row in the tables. name: of the pattern. values: what stands in the address."""

    label: str
    name: str
    values: Callable[[City], Fields] = NO_FIELDS
    fields: Callable[[City], Fields] = NO_FIELDS

    def path(self, city: City) -> str:
        return reverse(self.name, kwargs=self.values(city) or None)


def _is(**values: Any) -> Callable[[City], Fields]:
    return lambda _: values


def _report(namnd: str, period: str) -> Callable[[City], Fields]:
    return _is(namnd_code=namnd, period_code=period)


def _answer(namnd: str, slug: str = DRAFT, **more: Any) -> Callable[[City], Fields]:
    return _is(slug=slug, namnd_code=namnd, **more)


def _entry(namnd: str) -> Callable[[City], Fields]:
    def fields(city: City) -> Fields:
        return {
            "revision": city.report(namnd).revision,
            "seen": "{}",
            "v-i-1-totalt-utfall": "21",
            "v-i-1-totalt-kommentar": "Nytt",
        }

    return fields


def _goal(namnd: str, period: str) -> Callable[[City], Fields]:
    return _is(namnd_code=namnd, period_code=period, goal_code="1")


def _cell(namnd: str) -> Callable[[City], Fields]:
    """One cell, seen as the city's reports hold it."""

    def fields(city: City) -> Fields:
        seen = {
            "v-i-1-totalt-utfall": "20",
            "v-i-1-totalt-kommentar": f"{namnd}-{city.secret}",
        }
        return {"cell": "v-i-1", "v-i-1-totalt-utfall": "21", "seen": json.dumps(seen)}

    return fields


def _plan(city: City) -> Fields:
    return {
        "revision": "1",
        "beslutad": "2024-12-17",
        "paragraf": "13",
        "aktivitet-a-1": "on",
        "indikator-i-1": "on",
        f"egna-{Goal.objects.get(programme__slug=SLUG).pk}": "Ny egen aktivitet",
        "orsak": "Fel dag",
    }


def _revision(slug: str, namnd: str, **more: Any) -> Callable[[City], Fields]:
    return lambda city: {"revision": city.answer(slug, namnd).paper.revision, **more}


def _someone(city: City) -> Fields:
    assert city.someone is not None
    return {"pk": city.someone.pk}


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


def _passkey(city: City) -> Fields:
    """Somebody else's, whoever asks; one's own are tried where signing in is."""
    return {"pk": city.passkey.pk}


SLUG = "vald-2021-2025"
GOAL = _is(programme_slug=SLUG, code="1")
ACTIVITY = _is(programme_slug=SLUG, code="a-1")
PROGRAMME = {
    "name": "Ett program",
    "short_name": "Program",
    "kind": "stad",
    "first_year": 2021,
    "last_year": 2025,
    "source": "Källa",
}
WORDING = {"text": "Ny lydelse", "valid_from": "2024-01-01", "decision": "Beslut § 1"}


def _goal_fields(**more: Any) -> Callable[[City], Fields]:
    return lambda _: {"revision": Goal.objects.get(programme__slug=SLUG).revision, **more}


def _activity_fields(**more: Any) -> Callable[[City], Fields]:
    return lambda _: {"revision": Activity.objects.get(code="a-1").revision, **more}


def _of_goal(model: type[Model]) -> Callable[[City], Fields]:
    return lambda _: {**GOAL(_), "pk": model._default_manager.get().pk}


def _new_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("prov.yaml", programme_file_text().encode())


def _waiting_file(_: City) -> Fields:
    return {"pk": ProgrammeFile.objects.get().pk}


def _waiting_digest(_: City) -> Fields:
    return {"digest": plan_of(ProgrammeFile.objects.get()).digest}


def _workbook(namnd: str) -> Callable[[City], Fields]:
    def fields(city: City) -> Fields:
        file = own_workbook(Namnd.objects.get(code=namnd), city.secret)
        return {"file": SimpleUploadedFile(file.name, file.data)}

    return fields


def _waiting_workbook(namnd: str) -> Callable[[City], Fields]:
    return lambda _: {
        "namnd_code": namnd,
        "period_code": OPEN,
        "pk": ReportFile.objects.get(namnd__code=namnd).pk,
    }


def _workbook_digest(namnd: str) -> Callable[[City], Fields]:
    return lambda _: {"digest": plan_of_workbook(ReportFile.objects.get(namnd__code=namnd)).digest}


def _extension(_: City) -> Fields:
    return {"code": OPEN, "pk": Extension.objects.get().pk}


PERIOD = _is(code=OPEN)
PERSON = _is(name="Nytt namn", title="", email="", telephone="")
LAY = {
    "who": "namnd:socialnamnden",
    "kind": "ansvarig",
    "valid_from": "2026-01-01",
    "decision": "KF 2025-11-20 § 1",
}
HEADER = {"title": "Ny rubrik"}
SERVICE = {"name": "Ny verksamhet", "source": "Ett papper", "anonymous": "okant", "reach": "hela"}

ADDRESSES = [
    Address("start", "start"),
    Address("health", "health"),
    # The systemförvaltare's pages
    Address("administration", "administration"),
    Address("people", "person-list"),
    Address("new person", "person-new", fields=_is(name="Ny", username="ny.person")),
    Address("a person", "person", _someone),
    Address("change a person", "person-change", _someone, PERSON),
    Address("close an account", "person-active", _someone, _is(active="nej")),
    Address("give a role", "role-give", _someone, _is(role="systemforvaltare")),
    Address("end a role", "role-end", _role, _is(last_day="2031-01-01")),
    Address("nämnder", "namnd-list"),
    Address("merge nämnder", "namnd-merge", fields=_merger),
    Address("a nämnd", "namnd", _is(code="farsta"), _is(name="Farsta", short_name="Farsta")),
    Address("move tasks", "namnd-move-tasks", _is(code="farsta")),
    Address(
        "insight",
        "insight",
        fields=lambda _: {
            "namnd": Namnd.objects.get(code="bromma").pk,
            "remiss": Remiss.objects.get(slug=DRAFT).pk,
            "reason": "Felsökning",
        },
    ),
    # Signing in, one's own account
    Address("sign in", "sign-in", fields=_is(username="reader", password="fel-losenord")),
    Address("sign in (account_login)", "account_login"),
    Address("code", "mfa_authenticate", fields=_is(code="123456")),
    Address("sign in by passkey", "mfa_login_webauthn", fields=_is(credential="{}")),
    Address("to the provider", "oidc-begin"),
    Address("from the provider", "oidc-callback"),
    Address("sign out", "sign-out"),
    Address("sign out (account_logout)", "account_logout"),
    Address("account", "account"),
    Address("account (mfa_index)", "mfa_index"),
    Address("change password", "password-change", fields=_is(old_password="fel")),
    Address("sign out everywhere", "sign-out-everywhere"),
    Address("prove again", "account_reauthenticate", fields=_is(password="fel")),
    Address("prove again by code", "mfa_reauthenticate", fields=_is(code="123456")),
    Address("prove again by passkey", "mfa_reauthenticate_webauthn", fields=_is(credential="{}")),
    Address("app", "mfa_activate_totp", fields=_is(code="123456")),
    Address("remove app", "mfa_deactivate_totp"),
    Address("spare codes", "mfa_view_recovery_codes"),
    Address("new spare codes", "mfa_generate_recovery_codes"),
    Address("passkeys", "mfa_list_webauthn"),
    Address("new passkey", "mfa_add_webauthn", fields=_is(credential="{}")),
    Address("rename passkey", "mfa_edit_webauthn", _passkey, _is(name="Ny")),
    Address("remove passkey", "mfa_remove_webauthn", _passkey),
    Address("act for", "act-for", fields=_is(seat="sodermalm")),
    # The programme, the register, the follow-up
    Address("programmes", "programme-list"),
    Address("programme", "programme", _is(programme_slug=SLUG)),
    Address("goal", "goal", GOAL),
    Address("activity", "activity", ACTIVITY),
    Address("programme docx", "programme-export", _is(programme_slug=SLUG, file_format="docx")),
    Address("programme pdf", "programme-export", _is(programme_slug=SLUG, file_format="pdf")),
    Address("programme exe", "programme-export", _is(programme_slug=SLUG, file_format="exe")),
    Address("new programme", "programme-new", fields=_is(slug="ett-nytt", **PROGRAMME)),
    Address(
        "change programme",
        "programme-change",
        _is(programme_slug=SLUG),
        lambda _: {"revision": Programme.objects.get(slug=SLUG).revision, **PROGRAMME},
    ),
    Address("new goal", "goal-new", _is(programme_slug=SLUG), _is(number=9, text="Nytt mål")),
    Address("change goal", "goal-change", GOAL, _goal_fields(source="Ny källa")),
    Address("new wording of goal", "goal-wording", GOAL, _goal_fields(**WORDING)),
    Address("remove goal", "goal-remove", GOAL, _goal_fields()),
    Address(
        "new precondition",
        "precondition-new",
        GOAL,
        _goal_fields(text="Något", source="Källa", order=2),
    ),
    Address(
        "change precondition",
        "precondition-change",
        _of_goal(Precondition),
        _goal_fields(text="Annat", source="Källa", order=1),
    ),
    Address("remove precondition", "precondition-remove", _of_goal(Precondition), _goal_fields()),
    Address(
        "link goals",
        "goal-link",
        _is(programme_slug=SLUG, code=1),
        lambda _: {
            "other": Goal.objects.get(programme__slug="regional-2020-2026").pk,
            "source": "Källa",
            "valid_from": "2029-01-01",
        },
    ),
    Address("unlink goals", "goal-unlink", _of_goal(GoalLink), _is(last_day="2025-01-01")),
    Address("new activity", "activity-new", GOAL, _is(code="ny", text="Ny", order=1, source="K")),
    Address("change activity", "activity-change", ACTIVITY, _activity_fields(order=3, source="Ny")),
    Address("new wording of activity", "activity-wording", ACTIVITY, _activity_fields(**WORDING)),
    Address("remove activity", "activity-remove", ACTIVITY, _activity_fields()),
    # Stöd och insatser
    Address("services", "service-list"),
    Address("service", "service", _is(code="origo")),
    Address("retired service", "service", _is(code="nedlagd")),
    Address("services to verify", "service-to-verify"),
    Address("stadsdelar to print", "service-districts"),
    Address("a stadsdel to print", "service-district", _is(namnd_code="sodermalm")),
    Address("new service", "service-new", fields=_is(**SERVICE)),
    Address("change service", "service-change", _is(code="origo"), _is(revision="0", **SERVICE)),
    Address("verify service", "service-verify", _is(code="origo"), _is(revision="0")),
    Address(
        "retire service",
        "service-retire",
        _is(code="origo"),
        _is(revision="0", why="Finns inte mer"),
    ),
    Address("take service back", "service-take-back", _is(code="nedlagd"), _is(revision="0")),
    Address("indicators", "indicator-list"),
    Address("indicator", "indicator", _is(code="i-1")),
    Address("follow-ups", "followup-list"),
    Address("follow-up", "followup", _is(code=CLOSED)),
    Address("follow-up pdf", "followup-export", _is(code=CLOSED, file_format="pdf")),
    Address("follow-up xlsx", "followup-export", _is(code=CLOSED, file_format="xlsx")),
    Address("follow-up exe", "followup-export", _is(code=CLOSED, file_format="exe")),
    # Verksamhetsplaner
    Address("plans", "plan-list"),
    Address("plans of a year", "plans-of-year", _is(year=2025)),
    Address("own plan", "plan", _is(namnd_code="sodermalm", year=2025)),
    Address("their plan", "plan", _is(namnd_code="bromma", year=2025)),
    Address("change own plan", "plan-change", _is(namnd_code="sodermalm", year=2025), _plan),
    Address("change their plan", "plan-change", _is(namnd_code="bromma", year=2025), _plan),
    # Programmes as files
    Address("programme files", "programme-files", fields=lambda _: {"file": _new_file()}),
    Address("programme template", "programme-template"),
    Address("programme file", "programme-file", _waiting_file),
    Address("load a programme file", "programme-file-load", _waiting_file, _waiting_digest),
    Address("discard a programme file", "programme-file-discard", _waiting_file),
    Address(
        "programme as xlsx", "programme-file-export", _is(programme_slug=SLUG, file_format="xlsx")
    ),
    Address(
        "programme as yaml", "programme-file-export", _is(programme_slug=SLUG, file_format="yaml")
    ),
    Address(
        "programme as exe", "programme-file-export", _is(programme_slug=SLUG, file_format="exe")
    ),
    # Periods and the outbox
    Address("periods", "period-list", fields=_is(kind="T2", year="2027")),
    Address("period", "period", PERIOD),
    Address("period table", "period-table", PERIOD),
    Address("due dates", "period-due", PERIOD, _is(revision="0")),
    Address("move a period", "period-move", PERIOD, _is(action="CLOSE", revision="0")),
    Address(
        "more time",
        "period-extend",
        PERIOD,
        _is(namnd="sodermalm", until="2031-01-01", reason="Sjukdom"),
    ),
    Address("take back time", "extension-withdraw", _extension),
    Address(
        "remind", "period-remind", PERIOD, _is(namnd="sodermalm", subject="Hej", body="Hej igen")
    ),
    Address("outbox", "outbox"),
    # Who answers for what
    Address("responsibility", "responsibility"),
    Address("nämnd and goal", "responsibility-matrix", _is(period_code=OPEN)),
    Address("what has changed", "responsibility-changes", _is(period_code=OPEN)),
    Address("what is nobody's", "responsibility-unclaimed", _is(period_code=OPEN)),
    Address("own todo", "todo", _report("sodermalm", OPEN)),
    Address("their todo", "todo", _report("bromma", OPEN)),
    Address("todo of nobody", "todo", _report("ingen", OPEN)),
    Address(
        "responsibility for an activity",
        "responsibilities",
        _is(subject="aktivitet", code="a-1"),
        _is(**LAY),
    ),
    Address(
        "responsibility for an indicator",
        "responsibilities",
        _is(subject="indikator", code="i-1"),
        _is(**LAY),
    ),
    Address(
        "end a responsibility",
        "responsibility-end",
        lambda _: {
            "subject": "aktivitet",
            "code": "a-1",
            "pk": str(Responsibility.objects.filter(activity__code="a-1").first().pk),
        },
        _is(last_day="2030-12-31", decision="KF 2030-11-21 § 1"),
    ),
    # Reporting
    Address("reporting", "reporting"),
    Address("own draft report", "report", _report("sodermalm", OPEN), _entry("sodermalm")),
    Address("own approved report", "report", _report("sodermalm", CLOSED), _entry("sodermalm")),
    Address("their draft report", "report", _report("bromma", OPEN), _entry("bromma")),
    Address("their approved report", "report", _report("bromma", CLOSED), _entry("bromma")),
    Address("own goal", "report-goal", _goal("sodermalm", OPEN), _entry("sodermalm")),
    Address("own approved goal", "report-goal", _goal("sodermalm", CLOSED), _entry("sodermalm")),
    Address("their goal", "report-goal", _goal("bromma", OPEN), _entry("bromma")),
    Address("their approved goal", "report-goal", _goal("bromma", CLOSED), _entry("bromma")),
    Address("save own cell", "report-autosave", _report("sodermalm", OPEN), _cell("sodermalm")),
    Address(
        "save own approved cell",
        "report-autosave",
        _report("sodermalm", CLOSED),
        _cell("sodermalm"),
    ),
    Address("save their cell", "report-autosave", _report("bromma", OPEN), _cell("bromma")),
    Address("own workbooks", "report-files", _report("sodermalm", OPEN), _workbook("sodermalm")),
    Address("own workbook as xlsx", "report-export", _report("sodermalm", OPEN)),
    Address("own waiting workbook", "report-file", _waiting_workbook("sodermalm")),
    Address(
        "read own workbook",
        "report-file-load",
        _waiting_workbook("sodermalm"),
        _workbook_digest("sodermalm"),
    ),
    Address("discard own workbook", "report-file-discard", _waiting_workbook("sodermalm")),
    Address("their workbooks", "report-files", _report("bromma", OPEN), _workbook("bromma")),
    Address("their workbook as xlsx", "report-export", _report("bromma", OPEN)),
    Address("their waiting workbook", "report-file", _waiting_workbook("bromma")),
    Address(
        "read their workbook",
        "report-file-load",
        _waiting_workbook("bromma"),
        _workbook_digest("bromma"),
    ),
    Address("discard their workbook", "report-file-discard", _waiting_workbook("bromma")),
    Address("own report's history", "report-history", _report("sodermalm", OPEN)),
    Address("their report's history", "report-history", _report("bromma", OPEN)),
    Address("hand in own", "report-submit", _report("sodermalm", OPEN), _entry("sodermalm")),
    Address("hand in theirs", "report-submit", _report("bromma", OPEN), _entry("bromma")),
    Address("approve own", "report-approve", _report("sodermalm", OPEN), _entry("sodermalm")),
    Address("approve theirs", "report-approve", _report("bromma", OPEN), _entry("bromma")),
    Address(
        "return own",
        "report-return",
        _report("sodermalm", OPEN),
        lambda city: {**_entry("sodermalm")(city), "reason": "Rätta"},
    ),
    Address(
        "return theirs",
        "report-return",
        _report("bromma", OPEN),
        lambda city: {**_entry("bromma")(city), "reason": "Rätta"},
    ),
    # Remisser and answers
    Address("remisser", "remiss-list"),
    Address("remiss", "remiss", _is(slug=DRAFT)),
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
for _namnd, _whose in (("sodermalm", "own"), ("bromma", "their")):
    for _label, _name, _more, _fields in (
        ("section", "answer-section", {"order": 1}, {"body": "<p>Nytt</p>"}),
        ("position", "answer-position", {"number": 1}, {"stance": "positiv", "body": "Nytt"}),
        ("collective", "answer-collective", {}, {"collective": "ja", "stance": "positiv"}),
        ("header", "answer-header", {}, HEADER),
    ):
        ADDRESSES.append(
            Address(
                f"{_whose} {_label}",
                _name,
                _answer(_namnd, **_more),
                _revision(DRAFT, _namnd, **_fields),
            )
        )
        if _whose == "own":
            ADDRESSES.append(
                Address(
                    f"own attested {_label}",
                    _name,
                    _answer(_namnd, ATTESTED, **_more),
                    _revision(ATTESTED, _namnd, **_fields),
                )
            )


# Uppdrag and their accounts
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
    return _is(slug=f"{namnd}-{which}", **more)


def _of_uppdrag(namnd: str, which: str, **fields: Any) -> Callable[[City], Fields]:
    return lambda city: {
        "revision": city.account(f"{namnd}-{which}").assignment.revision,
        **fields,
    }


def _responsible(namnd: str, which: str = "", **fields: Any) -> Callable[[City], Fields]:
    def given(city: City) -> Fields:
        more = _of_uppdrag(namnd, which)(city) if which else {}
        responsible = f"namnd-{Namnd.objects.get(code=namnd).pk}"
        return {**OWN_UPPDRAG, **more, "responsible": responsible, **fields}

    return given


def _done(namnd: str) -> Callable[[City], Fields]:
    slug = f"{namnd}-{SETTLED}"
    return lambda city: {"slug": slug, "pk": city.obligation(slug).pk}


def _paper(namnd: str, **fields: Any) -> Callable[[City], Fields]:
    def given(city: City) -> Fields:
        paper = city.account(f"{namnd}-{WRITTEN}").paper
        assert paper is not None
        return {"revision": paper.revision, **fields}

    return given


def _own_matter(_: City) -> Fields:
    return {"template": PaperTemplate.objects.get(code="eget-arende").pk}


ADDRESSES += [
    Address("uppdrag", "assignment-list"),
    Address("new uppdrag", "assignment-new", fields=_responsible("sodermalm")),
]
for _namnd, _whose in (("sodermalm", "own"), ("bromma", "their")):
    ADDRESSES += [
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
        lambda city: {"id": _someone(city)["pk"]},
    ),
    Address("admin texts", "admin:jsi18n"),
    Address("admin app", "admin:app_list", _is(app_label="organisation")),
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


def patterns() -> list[tuple[str, str]]:
    """(address, name) of every pattern that the resolver knows."""

    def walk(found: Any, before: str, space: str) -> Iterator[tuple[str, str]]:
        for pattern in found:
            address = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern.url_patterns, address, inner)
            else:
                yield address, f"{space}{pattern.name}" if pattern.name else ""

    return list(walk(get_resolver().url_patterns, "", ""))
