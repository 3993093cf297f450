"""What a person sees before a report is handed in: what is missing, wrong, and not explained."""

from dataclasses import dataclass, replace

from indicators.domain.beside import beside_of_each
from indicators.domain.content import Saved, check_saved, warnings_of_saved
from indicators.domain.errors import CellProblem
from indicators.domain.expected import expected_of
from indicators.domain.sheet import IndicatorRow, Sheet, entry_sheet
from indicators.domain.warnings import UNANSWERED
from indicators.models import Report, ReportVersion


@dataclass(frozen=True)
class Submission:
    sheet: Sheet
    problems: tuple[CellProblem, ...]
    """What stops it."""
    warned: tuple[IndicatorRow, ...]
    """Indicators with a warning, as the rules and the figures of the day say."""

    @property
    def to_explain(self) -> list[IndicatorRow]:
        return [row for row in self.warned if not row.is_explained]

    @property
    def explained(self) -> list[IndicatorRow]:
        return [row for row in self.warned if row.is_explained]

    @property
    def rests(self) -> list[IndicatorRow]:
        """Those where it is ticked that nobody knows the sex of the rest."""
        return [row for row in self.sheet.rows if row.rest]

    @property
    def can_be_handed_in(self) -> bool:
        return self.sheet.has_content and not self.problems


@dataclass(frozen=True)
class LookedOver:
    """The saved content of a version, held against rules and figures as they are now."""

    saved: Saved
    problems: tuple[CellProblem, ...]
    warnings: dict[int, list[dict[str, object]]]
    """By definition id, of every indicator that is asked for."""


def look_over_report(report: Report, version: ReportVersion) -> LookedOver:
    """Hold everything that is saved against the rules. The number of queries is always the same."""
    expected = expected_of(report.namnd, report.period)
    saved = Saved.of(version.values.all(), version.grades.all(), version.statuses.all())
    asked = [expected.definitions[i] for i in expected.indicators_for(report.namnd_id)]
    return LookedOver(
        saved,
        tuple(check_saved(expected, report.namnd_id, saved)),
        warnings_of_saved(expected, saved, beside_of_each(report, asked)),
    )


def before_submission(report: Report) -> Submission:
    """The report as it would be handed in now. It is begun."""
    sheet = entry_sheet(report)
    if report.current is None:
        return Submission(sheet, (), ())
    found = look_over_report(report, report.current)
    texts = {
        pk: tuple(str(one["text"]) for one in warnings) for pk, warnings in found.warnings.items()
    }
    unanswered = {
        pk for pk, told in found.warnings.items() if any(one.get(UNANSWERED) for one in told)
    }
    warned = [
        replace(
            row,
            warnings=texts.get(row.definition.pk, ()),
            is_answered=row.definition.pk not in unanswered,
        )
        for row in sheet.rows
    ]
    return Submission(sheet, found.problems, tuple(row for row in warned if row.warnings))
