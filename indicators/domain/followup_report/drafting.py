"""The draft that Samlad writes: rule-based Swedish, every sentence tied to the cells it rests on.

Same data, same text. It is written from a follow-up that is made for others, so that it cannot
say what is hidden. Numbers at the head of a sentence stand in figures, others in words up to
twelve.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.disclosure import Cell, CellState
from indicators.domain.figures import (
    NOT_ADDED_WORDS,
    Followup,
    GoalResult,
    IndicatorResult,
    Part,
)
from indicators.domain.followup_report.snapshot import CITY, OwnGrade, Place, Sentence
from indicators.domain.followup_report.wording import (
    amount,
    capital,
    counted,
    ended,
    figure,
    listed,
    namnder,
    one_line,
    quoted,
    small,
)
from indicators.domain.grades import word
from indicators.domain.numbers import MINUS, format_number
from indicators.enums import Category, CityGradeChoice
from papers.documents.model import format_date_long

FAR_OFF = Decimal(10)
"""Percentage points from the city's figure from which a nämnd is said to deviate."""
MOST_DEVIATING = 3
MOST_NAMED = 3
"""Nämnder without an approved report that are named at each indicator."""
NO_APPROVED_REPORT = "ingen godkänd rapport"


@dataclass(frozen=True)
class Viewpoint:
    """Whose report the draft is written for."""

    period_code: str
    namnd: str = CITY
    """Code of the nämnd; "" for the whole city."""

    @property
    def is_city(self) -> bool:
        return self.namnd == CITY

    def cell(self, result: IndicatorResult, category: str = Category.TOTAL) -> Place:
        return Place("indikator", result.code, self.namnd, self.period_code, category)

    def all_cells(self, result: IndicatorResult) -> tuple[Place, ...]:
        if not result.split_by_sex:
            return (self.cell(result),)
        return tuple(self.cell(result, category) for category in Category)

    def part(self, result: IndicatorResult, part: Part) -> Place:
        return Place(
            "indikator", result.code, part.namnd_code, self.period_code, Category.TOTAL.value
        )


# The chapters -----------------------------------------------------------------------------------


def introduction(followup: Followup) -> tuple[Sentence, ...]:
    """How many have reported, who has not, and up to when the figures go. Of the whole city."""
    reports = (Place("rapporter", period=followup.period_code),)
    said = [followup.coverage_sentence]
    for statuses, one, many in (
        (followup.late, "Försenad är", "Försenade är"),
        (followup.submitted, "Inlämnad men inte godkänd är", "Inlämnade men inte godkända är"),
        (followup.awaited, "Ännu inte inlämnad är", "Ännu inte inlämnade är"),
    ):
        names = [f"{_genitive(status.namnd_name)} rapport" for status in statuses]
        if len(names) == 1:
            said.append(f"{one} {names[0]}.")
        elif names:
            said.append(f"{many} rapporterna från {listed([s.namnd_name for s in statuses])}.")
    if decided := len(followup.decided):
        said.append(f"{capital(namnder(decided))} har fattat beslut om sin rapport.")
    if followup.corrected_sentence:
        said.append(followup.corrected_sentence)
    return tuple(Sentence(text, reports) for text in said)


def own_introduction(followup: Followup, name: str) -> tuple[Sentence, ...]:
    """Of one nämnd's tertialrapport."""
    reports = (Place("rapporter", period=followup.period_code),)
    goals = counted(len(followup.goals), "mål", "mål", one_word="ett")
    label = small(followup.period_label)
    if not followup.approved:
        return (Sentence(f"{capital(name)} har ingen godkänd rapport för {label} än.", reports),)
    day = followup.approved_until
    when = f" den {format_date_long(day)}" if day else ""
    return (
        Sentence(f"{_genitive(capital(name))} rapport för {label} godkändes{when}.", reports),
        Sentence(f"Nämnden berörs av {goals}.", reports),
    )


def of_goal(
    goal: GoalResult, followup: Followup, *, namnd: str = CITY, told: Mapping[str, str]
) -> tuple[Sentence, ...]:
    """One goal: how it is judged, what the indicators say, how far the activities have come.

    told: indicators that an earlier goal has told of, with that goal's label.
    """
    view = Viewpoint(followup.period_code, namnd)
    return tuple(_of_goal(goal, view, told))


def summary(
    followup: Followup, grades: Mapping[str, OwnGrade], *, namnd: str = CITY
) -> tuple[Sentence, ...]:
    """The goals on end. grades: the city's own, by the goal's anchor."""
    return tuple(_summary(followup, grades, namnd))


