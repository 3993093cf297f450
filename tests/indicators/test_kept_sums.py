"""What a process keeps of the sums is always what the database would add up anew."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from indicators.domain import tally_reading
from indicators.domain.correcting import begin_correction
from indicators.domain.entry import ValueInput, approve_report, save_entries, submit_report
from indicators.domain.expected import expected_in_each
from indicators.domain.tallies import Key, Tally
from indicators.domain.tally_reading import read_tallies
from indicators.enums import Category
from indicators.models import IndicatorResponsibility, IndicatorVersion, Period, Report
from organisation.enums import Role
from tests.committed import committed_db  # noqa: F401
from tests.factories import make_indicator, make_namnd, make_period, make_user

Read = dict[Key, list[Tally]]


def read(*definitions: IndicatorVersion) -> Read:
    """The sums of every period, as a page reads them: outside a transaction, where they are kept.

    They are the same as those that are added up anew.
    """

    def sums() -> Read:
        expected = expected_in_each(list(Period.objects.in_order()))
        ids = [definition.indicator_id for definition in definitions]
        return read_tallies(expected, in_detail=[], indicator_ids=ids)

    kept = sums()
    with transaction.atomic():
        assert sums() == kept
    return kept


def number(found: Read, definition: IndicatorVersion, code: str = "2025-T1") -> Decimal | None:
    (tally,) = found[code, definition.indicator_id, Category.TOTAL]
    return tally.number


def save(report: Report, definition: IndicatorVersion, outcome: int) -> Report:
    """A draft with the outcome; by a new person of the nämnd."""
    return save_entries(
        report,
        actor=make_user(Role.UPPGIFTSLAMNARE, report.namnd),
        expected_version=report.revision,
        values=[ValueInput(definition.pk, number=Decimal(outcome))],
        grades=[],
    )


def approve(report: Report) -> Report:
    filler = make_user(Role.UPPGIFTSLAMNARE, report.namnd)
    report = submit_report(report, actor=filler, expected_version=report.revision)
    reviewer = make_user(Role.GRANSKARE, report.namnd)
    return approve_report(report, actor=reviewer, expected_version=report.revision)


def approved(namnd: str, period: Period, definition: IndicatorVersion, outcome: int) -> Report:
    return approve(save(Report(namnd=make_namnd(namnd), period=period), definition, outcome))


def kept(period: Period) -> object:
    return tally_reading._kept.get(tally_reading._place(period.pk))


def test_sums_follow_what_is_approved(committed_db):  # noqa: F811
    definition, period = make_indicator(), make_period()
    approved("sodermalm", period, definition, 10)
    assert number(read(definition), definition) == 10
    before = kept(period)
    assert number(read(definition), definition) == 10
    assert kept(period) is before  # nothing was added up
    report = save(Report(namnd=make_namnd("bromma"), period=period), definition, 5)
    assert number(read(definition), definition) == 10  # a draft
    approve(report)
    assert number(read(definition), definition) == 15


def test_only_the_period_in_which_something_was_approved_is_added_up(committed_db):  # noqa: F811
    definition, first, second = make_indicator(), make_period(), make_period("2025-T2")
    make_namnd("bromma")  # asked from the beginning
    approved("sodermalm", first, definition, 10)
    approved("sodermalm", second, definition, 20)
    read(definition)
    before = kept(first), kept(second)
    approved("bromma", second, definition, 5)
    found = read(definition)
    assert (number(found, definition), number(found, definition, "2025-T2")) == (10, 25)
    assert kept(first) is before[0]
    assert kept(second) is not before[1]


def test_sums_follow_a_correction(committed_db):  # noqa: F811
    definition, period = make_indicator(), make_period()
    report = approved("sodermalm", period, definition, 10)
    approved("bromma", period, definition, 5)
    read(definition)
    report = begin_correction(
        report,
        actor=make_user(Role.UPPGIFTSLAMNARE, report.namnd),
        expected_version=report.revision,
        reason="Fel kolumn lästes",
    )
    report = save(report, definition, 12)
    assert number(read(definition), definition) == 15
    approve(report)
    ((tally,),) = read(definition).values()
    assert (tally.number, tally.corrections) == (17, 1)
    assert tally.corrected_on == dt.date.today()  # noqa: DTZ011 - as the correction is dated


def test_what_is_read_in_a_transaction_is_not_kept(committed_db):  # noqa: F811
    definition, period = make_indicator(), make_period()
    report = save(Report(namnd=make_namnd(), period=period), definition, 10)
    read(definition)
    with transaction.atomic():
        approve(report)
        assert number(read(definition), definition) == 10
        transaction.set_rollback(True)
    assert read(definition) == {}
    approve(save(Report.objects.get(), definition, 11))
    assert number(read(definition), definition) == 11


def test_sums_follow_who_is_asked_and_for_what(committed_db):  # noqa: F811
    definition, other, period = make_indicator(), make_indicator("i-2"), make_period()
    report = save(Report(namnd=make_namnd(), period=period), definition, 10)
    approve(save(report, other, 3))
    approved("bromma", period, definition, 5)
    assert number(read(definition), definition) == 15
    found = read(definition, other)  # one that is kept, and one that is not
    assert (number(found, definition), number(found, other)) == (15, 3)
    assert number(read(other), other) == 3
    IndicatorResponsibility.objects.filter(indicator=definition.indicator).delete()
    IndicatorResponsibility.objects.create(
        indicator=definition.indicator, namnd=make_namnd("bromma")
    )
    assert number(read(definition), definition) == 5
