"""Historik: what happened, in words that people use, and no names outside the nämnd."""

import datetime as dt

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone

from indicators.models import Report, Value
from organisation.domain.who import who_for
from organisation.enums import Role
from papers.enums import Origin, PaperKind
from papers.models import Paper, PaperVersion, Section
from tests.factories import make_indicator, make_namnd, make_period, make_report, make_user
from trace.domain import acting, record
from trace.domain.history import Kept, history
from trace.domain.wording import word_diff

FIELDS = {"number": "", "missing": "varför uppgiften saknas", "comment": "kommentaren"}


@pytest.fixture
def filler(db):
    return make_user(Role.UPPGIFTSLAMNARE, make_namnd("sodermalm"), name="Ulla Uppgift")


@pytest.fixture
def report(db) -> Report:
    return make_report(make_namnd("sodermalm"))


def lines(report: Report, reader) -> list[str]:
    kept = Kept(
        Value,
        {"version_id__in": [report.current_id]},
        lambda _: "Värdet",
        FIELDS,
    )
    return [str(line) for line in history([kept], who=who_for(reader))]


def now() -> str:
    return timezone.localtime().strftime("%Y-%m-%d %H:%M")


@pytest.mark.django_db
def test_a_change_is_told_in_words(report, filler):
    with acting(actor=filler, through="sida:report", reason="felräknat"):
        value = Value.objects.create(version=report.current, definition=make_indicator(), number=12)
        when = now()
        Value.objects.filter(pk=value.pk).update(number="14.50")
        Value.objects.filter(pk=value.pk).update(number=None, missing="mats-inte")
        value.delete()
    who = f"Ulla Uppgift (uppgiftslämnare vid Sodermalm), {when}, orsak: felräknat"
    assert lines(report, filler) == [
        f"Värdet togs bort (var varför uppgiften saknas Mäts inte denna period) av {who}",
        "Värdet ändrades från 14,5 till tomt; Värdet, varför uppgiften saknas, ändrades från tomt "
        f"till Mäts inte denna period av {who}",
        f"Värdet ändrades från 12 till 14,5 av {who}",
        f"Värdet lades till: 12 av {who}",
    ]


@pytest.mark.django_db
def test_names_stay_within_the_namnd(report, filler):
    with acting(actor=filler):
        Value.objects.create(version=report.current, definition=make_indicator(), number=12)
    outsider = make_user(Role.LASARE, make_namnd("farsta"))
    (line,) = lines(report, outsider)
    assert line == f"Värdet lades till: 12 av uppgiftslämnare vid Sodermalm, {now()}"


@pytest.mark.django_db
def test_the_event_of_the_same_go_tells_who_and_why(report, filler):
    """Commands need not wrap what they do: their event, in the same transaction, speaks."""
    Value.objects.create(version=report.current, definition=make_indicator(), number=12)
    record(
        report, actor=filler, verb="saved", summary="Sparade", scope="sodermalm", reason="rättning"
    )
    assert lines(report, filler) == [
        f"Värdet lades till: 12 av Ulla Uppgift (uppgiftslämnare vid Sodermalm), {now()}, "
        "orsak: rättning"
    ]


@pytest.mark.django_db
def test_sql_is_told_by_the_role_of_the_database(report, filler):
    value = Value.objects.create(version=report.current, definition=make_indicator(), number=12)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_value SET number = 13 WHERE id = %s", [value.pk])
        cursor.execute("SELECT session_user")
        role = cursor.fetchone()[0]
    assert (
        lines(report, filler)[0]
        == f"Värdet ändrades från 12 till 13 av databasrollen {role}, {now()}"
    )


@pytest.mark.django_db
def test_what_is_not_named_is_not_told(report, filler):
    value = Value.objects.create(version=report.current, definition=make_indicator(), number=12)
    Value.objects.filter(pk=value.pk).update(entered_by=filler, entered_at=timezone.now())
    assert len(lines(report, filler)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [1, 3])
