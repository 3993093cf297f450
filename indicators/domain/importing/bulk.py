"""Values of many nämnder at once, by an operator: looked through whole, and then saved or not.

Every nämnd's report is written by the command that typing is saved by, in one transaction for all
of them; so the rules, the trace and the frozen versions hold as they do for everybody.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db import connection, transaction

from indicators.domain.checks import ValueInput, categories_of, check_indicator
from indicators.domain.content import Saved, changes_from
from indicators.domain.entry import save_entries
from indicators.domain.errors import NotOpen
from indicators.domain.expected import Expected, expected_in
from indicators.domain.importing.cells import (
    NotUnderstood,
    choice_text,
    number_in,
    yes_no_text,
)
from indicators.domain.importing.comparing import plan_sheets
from indicators.domain.importing.fields import Contents, same
from indicators.domain.importing.long_table import LongRow, read_long
from indicators.domain.importing.report_book import is_report_book
from indicators.domain.loading.problems import BadFile, Place, Problem, Problems
from indicators.domain.numbers import format_number
from indicators.domain.outcome_words import outcome_text
from indicators.domain.workflow import why_not_editable
from indicators.enums import Category, MissingReason
from indicators.models import IndicatorVersion, Period, Report, Value
from organisation.domain.names import NamndNames
from organisation.models import Namnd
from trace.domain import acting
from trace.uploads import CSV, LONG_WORKBOOK, CheckedFile, UnsafeFile, open_upload
from trace.uploads.kinds import WORKBOOK
from trace.uploads.workbook import read_workbook

KINDS = (CSV, LONG_WORKBOOK)
# Two who import at once would each see reports that the other is about to change.
LOCK = int.from_bytes(hashlib.sha256(b"samlad.import_values").digest()[:8], "big", signed=True)
EVERY = 20_000
MOST_TOLD = 200
Say = Callable[[str], None]
_WORDS = {str(value): str(label) for value, label in MissingReason.choices}
_CATEGORIES = {str(value): str(label) for value, label in Category.choices}
_SAID_ONCE = {
    "missing": "Orsaken",
    "comment": "Kommentaren",
    "forecast": "Prognosen",
    "sex_unknown": "Krysset",
}


@dataclass
class Imported:
    """What was done, or would be.

    namnder: how many changes in each changed report, by the nämnd's code. changes: the first
    `MOST_TOLD` of them in words.
    """

    rows: int = 0
    empty: int = 0
    changed: int = 0
    namnder: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)

    def tell(self, place: Place, what: str, before: str, after: str) -> None:
        if len(self.changes) < MOST_TOLD:
            self.changes.append(f"{place}: {what}: {before} → {after}")


@dataclass(frozen=True, slots=True)
class _Given:
    """One row that is understood. named: what the row says something of.

    Of the row itself only its place is kept: there may be a hundred thousand of them.
    """

    place: Place
    value: ValueInput
    named: frozenset[str]


def import_values(
    file: CheckedFile,
    period_code: str,
    *,
    namnd_code: str = "",
    dry_run: bool = False,
    say: Say = lambda _: None,
) -> Imported:
    """Save the values of a file in the reports of the period: all of them, or nothing.

    file: csv or a workbook in long form (long_table.py), or a nämnd's own workbook.
    namnd_code: of the only nämnd that the file may speak of; "" for any.
    say: told how far it has come, in Swedish. The reports are left as drafts.
    Raises BadFile with every fault. The same file again changes nothing.
    """
    period = Period.objects.filter(code=period_code).first()
    if period is None:
        codes = ", ".join(Period.objects.in_order().values_list("code", flat=True))
        raise _refusal(f"Perioden ”{period_code[:20]}” finns inte. De som finns: {codes}.")
    only = Namnd.objects.filter(code=namnd_code).first() if namnd_code else None
    if namnd_code and only is None:
        near = NamndNames.read().suggest(namnd_code)
        hint = f" Menar du {near.code}?" if near else ""
        raise _refusal(f"Nämnden ”{namnd_code[:60]}” finns inte.{hint}")
    try:
        with transaction.atomic(), acting(through=f"import:{file.name}"[:100]):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            save = _Saving(file.name, dry_run=dry_run, say=say)
            done = _own_book(file, period, only, save) or _import_long(file, period, only, save)
    except UnsafeFile as why:
        raise _refusal(str(why)) from why
    except NotOpen as refusal:
        raise _refusal(refusal.message) from refusal
    return done


@dataclass(frozen=True)
class _Saving:
    """The command that typing is saved by, for one report after the other."""

    source: str
    dry_run: bool
    say: Say

    def __call__(self, report: Report, given: Contents) -> None:
        if self.dry_run:
            return
        save_entries(
            report,
            actor=None,
            expected_version=report.revision,
            values=given.values,
            grades=given.grades,
            statuses=given.statuses,
            source=self.source,
        )


def _refusal(message: str) -> BadFile:
    return BadFile([Problem(Place(), message)])


# A nämnd's own workbook ---------------------------------------------------------------------------


def _own_book(
    file: CheckedFile, period: Period, only: Namnd | None, save: "_Saving"
) -> Imported | None:
    """Import a nämnd's own workbook; None when the file is no such one."""
    if file.kind is CSV or len(file.data) > WORKBOOK.max_bytes:
        return None
    try:
        sheets = read_workbook(open_upload(file.name, file.data, [WORKBOOK]))
    except UnsafeFile:
        return None
    if not is_report_book(sheets):
        return None
    namnd = only or _namnd_of(sheets)
    plan = plan_sheets(sheets, namnd, period)
    if refusal := why_not_editable(plan.report):
        raise NotOpen(refusal)
    if plan.conflicts:
        raise BadFile(
            [
                Problem(
                    clash.place,
                    f"{clash.field.label}: var {clash.was_said} när arbetsboken hämtades, är nu "
                    f"{clash.now_said}, och filen säger {clash.given_said}. Ladda upp filen på "
                    "rapportens sida och välj där, eller hämta arbetsboken på nytt.",
                )
                for clash in plan.conflicts
            ]
        )
    given = plan.contents(())
    many = len(plan.changes)
    if many:
        save(plan.report, given)
    done = Imported(
        rows=many,
        changed=many,
        namnder={namnd.code: many} if many else {},
        notes=list(plan.notes),
    )
    for change in plan.changes:
        done.tell(change.place, change.field.label, change.now_said, change.given_said)
    return done


