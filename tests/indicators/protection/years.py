"""Random years of an indicator, and what is shown of them."""

from decimal import Decimal

from hypothesis import strategies as st

from indicators.domain.protection.figures import PeriodFigures, hidden_places
from tests.indicators.protection.attacker import CITY, HIDDEN, Figure, Where, Year

SEXES = ("kvinnor", "man")
CATEGORIES = ("totalt", *SEXES)


def periods_of(year: Year) -> list[PeriodFigures]:
    """The year as it is told to the module that hides."""
    periods = []
    for number in range(1 + max((w[0] for w in year.reported), default=0)):
        figures = {
            (int(namnd), category): tuple(
                Decimal(part) for part in (figure if isinstance(figure, tuple) else (figure,))
            )
            for (period, namnd, category), figure in year.reported.items()
            if period == number
        }
        everybody = frozenset(namnd for namnd, _ in figures)
        periods.append(
            PeriodFigures(
                figures,
                dict.fromkeys(CATEGORIES, everybody) if year.adds_up else {},
                year.holds_earlier[number],
                {
                    int(namnd): frozenset(int(one) for one in old)
                    for (period, namnd), old in year.followed.items()
                    if period == number
                },
            )
        )
    return periods


def shown_of(year: Year, *, limit: int = 4) -> dict[Where, Figure | str]:
    """What a reader sees of the year."""
    hidden = hidden_places(periods_of(year), limit=limit)
    return {
        (period, namnd, category): HIDDEN
        if (period, None if namnd == CITY else namnd, category) in hidden
        else figure
        for (period, namnd, category), figure in year.everything().items()
    }


COUNTS = st.one_of(st.integers(0, 6), st.just(0), st.integers(5, 40))
GROWTH = st.one_of(st.just(0), st.integers(0, 5), st.integers(5, 30))


@st.composite
def years(draw: st.DrawFn, *, most: int = 4, periods: int = 3, ratio: bool | None = None) -> Year:
    """Up to `most` nämnder; a sex or a whole report may be missing, a few numbers fall, and two
    of the nämnder may become one after the first period."""
    namnder = list(range(1, draw(st.integers(1, most)) + 1))
    number = draw(st.integers(1, periods))
    is_ratio = draw(st.booleans()) if ratio is None else ratio
    split = draw(st.integers(0, 3)) > 0
    to_date = draw(st.integers(0, 3)) > 0
    merger = len(namnder) > 2 and number > 1 and draw(st.booleans())
    reported: dict[Where, Figure] = {}
    last: dict[tuple[int, str], tuple[int, ...]] = {}
    followed: dict[tuple[int, object], tuple] = {}
    for period in range(number):
        if period == 1 and merger:
            gone, new = namnder[:2], 100
            followed[1, new] = tuple(gone)
            for sex in ("okänt", *SEXES):
                old = [last[n, sex] for n in gone]
                last[new, sex] = tuple(map(sum, zip(*old, strict=True)))
            namnder = [*namnder[2:], new]
        for namnd in namnder:
            for sex in ("okänt", *SEXES):
                grows = period and to_date and draw(st.integers(0, 9)) > 0
                drawn = draw(st.tuples(*[GROWTH if grows else COUNTS] * (2 if is_ratio else 1)))
                if sex == "okänt" and draw(st.integers(0, 5)):
                    drawn = (0,) * len(drawn)
                before = last.get((namnd, sex), (0,) * len(drawn)) if grows else (0,) * len(drawn)
                last[namnd, sex] = tuple(a + b for a, b in zip(before, drawn, strict=True))
            if not draw(st.integers(0, 7)):
                continue  # no report
            for category in CATEGORIES if split else CATEGORIES[:1]:
                if category != "totalt" and not draw(st.integers(0, 11)):
                    continue
                of = ("okänt", *SEXES) if category == "totalt" else (category,)
                counts = [sum(last[namnd, sex][n] for sex in of) for n in range(1 + is_ratio)]
                figure = (counts[0], sum(counts)) if is_ratio else counts[0]
                reported[period, namnd, category] = figure
    return Year(
        reported,
        adds_up=draw(st.integers(0, 5)) > 0,
        holds_earlier=(False, to_date, to_date),
        followed=followed,
    )
