"""The plan of an answer: what it is counted from, where it lands, and what it says of itself."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from organisation.domain.working_days import why_free
from remisser.domain.planning import DEFAULTS, MeetingDay, Plan, Rule, make_plan, rules_of
from remisser.enums import RULED_STEPS, PlanAnchor, PlanStep

DUE = dt.date(2023, 9, 19)
TODAY = dt.date(2023, 6, 1)
DATES = st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31))


def plan(due: dt.date | None, *meetings: MeetingDay, today: dt.date = TODAY, **more) -> Plan:
    return make_plan(due_on=due, meetings=meetings, rules=DEFAULTS, today=today, **more)


def meeting(pk: int, day: str, agenda: str = "") -> MeetingDay:
    return MeetingDay(
        pk, dt.date.fromisoformat(day), dt.date.fromisoformat(agenda) if agenda else None
    )


def days(made: Plan) -> dict[str, str]:
    return {step.kind.value: step.on.isoformat() for step in made.steps}


@st.composite
def situations(draw) -> dict:
    """Any due date, calendar and rules; on days off too, as people type them."""
    meetings = []
    for pk, day in enumerate(draw(st.lists(DATES, max_size=6, unique=True))):
        agenda = draw(st.none() | st.integers(0, 30))
        meetings.append(
            MeetingDay(pk, day, None if agenda is None else day - dt.timedelta(days=agenda))
        )
    rules = []
    for default in DEFAULTS:
        free = default.step not in (PlanStep.UTSKICK, PlanStep.EXPEDIERING)
        anchors = [PlanAnchor.SAMMANTRADE, PlanAnchor.UTSKICK] if free else [default.anchor]
        rules.append(
            Rule(
                default.step,
                draw(st.integers(0, 30)),
                draw(st.sampled_from(anchors)),
                draw(st.booleans()) if free else True,
            )
        )
    return {
        "due_on": draw(st.none() | DATES),
        "meetings": meetings,
        "rules": rules,
        "today": draw(DATES),
        "chosen": draw(st.none() | st.integers(0, 5)),
    }


@given(situations())
def test_no_step_is_on_a_day_off_or_after_the_due_date_unless_it_says_so(given_: dict):
    made = make_plan(**given_)
    for step in made.steps:
        said = " ".join(step.remarks)
        assert bool(why_free(step.on)) == ("ingen arbetsdag" in said)
        late = made.due_on is not None and step.on > made.due_on
        assert late == ("efter svarsdagen" in said)
    assert [step.on for step in made.steps] == sorted(step.on for step in made.steps)


@given(situations())
def test_a_plan_without_a_meeting_in_time_says_so_with_ways_out(given_: dict):
    made = make_plan(**given_)
    due, today = given_["due_on"], given_["today"]
    fits = [m for m in given_["meetings"] if due and today <= m.date <= due]
    if made.meeting is None and due is not None:
        assert not fits
        assert made.remarks
    if made.remarks and due is not None:
        assert [way.name for way in made.ways_out] == [
            "Omedelbar justering", "Extra sammanträde", "Anstånd", "Kontorsyttrande",
        ]  # fmt: skip
    if fits and given_["chosen"] not in [m.pk for m in given_["meetings"]]:
        assert made.meeting == max(fits, key=lambda m: m.date)


def test_the_last_meeting_before_the_due_date_is_taken():
    made = plan(DUE, meeting(1, "2023-06-15"), meeting(2, "2023-08-31"), meeting(3, "2023-09-28"))
    assert days(made) == {
        "utkast": "2023-08-10",
        "attest": "2023-08-17",
        "utskick": "2023-08-22",
        "forvaltningsgrupp": "2023-08-23",
        "rad": "2023-08-24",
        "sammantrade": "2023-08-31",
        "expediering": "2023-09-12",
        "svar": "2023-09-19",
    }
    assert (made.remarks, made.ways_out) == ((), ())


def test_each_step_has_its_reason_and_its_rule_in_words():
    made = plan(DUE, meeting(2, "2023-08-31"))
    said = {step.kind: (step.reason, step.rule) for step in made.steps}
    assert said[PlanStep.ATTEST] == (
        "Cheferna ska ha godkänt den version som skickas ut.",
        "3 arbetsdagar före utskicket",
    )
    assert said[PlanStep.UTSKICK][1] == (
        "7 arbetsdagar före sammanträdet, eftersom kalendern inte anger något utskick"
    )


def test_a_known_agenda_day_goes_before_the_rule():
    made = plan(DUE, meeting(2, "2023-08-31", "2023-08-18"))
    assert (days(made)["utskick"], days(made)["attest"]) == ("2023-08-18", "2023-08-15")


def test_a_meeting_close_to_the_due_date_needs_its_minutes_approved_at_once():
    made = plan(DUE, meeting(1, "2023-09-14"))
    assert days(made)["expediering"] == "2023-09-15"
    assert made.remarks[0].startswith("Beslutet vid sammanträdet 2023-09-14 måste justeras")
    assert made.ways_out[0].possible


def test_without_a_meeting_in_time_it_says_when_the_next_one_is():
    made = plan(DUE, meeting(1, "2023-05-20"), meeting(2, "2023-09-28"))
    assert made.meeting is None
    assert days(made) == {"svar": "2023-09-19"}
    assert made.remarks == ("Inget sammanträde hinner före svarsdagen 2023-09-19.",)
    told = {way.name: way for way in made.ways_out}
    assert not told["Omedelbar justering"].possible
    assert "2023-09-07 med vanlig justering, eller 2023-09-19" in told["Extra sammanträde"].meaning
    assert told["Anstånd"].meaning.endswith("be om svar senast 2023-10-10.")


def test_a_due_date_in_the_past_is_planned_and_said():
    made = plan(DUE, meeting(1, "2023-08-31"), today=dt.date(2023, 10, 1))
    assert made.remarks == ("Svarsdagen 2023-09-19 har passerat.",)
    assert made.meeting is not None


def test_the_meeting_that_the_paper_names_is_kept_though_it_is_late():
    made = plan(DUE, meeting(1, "2023-08-31"), meeting(2, "2023-09-28"), chosen=2)
    assert made.remarks[0] == "Sammanträdet 2023-09-28 är efter svarsdagen 2023-09-19."
    late = [step for step in made.steps if "Dagen är efter svarsdagen." in step.remarks]
    assert [step.kind.value for step in late] == [
        "forvaltningsgrupp", "rad", "sammantrade", "expediering",
    ]  # fmt: skip


def test_what_was_sent_out_already_is_said():
    made = plan(DUE, meeting(1, "2023-08-31"), today=dt.date(2023, 8, 28))
    assert made.remarks[0].startswith("Utskicket till sammanträdet 2023-08-31 var 2023-08-22.")


def test_own_rules_stand_beside_the_defaults():
    own = Rule(PlanStep.RAD, 12, PlanAnchor.SAMMANTRADE, used=False)
    rules = rules_of([own])
    assert [rule.step for rule in rules] == list(RULED_STEPS)
    assert [rule for rule in rules if not rule.is_default] == [own]
    made = make_plan(due_on=DUE, meetings=[meeting(1, "2023-08-31")], rules=rules, today=TODAY)
    assert "rad" not in days(made)
