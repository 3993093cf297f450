"""What the consolidated follow-up consists of: plain results that pages and files are made from.

Every number in them is a Cell that has passed `disclosure.show` for the follow-up's audience, so
whoever writes a page or a file can write all of it.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.disclosure import Audience, Cell
from indicators.domain.expected import Unasked
from indicators.domain.grades import GradeSummary, word
from indicators.domain.judgements import CorrectedJudgement
from indicators.domain.statuses import ActivityResult, StatusCounts

SPLIT_WORDS = "delas inte på kön"
NOT_ADDED_WORDS = "läggs inte samman"


def describe(cell: Cell) -> str:
    """What stands in a cell: its note if it has one ("ja", "läggs inte samman"), else its text."""
    return cell.note or cell.text


@dataclass(frozen=True)
class Cells:
    """One figure for everybody and for each sex."""

    total: Cell
    kvinnor: Cell
    man: Cell

    def __iter__(self) -> Iterator[Cell]:
        return iter((self.total, self.kvinnor, self.man))


@dataclass(frozen=True)
class Coverage:
    """How many of those asked have given a figure, and who has not."""

    reported: int
    asked: int
    missing: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        return f"{self.reported} av {self.asked}"

    @property
    def text(self) -> str:
        word = "nämnd" if self.asked == 1 else "nämnder"
        return f"{self.reported} av {self.asked} {word} har uppgift"


@dataclass(frozen=True)
class Point:
    """The city's figure in one period of a series."""

    period_code: str
    label: str
    """ "Tertialrapport 1 2025"."""
    year: int
    kind: str
    ends_on: dt.date
    definition_number: int
    stretch: int
    """Points of one stretch are compared; a new one begins where a definition breaks the series."""
    cells: Cells
    coverage: Coverage
    is_example: bool


@dataclass(frozen=True)
class Part:
    """What one nämnd has given for an indicator: the parts that a total opens down to."""

    namnd_code: str
    namnd_name: str
    cells: Cells
    reason: str
    """Why there is no figure, in the nämnd's words or because no report is approved; or ""."""
    comment: str
    """The nämnd's own words; left out where one of its figures is protected."""
    is_example: bool
    forecast: Cell | None = None
    """What the nämnd expects of the whole year; None where it says nothing, and left out where one
    of its figures is protected."""
    corrections: tuple["CorrectedFigure", ...] = ()


@dataclass(frozen=True)
class CorrectedFigure:
    """A figure of one nämnd that was corrected after it had been approved.

    before, reason: "" where they are not shown: when one of the nämnd's figures for the indicator
    is protected, or was before the correction, what it was and why would tell it.
    """

    indicator_code: str
    indicator: str
    category: str
    """ "" for an indicator that is not split."""
    namnd: str
    before: str
    now: str
    on: dt.date
    reason: str
    is_example: bool

    @property
    def change(self) -> str:
        """ "kvinnor från 12 till 15, rättad 2025-06-03: fel kolumn"."""
        what = f"{self.category.lower()} " if self.category else ""
        change = f"{what}från {self.before} till {self.now}, " if self.before else what
        return f"{change}rättad {self.on:%Y-%m-%d}" + (f": {self.reason}" if self.reason else "")

    @property
    def text(self) -> str:
        """The change, and whose it is."""
        return f"{self.namnd}: {self.change}{' (exempeldata)' if self.is_example else ''}"


@dataclass(frozen=True)
class Comparison:
    """The earlier figure that a figure is read beside: the same kind of period, said which."""

    period_code: str
    label: str
    cell: Cell | None
    """None when the two must not be compared; then `change` says why."""
    change: str
    """ "+12", "−2,3 procentenheter", "oförändrat", or why there is no comparison."""
    coverage: Coverage
    """Of the earlier figure: more nämnder behind one of the two is a reason for a change."""


