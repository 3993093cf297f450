"""What stands beside an indicator's fields: outcomes of before, and the target of the year.

For the reporting nämnd's own eyes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indicators.domain.checks import SEXES, ValueInput
from indicators.domain.comparing import change_of_target
from indicators.domain.content import Saved
from indicators.domain.expected import Expected
from indicators.domain.forebears import given_together, in_words
from indicators.domain.numbers import format_number
from indicators.domain.outcome_words import NOTHING, outcome_text
from indicators.domain.rows import PeriodContent
from indicators.enums import Category
from indicators.models import Target, Value


@dataclass(frozen=True)
class Earlier:
    """The nämnd's own outcome in an earlier period, to read beside the field."""

    label: str
    """ "Tertialrapport 1 2024"."""
    code: str
    """Of the period: "2024-T1"."""
    text: str
    """The outcome in words, or a dash when there is none."""
    other_definition: bool
    """Whether the indicator meant something else then, so that the two must not be compared."""
    is_corrected: bool = False
    seam: str = ""
    """Whose outcome it is, of a period before the nämnd was there; or why there is none."""
    sexes: tuple[tuple[str, str], ...] = ()
    """Of women and men, in words, where it was split: ("Kvinnor", "12")."""

    @property
    def words(self) -> str:
        """What is to be known of the outcome, for within brackets; "" for nothing."""
        other = "annan definition, kan inte jämföras" if self.other_definition else ""
        return "; ".join(filter(None, (self.seam, other)))

    @property
    def sexes_text(self) -> str:
        """ "Kvinnor 12, män 8"."""
        said = ", ".join(f"{label} {text}" for label, text in self.sexes)
        return said[:1] + said[1:].replace("Män", "män")


@dataclass(frozen=True)
class TargetText:
    text: str
    is_own: bool
    """The nämnd's own target; otherwise the city's."""
    is_example: bool
    change: str = ""
    """From what and when it was changed, and by which decision; "" if it was not."""

    @property
    def whose(self) -> str:
        return "nämndens eget" if self.is_own else "stadens"


def sexes_of(saved: Saved) -> dict[int, tuple[tuple[str, str], ...]]:
    """What was said of women and men, in words, by the indicator's id."""
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    for sex in SEXES:
        for value in saved.values.values():
            if value.category == sex and (cell := ValueInput.of(value)).is_filled:
                said = str(Category(sex).label), outcome_text(value.definition, cell)
                indicator_id = value.definition.indicator_id
                found[indicator_id] = (*found.get(indicator_id, ()), said)
    return found


def earlier_outcome(
    expected: Expected,
    indicator_id: int,
    then: PeriodContent,
    sexes: Mapping[int, tuple[tuple[str, str], ...]],
) -> Earlier:
    """The nämnd's outcome in an earlier period; of one before it was there, its forebears'.

    sexes: what the nämnd said of women and men then (`sexes_of`).
    """
    stretches = expected.stretches
    stretch = stretches[expected.definitions[indicator_id].pk]
    text, seam, value = NOTHING, "", then.saved.totals.get(indicator_id)
    if value is not None:
        text = outcome_text(value.definition, ValueInput.of(value))
    elif then.forebears:
        text, seam, value = _carried_on(indicator_id, then)
    return Earlier(
        label=then.period.label,
        code=then.period.code,
        text=text,
        other_definition=value is not None and stretches[value.definition_id] != stretch,
        is_corrected=value is not None
        and any((value.definition_id, one) in then.saved.corrections for one in Category.values),
        seam=seam,
        sexes=sexes.get(indicator_id, ()),
    )


def _carried_on(indicator_id: int, then: PeriodContent) -> tuple[str, str, Value | None]:
    """What the forebears gave together, in words; whose it is, or why it is none; one of theirs."""
    given = {pk: one for (pk, indicator), one in then.given.items() if indicator == indicator_id}
    if not given:
        return NOTHING, "", None
    value = next(iter(given.values()))
    outcome, why = given_together(value.definition, then.forebears, given, alone=then.alone)
    whose = in_words(then.forebears)
    if why:
        return NOTHING, f"{whose}: {why}", value
    together = ValueInput(
        value.definition_id,
        number=outcome.value if outcome.denominator is None else None,
        numerator=outcome.numerator,
        denominator=outcome.denominator,
    )
    return outcome_text(value.definition, together), whose, value


def target_texts(targets: Iterable[Target]) -> dict[int, TargetText]:
    """The targets that hold, by indicator id: the nämnd's own, which come last, before the city's.

    Of several in a year the latest holds; the one before it is told.
    """
    texts: dict[int, TargetText] = {}
    before: dict[tuple[int, int | None], Target] = {}
    for target in targets:
        whose = target.indicator_id, target.namnd_id
        was = before.get(whose)
        before[whose] = target
        texts[target.indicator_id] = TargetText(
            text=format_number(target.value),
            is_own=target.namnd_id is not None,
            is_example=target.is_example,
            change=change_of_target(target.valid_from, target.decision, was.value if was else None),
        )
    return texts