def _summary(followup: Followup, grades: Mapping[str, OwnGrade], namnd: str) -> Iterator[Sentence]:
    goals = followup.goals
    if grades:
        given = [grades[goal.anchor].grade for goal in goals if goal.anchor in grades]
        parts = [
            (given.count(choice.value), words)
            for choice, words in (
                (CityGradeChoice.HELT, "uppfylls helt"),
                (CityGradeChoice.DELVIS, "uppfylls delvis"),
                (CityGradeChoice.EJ, "inte uppfylls"),
                (CityGradeChoice.EJ_UPPFOLJD, "inte har följts upp"),
            )
        ]
        (first, words), *rest = [part for part in parts if part[0]]
        more = [f"{word(count) if count > 1 else 'ett'} {short}" for count, short in rest]
        of_all = f"{first} av {len(goals)} mål" if len(goals) > 1 else "målet"
        yield Sentence(
            f"Staden bedömer att {listed([f'{of_all} {words}', *more])}.",
            tuple(_judgement(goal, followup) for goal in goals if goal.anchor in grades),
        )
    for goal in goals:
        sentence = goal.grades.sentence if namnd == CITY else own_grade_sentence(goal)
        yield Sentence(f"{goal.label}: {small(sentence)}", (_judgement(goal, followup, namnd),))
    results = {result.code: result for goal in goals for result in goal.indicators}
    judged = [r for r in results.values() if r.target is not None and r.target.verdict]
    if judged:
        met = [r for r in judged if r.target is not None and r.target.verdict == "uppnått"]
        count = len(judged)
        of_all = (
            "den enda indikator som kan jämföras med ett årsmål"
            if count == 1
            else f"de {word(count)} indikatorer som kan jämföras med ett årsmål"
        )
        many = "" if count == 1 else f"{_en(len(met))} av "
        aim = "Årsmålet" if namnd == CITY else "Nämndens årsmål"
        if count == 1:
            text = f"{aim} är {'uppnått' if met else 'inte uppnått'} för {of_all}."
        else:
            text = f"{aim} är uppnått för {many}{of_all}."
        view = Viewpoint(followup.period_code, namnd)
        yield Sentence(text, tuple(view.cell(result) for result in judged))


def own_grade(goal: GoalResult) -> str:
    """How the one nämnd judges the goal, for a table: "Uppfylls helt"."""
    return next((words for _, words, count in goal.grades.counts if count), "Berörs inte")


def own_grade_sentence(goal: GoalResult) -> str:
    """How the one nämnd judges the goal."""
    grades = goal.grades
    if grades.helt:
        return "Nämnden bedömer att målet uppfylls helt."
    if grades.delvis:
        return "Nämnden bedömer att målet uppfylls delvis."
    if grades.ej:
        return "Nämnden bedömer att målet inte uppfylls."
    if grades.ej_uppfoljd:
        return "Nämnden har inte följt upp målet."
    if grades.not_judged:
        return "Nämnden har inte bedömt målet."
    return "Nämnden bedömer att den inte berörs av målet."


def _of_goal(goal: GoalResult, view: Viewpoint, told: Mapping[str, str]) -> Iterator[Sentence]:
    judged = (Place("bedomning", goal.anchor, view.namnd, view.period_code),)
    if view.is_city:
        yield Sentence(goal.grades.sentence, judged)
    else:
        yield Sentence(own_grade_sentence(goal), judged)
    for result in goal.indicators:
        if result.code in told:
            text = f"{quoted(result.name)} redovisas under {small(told[result.code])}."
            yield Sentence(text, view.all_cells(result))
        else:
            yield from _of_indicator(result, view)
    for unasked in goal.unasked:
        if view.is_city:
            yield Sentence(f"{quoted(unasked.name)}: {small(unasked.gap.sentence)}")
    yield from _of_activities(goal, view)


# Indicators -------------------------------------------------------------------------------------


def _of_indicator(result: IndicatorResult, view: Viewpoint) -> Iterator[Sentence]:
    if view.is_city:
        yield Sentence(_coverage(result), view.all_cells(result))
        if not result.coverage.reported:
            return
        yield Sentence(_outcome(result), view.all_cells(result))
    else:
        yield Sentence(_own_outcome(result), view.all_cells(result))
    if change := _change(result):
        earlier = result.comparison.period_code if result.comparison else ""
        now = view.cell(result)
        then = Place(now.what, now.code, now.namnd, earlier, now.category)
        yield Sentence(change, (now, then))
    if result.target is not None and result.target.verdict:
        goal = amount(format_number(result.target.value), _unit(result))
        whose = "Årsmålet" if view.is_city else "Nämndens årsmål"
        text = f"{whose} på {goal} är {result.target.verdict}."
        yield Sentence(text, (view.cell(result),))
    if view.is_city:
        yield from _who_deviates(result, view)
        yield from _who_is_missing(result, view)
    elif words := _own_words(result):
        yield Sentence(words, (view.cell(result),))


