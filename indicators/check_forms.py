"""The form where the samordnare sets how an indicator's outcomes are looked over."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from indicators.domain.check_rules import (
    BOUNDS,
    EXPLAINED,
    Bounds,
    CheckSetting,
    Settings,
    default_for,
    in_words,
    settings_of,
    why_not,
)
from indicators.domain.numbers import NumberNotUnderstood, format_number, parse_number
from indicators.enums import Rule
from indicators.models import IndicatorVersion


@dataclass(frozen=True)
class RuleRow:
    """One rule as the page shows it."""

    rule: Rule
    explained: str
    bounds: Bounds
    is_on: bool
    text: str
    """What stands in the field of the threshold."""
    seen: str
    now: str
    default: str
    error: str

    @property
    def field(self) -> str:
        return f"{self.rule.value}-grans"

    @property
    def box(self) -> str:
        return f"{self.rule.value}-pa"

    @property
    def seen_field(self) -> str:
        return f"{self.rule.value}-sett"


class ChecksForm:
    """data: for each rule "-pa" (a box), "-grans" (a number) and "-sett" (what it was)."""

    def __init__(self, definition: IndicatorVersion, data: Mapping[str, Any] | None = None) -> None:
        self.definition = definition
        self.data = data
        self.now = settings_of(definition)
        self.given: dict[Rule, CheckSetting] = {}
        self.errors: dict[Rule, str] = {}
        self.refused = ""
        if data is not None:
            for rule in self.now:
                self._read(rule, data)

    @property
    def is_valid(self) -> bool:
        return self.data is not None and not self.errors

    @property
    def seen(self) -> Settings:
        """What the person saw of each rule; what cannot be read is as if nothing was seen."""
        found = {}
        for rule in self.now:
            state, _, number = str((self.data or {}).get(f"{rule.value}-sett", "")).partition(" ")
            try:
                found[rule] = CheckSetting(state == "1", parse_number(number))
            except NumberNotUnderstood:
                continue
        return found

    @property
    def problems(self) -> list[dict[str, str]]:
        """For the error summary."""
        return [
            {"target": f"id_{rule.value}-grans", "label": str(rule.label), "message": message}
            for rule, message in self.errors.items()
        ]

    @property
    def rows(self) -> list[RuleRow]:
        rows = []
        for rule, now in self.now.items():
            text, is_on = format_number(now.threshold), now.is_on
            if self.data is not None:
                text = str(self.data.get(f"{rule.value}-grans", ""))
                is_on = f"{rule.value}-pa" in self.data
            rows.append(
                RuleRow(
                    rule=rule,
                    explained=EXPLAINED[rule],
                    bounds=BOUNDS[rule],
                    is_on=is_on,
                    text=text,
                    seen=f"{int(now.is_on)} {format_number(now.threshold)}",
                    now=in_words(now),
                    default=in_words(default_for(self.definition, rule)),
                    error=self.errors.get(rule, ""),
                )
            )
        return rows

    def _read(self, rule: Rule, data: Mapping[str, Any]) -> None:
        try:
            threshold: Decimal = parse_number(str(data.get(f"{rule.value}-grans", "")))
        except NumberNotUnderstood as mistake:
            self.errors[rule] = str(mistake)
            return
        setting = CheckSetting(f"{rule.value}-pa" in data, threshold)
        if problem := why_not(self.definition, rule, setting):
            self.errors[rule] = problem
        else:
            self.given[rule] = setting
