"""Nämnder and indicators enough for 100 050 cells, and a file with a number in each of them."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import transaction
from openpyxl import Workbook

from indicators.enums import Accumulation, Aggregation
from indicators.models import (
    Indicator,
    IndicatorGoal,
    IndicatorResponsibility,
    IndicatorVersion,
)
from organisation.enums import NamndGroup
from tests.factories import make_goal, make_namnd, make_period

NAMNDER, INDICATORS = 25, 1334
CATEGORIES = ("totalt", "kvinnor", "män")
ROWS = NAMNDER * INDICATORS * len(CATEGORIES)
HEAD = ("nämnd", "indikator", "fördelning", "värde")
Row = tuple[str, str, str, int | str]


@transaction.atomic
def build() -> None:
    goal = make_goal(1)
    for number in range(NAMNDER):
        make_namnd(f"n-{number}")
    make_period()
    indicators = Indicator.objects.bulk_create(
        Indicator(code=f"i-{n}", is_example=True, order=n) for n in range(INDICATORS)
    )
    IndicatorGoal.objects.bulk_create(IndicatorGoal(indicator=i, goal=goal) for i in indicators)
    IndicatorResponsibility.objects.bulk_create(
        IndicatorResponsibility(indicator=i, group=NamndGroup.STADSDELSNAMNDER) for i in indicators
    )
    IndicatorVersion.objects.bulk_create(
        IndicatorVersion(
            indicator=i,
            name=f"Indikator {i.code}",
            unit="antal",
            aggregation=Aggregation.SUM,
            accumulation=Accumulation.YEAR_TO_DATE,
            split_by_sex=True,
            valid_from="2021-01-01",
        )
        for i in indicators
    )


def rows(more: int = 0) -> Iterator[Row]:
    """Every cell once. Women and men make up the total; `more` women than otherwise."""
    yield HEAD
    for namnd in range(NAMNDER):
        for indicator in range(INDICATORS):
            women, men = (namnd + indicator) % 97 + more, indicator % 89
            for category, number in zip(CATEGORIES, (women + men, women, men), strict=True):
                yield f"n-{namnd}", f"i-{indicator}", category, number


def as_csv(path: Path, content: Iterable[Row]) -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(content)
    path.write_text(text.getvalue())
    return path


def as_xlsx(path: Path, content: Iterable[Row]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Värden")
    for row in content:
        sheet.append(row)
    book.save(path)
    return path
