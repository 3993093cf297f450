"""What happens to an indicator over the years: definitions, rests, successors, changed targets."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from desk.demo.organisation import load_namnder
from indicators.domain import life
from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.domain.expected import expected_in
from indicators.domain.history import indicator_history
from indicators.domain.loading.existing import read_existing
from indicators.domain.loading.loading import load_programme
from indicators.domain.loading.problems import BadFile
from indicators.domain.sheet import entry_sheet
from indicators.enums import GapKind, ReportState, SuccessionKind
from indicators.exports.programme_xlsx import programme_xlsx
from indicators.exports.programme_yaml import programme_yaml
from indicators.models import ExpectedCell, IndicatorGap, Period, Target
from organisation.enums import Role
from programme.domain.errors import Invalid, NotAllowed
from tests.factories import (
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)
from tests.indicators.programme_sheets import as_yaml, small

pytestmark = pytest.mark.django_db
SUMMER = dt.date(2025, 5, 1)


@pytest.fixture
def coordinator():
    return make_user(Role.SAMORDNARE, make_namnd("socialnamnden"))


@pytest.fixture
def definition():
    return make_indicator()


def do(command, version, actor, /, **given):
    indicator = type(version.indicator).objects.get(pk=version.indicator_id)
    return command(indicator, actor=actor, expected_version=indicator.revision, **given)


def redefine(indicator, actor, /, **given):
    return do(
        life.redefine,
        indicator,
        actor,
        **{"valid_from": SUMMER, "reason": "Ny gräns", "breaks_series": True, **given},
    )


def rest(definition, actor, **given):
    return do(
        life.rest,
        definition,
        actor,
        **{
            "kind": GapKind.PAUSED,
            "valid_from": SUMMER,
            "valid_to": dt.date(2025, 8, 31),
            "reason": "Enkäten görs vartannat år",
            **given,
        },
    )


def outcomes(definition, *numbers):
    """Approved by one nämnd in the verksamhetsberättelse of 2023 and on."""
    for year, number in enumerate(numbers, start=2023):
        period = make_period(f"{year}-VB")
        report = make_report(make_namnd(), period, ReportState.GODKAND)
        version = expected_in(period).definitions[definition.indicator_id]
        make_value(report, version, number)


def result(code="2024-VB"):
    (goal,) = consolidate(make_period(code), audience=Audience.COORDINATOR).goals
    return goal.indicators[0]


# Definitions -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("is_break", "change"), [(True, "definitionen har ändrats"), (False, "+2")]
)
def test_no_comparison_is_made_across_a_break_and_one_is_without(
    definition, coordinator, is_break, change
):
    redefine(
        definition, coordinator, valid_from=dt.date(2024, 1, 1), breaks_series=is_break,
        definition="Räknas nu på annat sätt.",
    )  # fmt: skip
    outcomes(definition, 10, 12)
    comparison = result().comparison
    assert (comparison.change, comparison.cell is None) == (change, is_break)
    draft = make_report(make_namnd(), make_period("2025-T1"))
    earlier = {e.code: e.other_definition for e in entry_sheet(draft).rows[0].earlier}
    assert earlier["2024-VB"] is False
    first, last = result().series
    assert (first.stretch == last.stretch) is not is_break


@pytest.mark.parametrize("what", [{"unit": "%"}, {"scale": 100}, {"accumulation": "ar"}])
def test_another_unit_or_kind_is_always_a_break(definition, coordinator, what):
    with pytest.raises(Invalid, match="serien bryts") as refused:
        redefine(definition, coordinator, breaks_series=False, **what)
    assert refused.value.field == "breaks_series"
    assert redefine(definition, coordinator, **what).number == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"valid_from": dt.date(2021, 1, 1)}, "valid_from"),
        ({"name": "Nytt", "valid_from": dt.date(2023, 12, 31)}, "valid_from"),
        ({}, ""),
        ({"name": "Nytt", "reason": "19121212-1212"}, "reason"),
    ],
)
def test_a_definition_that_cannot_be_is_refused_at_the_field(definition, coordinator, given, field):
    outcomes(definition, 10)
    with pytest.raises(Invalid) as refused:
        redefine(definition, coordinator, **{"name": definition.name, **given})
    assert refused.value.field == field
    assert definition.indicator.versions.count() == 1


def test_only_the_coordinator(definition):
    actor = make_user(Role.GRANSKARE, make_namnd())
    with pytest.raises(NotAllowed):
        redefine(definition, actor, name="Nytt")
    with pytest.raises(NotAllowed):
        rest(definition, actor)


# Times without it --------------------------------------------------------------------------------


def test_nothing_is_asked_after_what_rests_and_it_is_said_where(definition, coordinator):
    namnd = make_namnd()
    t1, t2, vb = (make_period(f"2025-{kind}") for kind in ("T1", "T2", "VB"))
    rest(definition, coordinator)
    for period in (t1, t2, vb):
        resting = period == t2
        assert ExpectedCell.objects.filter(period=period, namnd=namnd).exists() is not resting
        in_period = expected_in(period)
        assert (definition.indicator_id in in_period.definitions) is not resting
        (goal,) = consolidate(period, audience=Audience.OTHERS).goals
        said = [one.gap.sentence for one in goal.unasked]
        assert said == (
            ["Mäts inte från 2025-05-01 till och med 2025-08-31. Enkäten görs vartannat år."]
            if resting
            else []
        )


def test_the_form_says_it_under_the_goal(definition, coordinator):
    other = make_indicator("i-2")
    rest(definition, coordinator)
    (goal,) = entry_sheet(make_report(make_namnd(), make_period("2025-T2"))).goals
    assert [row.code for row in goal.rows] == [other.indicator.code]
    assert [one.code for one in goal.unasked] == ["i-1"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"valid_to": None}, "valid_to"),
        ({"kind": GapKind.ENDED}, "valid_to"),
        ({"valid_to": dt.date(2025, 1, 1)}, "valid_to"),
        ({"valid_from": dt.date(2024, 5, 1)}, "valid_from"),
    ],
)
def test_a_rest_that_cannot_be_is_refused_at_the_field(definition, coordinator, given, field):
    make_period("2024-VB", state="last")
    with pytest.raises(Invalid) as refused:
        rest(definition, coordinator, **given)
    assert refused.value.field == field


def test_what_rests_is_taken_up_again(definition, coordinator):
    gap = rest(definition, coordinator, kind=GapKind.NO_SOURCE, valid_to=None)
    with pytest.raises(Invalid, match="redan ett uppehåll"):
        rest(definition, coordinator)

    def resume(on):
        indicator = type(definition.indicator).objects.get(pk=definition.indicator_id)
        life.resume(
            gap, actor=coordinator, expected_version=indicator.revision, last_day=on, reason="Åter"
        )

    resume(dt.date(2025, 6, 30))
    gap.refresh_from_db()
    assert gap.valid_to == dt.date(2025, 6, 30)
    resume(dt.date(2025, 4, 30))
    assert not IndicatorGap.objects.exists()


def test_the_ledger_and_the_house_agree_on_every_period(definition, coordinator):
    """Whatever the days of links and rests: what the view asks is what the form asks."""
    make_namnd()
    for year in (2024, 2025):
        for kind in ("T1", "T2", "VB"):
            make_period(f"{year}-{kind}")
    link = definition.indicator.goal_links.get()
    days = [None, *(p.ends_on + dt.timedelta(days=n) for p in Period.objects.all() for n in (0, 1))]
    for first, last in zip(days, reversed(days), strict=True):
        link.valid_from, link.valid_to = (
            (first, last) if not (first and last and first > last) else (last, first)
        )
        link.save()
        IndicatorGap.objects.all().delete()
        IndicatorGap.objects.create(
            indicator=definition.indicator, kind="vilar", reason="x",
            valid_from=days[5] if first is None else first, valid_to=None,
        )  # fmt: skip
        by_view = set(ExpectedCell.objects.values_list("period__code", flat=True))
        by_house = {
            p.code
            for p in Period.objects.all()
            if expected_in(p).asked_of.get(definition.indicator_id)
        }
        assert by_view == by_house


# Successors --------------------------------------------------------------------------------------


def test_an_indicator_is_split_and_asked_for_no_more(definition, coordinator):
    parts = [make_indicator(code).indicator for code in ("del-a", "del-b")]
    with pytest.raises(Invalid, match="minst två"):
        do(
            life.succeed, definition, coordinator,
            successors=parts[:1], kind=SuccessionKind.SPLIT, on=SUMMER, reason="Delas",
        )  # fmt: skip
    do(
        life.succeed, definition, coordinator,
        successors=parts, kind=SuccessionKind.SPLIT, on=SUMMER, reason="Delas",
    )  # fmt: skip
    asked = expected_in(make_period("2025-T2")).definitions
    assert sorted(d.indicator.code for d in asked.values()) == ["del-a", "del-b"]
    lines = [line.what for line in indicator_history("del-a", reader=coordinator)]
    assert any("Övergången från ”i-1”" in line for line in lines)
    with pytest.raises(Invalid):
        do(
            life.succeed, definition, coordinator,
            successors=[definition.indicator], kind=SuccessionKind.REPLACED, on=SUMMER, reason="x",
        )  # fmt: skip


# Årsmål ------------------------------------------------------------------------------------------


def change(definition, actor, **given):
    return do(
        life.change_target,
        definition,
        actor,
        **{
            "year": 2025,
            "namnd": None,
            "value": Decimal(95),
            "valid_from": SUMMER,
            "decision": "KF 2025-04-28 § 5",
            **given,
        },
    )


def test_the_target_that_holds_at_the_periods_end_is_used_and_the_change_told(
    definition, coordinator
):
    Target.objects.create(indicator=definition.indicator, year=2025, value=90, source="Budget")
    change(definition, coordinator)
    told = "ändrat från 90 den 1 maj 2025, KF 2025-04-28 § 5"
    for code, value, words in (("2025-T1", 90, ""), ("2025-T2", 95, told)):
        target = result(code).target
        assert (target.value, target.change) == (value, words)
        row = entry_sheet(make_report(make_namnd(), make_period(code))).rows[0]
        assert (row.target.text, row.target.change) == (str(value), words)


def test_a_nämnds_own_target_changes_beside_the_citys(definition, coordinator):
    namnd = make_namnd()
    for whose, value in ((None, 90), (namnd, 50)):
        Target.objects.create(
            indicator=definition.indicator, year=2025, namnd=whose, value=value, source="Plan"
        )
    change(definition, coordinator, namnd=namnd, value=Decimal(60))
    row = entry_sheet(make_report(namnd, make_period("2025-T2"))).rows[0]
    assert (row.target.text, row.target.is_own) == ("60", True)
    assert result("2025-T2").target.value == 90


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"decision": ""}, "decision"),
        ({"valid_from": dt.date(2026, 1, 1)}, "valid_from"),
        ({"year": 2026, "valid_from": dt.date(2026, 1, 1)}, "year"),
        ({"value": Decimal(90)}, "value"),
    ],
)
def test_a_target_that_cannot_be_is_refused_at_the_field(definition, coordinator, given, field):
    Target.objects.create(indicator=definition.indicator, year=2025, value=90, source="Budget")
    with pytest.raises(Invalid) as refused:
        change(definition, coordinator, **given)
    assert refused.value.field == field
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(
            indicator=definition.indicator, year=2025, value=1, source="x", valid_from=SUMMER
        )


# Files -------------------------------------------------------------------------------------------


def _changed():
    document = small()
    document["Definitioner"].append(
        {**document["Definitioner"][0], "Version": 2, "Gäller från": dt.date(2027, 1, 1),
         "Brott i serien": False, "Orsak": "Tydligare ord."}
    )  # fmt: skip
    document["Årsmål"].append(
        {**document["Årsmål"][0], "Årsmål": Decimal("65"), "Ändrat från": dt.date(2026, 7, 1),
         "Enligt beslut": "KF § 3"}
    )  # fmt: skip
    return document


def test_breaks_and_changed_targets_are_taken_out_and_loaded_again():
    load_namnder()
    loaded = load_programme(as_yaml(_changed()))
    assert loaded.plan.is_new
    book = read_existing(loaded.plan.slug)
    assert load_programme(as_yaml(_changed())).plan.changes == ()
    before = programme_yaml(book), programme_xlsx(book)
    load_programme(as_yaml(small()))
    load_programme(as_yaml(_changed()))
    book = read_existing(loaded.plan.slug)
    assert (programme_yaml(book), programme_xlsx(book)) == before


@pytest.mark.parametrize(
    ("table", "fault", "says"),
    [
        ("Definitioner", {"Enhet": "antal"}, "Då bryts serien"),
        ("Årsmål", {"Enligt beslut": None}, "enligt ett beslut"),
        ("Årsmål", {"Ändrat från": dt.date(2027, 1, 1)}, "under det året"),
    ],
)
def test_faults_in_files_are_said(table, fault, says):
    load_namnder()
    document = _changed()
    row = {**document[table][-1], **fault}
    document[table][-1] = {name: value for name, value in row.items() if value is not None}
    with pytest.raises(BadFile) as bad:
        load_programme(as_yaml(document))
    assert any(says in str(problem) for problem in bad.value.problems)
