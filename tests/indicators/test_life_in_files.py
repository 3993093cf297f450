"""Pauses, followers and changed årsmål: in the programme's file and in the follow-up's files."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from desk.demo.organisation import load_namnder
from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.domain.life import rest, succeed
from indicators.domain.loading.existing import read_existing
from indicators.domain.loading.loading import load_programme, plan_programme
from indicators.domain.loading.problems import BadFile
from indicators.enums import GapKind, PeriodState, ReportState, SuccessionKind
from indicators.exports.files import followup_pdf
from indicators.exports.followup_xlsx import followup_xlsx
from indicators.exports.programme_xlsx import programme_xlsx
from indicators.exports.programme_yaml import programme_yaml
from indicators.models import Indicator, IndicatorGap, IndicatorSuccession, Target
from organisation.enums import Role
from tests.factories import (
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)
from tests.indicators.programme_sheets import as_workbook, as_yaml, small
from tests.indicators.reading import pdf_text
from trace.uploads import WORKBOOK, YAML, open_upload

pytestmark = pytest.mark.django_db
SLUG = "prov-2026-2030"
GAP = {
    "Indikator": "antal-fragade",
    "Slag": "vilar",
    "Gäller från": dt.date(2027, 1, 1),
    "Gäller till": dt.date(2027, 12, 31),
    "Orsak": "Enkäten görs vartannat år.",
}
NEXT = {
    "Indikator": "antal-fragade",
    "Ny indikator": "antal-svar",
    "Från och med": dt.date(2028, 1, 1),
    "Slag": "ersatt",
    "Orsak": "Frågan är en annan.",
}


def document(*gaps: dict, follows: bool = False) -> dict:
    """The small programme, with another indicator, and what happens to the first."""
    found = small(Uppehåll=list(gaps), Efterföljare=[NEXT] if follows else [])
    for title in ("Indikatorer", "Definitioner", "Ansvar indikatorer"):
        first = found[title][0]
        key = "Kod" if title == "Indikatorer" else "Indikator"
        found[title].append(first | {key: "antal-svar"})
    return found


@pytest.fixture(autouse=True)
def _namnder(db):
    load_namnder()


@pytest.mark.parametrize("form", [as_yaml, as_workbook])
def test_they_are_read_from_the_file(form):
    load_programme(form(document(GAP, follows=True)))
    gap = IndicatorGap.objects.get()
    assert (gap.indicator.code, gap.kind, gap.valid_to) == (
        "antal-fragade",
        GapKind.PAUSED,
        dt.date(2027, 12, 31),
    )
    one = IndicatorSuccession.objects.get()
    assert (one.predecessor.code, one.successor.code, one.kind) == (
        "antal-fragade",
        "antal-svar",
        SuccessionKind.REPLACED,
    )
    assert load_programme(form(document(GAP, follows=True))).plan.changes == ()
    load_programme(form(document(GAP | {"Gäller till": dt.date(2028, 6, 30)})))
    assert IndicatorGap.objects.get().valid_to == dt.date(2028, 6, 30)
    assert not IndicatorSuccession.objects.exists()
    load_programme(form(document()))
    assert not IndicatorGap.objects.exists()


@pytest.mark.parametrize(
    ("write", "name", "kind"),
    [(programme_yaml, "p.yaml", YAML), (programme_xlsx, "p.xlsx", WORKBOOK)],
)
def test_what_the_pages_have_done_is_taken_out_and_loads_back_to_the_same(write, name, kind):
    load_programme(as_yaml(document()))
    coordinator = make_user(Role.SAMORDNARE, make_namnd("socialnamnden"))
    first, other = (Indicator.objects.get(code=c) for c in ("antal-fragade", "antal-svar"))
    succeed(
        first,
        actor=coordinator,
        expected_version=first.revision,
        successors=[other],
        kind=SuccessionKind.REPLACED,
        on=dt.date(2028, 1, 1),
        reason="Frågan är en annan.",
    )
    rest(
        other,
        actor=coordinator,
        expected_version=other.revision,
        kind=GapKind.NO_SOURCE,
        valid_from=dt.date(2029, 1, 1),
        valid_to=None,
        reason="Ingen samlar in den.",
    )
    taken = write(read_existing(SLUG))
    assert plan_programme(open_upload(name, taken, [kind])).changes == ()
    IndicatorGap.objects.all().delete()
    IndicatorSuccession.objects.all().delete()
    load_programme(open_upload(name, taken, [kind]))
    assert write(read_existing(SLUG)) == taken
    assert IndicatorGap.objects.count() == 2


def faults(found: dict) -> list[str]:
    with pytest.raises(BadFile) as bad:
        load_programme(as_workbook(found))
    return [problem.message for problem in bad.value.problems]


def test_what_does_not_go_together_is_said_row_by_row():
    endless = {key: value for key, value in GAP.items() if key != "Gäller till"}
    ended = endless | {"Slag": "upphort", "Gäller från": dt.date(2027, 7, 1)}
    wrong = document(endless, ended)
    wrong["Efterföljare"] = [
        NEXT | {"Ny indikator": "antal-fragade"},
        NEXT | {"Ny indikator": "finns-inte"},
    ]
    said = faults(wrong)
    assert said[0] == "Skriv till när indikatorn inte mäts. Annars har den upphört."
    assert said[1].startswith("Raden överlappar rad 2 om samma sak.")
    assert said[2] == "En indikator kan inte följa på sig själv."
    assert said[3].startswith("Koden ”finns-inte” finns inte i bladet Indikatorer.")
    assert len(said) == 4


def test_nothing_reaches_back_into_what_is_locked():
    before = GAP | {"Gäller från": dt.date(2026, 1, 1), "Gäller till": dt.date(2026, 12, 31)}
    load_programme(as_workbook(document(before)))
    make_period("2026-T1", state=PeriodState.LAST)
    (said,) = faults(document())
    assert said.endswith("vad de frågade efter ändras inte. Ta med raden.")
    (said,) = faults(document(before | {"Gäller till": dt.date(2026, 3, 31)}))
    assert said.endswith("Låt raden stå som den är i Samlad.")
    (said,) = faults(
        document(before, GAP | {"Indikator": "antal-svar", "Gäller från": dt.date(2026, 4, 1)})
    )
    assert said.endswith("Skriv en dag efter 2026-04-30.")
    # What comes after is free.
    load_programme(as_workbook(document(before | {"Gäller till": dt.date(2026, 6, 30)}, GAP)))
    assert IndicatorGap.objects.count() == 2


def test_the_follow_ups_files_say_what_was_not_measured_and_how_an_arsmal_was_changed():
    definition = make_indicator(name="Andel nöjda", unit="%")
    paused = make_indicator("vilande", name="Antal samtal", goal=definition.indicator.goals.get())
    IndicatorGap.objects.create(
        indicator=paused.indicator,
        kind=GapKind.PAUSED,
        valid_from=dt.date(2025, 1, 1),
        valid_to=dt.date(2025, 12, 31),
        reason="Enkäten görs vartannat år.",
    )
    target = {"indicator": definition.indicator, "year": 2025, "is_example": True}
    Target.objects.create(value=90, **target)
    Target.objects.create(
        value=80, valid_from=dt.date(2025, 7, 1), decision="KF 2025-06-10 § 5", **target
    )
    report = make_report(make_namnd(), make_period("2025-T2"), ReportState.GODKAND)
    make_value(report, definition, 85)
    followup = consolidate(make_period("2025-T2"), audience=Audience.OTHERS)
    resting = (
        "Antal samtal frågas inte efter. Mäts inte från 2025-01-01 till och med 2025-12-31. "
        "Enkäten görs vartannat år."
    )
    changed = followup.goals[0].indicators[0].target.change
    assert "90" in changed
    assert "KF 2025-06-10 § 5" in changed
    pdf = " ".join(pdf_text(followup_pdf(followup)).split())
    assert resting in pdf
    assert "KF 2025-06-10 § 5" in pdf
    sheet = load_workbook(io.BytesIO(followup_xlsx(followup)))["Mål 1"]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert resting in cells
    assert changed in cells
