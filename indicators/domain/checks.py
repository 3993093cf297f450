"""What an entry must hold to be saved: one set of rules, asked by the form and by the command."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from indicators.domain.numbers import MAX_DECIMALS, MAX_INTEGER_DIGITS, format_number
from indicators.enums import Aggregation, Category, Grade, MissingReason, PeriodKind
from indicators.models import GoalGrade, IndicatorVersion, Period, Value
from organisation.personnummer import why_not_personnummer
from organisation.readable import REFUSED, is_readable

MAX_COMMENT = 2_000
MAX_ANALYSIS = 10_000
PER_CENT = "%"
SEXES = (Category.KVINNOR, Category.MAN)
REST_WITHOUT_SEX = "Resten: uppgift om kön saknas"


class Part(StrEnum):
    """One field of a cell, as it is named in the form's addresses."""

    NUMBER = "utfall"
    NUMERATOR = "taljare"
    DENOMINATOR = "namnare"
    FORECAST = "prognos"
    MISSING = "saknas"
    COMMENT = "kommentar"
    REST = "resten"


class GradePart(StrEnum):
    """One field of a goal's judgement, as it is named in the form's addresses."""

    GRADE = "bedomning"
    ANALYSIS = "analys"


@dataclass(frozen=True, slots=True)
class ValueInput:
    """What one cell is to hold. With neither number, parts nor reason the cell is emptied.

    number: the outcome (per cent as 0–100; yes/no as 1/0). numerator, denominator: the parts of
    a ratio, both or neither. forecast: what the nämnd expects of the whole year, in the
    indicator's unit (a ratio per its scale: per cent as 0–100). missing: a MissingReason, or "".
    sex_unknown: whether nobody knows the sex of what women and men do not make up of the total.
    The forecast, the reason, the comment and sex_unknown stand with the total.
    """

    definition_id: int
    category: str = Category.TOTAL
    number: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    missing: str = ""
    comment: str = ""
    forecast: Decimal | None = None
    sex_unknown: bool = False

    @property
    def cell(self) -> tuple[int, str]:
        return self.definition_id, self.category

    @property
    def has_figure(self) -> bool:
        return any(n is not None for n in (self.number, self.numerator, self.denominator))

    @property
    def is_filled(self) -> bool:
        """Whether the cell says something: an outcome, or why there is none."""
        return self.has_figure or bool(self.missing)

    @property
    def is_empty(self) -> bool:
        said = self.is_filled or self.comment or self.sex_unknown
        return not said and self.forecast is None

    @classmethod
    def of(cls, value: Value) -> "ValueInput":
        return cls(
            definition_id=value.definition_id,
            category=value.category,
            number=value.number,
            numerator=value.numerator,
            denominator=value.denominator,
            missing=value.missing,
            comment=value.comment,
            forecast=value.forecast,
            sex_unknown=value.sex_unknown,
        )


@dataclass(frozen=True)
class GradeInput:
    """A nämnd's judgement of one goal and its words; both empty removes it."""

    goal_id: int
    grade: str = ""
    analysis: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.grade and not self.analysis

    @classmethod
    def of(cls, grade: GoalGrade) -> "GradeInput":
        return cls(grade.goal_id, grade.grade, grade.analysis)


@dataclass(frozen=True)
class Problem:
    """What is wrong, and with which field of which cell."""

    category: str
    part: Part
    message: str


def categories_of(definition: IndicatorVersion) -> tuple[Category, ...]:
    """The cells that an indicator has: the total, and each sex where it is split."""
    if definition.split_by_sex and not definition.is_yes_no:
        return Category.TOTAL, Category.KVINNOR, Category.MAN
    return (Category.TOTAL,)


def figure_parts(definition: IndicatorVersion) -> tuple[Part, ...]:
    """The fields that its outcome is written in."""
    return (Part.NUMERATOR, Part.DENOMINATOR) if definition.is_ratio else (Part.NUMBER,)


def adds_up(definition: IndicatorVersion) -> bool:
    """Whether women and men together can be held against the total."""
    return (
        definition.is_ratio or definition.counts_people or definition.aggregation == Aggregation.SUM
    )