def _coverage(result: IndicatorResult) -> str:
    """How many have given a figure for it."""
    name, reported, asked = quoted(result.name), result.coverage.reported, result.coverage.asked
    if asked == 0:
        return f"Ingen nämnd ska lämna uppgift om {name} den här perioden."
    if asked == 1:
        said = "har gjort det" if reported else "har inte gjort det"
        return f"Den enda nämnd som ska lämna uppgift om {name} {said}."
    if reported == 0:
        return f"Ingen av de {word(asked)} nämnderna har lämnat uppgift om {name}."
    if reported == asked:
        every = "Båda nämnderna" if asked == 2 else f"Alla {word(asked)} nämnder"
        return f"{every} har lämnat uppgift om {name}."
    return f"{reported} av {asked} nämnder har lämnat uppgift om {name}."


def _outcome(result: IndicatorResult) -> str:
    """The city's figure, and how it falls on women and men."""
    total = result.cells.total
    if not result.adds_up:
        return f"Nämndernas uppgifter {NOT_ADDED_WORDS}."
    if result.is_yes_no and total.is_value:
        if total.numerator is None or total.denominator is None:
            return f"Andelen som svarar ja är {figure(total, result)}."
        yes, all_ = int(total.numerator), int(total.denominator)
        share = amount(total.text, "%")
        if all_ == 1:
            return f"Nämnden svarar {'ja' if yes else 'nej'}."
        if yes == 0:
            return f"Ingen av de {word(all_)} svarar ja."
        if yes == all_:
            return f"{'Båda' if all_ == 2 else f'Alla {word(all_)}'} svarar ja."
        return f"{yes} av {all_} svarar ja, det vill säga {share}."
    return f"Utfallet {_is(total, result)}{_by_sex(result)}."


def _own_outcome(result: IndicatorResult) -> str:
    """One nämnd's figure."""
    total, name = result.cells.total, quoted(result.name)
    if total.state is CellState.MISSING:
        reason = next((part.reason for part in result.parts if part.reason), "")
        why = f" ({reason})" if reason and reason != NO_APPROVED_REPORT else ""
        return f"Nämnden har inte lämnat någon uppgift om {name}{why}."
    if total.note in ("ja", "nej"):
        return f"På {name} svarar nämnden {total.note}."
    return f"För {name} {_was(total, result)}{_by_sex(result)}."


def _was(cell: Cell, result: IndicatorResult) -> str:
    if cell.state is CellState.VALUE:
        return f"är utfallet {figure(cell, result)}"
    if cell.state is CellState.PROTECTED:
        return "är utfallet en skyddad uppgift"
    return f"finns inget utfall: {cell.note or cell.text}"


def _is(cell: Cell, result: IndicatorResult) -> str:
    if cell.state is CellState.VALUE:
        return f"är {figure(cell, result)}"
    if cell.state is CellState.PROTECTED:
        return "är en skyddad uppgift"
    if cell.state is CellState.MISSING:
        return "saknas"
    return cell.note or "saknas"


def _by_sex(result: IndicatorResult) -> str:
    """ ": 20 för kvinnor och tio för män"; "" for what is not split."""
    if not result.split_by_sex or result.cells.total.state is CellState.MISSING:
        return ""
    women, men = result.cells.kvinnor, result.cells.man
    states = {women.state, men.state}
    if states == {CellState.PROTECTED}:
        if result.cells.total.state is CellState.PROTECTED:
            return ", liksom uppgifterna för kvinnor och för män"
        return ". Uppgifterna för kvinnor och för män är skyddade"
    if not states & {CellState.VALUE, CellState.PROTECTED}:
        return ". Uppgift om kön saknas"
    parts = []
    for cell, who in ((women, "kvinnor"), (men, "män")):
        if cell.is_value:
            parts.append(f"{figure(cell, result)} för {who}")
        elif cell.state is CellState.PROTECTED:
            parts.append(f"en skyddad uppgift för {who}")
        else:
            parts.append(f"ingen uppgift för {who}")
    sign = ":" if result.cells.total.is_value else ";"
    return f"{sign} {parts[0]} och {parts[1]}"


