"""Every operation of the API: the one table that addresses, answers and document come from."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from desk.api import reading
from desk.api.shapes import (
    CATEGORIES,
    IndicatorInRegister,
    LongValue,
    PeriodInCalendar,
    ProgrammeContents,
    ProgrammeSummary,
    RemissContents,
    RemissSummary,
)
from indicators.exports.followup_json import REPORT_STATES, ConsolidatedFollowup, ReportState
from organisation.enums import ApiScope
from remisser.enums import RemissKind

_IN_PATH = re.compile(r"<\w+:(\w+)>")


@dataclass(frozen=True)
class Parameter:
    """Something that may be asked for in the query."""

    name: str
    said: str
    one_of: tuple[str, ...] = ()
    required: bool = False
    example: str = ""


@dataclass(frozen=True)
class Operation:
    """One address. `many`: it answers with a page of a list, in an order that stays."""

    path: str
    """Below /api/v1/, as Django writes it: "program/<slug:slug>/"."""
    name: str
    """Of the address, and of the operation in the document."""
    summary: str
    scope: ApiScope
    shape: type
    read: Callable[[Mapping[str, str]], Any]
    many: bool = False
    parameters: tuple[Parameter, ...] = ()
    in_path: str = ""
    """What stands in the address, in words."""

    @property
    def address(self) -> str:
        """The path as it is told: "program/{slug}/"."""
        return _IN_PATH.sub(r"{\1}", self.path)

    @property
    def names_in_path(self) -> list[str]:
        return _IN_PATH.findall(self.path)


PERIOD = Parameter("period", "Periodens kod.", required=True, example="2025-T1")
NAMND = Parameter("namnd", "Bara nämnden med den koden.", example="sodermalm")

OPERATIONS = (
    Operation(
        "program/",
        "api-programmes",
        "Program, det senaste först",
        ApiScope.PROGRAM,
        ProgrammeSummary,
        reading.programmes,
        many=True,
    ),
    Operation(
        "program/<slug:slug>/",
        "api-programme",
        "Ett program med mål och aktiviteter",
        ApiScope.PROGRAM,
        ProgrammeContents,
        reading.programme,
        in_path="Programmets kod.",
    ),
    Operation(
        "indikatorer/",
        "api-indicators",
        "Indikatorer med alla sina definitioner",
        ApiScope.INDIKATORER,
        IndicatorInRegister,
        reading.indicators,
        many=True,
        parameters=(
            Parameter("programme", "Bara de som mäter programmets mål.", example="vald-2021-2025"),
            Parameter("goal", "Bara de som mäter mål med det numret.", example="4"),
        ),
    ),
    Operation(
        "indikatorer/<slug:code>/",
        "api-indicator",
        "En indikator med alla sina definitioner",
        ApiScope.INDIKATORER,
        IndicatorInRegister,
        reading.indicator,
        in_path="Indikatorns kod.",
    ),
    Operation(
        "perioder/",
        "api-periods",
        "Perioder, äldst först",
        ApiScope.UPPFOLJNING,
        PeriodInCalendar,
        reading.periods,
        many=True,
    ),
    Operation(
        "uppfoljning/<str:period>/",
        "api-followup",
        "Den samlade uppföljningen av en period",
        ApiScope.UPPFOLJNING,
        ConsolidatedFollowup,
        reading.followup,
        in_path="Periodens kod.",
    ),
    Operation(
        "varden/",
        "api-values",
        "En periods siffror i lång form: staden och varje nämnd",
        ApiScope.UPPFOLJNING,
        LongValue,
        reading.values,
        many=True,
        parameters=(
            PERIOD,
            Parameter("indicator", "Bara indikatorn med den koden."),
            NAMND,
            Parameter("goal", "Bara målets indikatorer.", example="vald-2021-2025/4"),
            Parameter("category", "Bara den fördelningen.", one_of=CATEGORIES),
        ),
    ),
    Operation(
        "rapporter/",
        "api-reports",
        "Hur långt nämndernas rapporter för en period har kommit",
        ApiScope.RAPPORTER,
        ReportState,
        reading.reports,
        many=True,
        parameters=(PERIOD, NAMND, Parameter("state", "Bara de i det läget.", REPORT_STATES)),
    ),
    Operation(
        "remisser/",
        "api-remisser",
        "Remisser, de nyaste först",
        ApiScope.REMISSER,
        RemissSummary,
        reading.remisser,
        many=True,
        parameters=(Parameter("kind", "Bara det slaget.", tuple(RemissKind.values)),),
    ),
    Operation(
        "remisser/<slug:slug>/",
        "api-remiss",
        "En remiss med att-satser och hur långt svaren har kommit",
        ApiScope.REMISSER,
        RemissContents,
        reading.remiss,
        in_path="Remissens adress.",
    ),
)