def _namnd_of(sheets: Sequence) -> Namnd:
    from_file = next(
        (
            cells[2].text
            for sheet in sheets
            for cells in sheet.rows.values()
            if 1 in cells and 2 in cells and cells[1].text == "nämnd"
        ),
        "",
    )
    namnd = Namnd.objects.filter(code=from_file).first()
    if namnd is None:
        raise _refusal(
            f"Arbetsboken är för en nämnd som inte finns (”{from_file[:60]}”). Hämta den på nytt."
        )
    return namnd


# Long form ---------------------------------------------------------------------------------------


def _import_long(
    file: CheckedFile, period: Period, only: Namnd | None, save: "_Saving"
) -> Imported:
    done = Imported()
    problems = Problems(sheets=())
    given = _read(file, period, only, problems, done, save.say)
    expected = expected_in(period)
    reports = {
        report.namnd_id: report
        for report in Report.objects.filter(period=period, namnd__in=list(given)).select_related(
            "namnd", "period", "current__submitted_by", "approved__approved_by"
        )
    }
    names = {namnd.pk: namnd for namnd in Namnd.objects.filter(pk__in=list(given))}
    plans: list[tuple[Report, list[ValueInput]]] = []
    for namnd_id in list(given):
        rows = given.pop(namnd_id)  # what is looked through is not kept twice
        report = reports.get(namnd_id) or Report(namnd=names[namnd_id], period=period)
        values = list(_checked(report, rows, expected, problems, done))
        plans.append((report, values))
    problems.stop_if_any()
    save.say(f"{done.rows} rader är granskade.")
    for number, (report, values) in enumerate(plans, start=1):
        if not values:
            continue
        save(report, Contents(tuple(values), (), ()))
        done.changed += len(values)
        done.namnder[report.namnd.code] = len(values)
        save.say(f"{number} av {len(plans)} nämnder: {report.namnd.name}, {len(values)} ändringar.")
    return done