def _change(result: IndicatorResult) -> str:
    """Against the earlier figure; "" where there is none, or one of them is not shown."""
    comparison = result.comparison
    if comparison is None:
        return ""
    label = small(comparison.label)
    if comparison.cell is None:
        return f"Utfallet jämförs inte med {label}, eftersom {comparison.change}."
    change, _, caution = comparison.change.partition(", ")
    if not change or not comparison.cell.is_value:
        return ""
    then = figure(comparison.cell, result)
    if change == "oförändrat":
        text = f"Det är oförändrat jämfört med {label}."
    else:
        direction = "högre" if change.startswith("+") else "lägre"
        size = change.lstrip(f"+{MINUS}")
        if _unit(result) == "%" and not size.endswith("procentenheter"):
            size = f"{size} procentenheter"
        text = f"Det är {size} {direction} än i {label}, då det var {then}."
    if caution and result.coverage.short != comparison.coverage.short:
        text += (
            f" Siffrorna kommer från olika många nämnder: {result.coverage.reported} nu och "
            f"{comparison.coverage.reported} då."
        )
    return text


def _who_deviates(result: IndicatorResult, view: Viewpoint) -> Iterator[Sentence]:
    """Nämnder whose share is far from the city's, the furthest first, with their explanation."""
    city = result.cells.total
    if _unit(result) != "%" or result.is_yes_no or city.value is None or not result.adds_up:
        return
    far = []
    for part in result.parts:
        value = part.cells.total.value
        if value is not None and abs(value - city.value) >= FAR_OFF:
            far.append((-abs(value - city.value), part.namnd_name, part, value - city.value))
    for _, _, part, difference in sorted(far, key=lambda one: one[:2])[:MOST_DEVIATING]:
        size = format_number(abs(difference), decimals=city.decimals)
        side = "över" if difference > 0 else "under"
        share = amount(part.cells.total.text, "%")
        text = f"{capital(part.namnd_name)} ligger {size} procentenheter {side} staden, på {share}"
        if part.comment:
            text += f", och skriver: {quoted(ended(one_line(part.comment)))}"
        else:
            text += ", och har inte förklarat det."
        yield Sentence(text, (view.part(result, part), view.cell(result)))


def _who_is_missing(result: IndicatorResult, view: Viewpoint) -> Iterator[Sentence]:
    """By name; many who have no approved report are counted, for the introduction names them."""
    missing = set(result.coverage.missing)
    parts = [part for part in result.parts if part.namnd_name in missing]
    if not missing or not parts:
        return
    without = [part for part in parts if part.reason == NO_APPROVED_REPORT]
    names = []
    if len(without) > MOST_NAMED:
        names.append(f"{namnder(len(without))} utan godkänd rapport")
        parts = [part for part in parts if part.reason != NO_APPROVED_REPORT]
    names += [
        f"{part.namnd_name} ({part.reason})"
        if part.reason and part.reason != NO_APPROVED_REPORT
        else part.namnd_name
        for part in parts
    ]
    places = tuple(view.part(result, part) for part in (*parts, *without))
    yield Sentence(f"Uppgift saknas från {listed(names)}.", places)


def _own_words(result: IndicatorResult) -> str:
    """What the one nämnd says of its figure."""
    words = next((part.comment for part in result.parts if part.comment), "")
    return f"Nämnden skriver: {quoted(ended(one_line(words)))}" if words else ""


def _unit(result: IndicatorResult) -> str:
    return "%" if result.is_yes_no else result.unit


# Activities -------------------------------------------------------------------------------------


def _of_activities(goal: GoalResult, view: Viewpoint) -> Iterator[Sentence]:
    if not goal.activities:
        return
    places = tuple(
        Place("aktivitet", activity.code, period=view.period_code) for activity in goal.activities
    )
    yield Sentence(goal.statuses.of_goal_sentence, places)
    for activity in goal.deviating:
        for one in activity.deviations:
            if one.status is None:
                continue
            who = f" i {one.namnd_name}" if view.is_city else ""
            text = f"Aktiviteten {quoted(activity.text)} avviker{who}"
            if one.status.new_date:
                text += f" och ska i stället vara klar den {format_date_long(one.status.new_date)}"
            if one.status.comment.strip():
                text += f". Nämnden skriver: {quoted(ended(one_line(one.status.comment)))}"
            else:
                text += "."
            place = Place("aktivitet", activity.code, one.namnd_code, view.period_code)
            yield Sentence(text, (place,))


def _judgement(goal: GoalResult, followup: Followup, namnd: str = CITY) -> Place:
    return Place("bedomning", goal.anchor, namnd, followup.period_code)


def _genitive(name: str) -> str:
    return name if name.endswith(("s", "x", "z")) else f"{name}s"


def _en(count: int) -> str:
    return "ingen" if count == 0 else "en" if count == 1 else word(count)
