"""How far a nämnd has come with its activities: what may be said, and how it is counted."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import date_format

from indicators.domain.checks import MAX_COMMENT, check_words
from indicators.domain.grades import word
from indicators.domain.judgements import CorrectedJudgement
from indicators.enums import ActivityState
from indicators.models import ActivityStatus, JudgementCorrection, Period, RowComment
from programme.models import Activity

# A new date further ahead than this is a slip of the finger.
MAX_YEARS_AHEAD = 10
NOT_SAID = "Läge saknas"
PHRASES: dict[str, tuple[str, str]] = {
    ActivityState.EJ_PABORJAD: ("är inte påbörjat", "är inte påbörjade"),
    ActivityState.PABORJAD: ("är påbörjat", "är påbörjade"),
    ActivityState.GENOMFORD: ("är genomfört", "är genomförda"),
    ActivityState.AVVIKER: ("avviker", "avviker"),
}


class StatusPart(StrEnum):
    """One field of an activity's status, as it is named in the form's addresses."""

    STATE = "lage"
    COMMENT = "kommentar"
    NEW_DATE = "nytt-datum"


@dataclass(frozen=True)
class StatusInput:
    """What a nämnd says of one activity; all empty removes it.

    state: an ActivityState, or "". new_date: when what deviates is to be done instead.
    """

    activity_id: int
    state: str = ""
    comment: str = ""
    new_date: dt.date | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.state or self.comment or self.new_date)

    @property
    def label(self) -> str:
        """ "Påbörjad"; "" when nothing is said."""
        return str(ActivityState(self.state).label) if self.state else ""

    @property
    def deviates(self) -> bool:
        return self.state == ActivityState.AVVIKER

    @classmethod
    def of(cls, status: ActivityStatus) -> "StatusInput":
        return cls(status.activity_id, status.state, status.comment, status.new_date)


@dataclass(frozen=True)
class StatusProblem:
    """What is wrong, and with which field."""

    part: StatusPart
    message: str


Key = tuple[int, int, int]
"""Period id, nämnd id, activity id."""
Said = tuple[StatusInput, bool]
"""What an approved report says of an activity, and whether the report is an example."""


@dataclass(frozen=True)
class Was:
    """What an approved report said of a goal or an activity before it was corrected, and why."""

    said: str
    """A grade or a state; "" for nothing."""
    new_date: dt.date | None
    on: dt.date
    reason: str


@dataclass(frozen=True)
class EarlierStatus:
    """What the nämnd said of the activity in an earlier period, to read beside the field."""

    label: str
    code: str
    """Of the period: "2024-T1"."""
    status: StatusInput
    theirs: tuple[tuple[str, StatusInput], ...] = ()
    """From before the nämnd was there: short names of those it carries on, and what each said."""


@dataclass(frozen=True)
class ActivityRow:
    """One activity that the nämnd answers for, in its report."""

    activity: Activity
    text: str
    """In the wording of the period's last day."""
    status: StatusInput
    earlier: tuple[EarlierStatus, ...] = ()
    said: tuple[RowComment, ...] = ()
    """What the granskare have said here; for the nämnd's own eyes."""
    correction: str = ""
    """What it was before it was corrected, when and why; "" where it was not."""

    @property
    def is_filled(self) -> bool:
        return bool(self.status.state)


def check_status(given: StatusInput, period: Period) -> list[StatusProblem]:
    """What is wrong with what is said of one activity in `period`.

    What deviates says why, and gives a new date after the period's last day; nothing else has one.
    """
    problems: list[StatusProblem] = []

    def wrong(part: StatusPart, message: str) -> None:
        problems.append(StatusProblem(part, message))

    if given.state and given.state not in ActivityState.values:
        wrong(StatusPart.STATE, "Läget finns inte bland dem som kan väljas.")
    elif not given.state and not given.is_empty:
        wrong(StatusPart.STATE, "Välj läge också, så att det du har skrivit kan sparas.")
    if given.deviates and not given.comment.strip():
        wrong(StatusPart.COMMENT, "Skriv vad som avviker och varför.")
    elif problem := check_words(given.comment, most=MAX_COMMENT, what="Kommentaren"):
        wrong(StatusPart.COMMENT, problem)
    if message := _why_not_date(given, period):
        wrong(StatusPart.NEW_DATE, message)
    return problems