@dataclass(frozen=True)
class TargetResult:
    """The city's target of the year, and whether it is met, in words."""

    year: int
    value: Decimal
    verdict: str
    source: str
    is_example: bool
    change: str = ""
    """ "ändrat från 90 den 1 juli 2025, KF § 5" where it was changed by the period's end."""


@dataclass(frozen=True)
class Reference:
    """A published value to read the city's own beside."""

    region: str
    year: int
    value: Decimal
    approximate: bool
    source: str


@dataclass(frozen=True)
class IndicatorResult:
    """One indicator in one period: the city's figure, what it is read beside, and its parts."""

    code: str
    name: str
    unit: str
    definition: str
    source: str
    aggregation: str
    accumulation: str
    direction: str
    split_by_sex: bool
    is_yes_no: bool
    whole_label: str
    """What the parts of a ratio are: "täljare av nämnare"; empty for what is no ratio."""
    register_is_example: bool
    is_example: bool
    """Whether figures of example reports are among those counted in the period."""
    cells: Cells
    coverage: Coverage
    coverage_by_sex: str
    """Said when fewer nämnder have figures for a sex than for all; else ""."""
    comparison: Comparison | None
    target: TargetResult | None
    references: tuple[Reference, ...]
    parts: tuple[Part, ...]
    series: tuple[Point, ...]
    """Every period so far that asked for it, oldest first."""
    trend: tuple[Point, ...]
    """Those of the series that may be compared with the period (year to date: the same kind)."""

    @property
    def name_and_unit(self) -> str:
        """ "Antal aktualiserade, antal"; the unit is not said again when the name ends with it."""
        return self.name if self.name.endswith(self.unit) else f"{self.name}, {self.unit}"

    @property
    def adds_up(self) -> bool:
        """Whether there is a figure of the city at all."""
        return self.cells.total.note != NOT_ADDED_WORDS

    @property
    def has_words(self) -> bool:
        """Whether any nämnd has given a reason or a comment, or corrected its figure."""
        return any(part.reason or part.comment or part.corrections for part in self.parts)

    @property
    def corrections(self) -> tuple[CorrectedFigure, ...]:
        """What the nämnder have corrected of the indicator in the period."""
        return tuple(one for part in self.parts for one in part.corrections)


@dataclass(frozen=True)
class GoalResult:
    """One goal: how the nämnder judge it, its indicators, and how far its activities have come."""

    number: int
    code: str
    """ "4", or "4.2" for a delmål."""
    label: str
    """ "Mål 4", or "Delmål 4.2"."""
    text: str
    """In the words of the period's last day."""
    programme: str
    programme_slug: str
    grades: GradeSummary
    indicators: tuple[IndicatorResult, ...]
    activities: tuple[ActivityResult, ...] = ()
    unasked: tuple[Unasked, ...] = ()
    """Indicators that are not asked for in the period, with the reason."""
    corrected_grades: tuple[CorrectedJudgement, ...] = ()
    """Nämnder's judgements that were corrected after they had been approved."""

    @property
    def corrected_states(self) -> tuple[CorrectedJudgement, ...]:
        """What was corrected of how far its activities have come."""
        return tuple(one for activity in self.activities for one in activity.corrections)

    @property
    def statuses(self) -> StatusCounts:
        """Of all its activities together: each nämnd counts once for each that it answers for."""
        return sum((activity.counts for activity in self.activities), StatusCounts())

    @property
    def deviating(self) -> tuple[ActivityResult, ...]:
        """The activities that deviate in any nämnd."""
        return tuple(activity for activity in self.activities if activity.deviations)

    @property
    def heading(self) -> str:
        return f"{self.label}. {self.text}" if self.text else self.label

    @property
    def anchor(self) -> str:
        """The id of the goal's section on a page."""
        return f"{self.programme_slug}-mal-{self.code.replace('.', '-')}"