def _read(
    file: CheckedFile,
    period: Period,
    only: Namnd | None,
    problems: Problems,
    done: Imported,
    say: Say,
) -> dict[int, list[_Given]]:
    """The rows by nämnd; what is wrong with a row by itself is said."""
    names = NamndNames.read(former=True)
    found: dict[str, Namnd | None] = {}
    definitions = {d.indicator.code: d for d in expected_in(period).definitions.values()}
    reader = _Reader(definitions, problems)
    given: dict[int, list[_Given]] = defaultdict(list)
    for row in read_long(file, problems, done.notes, needs_namnd=only is None):
        done.rows += 1
        if done.rows % EVERY == 0:
            say(f"{done.rows} rader är lästa.")
        written = same(row.cells["namnd"].text) if "namnd" in row.cells else ""
        namnd = only
        if written:
            if written not in found:
                found[written] = names.find(written)
            namnd = found[written]
        if namnd is None:
            _no_namnd(row, written, names, problems)
            continue
        if only is not None and namnd != only:
            reader.wrong(row, "namnd", f"Raden är för {namnd.name}, men --namnd säger {only.code}.")
            continue
        one = reader.read(row)
        if one is not None:
            given[namnd.pk].append(one)
    done.empty = reader.empty
    return given


def _no_namnd(row: LongRow, written: str, names: NamndNames, problems: Problems) -> None:
    if not written:
        problems.add(Place(row.sheet, row.number, "nämnd"), "Nämnden saknas. Skriv dess kod.")
        return
    near = names.suggest(written)
    hint = f"Menar du {near.code}?" if near else "Skriv nämndens kod eller namn."
    problems.add(
        Place(row.sheet, row.number, "nämnd"), f"Nämnden ”{written[:60]}” finns inte. {hint}"
    )


_TITLES = {
    "namnd": "nämnd", "indicator": "indikator", "category": "fördelning", "value": "värde",
    "numerator": "täljare", "denominator": "nämnare", "missing": "saknas",
    "comment": "kommentar", "forecast": "prognos", "number": "värde",
    "sex_unknown": "resten utan kön",
}  # fmt: skip
# The parts of a cell, as the rules name them, and the columns that they stand in.
_COLUMN_OF = {
    "utfall": "värde", "taljare": "täljare", "namnare": "nämnare", "prognos": "prognos",
    "saknas": "saknas", "kommentar": "kommentar", "resten": "resten utan kön",
}  # fmt: skip


class _Reader:
    """One row after the other, as far as a row can be understood by itself."""

    def __init__(self, definitions: Mapping[str, IndicatorVersion], problems: Problems) -> None:
        self.definitions, self.problems = definitions, problems
        self.empty = 0

    def wrong(self, row: LongRow, key: str, message: str) -> None:
        self.problems.add(Place(row.sheet, row.number, _TITLES[key]), message)

    def read(self, row: LongRow) -> _Given | None:
        cells = row.cells
        named = frozenset(cells) - {"namnd", "indicator", "category", "name"}
        if not named:
            self.empty += 1
            return None
        code = same(cells["indicator"].text) if "indicator" in cells else ""
        definition = self.definitions.get(code)
        if definition is None:
            self.wrong(
                row,
                "indicator",
                f"Perioden har ingen indikator med koden ”{code[:60]}”."
                if code
                else "Indikatorns kod saknas.",
            )
            return None
        faults = False
        read: dict[str, Decimal | str | None] = {}
        category = Category.TOTAL.value
        try:
            if "category" in cells:
                category = choice_text(cells["category"], _CATEGORIES) or category
        except NotUnderstood as refusal:
            self.wrong(row, "category", str(refusal))
            return None
        for key in sorted(named):
            if key in _SAID_ONCE and category != Category.TOTAL:
                self.wrong(row, key, f"{_SAID_ONCE[key]} hör hemma på raden för totalt.")
                faults = True
                continue
            try:
                read[key] = self._content(key, row, definition)
            except NotUnderstood as refusal:
                self.wrong(row, key, str(refusal))
                faults = True
        if faults:
            return None
        value = ValueInput(
            definition.pk,
            category,
            number=read.get("value"),  # type: ignore[arg-type]
            numerator=read.get("numerator"),  # type: ignore[arg-type]
            denominator=read.get("denominator"),  # type: ignore[arg-type]
            missing=str(read.get("missing") or ""),
            comment=str(read.get("comment") or ""),
            forecast=read.get("forecast"),  # type: ignore[arg-type]
            sex_unknown=bool(read.get("sex_unknown")),
        )
        return _Given(Place(row.sheet, row.number), value, named)

    @staticmethod
    def _content(key: str, row: LongRow, definition: IndicatorVersion) -> Decimal | str | None:
        cell = row.cells[key]
        if key == "comment":
            if cell.kind == "error":
                raise NotUnderstood(f"Cellen visar felet {cell.text}. Skriv texten i stället.")
            return same(cell.text)
        if key == "missing":
            return choice_text(cell, _WORDS)
        if key == "sex_unknown" or (key == "value" and definition.is_yes_no):
            text = yes_no_text(cell)
            return Decimal(text) if text else None
        return number_in(cell)


