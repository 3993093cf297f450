"""A warning is explained, seen, or put right; what is kept of it, and who sets the rules."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from indicators.domain.check_rules import CheckSetting, default_for, set_checks
from indicators.domain.checks import ValueInput
from indicators.domain.city import city_desk
from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.domain.entry import approve_report, save_entries, submit_report
from indicators.domain.errors import InvalidContent, InvalidEntry, NotAllowed, NotExplained
from indicators.domain.submission import before_submission
from indicators.enums import (
    ReportState,
    Rule,
)
from indicators.exports.files import followup_pdf
from indicators.exports.followup_xlsx import followup_xlsx
from indicators.models import IndicatorCheck, IndicatorVersion, Period, Value
from organisation.enums import Role
from organisation.models import User
from tests.factories import (
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)
from tests.indicators.reading import pdf_text
from tests.indicators.warned import approved, fallen, save


@pytest.fixture
def actor(db):
    return make_user(Role.UPPGIFTSLAMNARE, make_namnd())


@pytest.fixture
def samordnare(db):
    return make_user(Role.SAMORDNARE, make_namnd("socialnamnden"))


def test_a_warning_without_a_comment_must_be_seen_before_the_report_is_handed_in(actor):
    report = fallen(actor)
    with pytest.raises(NotExplained) as refused:
        submit_report(report, actor=actor, expected_version=report.revision)
    assert (refused.value.left, refused.value.message) == (
        1,
        "1 uppgift har en varning utan förklaring. Se igenom dem innan du lämnar in.",
    )
    handed_in = submit_report(report, actor=actor, expected_version=report.revision, unexplained=1)
    assert handed_in.state == ReportState.INLAMNAD


def test_a_comment_explains_and_the_warning_stands(actor):
    report = fallen(actor, comment="Två verksamheter räknades dubbelt i våras.")
    submit_report(report, actor=actor, expected_version=report.revision)
    assert len(Value.objects.get(number=120).warnings) == 1


def test_an_old_comment_does_not_explain_another_number(actor, samordnare):
    report = fallen(actor, comment="Ok.")
    first = save(actor, 120, comment="Ok.")
    assert (len(first.warnings), first.explained, first.changed) == (1, True, False)
    now = save(actor, 100, comment="Ok.", seen=first.content)
    assert (len(now.warnings), now.explained) == (1, False)
    assert save(actor, 100, comment="Ok.").explained is False
    report.refresh_from_db()
    assert [row.is_explained for row in before_submission(report).warned] == [False]
    lines = city_desk(samordnare, Period.objects.get(code="2025-T2")).lines
    assert {one.line.namnd.code: one.to_explain for one in lines}["sodermalm"] == 1
    with pytest.raises(NotExplained):
        submit_report(report, actor=actor, expected_version=report.revision)
    now = save(actor, 100, comment="En verksamhet har lagts ned.", seen=now.content)
    assert now.explained
    report.refresh_from_db()
    assert [row.is_explained for row in before_submission(report).warned] == [True]
    submit_report(report, actor=actor, expected_version=report.revision)


def test_an_old_comment_does_not_explain_another_rule(actor):
    report = fallen(actor, comment="Två verksamheter räknades dubbelt i våras.")
    definition = Value.objects.get(number=120).definition
    IndicatorCheck.objects.create(
        indicator=definition.indicator, rule=Rule.HISTORY, is_on=True, threshold=1
    )
    for year in range(2021, 2025):
        approved("sodermalm", f"{year}-T2", definition, 10)
    (row,) = before_submission(report).warned
    assert (len(row.warnings), row.is_explained) == (2, False)
    with pytest.raises(NotExplained):
        submit_report(report, actor=actor, expected_version=report.revision)


def test_a_comment_goes_on_explaining_the_same_number_held_against_another(actor):
    report = fallen(actor, comment="Två verksamheter räknades dubbelt i våras.")
    Value.objects.filter(number=140).update(number=150)
    (row,) = before_submission(report).warned
    assert ("150" in row.warnings[0], row.is_explained) == (True, True)


def test_what_is_handed_in_keeps_the_warnings_of_that_day(actor):
    report = fallen(actor, comment="Rättat.")
    report = submit_report(report, actor=actor, expected_version=report.revision)
    approve_report(report, actor=make_user(Role.GRANSKARE), expected_version=report.revision)
    make_period("2025-T2")
    IndicatorCheck.objects.create(
        indicator=Value.objects.get(number=120).definition.indicator,
        rule=Rule.LOWER,
        is_on=False,
        threshold=0,
    )
    assert len(Value.objects.get(number=120).warnings) == 1


def test_warnings_are_made_anew_when_the_report_is_handed_in(actor):
    report = fallen(actor)
    indicator = Value.objects.get(number=120).definition.indicator
    IndicatorCheck.objects.create(indicator=indicator, rule=Rule.LOWER, is_on=False, threshold=0)
    submit_report(report, actor=actor, expected_version=report.revision)
    assert Value.objects.get(number=120).warnings == []


def test_what_breaks_a_rule_stops_the_report(actor):
    definition = make_indicator()
    report = make_report()
    make_value(report, definition, "2.5")
    IndicatorVersion.objects.update(whole_numbers=True)
    with pytest.raises(InvalidContent) as refused:
        submit_report(report, actor=actor, expected_version=0)
    assert refused.value.message == "Indikator i-1: Skriv ett heltal, utan decimaler."


def test_the_whole_form_leaves_the_same_warnings_as_the_single_cell(actor):
    definition = make_indicator()
    make_value(make_report(period=make_period("2025-T1")), definition, 140)
    report = make_report(period=make_period("2025-T2"))
    value = ValueInput(definition.pk, number=Decimal(120))
    save_entries(report, actor=actor, expected_version=0, values=[value], grades=[])
    assert [one["rule"] for one in Value.objects.get(number=120).warnings] == ["minskat"]


def test_the_whole_report_is_looked_over_in_as_many_questions_for_seven_as_for_one(actor):
    counts = []
    for year, number in ((2023, 1), (2024, 1), (2025, 7)):  # the first asks what is kept in mind
        period = make_period(f"{year}-T1")
        report = make_report(period=period)
        for n in range(number):
            code = f"p{year}-{n}"
            make_value(report, make_indicator(code), 5, comment="x")
        person = User.objects.get(pk=actor.pk)
        with CaptureQueriesContext(connection) as captured:
            submit_report(report, actor=person, expected_version=0)
        counts.append(len(captured))
    assert counts[1] == counts[2]


# Rules are data -----------------------------------------------------------------------------------


def test_a_rule_is_set_for_one_indicator_and_back_to_the_default(samordnare):
    definition = make_indicator()
    default = default_for(definition, Rule.HISTORY)
    strict = CheckSetting(True, Decimal("2.5"))
    changed = set_checks(
        definition, actor=samordnare, given={Rule.HISTORY: strict}, seen={Rule.HISTORY: default}
    )
    assert changed == [Rule.HISTORY]
    assert IndicatorCheck.objects.get().threshold == Decimal("2.5")
    set_checks(
        definition, actor=samordnare, given={Rule.HISTORY: default}, seen={Rule.HISTORY: strict}
    )
    assert not IndicatorCheck.objects.exists()


def test_who_is_not_samordnare_sets_no_rules(actor):
    definition = make_indicator()
    with pytest.raises(NotAllowed):
        set_checks(definition, actor=actor, given={}, seen={})


@pytest.mark.parametrize(
    ("rule", "threshold"),
    [(Rule.HISTORY, "0.5"), (Rule.PEERS, "21"), (Rule.ZERO, "0"), (Rule.LOWER, "101")],
)
def test_neither_command_nor_database_takes_a_threshold_without_meaning(
    samordnare, rule, threshold
):
    definition = make_indicator()
    setting = CheckSetting(True, Decimal(threshold))
    with pytest.raises(InvalidEntry):
        set_checks(definition, actor=samordnare, given={rule: setting}, seen={})
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorCheck.objects.create(
            indicator=definition.indicator, rule=rule, threshold=Decimal(threshold)
        )


def test_a_rule_that_is_switched_off_says_nothing(actor, samordnare):
    definition = make_indicator()
    make_value(make_report(period=make_period("2025-T1")), definition, 140)
    make_period("2025-T2")
    off = CheckSetting(False, Decimal(0))
    seen = {Rule.LOWER: default_for(definition, Rule.LOWER)}
    set_checks(definition, actor=samordnare, given={Rule.LOWER: off}, seen=seen)
    assert save(actor, 120).warnings == ()


# What is read of it -------------------------------------------------------------------------------


def test_the_desk_counts_what_is_left_to_explain_and_tells_nothing_of_it(actor, samordnare):
    fallen(actor)

    def left():
        lines = city_desk(samordnare, Period.objects.get(code="2025-T2")).lines
        return {one.line.namnd.code: one.to_explain for one in lines}

    assert left() == {"sodermalm": 1, "socialnamnden": 0}
    Value.objects.filter(number=120).update(comment="Rättat.")
    assert left() == {"sodermalm": 0, "socialnamnden": 0}


def test_the_explanation_follows_the_number_into_the_follow_up_and_its_files(actor):
    report = fallen(actor, comment="Dubbelräknat i våras.", forecast=Decimal(300))
    report = submit_report(report, actor=actor, expected_version=report.revision)
    approve_report(report, actor=make_user(Role.GRANSKARE), expected_version=report.revision)
    followup = consolidate(report.period, audience=Audience.OTHERS)
    (part,) = followup.goals[0].indicators[0].parts
    assert part.comment == "Dubbelräknat i våras."
    book = openpyxl.load_workbook(io.BytesIO(followup_xlsx(followup)))
    head, *rows = book["Data"].iter_rows(values_only=True)
    (own,) = [dict(zip(head, row, strict=True)) for row in rows if row[head.index("Nämndkod")]]
    assert (own["Kommentar"], own["Helårsprognos"]) == ("Dubbelräknat i våras.", 300)
    assert "Sodermalm stadsdelsnämnd: prognos för helåret 300. Dubbelräknat i våras." in " ".join(
        pdf_text(followup_pdf(followup)).split()
    )
