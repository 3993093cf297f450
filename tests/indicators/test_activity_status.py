"""How far activities have come: entered, checked, kept, and counted when approved."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.domain.activities import read_activity_statuses
from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.domain.entry import (
    InvalidEntry,
    StatusInput,
    approve_report,
    return_report,
    save_entries,
    submit_report,
)
from indicators.domain.sheet import entry_sheet
from indicators.domain.statuses import StatusCounts, StatusPart, check_status, count_states
from indicators.enums import ActivityState, PeriodState, ReportState
from indicators.forms import EntryForm
from indicators.models import ActivityStatus, Report
from organisation.enums import NamndGroup, Role
from programme.enums import ResponsibilityKind
from programme.models import ActivityWording
from tests.factories import (
    make_activity,
    make_goal,
    make_namnd,
    make_period,
    make_programme,
    make_report,
    make_user,
    settle,
)

pytestmark = pytest.mark.django_db
LATER = dt.date(2025, 9, 30)
DEVIATES = {"state": "avviker", "comment": "Vakant tjänst.", "new_date": LATER}


@pytest.fixture
def namnd():
    return make_namnd("sodermalm", name="Södermalms stadsdelsnämnd")


@pytest.fixture
def activity(namnd):
    return make_activity("rutin", make_goal(1), text="Fråga alla.")


@pytest.fixture
def filler(namnd):
    return make_user(Role.UPPGIFTSLAMNARE, namnd)


@pytest.fixture
def reviewer(namnd):
    return make_user(Role.GRANSKARE, namnd)


def save(report, actor, *statuses):
    report = report if report.pk is None else Report.objects.get(pk=report.pk)
    return save_entries(
        report,
        actor=actor,
        expected_version=report.revision,
        values=[],
        grades=[],
        statuses=statuses,
    )


def approved(code, activity, period="2025-T1", **status):
    report = make_report(make_namnd(code), make_period(period), ReportState.GODKAND)
    if status:
        report.current.statuses.create(activity=activity, **status)
    return report


def problems_of(**given):
    found = check_status(StatusInput(1, **given), make_period("2025-T1"))
    return [(problem.part, problem.message) for problem in found]


# What may be said -----------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["ej-paborjad", "paborjad", "genomford"])
def test_a_state_needs_no_more_words(state):
    assert problems_of(state=state) == []
    assert problems_of(state=state, comment="Går bra.") == []


def test_what_deviates_says_why_and_when_instead():
    assert problems_of(**DEVIATES) == []
    assert problems_of(state="avviker") == [
        (StatusPart.COMMENT, "Skriv vad som avviker och varför."),
        (
            StatusPart.NEW_DATE,
            "Ange ett nytt datum: när aktiviteten ska vara genomförd i stället.",
        ),
    ]
    assert problems_of(state="avviker", comment=" \n", new_date=LATER) == [
        (StatusPart.COMMENT, "Skriv vad som avviker och varför.")
    ]


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (
            dt.date(2025, 4, 30),
            "Det nya datumet ska vara efter periodens sista dag, 30 april 2025.",
        ),
        (dt.date(2036, 1, 1), "Det är mer än tio år dit. Kontrollera årtalet."),
    ],
)
def test_the_new_date_lies_after_the_period_and_within_reason(day, message):
    assert problems_of(**DEVIATES | {"new_date": day}) == [(StatusPart.NEW_DATE, message)]


def test_only_what_deviates_has_a_new_date():
    assert problems_of(state="paborjad", new_date=LATER) == [
        (
            StatusPart.NEW_DATE,
            "Ett nytt datum anges bara för det som avviker. Ta bort det, eller välj Avviker.",
        )
    ]


def test_words_without_a_state_are_not_lost_unseen():
    assert problems_of(comment="Något") == [
        (StatusPart.STATE, "Välj läge också, så att det du har skrivit kan sparas.")
    ]


def test_no_personnummer_in_the_comment():
    ((part, message),) = problems_of(**DEVIATES | {"comment": "Hon har 19121212-1212."})
    assert part is StatusPart.COMMENT
    assert "ser ut som ett personnummer" in message


@pytest.mark.parametrize(
    "row",
    [
        {"state": "avviker", "comment": "", "new_date": LATER},
        {"state": "avviker", "comment": " ", "new_date": LATER},
        {"state": "avviker", "comment": "Vakant"},
        {"state": "paborjad", "new_date": LATER},
        {"state": ""},
        {"state": "annat"},
    ],
)
def test_the_database_refuses_the_same(activity, namnd, row):
    report = make_report(namnd)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityStatus.objects.create(version=report.current, activity=activity, **row)


# Entered, and kept with the version -----------------------------------------------------------


def test_saving_begins_the_report_and_tells_the_history(activity, namnd, filler):
    report = save(
        Report(namnd=namnd, period=make_period()), filler, StatusInput(activity.pk, **DEVIATES)
    )
    status = report.current.statuses.get()
    assert StatusInput.of(status) == StatusInput(activity.pk, **DEVIATES)
    again = save(report, filler, StatusInput(activity.pk, **DEVIATES))
    assert again.revision == report.revision == 1  # the same again is no change
    cleared = save(report, filler, StatusInput(activity.pk))
    assert not cleared.current.statuses.exists()


def test_an_incomplete_deviation_saves_nothing(activity, namnd, filler):
    report = make_report(namnd)
    with pytest.raises(InvalidEntry, match=r"Fråga alla\. Skriv vad som avviker"):
        save(report, filler, StatusInput(activity.pk, "avviker"))
    assert not ActivityStatus.objects.exists()


def test_only_who_answers_for_an_activity_can_say_how_far_it_is(namnd, filler):
    make_activity("min", make_goal(1))
    theirs = make_activity("annans", make_goal(1), group=NamndGroup.ALLA)
    theirs.responsibilities.all().delete()
    with pytest.raises(InvalidEntry, match="begär inte"):
        save(make_report(namnd), filler, StatusInput(theirs.pk, "paborjad"))


def test_a_status_is_frozen_when_handed_in_and_copied_when_sent_back(
    activity, namnd, filler, reviewer
):
    report = save(make_report(namnd), filler, StatusInput(activity.pk, **DEVIATES))
    report = submit_report(report, actor=filler, expected_version=report.revision)
    settle()
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        ActivityStatus.objects.update(comment="Ändrad efteråt")
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        ActivityStatus.objects.all().delete()
    report = return_report(
        report, actor=reviewer, expected_version=report.revision, reason="Skriv mer"
    )
    report = save(report, filler, StatusInput(activity.pk, "genomford"))
    first, second = report.versions.order_by("number")
    assert StatusInput.of(first.statuses.get()) == StatusInput(activity.pk, **DEVIATES)
    assert StatusInput.of(second.statuses.get()) == StatusInput(activity.pk, "genomford")


def test_a_report_with_nothing_but_a_status_can_be_handed_in(activity, namnd, filler):
    report = submit_report(
        make_report(namnd),
        actor=filler,
        expected_version=0,
        statuses=[StatusInput(activity.pk, "paborjad")],
    )
    assert (report.state, report.current.statuses.get().state) == ("inlamnad", "paborjad")


def test_the_sheet_counts_statuses_and_shows_what_was_said_before(activity, namnd):
    make_period("2024-T2")
    approved("sodermalm", activity, "2024-VB", **DEVIATES)
    sheet = entry_sheet(Report(namnd=namnd, period=make_period("2025-T1")))
    (row,) = sheet.activities
    assert (row.text, row.is_filled, sheet.expected, sheet.filled) == ("Fråga alla.", False, 2, 0)
    assert [(e.label, e.status.label, e.status.new_date) for e in row.earlier] == [
        ("Verksamhetsberättelse 2024", "Avviker", LATER)
    ]


def test_the_report_shows_the_wording_of_its_period(activity, namnd):
    ActivityWording.objects.create(
        activity=activity, text="Fråga alla vuxna.", valid_from=dt.date(2025, 5, 1), decision="KF"
    )
    before, after = make_period("2025-T1"), make_period("2025-T2")
    texts = [entry_sheet(Report(namnd=namnd, period=p)).activities[0].text for p in (before, after)]
    assert texts == ["Fråga alla.", "Fråga alla vuxna."]


# The form -------------------------------------------------------------------------------------


def form_of(namnd, **data):
    sheet = entry_sheet(Report(namnd=namnd, period=make_period()))
    return EntryForm(sheet, {"seen": "{}", "revision": "0", **data})


def test_the_form_says_it_at_the_fields_and_in_the_summary(activity, namnd):
    form = form_of(namnd, **{"a-rutin-lage": "avviker"})
    assert not form.is_valid()
    assert [(p["target"], p["message"]) for p in form.problems] == [
        ("id_a-rutin-kommentar", "Skriv vad som avviker och varför."),
        (
            "id_a-rutin-nytt-datum",
            "Ange ett nytt datum: när aktiviteten ska vara genomförd i stället.",
        ),
    ]


@pytest.mark.parametrize("typed", ["30/9", "2025-13-01", "i höst"])
def test_a_day_that_is_none_is_said_so(activity, namnd, typed):
    form = form_of(
        namnd,
        **{"a-rutin-lage": "avviker", "a-rutin-kommentar": "x", "a-rutin-nytt-datum": typed},
    )
    assert not form.is_valid()
    assert [p["message"] for p in form.problems] == [
        "Skriv datumet som år, månad och dag, till exempel 2025-09-30."
    ]


def test_two_people_keep_what_they_wrote(activity, namnd, filler):
    report = make_report(namnd)
    save(report, filler, StatusInput(activity.pk, **DEVIATES))
    report = Report.objects.get(pk=report.pk)
    mine = {"seen": "{}", "a-rutin-lage": "paborjad"}
    form = EntryForm.after_conflict(entry_sheet(report), mine)
    assert form["a-rutin-lage"].value() == "paborjad"
    assert form.theirs == {"a-rutin-lage": "Avviker"}
    assert form["a-rutin-kommentar"].value() == "Vakant tjänst."  # untouched: theirs


def test_the_page_keeps_what_was_typed_and_then_saves_it(activity, namnd, filler):
    make_period(state=PeriodState.OPPEN)
    client = Client()
    client.force_login(filler)
    where = "/inrapportering/sodermalm/2025-T1/"
    page = client.get(where).content.decode()
    assert "Fråga alla." in page
    assert "Nytt datum" in page
    fields = {
        "revision": "0",
        "seen": "{}",
        "a-rutin-lage": "avviker",
        "a-rutin-kommentar": "Vakant",
    }
    answer = client.post(where, fields)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="#id_a-rutin-nytt-datum"' in page
    assert "id_a-rutin-nytt-datum_error" in page
    assert ">\nVakant</textarea>" in page
    assert client.post(where, fields | {"a-rutin-nytt-datum": "2025-09-30"}).status_code == 302
    assert StatusInput.of(ActivityStatus.objects.get()) == StatusInput(
        activity.pk, "avviker", "Vakant", LATER
    )


# Counted --------------------------------------------------------------------------------------


def followed(period="2025-T1"):
    return consolidate(make_period(period), audience=Audience.OTHERS)


def test_only_approved_reports_count(activity, namnd, filler, reviewer):
    make_namnd("farsta")
    report = save(make_report(namnd), filler, StatusInput(activity.pk, **DEVIATES))
    (goal,) = followed().goals
    assert goal.statuses == StatusCounts(not_said=2)
    assert goal.deviating == ()

    report = submit_report(report, actor=filler, expected_version=report.revision)
    assert followed().goals[0].statuses == StatusCounts(not_said=2)
    approve_report(report, actor=reviewer, expected_version=report.revision)
    (goal,) = followed().goals
    assert goal.statuses == StatusCounts(avviker=1, not_said=1)
    (deviating,) = goal.deviating
    assert [
        (one.namnd_name, one.status.comment, one.status.new_date) for one in deviating.deviations
    ] == [("Södermalms stadsdelsnämnd", "Vakant tjänst.", LATER)]


def test_a_goal_rolls_up_each_responsible_namnd_and_activity(activity):
    other = make_activity("annan", make_goal(1))
    for code, state in (("a", "genomford"), ("b", "genomford"), ("c", "paborjad")):
        approved(code, activity, state=state).current.statuses.create(
            activity=other, state="ej-paborjad"
        )
    make_namnd("sodermalm")
    (goal,) = followed().goals
    by_code = {a.code: a.counts for a in goal.activities}
    assert by_code == {
        "rutin": StatusCounts(genomford=2, paborjad=1, not_said=1),
        "annan": StatusCounts(ej_paborjad=3, not_said=1),
    }
    assert goal.statuses == StatusCounts(ej_paborjad=3, paborjad=1, genomford=2, not_said=2)
    assert goal.statuses.of_goal_sentence == (
        "3 av 8 åtaganden är inte påbörjade, två är genomförda och ett är påbörjat. "
        "Läge saknas för två."
    )
    assert by_code["rutin"].of_activity_sentence == (
        "Genomförd i 2 av 4 ansvariga nämnder och påbörjad i en. Läge saknas i en."
    )


def test_what_a_namnd_says_of_what_it_does_not_answer_for_is_not_counted(activity):
    social = make_namnd("socialnamnden", kind="facknamnd")
    approved("socialnamnden", activity, state="genomford")
    assert social.kind == "facknamnd"
    assert followed().goals[0].statuses == StatusCounts(not_said=1)  # sodermalm


def test_an_activity_that_has_ceased_is_not_asked_for(activity, namnd):
    activity.valid_to = dt.date(2025, 4, 29)
    activity.save()
    assert followed().goals[0].activities == ()


def test_a_reference_programme_asks_nothing_of_anybody(namnd):
    regional = make_programme("regional", kind="referens")
    make_activity("deras", make_goal(1, regional))
    assert entry_sheet(Report(namnd=namnd, period=make_period())).goals == ()


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        ([], "Ingen nämnd ansvarar för aktiviteten den här perioden."),
        (["", ""], "Ingen ansvarig nämnd har lämnat läget än."),
        (["genomford"], "Genomförd i den enda ansvariga nämnden."),
        (["avviker", "avviker", ""], "Avviker i 2 av 3 ansvariga nämnder. Läge saknas i en."),
    ],
)
def test_the_sentence_fits_every_count(states, sentence):
    assert count_states(states).of_activity_sentence == sentence


@pytest.mark.parametrize("states", [[], [""], [ActivityState.AVVIKER], ["paborjad"] * 15])
def test_every_count_is_kept(states):
    counts = count_states(states)
    assert counts.asked == len(states)
    assert sum(count for _, _, count in counts.counts) == len(states)


# On pages -------------------------------------------------------------------------------------


def test_the_pages_name_who_deviates_and_why(activity, namnd):
    approved("sodermalm", activity, **DEVIATES)
    client = Client()
    client.force_login(make_user(Role.LASARE, make_namnd("farsta")))
    for where in (
        "/uppfoljning/2025-T1/mal/vald-2021-2025/1/",
        "/uppfoljning/2025-T1/avvikelser/",
        "/program/vald-2021-2025/aktivitet/rutin/",
        "/inrapportering/sodermalm/2025-T1/",
    ):
        page = client.get(where).content.decode()
        assert "Vakant tjänst." in page, where
        assert "2025-09-30" in page, where


def test_a_draft_is_seen_by_nobody_else(activity, namnd, filler):
    save(make_report(namnd), filler, StatusInput(activity.pk, **DEVIATES))
    client = Client()
    client.force_login(make_user(Role.SAMORDNARE, make_namnd("socialnamnden")))
    for where in (
        "/uppfoljning/2025-T1/",
        "/uppfoljning/2025-T1/mal/vald-2021-2025/1/",
        "/uppfoljning/2025-T1/avvikelser/",
        "/program/vald-2021-2025/aktivitet/rutin/",
    ):
        assert "Vakant" not in client.get(where).content.decode()


def test_an_activity_through_the_periods(activity, namnd):
    for period, state in (("2024-VB", "paborjad"), ("2025-T1", "genomford")):
        approved("sodermalm", activity, period, state=state)
    found = read_activity_statuses("rutin")
    assert [(each.period.code, each.result.counts) for each in found.periods] == [
        ("2025-T1", StatusCounts(genomford=1)),
        ("2024-VB", StatusCounts(paborjad=1)),
    ]


@pytest.mark.parametrize("of", ["sheet", "activity", "followup"])
def test_queries_do_not_grow(of):
    counts = []
    for size in (1, 3):
        for number in range(size):
            if not ActivityStatus.objects.filter(activity__code=f"a{number}").exists():
                each = make_activity(f"a{number}", make_goal(1))
                ActivityWording.objects.create(
                    activity=each, text="Ny", valid_from=dt.date(2024, 1, 1), decision="KF"
                )
                for code in [f"n{i}" for i in range(size)]:
                    make_namnd(code)
                for report in Report.objects.all() or [approved("n0", each)]:
                    report.current.statuses.create(activity=each, state="paborjad")
        with CaptureQueriesContext(connection) as queries:
            if of == "sheet":
                entry_sheet(Report.objects.select_related("namnd", "period").first())
            elif of == "activity":
                read_activity_statuses("a0")
            else:
                followed()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_who_only_takes_part_is_asked_for_no_status(activity, namnd):
    activity.responsibilities.all().delete()
    farsta = make_namnd("farsta")
    activity.responsibilities.create(namnd=namnd, kind=ResponsibilityKind.MEDVERKANDE)
    activity.responsibilities.create(namnd=farsta)
    assert [n.namnd_code for n in followed().goals[0].activities[0].namnder] == ["farsta"]


def test_who_answered_then_is_asked_for_then(activity, namnd):
    activity.responsibilities.all().delete()
    activity.responsibilities.create(namnd=namnd, valid_to=dt.date(2025, 4, 30))
    activity.responsibilities.create(namnd=make_namnd("farsta"), valid_from=dt.date(2025, 5, 1))
    asked = [
        [n.namnd_code for n in followed(period).goals[0].activities[0].namnder]
        for period in ("2025-T1", "2025-T2")
    ]
    assert asked == [["sodermalm"], ["farsta"]]