@dataclass(frozen=True)
class ReportStatus:
    """How far a nämnd's report has come. Before it is approved nothing more may be told."""

    namnd_code: str
    namnd_name: str
    is_approved: bool
    is_submitted: bool
    is_late: bool
    decided: str = ""
    """When the nämnd decided on its approved report: "2025-05-20 § 7"."""


@dataclass(frozen=True)
class Followup:
    """The consolidated follow-up of one period, for one audience."""

    period_code: str
    period_label: str
    year: int
    ends_on: dt.date
    due_on: dt.date | None
    audience: Audience
    statuses: tuple[ReportStatus, ...]
    goals: tuple[GoalResult, ...]
    is_example: bool
    includes_companies: bool
    approved_until: dt.date | None
    """The day of the latest approval among the reports counted."""

    @property
    def approved(self) -> list[ReportStatus]:
        return [s for s in self.statuses if s.is_approved]

    @property
    def submitted(self) -> list[ReportStatus]:
        """Handed in, and waiting for approval within the nämnd."""
        return [s for s in self.statuses if s.is_submitted and not s.is_approved]

    @property
    def late(self) -> list[ReportStatus]:
        return [s for s in self.statuses if s.is_late]

    @property
    def awaited(self) -> list[ReportStatus]:
        """Neither approved, submitted nor late: there is time left."""
        return [s for s in self.statuses if not (s.is_approved or s.is_submitted or s.is_late)]

    @property
    def decided(self) -> list[ReportStatus]:
        """Approved, and the nämnd has decided on it."""
        return [s for s in self.approved if s.decided]

    @property
    def corrections(self) -> tuple[CorrectedFigure, ...]:
        """Every figure of the period that has been corrected; once, also under several goals."""
        results = {result.code: result for goal in self.goals for result in goal.indicators}
        return tuple(one for result in results.values() for one in result.corrections)

    @property
    def corrected_judgements(self) -> tuple[CorrectedJudgement, ...]:
        """Every grade and state of the period that has been corrected."""
        return tuple(
            one for goal in self.goals for one in (*goal.corrected_grades, *goal.corrected_states)
        )

    @property
    def corrected_sentence(self) -> str:
        """ "2 siffror och 1 bedömning har rättats efter att ha godkänts."; "" for none."""
        return corrected_sentence(
            len(self.corrections),
            sum(len(goal.corrected_grades) for goal in self.goals),
            sum(len(goal.corrected_states) for goal in self.goals),
        )

    @property
    def coverage_sentence(self) -> str:
        """ "18 av 32 nämnder har godkänd rapport."."""
        return coverage_sentence(len(self.approved), len(self.statuses))

    @property
    def has_figures(self) -> bool:
        return any(s.is_approved for s in self.statuses)


def corrected_sentence(figures: int, grades: int, states: int) -> str:
    """How many of each have been corrected; "" for none."""
    counted = (
        (figures, "siffra", "siffror"),
        (grades, "bedömning", "bedömningar"),
        (states, "läge", "lägen"),
    )
    said = [f"{n} {one if n == 1 else many}" for n, one, many in counted if n]
    if not said:
        return ""
    *most, last = said
    listed = f"{', '.join(most)} och {last}" if most else last
    return f"{listed} har rättats efter att ha godkänts."


def coverage_sentence(approved: int, asked: int) -> str:
    """How many of the nämnder that are to report have an approved report, for every count."""
    if asked == 0:
        return "Ingen nämnd ska rapportera för perioden."
    if asked == 1 and approved == 0:
        return "Den enda nämnd som ska rapportera har inte någon godkänd rapport än."
    if asked == 1:
        return "Den enda nämnd som ska rapportera har godkänd rapport."
    if approved == 0:
        return f"Ingen av de {word(asked)} nämnderna har godkänd rapport än."
    if approved == asked:
        return f"Alla {word(asked)} nämnder har godkänd rapport."
    return f"{approved} av {asked} nämnder har godkänd rapport."
