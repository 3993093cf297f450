"""Which rules an indicator's outcomes are looked over by, and how strictly: data, with defaults.

A row of IndicatorCheck says how one rule is used on one indicator. Without a row the rule is used
as on all of the same accumulation and aggregation. A rule that makes no sense for an indicator (a
sum so far, of what is measured at a point in time) is never used, whatever a row says.

Samordnare set them, one indicator at a time. The rules are this application's own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from indicators.domain.checks import PER_CENT, adds_up
from indicators.domain.errors import InvalidEntry, NotAllowed, Refused
from indicators.domain.numbers import MAX_DECIMALS, format_number
from indicators.enums import Accumulation, Aggregation, Direction, Rule
from indicators.models import Indicator, IndicatorCheck, IndicatorVersion
from indicators.rules import may_set_checks
from organisation.models import User
from trace.domain import record

MAX_MANY = Decimal(100_000)


@dataclass(frozen=True)
class Bounds:
    """What a threshold counts, and between which it may lie (the database holds the same)."""

    unit: str
    least: Decimal
    most: Decimal


_SPREADS = Bounds("gånger den vanliga spridningen", Decimal(1), Decimal(20))
_PER_CENT = Bounds("procent", Decimal(0), Decimal(100))
BOUNDS: Mapping[Rule, Bounds] = {
    Rule.LOWER: _PER_CENT,
    Rule.HISTORY: _SPREADS,
    Rule.PEERS: _SPREADS,
    Rule.TARGET: _PER_CENT,
    Rule.ZERO: Bounds("i värde", Decimal(1), MAX_MANY),
    Rule.SEX: _PER_CENT,
}
EXPLAINED: Mapping[Rule, str] = {
    Rule.LOWER: (
        "Det som räknas från årets början kan inte bli färre under året. Gränsen är hur många "
        "procent lägre värdet får vara innan det ska förklaras."
    ),
    Rule.HISTORY: (
        "Värdet jämförs med medianen av nämndens egna tidigare värden, när de är minst fyra. "
        "Gränsen är hur långt ifrån det får ligga, räknat i den spridning som värdena brukar ha."
    ),
    Rule.PEERS: (
        "Värdet jämförs med medianen av vad andra nämnder av samma slag senast fick godkänt i "
        "samma sorts period, när de är minst fyra. Gränsen räknas som ovan."
    ),
    Rule.TARGET: (
        "Årets utfall, eller prognosen för hela året, jämförs med nämndens årsmål, och med stadens "
        "när indikatorn är en andel. Gränsen är hur många procent av målet som får fattas."
    ),
    Rule.ZERO: (
        "En nolla ska förklaras när det förra jämförbara värdet var så stort som gränsen säger."
    ),
    Rule.SEX: (
        "Kvinnor och män kan tillsammans vara färre än totalen, när det är ikryssat att uppgift om "
        "kön saknas för resten. Gränsen "
        "är hur många procent av totalen som får sakna den innan det ska förklaras."
    ),
}


@dataclass(frozen=True)
class CheckSetting:
    """How one rule is used."""

    is_on: bool
    threshold: Decimal


Settings = Mapping[Rule, CheckSetting]


class ChecksChanged(Refused):
    """Somebody else changed them first; nothing was done."""

    def __init__(self) -> None:
        super().__init__(
            "Kontrollerna har ändrats sedan du öppnade sidan. Se efter och försök igen."
        )


def is_share(definition: IndicatorVersion) -> bool:
    """Whether an outcome says the same of a large nämnd as of a small one."""
    return definition.is_ratio or definition.unit == PER_CENT


def rules_for(definition: IndicatorVersion) -> tuple[Rule, ...]:
    """The rules that make sense for an indicator, in the order they are told."""
    if definition.is_yes_no:
        return ()
    so_far = definition.accumulation == Accumulation.YEAR_TO_DATE
    makes_sense = {
        Rule.LOWER: so_far and (definition.is_ratio or definition.unit != PER_CENT),
        Rule.HISTORY: True,
        # The latest figure is given by one nämnd for the whole city.
        Rule.PEERS: definition.aggregation != Aggregation.LATEST,
        Rule.TARGET: definition.direction != Direction.NEUTRAL,
        Rule.ZERO: True,
        Rule.SEX: definition.split_by_sex and adds_up(definition),
    }
    return tuple(rule for rule, sense in makes_sense.items() if sense)


def default_for(definition: IndicatorVersion, rule: Rule) -> CheckSetting:
    """How a rule is used where nothing else is said.

    3.5 times the spread is the usual limit for a modified z-score. Numbers of nämnder of unequal
    size differ more than shares do: there it takes more before one is asked.
    """
    wide = rule is Rule.PEERS and not is_share(definition)
    threshold = {
        Rule.LOWER: Decimal(0),
        Rule.HISTORY: Decimal("3.5"),
        Rule.PEERS: Decimal(5) if wide else Decimal("3.5"),
        Rule.TARGET: Decimal(0),
        Rule.ZERO: Decimal(5),
        Rule.SEX: Decimal(10),
    }[rule]
    return CheckSetting(rule in rules_for(definition), threshold)


def settings_from(
    definition: IndicatorVersion, rows: Iterable[tuple[str, bool, Decimal]]
) -> dict[Rule, CheckSetting]:
    """How each rule that makes sense is used. rows: (rule, is on, threshold), as they are set."""
    said = {Rule(rule): CheckSetting(is_on, threshold) for rule, is_on, threshold in rows}
    return {rule: said.get(rule) or default_for(definition, rule) for rule in rules_for(definition)}


def settings_of(definition: IndicatorVersion) -> dict[Rule, CheckSetting]:
    """The same, asked of the database: one query."""
    rows = IndicatorCheck.objects.filter(indicator=definition.indicator_id)
    return settings_from(definition, rows.values_list("rule", "is_on", "threshold"))


@transaction.atomic
def set_checks(
    definition: IndicatorVersion, *, actor: User, given: Settings, seen: Settings
) -> list[Rule]:
    """Set how rules are used on an indicator; answers those that were changed.

    given, seen: the setting of each rule that is to be set, and what the person saw of it.
    What is as by default keeps no row, and goes on following the default.
    Side effects: the rows, and one event. Warnings that are saved already stand until their cell
    is saved again, or the report is handed in.
    Raises NotAllowed, InvalidEntry for a rule or a threshold that cannot be, ChecksChanged.
    """
    if not may_set_checks(actor):
        raise NotAllowed("Bara programmets samordnare kan ändra kontrollerna.")
    indicator = Indicator.objects.select_for_update().get(pk=definition.indicator_id)
    now = settings_of(definition)
    for rule, setting in given.items():
        if problem := why_not(definition, rule, setting):
            raise InvalidEntry(problem)
    changed = [rule for rule, setting in given.items() if setting != now[rule]]
    if any(seen.get(rule) != now[rule] for rule in changed):
        raise ChecksChanged
    for rule in changed:
        if given[rule] == default_for(definition, rule):
            IndicatorCheck.objects.filter(indicator=indicator, rule=rule).delete()
        else:
            IndicatorCheck.objects.update_or_create(
                indicator=indicator,
                rule=rule,
                defaults={"is_on": given[rule].is_on, "threshold": given[rule].threshold},
            )
    if changed:
        told = ", ".join(f"{rule.label.lower()} ({in_words(given[rule])})" for rule in changed)
        record(indicator, actor=actor, verb="checks", summary=f"Ställde in kontroller: {told}")
    return changed


def why_not(definition: IndicatorVersion, rule: Rule, setting: CheckSetting) -> str:
    """Why a rule cannot be set so, as a Swedish sentence; "" when it can."""
    if rule not in rules_for(definition):
        return f"”{rule.label}” går inte att använda på den här indikatorn."
    bounds, threshold = BOUNDS[rule], setting.threshold
    if not bounds.least <= threshold <= bounds.most:
        return (
            f"Gränsen för ”{rule.label.lower()}” ska vara mellan {format_number(bounds.least)} "
            f"och {format_number(bounds.most)} {bounds.unit}."
        )
    if threshold != threshold.quantize(Decimal(1).scaleb(-MAX_DECIMALS)):
        return f"Gränsen får ha högst {MAX_DECIMALS} decimaler."
    return ""


def in_words(setting: CheckSetting) -> str:
    """ "gräns 3,5", or "används inte"."""
    return f"gräns {format_number(setting.threshold)}" if setting.is_on else "används inte"