def asks_rest(definition: IndicatorVersion) -> bool:
    """Whether a total may have a rest whose sex nobody knows."""
    return len(categories_of(definition)) > 1 and adds_up(definition)


def figure_of(cell: ValueInput, part: Part) -> Decimal | None:
    """What one field of the outcome holds."""
    return {
        Part.NUMBER: cell.number,
        Part.NUMERATOR: cell.numerator,
        Part.DENOMINATOR: cell.denominator,
    }[part]


def label_of(definition: IndicatorVersion, part: Part) -> str:
    """What a field of the outcome is called, beside the name of the indicator."""
    return {
        Part.NUMERATOR: definition.numerator_label,
        Part.DENOMINATOR: definition.denominator_label,
        Part.FORECAST: "Helårsprognos",
        Part.MISSING: "Uppgift saknas",
        Part.COMMENT: "Kommentar",
        Part.REST: REST_WITHOUT_SEX,
    }.get(part, "Svar" if definition.is_yes_no else "Utfall")


def asks_forecast(definition: IndicatorVersion, period: Period) -> bool:
    """Whether a forecast for the whole year is asked for: in T1 and T2, of what is a number."""
    return period.kind != PeriodKind.VB and not definition.is_yes_no


def check_indicator(
    definition: IndicatorVersion, cells: Mapping[str, ValueInput], period: Period
) -> list[Problem]:
    """What is wrong with the cells of one indicator, by category; an absent cell is empty."""
    problems: list[Problem] = []
    for category in categories_of(definition):
        if category in cells:
            problems += _check_figure(definition, cells[category])
    total = cells.get(Category.TOTAL, ValueInput(definition.pk))
    sexes = [
        cells[c]
        for c in categories_of(definition)
        if c is not Category.TOTAL and c in cells and cells[c].has_figure
    ]
    problems += _check_reason(total, sexes)
    problems += _check_forecast(definition, total, period)
    problems += _check_tick(definition, cells)
    if total.comment and not total.is_filled:
        problems.append(
            Problem(
                Category.TOTAL,
                Part.COMMENT,
                "Kommentaren kan sparas först när det finns ett utfall, "
                "eller en orsak till att uppgiften saknas.",
            )
        )
    comment = check_words(total.comment, most=MAX_COMMENT, what="Kommentaren")
    if comment:
        problems.append(Problem(Category.TOTAL, Part.COMMENT, comment))
    if not problems and sexes:
        problems += _check_sexes(definition, total, sexes)
    return problems


def check_rest(
    definition: IndicatorVersion, cells: Mapping[str, ValueInput]
) -> tuple[Problem, ...]:
    """Why women and men do not account for the total: what must be mended before handing in.

    While a report is filled in it only stands beside the cell: somebody types women first. With
    `sex_unknown` the rest is accounted for, also where one sex is all that is known; so is a total
    that one sex makes up alone. Where neither sex is given the indicator is not split, and there
    is nothing to make up. More than the total is refused already (`check_indicator`).
    """
    total = cells.get(Category.TOTAL)
    if total is None or total.sex_unknown or not total.has_figure or not asks_rest(definition):
        return ()
    women, men = (cells.get(c, ValueInput(definition.pk, c)) for c in SEXES)
    if not (women.has_figure or men.has_figure):
        return ()
    for part in figure_parts(definition):
        whole = figure_of(total, part)
        given = [figure_of(cell, part) for cell in (women, men)]
        together = sum((number for number in given if number is not None), Decimal(0))
        if whole is None or together >= whole:
            continue
        of_what = f" i ”{label_of(definition, part)}”" if definition.is_ratio else ""
        said = [format_number(number) if number is not None else "tomt" for number in given]
        message = (
            f"Kvinnor ({said[0]}) och män ({said[1]}) är tillsammans {format_number(together)}"
            f"{of_what}, och totalen är {format_number(whole)}. Rätta talen så att de går ihop, "
            f"eller kryssa i ”{REST_WITHOUT_SEX}” om könet inte är känt för "
            f"{format_number(whole - together)}."
        )
        return (Problem(Category.TOTAL, part, message),)
    return ()


