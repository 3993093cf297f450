"""Random years of an indicator, and what is shown of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from indicators.domain.protection.figures import (
    Alike,
    PeriodFigures,
    Sheet,
    hidden_in_sheets,
    hidden_places,
)
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
    return _shown(year, hidden_places(periods_of(year), limit=limit))


def shown_together(
    these: Sequence[Year], alike: Sequence[Alike], *, limit: int = 4
) -> list[dict[Where, Figure | str]]:
    """What a reader sees of several indicators that share counts."""
    sheets = [Sheet(dict(enumerate(periods_of(year)))) for year in these]
    hidden = hidden_in_sheets(sheets, alike, limit=limit)
    return [_shown(year, places) for year, places in zip(these, hidden, strict=True)]


def _shown(year: Year, hidden: Collection[tuple]) -> dict[Where, Figure | str]:
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


@st.composite
def with_ratio(draw: st.DrawFn, *, most: int = 4, periods: int = 3) -> tuple[Year, Year]:
    """A number, and a ratio whose numerator it is, given with or without the sexes; some nämnder
    give only one of the two, and now and then they do not agree."""
    count = draw(years(most=most, periods=periods, ratio=False))
    by_sex = draw(st.booleans())
    ratio: dict[Where, Figure] = {}
    rests: dict[tuple[object, str], int] = {}
    for (period, namnd, category), figure in count.reported.items():
        assert isinstance(figure, int)
        is_total = category == "totalt"
        if not (is_total or by_sex) or not draw(st.integers(0, 11)):
            continue
        for of in ("okänt", *SEXES) if is_total else (category,):
            if (namnd, of) not in rests:
                some = st.one_of(COUNTS, st.integers(100, 900))
                rests[namnd, of] = draw(
                    some if of != "okänt" or draw(st.booleans()) else st.just(0)
                )
        rest = sum(rests[namnd, of] for of in (("okänt", *SEXES) if is_total else (category,)))
        off = draw(st.integers(1, 3)) if is_total and not draw(st.integers(0, 19)) else 0
        ratio[period, namnd, category] = (figure + off, figure + off + rest)
    return count, Year(
        reported=ratio,
        adds_up=draw(st.integers(0, 5)) > 0,
        holds_earlier=count.holds_earlier,
        followed=count.followed,
    )


@dataclass(frozen=True)
class Published:
    """A year as it is, and one period of it as it was when it was fixed."""

    live: Year
    number: int
    then: Year
    """The year up to that period, as it was then."""

    @property
    def fixed(self) -> Year:
        """Only the period that was fixed."""
        inside = {w: figure for w, figure in self.then.reported.items() if w[0] == self.number}
        return Year(inside, self.then.adds_up)

    def shown(self) -> tuple[dict[Where, Figure | str], dict[Where, Figure | str]]:
        """What stands live, and in the version."""
        sheets, alike = self.sheets()
        live, hidden = hidden_in_sheets(sheets, alike, limit=4)
        return _shown(self.live, live), _shown(self.fixed, hidden)

    def sheets(self) -> tuple[list[Sheet], list[Alike]]:
        """The two as they are told to the module that hides."""
        then = hidden_places(periods_of(self.then), limit=4)
        hidden = frozenset(place for place in then if place[0] == self.number)
        given = periods_of(self.then)[self.number] if self.fixed.reported else PeriodFigures({}, {})
        names = ("in", "out", "all") if self.is_ratio else ("people",)
        sheets = [
            Sheet(dict(enumerate(periods_of(self.live))), kept=hidden),
            Sheet(
                {self.number: PeriodFigures(given.figures, given.city_of)},
                published=hidden,
                live=0,
            ),
        ]
        return sheets, [((0, name), (1, name)) for name in names]

    @property
    def is_ratio(self) -> bool:
        return any(isinstance(figure, tuple) for figure in self.live.reported.values())


@st.composite
def published(draw: st.DrawFn, *, most: int = 4, periods: int = 3) -> Published:
    """After a period was fixed some reports have come, and some have been corrected."""
    live = draw(years(most=most, periods=periods))
    number = draw(st.integers(0, max((w[0] for w in live.reported), default=0)))
    then: dict[Where, Figure] = {w: f for w, f in live.reported.items() if w[0] < number}
    for namnd in {w[1] for w in live.reported if w[0] == number}:
        what = draw(st.sampled_from(("as it was", "as it was", "late", "corrected")))
        if what == "late":
            continue
        more = draw(st.integers(1, 20)) if what == "corrected" else 0
        whom = draw(st.sampled_from((*SEXES, "okänt")))
        for where, figure in live.reported.items():
            if where[:2] == (number, namnd):
                off = more if where[2] in (whom, "totalt") else 0
                then[where] = (
                    (figure[0] + off, figure[1] + off)
                    if isinstance(figure, tuple)
                    else figure + off
                )
    before = Year(then, live.adds_up, live.holds_earlier, live.followed)
    return Published(live, number, before)