def _why_not_date(given: StatusInput, period: Period) -> str:
    new_date = given.new_date
    if given.deviates and new_date is None:
        return "Ange ett nytt datum: när aktiviteten ska vara genomförd i stället."
    if new_date is None:
        return ""
    if given.state and not given.deviates:
        return "Ett nytt datum anges bara för det som avviker. Ta bort det, eller välj Avviker."
    if new_date <= period.ends_on:
        last = date_format(period.ends_on, "j F Y")
        return f"Det nya datumet ska vara efter periodens sista dag, {last}."
    if new_date.year > period.year + MAX_YEARS_AHEAD:
        return f"Det är mer än {word(MAX_YEARS_AHEAD)} år dit. Kontrollera årtalet."
    return ""


# --- counted ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class StatusCounts:
    """How many say what. Of one activity the nämnder are counted; of a goal, every pair of an
    activity and a nämnd that answers for it.
    """

    ej_paborjad: int = 0
    paborjad: int = 0
    genomford: int = 0
    avviker: int = 0
    not_said: int = 0
    """Asked, but without an approved report, or the approved report says nothing."""

    @property
    def asked(self) -> int:
        return self.said + self.not_said

    @property
    def said(self) -> int:
        return self.ej_paborjad + self.paborjad + self.genomford + self.avviker

    @property
    def counts(self) -> tuple[tuple[str, str, int], ...]:
        """(key, words, count) of every state, and of those who have said nothing."""
        return (
            (ActivityState.EJ_PABORJAD.value, "Ej påbörjad", self.ej_paborjad),
            (ActivityState.PABORJAD.value, "Påbörjad", self.paborjad),
            (ActivityState.GENOMFORD.value, "Genomförd", self.genomford),
            (ActivityState.AVVIKER.value, "Avviker", self.avviker),
            ("saknas", NOT_SAID, self.not_said),
        )

    def __add__(self, other: "StatusCounts") -> "StatusCounts":
        return StatusCounts(
            self.ej_paborjad + other.ej_paborjad,
            self.paborjad + other.paborjad,
            self.genomford + other.genomford,
            self.avviker + other.avviker,
            self.not_said + other.not_said,
        )

    @property
    def of_activity_sentence(self) -> str:
        """ "Påbörjad i 9 av 12 ansvariga nämnder, genomförd i två. Läge saknas i en." """
        if self.asked == 0:
            return "Ingen nämnd ansvarar för aktiviteten den här perioden."
        if self.said == 0:
            return "Ingen ansvarig nämnd har lämnat läget än."
        (first, _, count), *rest = self._given
        whole = (
            "den enda ansvariga nämnden"
            if self.asked == 1
            else f"{count} av {self.asked} ansvariga nämnder"
        )
        parts = [f"{first} i {whole}"]
        parts += [f"{words.lower()} i {word(number)}" for words, _, number in rest]
        sentence = f"{_listed(parts)}."
        return f"{sentence} Läge saknas i {word(self.not_said)}." if self.not_said else sentence

    @property
    def of_goal_sentence(self) -> str:
        """An åtagande is an activity that a nämnd answers for.

        "30 av 48 åtaganden är påbörjade, tolv är genomförda och ett avviker. Läge saknas för fem."
        """
        if self.asked == 0:
            return "Målet har inga aktiviteter som någon ansvarar för."
        if self.said == 0:
            return "Läget för målets aktiviteter är inte lämnat än."
        (_, phrases, count), *rest = self._given
        whole = "åtagande" if self.asked == 1 else "åtaganden"
        parts = [f"{count} av {self.asked} {whole} {phrases[count != 1]}"]
        parts += [f"{_many(number)} {phrases[number != 1]}" for _, phrases, number in rest]
        sentence = f"{_listed(parts)}."
        return f"{sentence} Läge saknas för {_many(self.not_said)}." if self.not_said else sentence

    @property
    def _given(self) -> list[tuple[str, tuple[str, str], int]]:
        """States that anybody has given: words, phrases for one and for several, and how many."""
        said = [(words, PHRASES[key], n) for key, words, n in self.counts if n and key in PHRASES]
        return sorted(said, key=lambda state: -state[2])