def check_grade(given: GradeInput) -> list[tuple[GradePart, str]]:
    """What is wrong with a judgement and its words: which field, and what."""
    problems = []
    if given.grade and given.grade not in Grade.values:
        problems.append((GradePart.GRADE, "Bedömningen finns inte bland dem som kan väljas."))
    if message := check_words(given.analysis, most=MAX_ANALYSIS, what="Analysen"):
        problems.append((GradePart.ANALYSIS, message))
    return problems


def check_words(text: str, *, most: int, what: str) -> str:
    """`check_text` for free text, in which no personnummer may stand."""
    return check_text(text, most=most, what=what) or why_not_personnummer(text, what)


def check_text(text: str, *, most: int, what: str) -> str:
    """Why a text cannot be saved, as a Swedish sentence; "" when it can."""
    if not is_readable(text):
        return f"{what} {REFUSED}"
    if len(text) > most:
        return (
            f"{what} får ha högst {format_number(most)} tecken. "
            f"Nu har den {format_number(len(text))}."
        )
    return ""


def _check_figure(definition: IndicatorVersion, cell: ValueInput) -> list[Problem]:
    given = {
        Part.NUMBER: cell.number,
        Part.NUMERATOR: cell.numerator,
        Part.DENOMINATOR: cell.denominator,
    }
    wanted = figure_parts(definition)
    problems = []
    for part, number in given.items():
        message = ""
        if number is None:
            continue
        if part not in wanted:
            message = "Uppgiften lämnas inte på det sättet för den här indikatorn."
        elif number < 0:
            message = "Utfallet kan inte vara negativt."
        elif _too_long(number):
            message = (
                f"Talet får ha högst {MAX_INTEGER_DIGITS} siffror och {MAX_DECIMALS} decimaler."
            )
        elif definition.is_yes_no and number not in (0, 1):
            message = "Svara ja eller nej."
        elif definition.whole_numbers and number != number.to_integral_value():
            message = "Skriv ett heltal, utan decimaler."
        elif part is Part.NUMBER and definition.unit == PER_CENT and number > 100:
            message = "En andel kan inte vara större än 100 procent."
        if message:
            problems.append(Problem(cell.category, part, message))
    if problems or not definition.is_ratio:
        return problems

    numerator, denominator = cell.numerator, cell.denominator
    for part, one, other in (
        (Part.NUMERATOR, numerator, denominator),
        (Part.DENOMINATOR, denominator, numerator),
    ):
        if one is None and other is not None:
            label = label_of(definition, part).lower()
            problems.append(
                Problem(cell.category, part, f"Fyll i {label} också. Båda talen behövs.")
            )
    if numerator is not None and denominator is not None and numerator > denominator:
        problems.append(
            Problem(
                cell.category,
                Part.NUMERATOR,
                f"{format_number(numerator)} är fler än {format_number(denominator)}. "
                f"”{definition.numerator_label}” kan inte vara fler än "
                f"”{definition.denominator_label}”.",
            )
        )
    return problems


def _check_forecast(
    definition: IndicatorVersion, total: ValueInput, period: Period
) -> list[Problem]:
    forecast, message = total.forecast, ""
    if forecast is None:
        return []
    if definition.is_yes_no:
        message = "Prognos lämnas inte för en fråga med svaret ja eller nej."
    elif not asks_forecast(definition, period):
        message = "Helårsprognos lämnas bara i tertialrapport 1 och 2."
    elif forecast < 0:
        message = "Prognosen kan inte vara negativ."
    elif _too_long(forecast):
        message = f"Talet får ha högst {MAX_INTEGER_DIGITS} siffror och {MAX_DECIMALS} decimaler."
    elif definition.unit == PER_CENT and forecast > 100:
        message = "En andel kan inte vara större än 100 procent."
    elif definition.whole_numbers and not definition.is_ratio and forecast % 1:
        message = "Skriv ett heltal, utan decimaler."
    elif not total.is_filled:
        message = (
            "Prognosen kan sparas först när det finns ett utfall, "
            "eller en orsak till att uppgiften saknas."
        )
    return [Problem(Category.TOTAL, Part.FORECAST, message)] if message else []