def _checked(
    report: Report,
    given: Iterable[_Given],
    expected: Expected,
    problems: Problems,
    done: Imported,
) -> Iterator[ValueInput]:
    """The values of one nämnd that differ from what is saved, by all the rules of the report."""
    rows = list(given)
    first = rows[0].place
    if not report.namnd.exists_on(report.period.ends_on):
        _say_once(first, problems, f"{report.namnd.name} finns inte vid periodens slut.")
        return
    if refusal := why_not_editable(report):
        _say_once(first, problems, f"{report.namnd.name}: {refusal}")
        return
    asked = {
        (expected.definitions[i].pk, str(category))
        for i in expected.indicators_for(report.namnd_id)
        for category in categories_of(expected.definitions[i])
    }
    definitions = {d.pk: d for d in expected.definitions.values()}
    stored = Value.objects.filter(version=report.current_id) if report.current_id else ()
    saved = Saved.of(stored)
    seen: dict[tuple[int, str], _Given] = {}
    of_indicator: dict[int, dict[str, ValueInput]] = defaultdict(dict)
    for one in rows:
        cell, place = one.value.cell, one.place
        if cell in seen:
            problems.add(
                place,
                f"Samma nämnd, indikator och fördelning står redan på rad "
                f"{seen[cell].place.row}. Ta bort den ena raden.",
            )
            continue
        seen[cell] = one
        if cell not in asked:
            name = definitions[cell[0]].name
            problems.add(
                place,
                f"Perioden begär inte ”{name}” ({_CATEGORIES[cell[1]].lower()}) av "
                f"{report.namnd.name}.",
            )
            continue
        of_indicator[cell[0]][cell[1]] = _merged(one, saved.value(cell))
    by_definition: dict[int, dict[str, ValueInput]] = defaultdict(dict)
    for pk, category in saved.values:
        by_definition[pk][category] = saved.value((pk, category))
    for pk, cells in of_indicator.items():
        changed = changes_from(saved, cells.values()).values
        if not changed:
            continue
        after = by_definition[pk] | cells
        for problem in check_indicator(definitions[pk], after, report.period):
            about = seen.get((pk, str(problem.category))) or seen[next(iter(cells.values())).cell]
            problems.add(
                replace(about.place, column=_COLUMN_OF[str(problem.part)]),
                f"{definitions[pk].name}: {problem.message}",
            )
        for value in changed:
            if len(done.changes) < MOST_TOLD:
                what = f"{report.namnd.code}, {definitions[pk].indicator.code}, {value.category}"
                before = _said(definitions[pk], saved.value(value.cell))
                done.tell(seen[value.cell].place, what, before, _said(definitions[pk], value))
            yield value


def _said(definition: IndicatorVersion, value: ValueInput) -> str:
    """A cell in words, with what else stands in it."""
    words = [outcome_text(definition, value)]
    if value.forecast is not None:
        words.append(f"prognos {format_number(value.forecast)}")
    if value.sex_unknown:
        words.append("uppgift om kön saknas för resten")
    if value.comment:
        words.append(f"”{' '.join(value.comment.split())[:60]}”")
    return ", ".join(words)


def _say_once(place: Place, problems: Problems, message: str) -> None:
    problems.add(place, message)


def _merged(one: _Given, saved: ValueInput) -> ValueInput:
    """The row's outcome whole; comment, forecast and the tick for a rest without sex stay where
    the row says nothing of them; the tick not where there is no outcome left.
    """
    value = one.value
    if not one.named & {"value", "numerator", "denominator", "missing"}:
        return replace(
            saved,
            comment=value.comment if "comment" in one.named else saved.comment,
            forecast=value.forecast if "forecast" in one.named else saved.forecast,
            sex_unknown=value.sex_unknown if "sex_unknown" in one.named else saved.sex_unknown,
        )
    kept = saved.sex_unknown and value.has_figure
    return replace(
        value,
        comment=value.comment if "comment" in one.named else saved.comment,
        forecast=value.forecast if "forecast" in one.named else saved.forecast,
        sex_unknown=value.sex_unknown if "sex_unknown" in one.named else kept,
    )