@dataclass(frozen=True)
class NamndStatus:
    """What one nämnd says of one activity in its approved report."""

    namnd_code: str
    namnd_name: str
    status: StatusInput | None
    """None: no approved report, or it says nothing of the activity."""
    is_example: bool = False
    corrected: CorrectedJudgement | None = None

    @property
    def label(self) -> str:
        return self.status.label if self.status else NOT_SAID


@dataclass(frozen=True)
class ActivityResult:
    """One activity in one period: how far the nämnder that answer for it have come."""

    code: str
    text: str
    programme_slug: str
    register_is_example: bool
    namnder: tuple[NamndStatus, ...]
    """Everyone that answers for it, in Swedish order."""

    @property
    def counts(self) -> StatusCounts:
        return count_states(n.status.state if n.status else "" for n in self.namnder)

    @property
    def corrections(self) -> tuple[CorrectedJudgement, ...]:
        """What was corrected of it after it had been approved."""
        return tuple(n.corrected for n in self.namnder if n.corrected)

    @property
    def deviations(self) -> tuple[NamndStatus, ...]:
        return tuple(n for n in self.namnder if n.status and n.status.deviates)


def count_states(states: Iterable[str]) -> StatusCounts:
    """Counts of the states that are given; "" is one that has said nothing."""
    found = Counter(states)
    return StatusCounts(
        found[ActivityState.EJ_PABORJAD],
        found[ActivityState.PABORJAD],
        found[ActivityState.GENOMFORD],
        found[ActivityState.AVVIKER],
        found[""],
    )


def read_statuses(periods: Iterable[int], *, activity_id: int | None = None) -> Mapping[Key, Said]:
    """What the approved reports of these periods say of activities; one query.

    activity_id: of that activity only.
    """
    rows = ActivityStatus.objects.order_by().filter(version__approved_of__period__in=list(periods))
    if activity_id is not None:
        rows = rows.filter(activity=activity_id)
    report = "version__approved_of__"
    return {
        (period_id, namnd_id, activity): (StatusInput(activity, *said), is_example)
        for period_id, namnd_id, is_example, activity, *said in rows.values_list(
            f"{report}period_id",
            f"{report}namnd_id",
            f"{report}is_example",
            "activity_id",
            "state",
            "comment",
            "new_date",
        )
    }


def read_corrected_statuses(activity_id: int, periods: Iterable[int]) -> Mapping[Key, Was]:
    """What the approved reports of these periods said of the activity before; one query."""
    rows = JudgementCorrection.objects.order_by().filter(
        version__approved_of__period__in=list(periods), activity=activity_id
    )
    report = "version__approved_of__"
    return {
        (period_id, namnd_id, activity_id): Was(*was)
        for period_id, namnd_id, *was in rows.values_list(
            f"{report}period_id",
            f"{report}namnd_id",
            "was",
            "new_date",
            "corrected_on",
            "reason",
        )
    }


def _listed(parts: list[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} och {last}" if most else last


def _many(commitments: int) -> str:
    """How many åtaganden, in words: "ett", "sju", "13"."""
    return "ett" if commitments == 1 else word(commitments)