def _check_reason(total: ValueInput, sexes: list[ValueInput]) -> list[Problem]:
    if not total.missing:
        return []
    if total.missing not in MissingReason.values:
        message = "Orsaken finns inte bland dem som kan väljas."
    elif total.has_figure or sexes:
        message = (
            "Både ett utfall och en orsak till att uppgift saknas är ifyllda. "
            "Ta bort det ena av dem."
        )
    else:
        return []
    return [Problem(Category.TOTAL, Part.MISSING, message)]


def _check_tick(definition: IndicatorVersion, cells: Mapping[str, ValueInput]) -> list[Problem]:
    """The tick for a rest without sex stands at the outcome of a total that is split."""
    ticked = [category for category, cell in cells.items() if cell.sex_unknown]
    if not ticked:
        return []
    total = cells.get(Category.TOTAL, ValueInput(definition.pk))
    if not asks_rest(definition) or ticked != [Category.TOTAL]:
        message = "Här går det inte att kryssa i att uppgift om kön saknas."
    elif not total.has_figure:
        message = "Krysset om kön hör till en ifylld total. Fyll i totalen, eller ta bort krysset."
    else:
        return []
    return [Problem(Category(ticked[0]), Part.REST, message)]


def _check_sexes(
    definition: IndicatorVersion, total: ValueInput, sexes: list[ValueInput]
) -> list[Problem]:
    """Women and men need a total, and are together at most as many as it.

    Fewer can be saved (but see `check_rest`). Only what can be added is compared: not a
    percentage that was entered as such.
    """
    parts = figure_parts(definition)
    if not total.has_figure:
        return [
            Problem(
                Category.TOTAL,
                parts[0],
                "Fyll i totalen också, när du har delat upp på kvinnor och män.",
            )
        ]
    if not adds_up(definition):
        return []
    problems = []
    for part in parts:
        whole = figure_of(total, part)
        together = sum((figure_of(cell, part) or Decimal(0) for cell in sexes), Decimal(0))
        if whole is not None and together > whole:
            problems.append(
                Problem(
                    Category.TOTAL,
                    part,
                    f"Kvinnor och män är tillsammans {format_number(together)}, "
                    f"fler än totalen {format_number(whole)}.",
                )
            )
    return problems or _check_what_is_left(definition, total, sexes)


def _check_what_is_left(
    definition: IndicatorVersion, total: ValueInput, sexes: list[ValueInput]
) -> list[Problem]:
    """Of those who are in the total of a ratio and in neither sex, the part is no more than all.

    It holds whatever is still to be typed: the other sex, and those of whom nobody knows, have
    each no more in the numerator than in the denominator.
    """
    if not definition.is_ratio:
        return []
    left = {}
    for part in figure_parts(definition):
        whole = figure_of(total, part)
        if whole is None:
            return []
        left[part] = whole - sum(
            (figure_of(cell, part) or Decimal(0) for cell in sexes), Decimal(0)
        )
    if left[Part.NUMERATOR] <= left[Part.DENOMINATOR]:
        return []
    said = " och ".join(
        f"{Category(cell.category).label.lower()} ({_in_words(cell)})" for cell in sexes
    )
    return [
        Problem(
            Category.TOTAL,
            Part.NUMERATOR,
            f"Räknas {said} bort från totalen ({_in_words(total)}) är "
            f"{format_number(left[Part.NUMERATOR])} av {format_number(left[Part.DENOMINATOR])} "
            f"kvar. ”{definition.numerator_label}” kan inte vara fler än "
            f"”{definition.denominator_label}” där heller.",
        )
    ]


def _in_words(cell: ValueInput) -> str:
    """ "9 av 14"."""
    return (
        f"{format_number(cell.numerator or Decimal(0))} av "
        f"{format_number(cell.denominator or Decimal(0))}"
    )


def _too_long(number: Decimal) -> bool:
    if abs(number) >= 10**MAX_INTEGER_DIGITS:
        return True
    return number != number.quantize(Decimal(1).scaleb(-MAX_DECIMALS))
