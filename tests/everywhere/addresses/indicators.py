"""The register of indicators, the follow-up, the plans, the programmes' files, the periods."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from indicators.domain.loading.review import plan_of
from indicators.models import Extension, Indicator, IndicatorGap, ProgrammeFile, Target
from programme.models import Goal
from tests.everywhere.addresses.address import SLUG, Address, Fields, given
from tests.everywhere.scenario import CLOSED, OPEN, City, programme_file_text
from tests.factories import make_goal


def _plan(city: City) -> Fields:
    goal = Goal.objects.get(programme__slug=SLUG, number=1, parent=None)
    return {
        "revision": "1",
        "beslutad": "2024-12-17",
        "paragraf": "13",
        "aktivitet-a-1": "on",
        "indikator-i-1": "on",
        f"egna-{goal.pk}": "Ny egen aktivitet",
        "orsak": "Fel dag",
    }


def _new_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("prov.yaml", programme_file_text().encode())


def _waiting_file(_: City) -> Fields:
    return {"pk": ProgrammeFile.objects.get().pk}


def _waiting_digest(_: City) -> Fields:
    return {"digest": plan_of(ProgrammeFile.objects.get()).digest}


def _extension(_: City) -> Fields:
    return {"code": OPEN, "pk": Extension.objects.get().pk}


def _life(**more: Any) -> Callable[[City], Fields]:
    """A change of the indicator; what is a function is asked for its value."""
    return lambda _: {
        "revision": Indicator.objects.get(code="i-1").revision,
        **{name: value() if callable(value) else value for name, value in more.items()},
    }


def _gap(_: City) -> Fields:
    """A time in which the indicator is not asked for."""
    found, _made = IndicatorGap.objects.get_or_create(
        indicator=Indicator.objects.get(code="i-1"),
        valid_from=dt.date(2027, 1, 1),
        valid_to=dt.date(2027, 12, 31),
        defaults={"kind": "utan-kalla", "reason": "Registret läggs ned"},
    )
    return {"code": "i-1", "pk": found.pk}


def _successor() -> int:
    """An indicator that is asked of nobody."""
    made, _ = Indicator.objects.get_or_create(code="i-2", defaults={"is_example": True})
    return made.pk


PERIOD = given(code=OPEN)
INDICATOR = given(code="i-1")

# All rules as they are by default but one.
CHECKS = {
    f"{rule}-{what}": said
    for rule, now, then in (
        ("minskat", "0", "0"),
        ("egna", "4", "3,5"),
        ("andra", "5", "5"),
        ("arsmal", "0", "0"),
        ("noll", "5", "5"),
        ("kon", "10", "10"),
    )
    for what, said in (("pa", "1"), ("grans", now), ("sett", f"1 {then}"))
}
REGISTER = [
    Address("indicators", "indicator-list"),
    Address("indicator", "indicator", given(code="i-1")),
    Address("indicator's history", "indicator-history", given(code="i-1")),
    Address("follow-up's history", "followup-history", given(code=CLOSED)),
    Address(
        "indicator checks",
        "indicator-checks",
        given(code="i-1"),
        given(**CHECKS),
    ),
    Address(
        "indicator's goals",
        "indicator-goals",
        INDICATOR,
        _life(goal=lambda: make_goal(7).pk, on="2025-06-01", decision="KF 2025-05-26 § 3"),
    ),
    Address(
        "new definition",
        "indicator-definition",
        INDICATOR,
        _life(
            name="Ett nytt namn",
            unit="antal",
            scale=1,
            aggregation="summa",
            accumulation="hittills",
            direction="ingen",
            valid_from="2026-01-01",
            breaks_series="ja",
            reason="Ny gräns",
        ),
    ),
    Address(
        "pause of an indicator",
        "indicator-gap",
        INDICATOR,
        _life(kind="vilar", valid_from="2030-01-01", valid_to="2030-12-31", reason="Vartannat år"),
    ),
    Address("end of a pause", "indicator-resume", _gap, _life(last_day="2027-06-30", reason="Nu")),
    Address(
        "successors of an indicator",
        "indicator-succession",
        INDICATOR,
        _life(kind="ersatt", successors=_successor, on="2028-01-01", reason="Ny källa"),
    ),
    Address(
        "changed target",
        "indicator-target",
        INDICATOR,
        _life(
            year=2025,
            value="35",
            valid_from="2025-09-01",
            decision="KF § 5",
            namnd=lambda: Target.objects.get(namnd__code="sodermalm").namnd_id,
        ),
    ),
    Address("indicator csv", "indicator-export", given(code="i-1", file_format="csv")),
    Address("indicator xlsx", "indicator-export", given(code="i-1", file_format="xlsx")),
    Address("indicator exe", "indicator-export", given(code="i-1", file_format="exe")),
    Address("open data", "open-data-catalogue"),
    Address("open data csv", "open-data-csv", given(code=CLOSED, number=1)),
    Address("open data not there", "open-data-csv", given(code=OPEN, number=1)),
    Address("follow-ups", "followup-list"),
    Address("follow-up", "followup", given(code=CLOSED)),
    Address(
        "follow-up's goal",
        "followup-goal",
        given(code=CLOSED, programme_slug=SLUG, goal_code="1"),
    ),
    Address(
        "follow-up's indicator", "followup-indicator", given(code=CLOSED, indicator_code="i-1")
    ),
    Address("follow-up's selection", "followup-selection", given(code=CLOSED)),
    Address("follow-up's missing", "followup-missing", given(code=CLOSED)),
    Address("follow-up's deviations", "followup-deviations", given(code=CLOSED)),
    Address("follow-up pdf", "followup-export", given(code=CLOSED, file_format="pdf")),
    Address("follow-up xlsx", "followup-export", given(code=CLOSED, file_format="xlsx")),
    Address("follow-up docx", "followup-export", given(code=CLOSED, file_format="docx")),
    Address("follow-up csv", "followup-export", given(code=CLOSED, file_format="csv")),
    Address("follow-up json", "followup-export", given(code=CLOSED, file_format="json")),
    Address("follow-up exe", "followup-export", given(code=CLOSED, file_format="exe")),
]

PLANS = [
    Address("plans", "plan-list"),
    Address("plans of a year", "plans-of-year", given(year=2025)),
    Address("own plan", "plan", given(namnd_code="sodermalm", year=2025)),
    Address("their plan", "plan", given(namnd_code="bromma", year=2025)),
    Address("own plan's history", "plan-history", given(namnd_code="sodermalm", year=2025)),
    Address("their plan's history", "plan-history", given(namnd_code="bromma", year=2025)),
    Address("change own plan", "plan-change", given(namnd_code="sodermalm", year=2025), _plan),
    Address("change their plan", "plan-change", given(namnd_code="bromma", year=2025), _plan),
]

PROGRAMME_FILES = [
    Address("programme files", "programme-files", fields=lambda _: {"file": _new_file()}),
    Address("programme template", "programme-template"),
    Address("programme file", "programme-file", _waiting_file),
    Address("load a programme file", "programme-file-load", _waiting_file, _waiting_digest),
    Address("discard a programme file", "programme-file-discard", _waiting_file),
    Address(
        "programme as xlsx", "programme-file-export", given(programme_slug=SLUG, file_format="xlsx")
    ),
    Address(
        "programme as yaml", "programme-file-export", given(programme_slug=SLUG, file_format="yaml")
    ),
    Address(
        "programme as exe", "programme-file-export", given(programme_slug=SLUG, file_format="exe")
    ),
]

PERIODS = [
    Address("periods", "period-list", fields=given(kind="T2", year="2027")),
    Address("period", "period", PERIOD),
    Address("period's history", "period-history", PERIOD),
    Address("period table", "period-table", PERIOD),
    Address("due dates", "period-due", PERIOD, given(revision="0")),
    Address("move a period", "period-move", PERIOD, given(action="CLOSE", revision="0")),
    Address(
        "more time",
        "period-extend",
        PERIOD,
        given(namnd="sodermalm", until="2031-01-01", reason="Sjukdom"),
    ),
    Address("take back time", "extension-withdraw", _extension),
    Address(
        "remind", "period-remind", PERIOD, given(namnd="sodermalm", subject="Hej", body="Hej igen")
    ),
]