def test_the_number_of_queries_does_not_grow(report, filler, changes, django_assert_num_queries):
    value = Value.objects.create(version=report.current, definition=make_indicator(), number=0)
    for number in range(1, changes + 1):
        with acting(actor=filler):
            Value.objects.filter(pk=value.pk).update(number=number)
    report.refresh_from_db()
    filler.access  # noqa: B018 - read once for each request
    with django_assert_num_queries(5):
        assert len(lines(report, filler)) == changes + 1


@pytest.mark.django_db
def test_a_text_is_told_word_by_word(filler):
    paper = Paper.objects.create(namnd=make_namnd("sodermalm"), kind=PaperKind.EGET_ARENDE)
    version = PaperVersion.objects.create(
        paper=paper, number=1, origin=Origin.SKRIVEN, title="Svar"
    )
    Paper.objects.filter(pk=paper.pk).update(current=version)
    with acting(actor=filler):
        section = Section.objects.create(
            version=version, key="a", heading="Ärendet", order=1, body="<p>Nämnden säger nej.</p>"
        )
        Section.objects.filter(pk=section.pk).update(body="<p>Nämnden säger <b>ja</b>.</p>")
    kept = Kept(
        Section, {"id": section.pk}, lambda change: f"Avsnittet {change.heading}", {"body": ""}
    )
    line = history([kept], who=who_for(filler))[0]
    page = render_to_string("trace/history.html", {"lines": [line]})
    assert line.what == "Avsnittet Ärendet ändrades"
    assert line.texts[0][1] == (
        'Nämnden säger <del><span class="visually-hidden"> borttaget: </span>nej</del>'
        '<ins><span class="visually-hidden"> tillagt: </span>ja</ins>.'
    )
    assert line.texts[0][1] in page
    assert isinstance(line.at, dt.datetime)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a", "a", "a"),
        ("", "ny", '<ins><span class="visually-hidden"> tillagt: </span>ny</ins>'),
        ("bort", "", '<del><span class="visually-hidden"> borttaget: </span>bort</del>'),
        (
            "<p>1 < 2</p>",
            "<p>1 &lt; 3</p>",
            '1 &lt; <del><span class="visually-hidden"> borttaget: </span>2</del>'
            '<ins><span class="visually-hidden"> tillagt: </span>3</ins>',
        ),
        (
            "",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            '<ins><span class="visually-hidden"> tillagt: </span>'
            "&lt;script&gt;alert(1)&lt;/script&gt;</ins>",
        ),
    ],
)
def test_differences_are_marked_and_carry_no_markup_of_their_own(old, new, expected):
    assert word_diff(old, new) == expected


def test_long_stretches_without_a_change_are_cut():
    words = " ".join(f"ord{n}" for n in range(100))
    assert word_diff(f"{words} slut", f"{words} början").startswith("… ord92 ord93 ")


@pytest.mark.django_db
def test_another_nämnds_reason_in_the_same_go_is_not_told(report, filler):
    """One transaction may hold the work of several nämnder: a merger, a file that is read in."""
    other = make_report(make_namnd("bromma"))
    stranger = make_user(Role.GRANSKARE, make_namnd("bromma"))
    Value.objects.create(version=report.current, definition=make_indicator(), number=12)
    record(
        other, actor=stranger, verb="returned", summary="X", scope="bromma", reason="hemligt skäl"
    )
    (line,) = lines(report, filler)
    assert "hemligt skäl" not in line
    assert "Bromma" not in line


@pytest.mark.django_db
def test_a_reason_for_something_else_of_the_nämnd_is_not_told_here(report, filler):
    other = make_report(make_namnd("sodermalm"), make_period("2025-T2"))
    Value.objects.create(version=report.current, definition=make_indicator(), number=12)
    for each, reason in ((report, ""), (other, "för tidigt")):
        record(each, actor=filler, verb="x", summary="X", scope="sodermalm", reason=reason)
    (line,) = lines(report, filler)
    assert line == (
        f"Värdet lades till: 12 av Ulla Uppgift (uppgiftslämnare vid Sodermalm), {now()}"
    )
