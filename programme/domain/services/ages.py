"""Ages as people write them: "17 år", "17-åring", "13–17", "18+", "vuxna", "under 12"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from programme.models.service import OLDEST, ages_in_words


@dataclass(frozen=True, order=True)
class AgeSpan:
    """Ages from `low` to `high`, both included; None: no upper limit."""

    low: int
    high: int | None = None

    def __str__(self) -> str:
        if not self.low and self.high is not None:
            return f"0–{self.high} år" if self.high else "0 år"
        return ages_in_words(self.low, self.high)

    @property
    def code(self) -> str:
        """As it stands in an address: "17", "13-17", "18-"."""
        if self.high is None:
            return f"{self.low}-"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"

    def meets(self, low: int | None, high: int | None) -> bool:
        """Whether some age of this span lies from `low` to `high` (None: no limit that way)."""
        below = high is None or self.low <= high
        above = low is None or self.high is None or low <= self.high
        return below and above


_TO_TWENTY = (
    "noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton "
    "sjutton arton nitton tjugo"
)
_TENS = "trettio fyrtio femtio sextio sjuttio åttio nittio"
NUMBERS = {word: number for number, word in enumerate(_TO_TWENTY.split())} | {
    word: 10 * tens for tens, word in enumerate(_TENS.split(), start=3)
}
_DASH = r"[-\u2010-\u2015\u2212]"
_N = rf"(?<![\w.:/])(?<!\d{_DASH})(\d{{1,3}})(?![\d:/]|\.\d)"
_YEARS = r"\s*-?\s*(?:års?|år(?:ig\w*|ing\w*)|å)(?!\w)(?:\s+gam(?:mal|la|malt)(?!\w))?"
_SOMEBODY = (
    r"(?:ålder[n:]?|flickan?|pojken?|killen?|tjejen?|mannen|man|kvinnan?|sonen?|dotter|barnet|barn"
    r"|syster|bror|eleven?|ungdom|hon|han|hen|jag|är)"
)
_OPEN = r"\s*(?:\+|års?\s+(?:och|eller)\s+(?:äldre|uppåt|över)(?!\w)|(?:och|eller)\s+uppåt(?!\w))"
_EDGE = r"(?=\s*(?:$|[,;.\n]|och\s))"

# In the order in which they are tried at one place; the longest find wins.
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|flera|många|några)"
_LENGTH_OF_TIME = re.compile(
    rf"(?<!\w)(?:(?:i|om|efter|senaste|sista|varat)\s+{_COUNT}\s+år(?!\w)(?!\s+gam)"
    rf"|(?:för\s+)?{_COUNT}\s+års?\s+sedan(?!\w))"
)
_RANGE = re.compile(rf"{_N}\s*(?:{_DASH}|till)\s*(\d{{1,3}})(?![\w:/-]|\.\d)(?:{_YEARS})?")
_RANGE_YEARS = re.compile(rf"{_N}\s*(?:{_DASH}|till)\s*(\d{{1,3}}){_YEARS}")
_FROM = re.compile(rf"{_N}{_OPEN}")
_FROM_WORD = re.compile(
    rf"(?<!\w)(?:över|minst|från(?:\s+och\s+med)?|fr\.?\s?o\.?\s?m\.?|äldre\s+än)\s+{_N}(?:{_YEARS})?"
)
_UNDER = re.compile(rf"(?<!\w)(?:under|yngre\s+än)\s+{_N}(?:{_YEARS})?")
_UP_TO = re.compile(
    rf"(?<!\w)(?:högst|max|upp\s+till|till\s+och\s+med|t\.?\s?o\.?\s?m\.?)\s+{_N}(?:{_YEARS})?"
)
_SINGLE = re.compile(rf"{_N}{_YEARS}")
_IN_LETTERS = re.compile(rf"(?<!\w)({'|'.join(sorted(NUMBERS, key=len, reverse=True))}){_YEARS}")
_ALONE = re.compile(rf"(?:(?<=^)|(?<=[,;\n])|(?<=[,;\n]\s)){_N}{_EDGE}")
_AFTER_SOMEBODY = re.compile(
    rf"(?<!\w){_SOMEBODY}(?:\s+(?:på|är|om|ca|cirka))?[\s(]+(\d{{1,2}})(?![\w:/-]|\.\d){_EDGE}"
)

# Groups count only where no age is said: "en vuxen, 35 år" is 35.
GROUPS: tuple[tuple[re.Pattern[str], AgeSpan], ...] = (
    (re.compile(r"(?<!\w)(?:bebis\w*|spädbarn\w*|nyfödd\w*)(?!\w)"), AgeSpan(0, 1)),
    (
        re.compile(r"(?<!\w)(?:barn(?:en|et|s)?|småbarn|minderårig\w*|omyndig\w*)(?!\w)"),
        AgeSpan(0, 17),
    ),
    (re.compile(r"(?<!\w)tonåring\w*"), AgeSpan(13, 19)),
    (re.compile(r"(?<!\w)(?:ungdom(?:ar|en|arna|s)?|unga?|yngre)(?!\w)"), AgeSpan(13, 25)),
    (re.compile(r"(?<!\w)(?:vuxen|vuxna|vuxne|myndig|myndiga)(?!\w)"), AgeSpan(18)),
    (re.compile(r"(?<!\w)(?:äldre|pensionär\w*|senior\w*)(?!\w)"), AgeSpan(65)),
)


def find_ages(text: str) -> Iterator[tuple[int, int, AgeSpan | None]]:
    """(start, end, ages) of every age in `text`, which is in small letters; finds may overlap.

    None: a length of time ("i två år", "5 år sedan"), which is no age.
    """
    for match in _LENGTH_OF_TIME.finditer(text):
        yield *match.span(), None
    for pattern in (_RANGE, _RANGE_YEARS):
        for match in pattern.finditer(text):
            low, high = int(match[1]), int(match[2])
            if low <= high <= OLDEST:
                yield *match.span(), AgeSpan(low, high)
    for pattern in (_FROM, _FROM_WORD):
        for match in pattern.finditer(text):
            if (low := int(match[1])) <= OLDEST:
                yield *match.span(), AgeSpan(low)
    for match in _UNDER.finditer(text):
        if 0 < (above := int(match[1])) <= OLDEST:
            yield *match.span(), AgeSpan(0, above - 1)
    for match in _UP_TO.finditer(text):
        if (high := int(match[1])) <= OLDEST:
            yield *match.span(), AgeSpan(0, high)
    for pattern in (_SINGLE, _ALONE, _AFTER_SOMEBODY):
        for match in pattern.finditer(text):
            if (age := int(match[1])) <= OLDEST:
                span = match.span(1) if pattern is _AFTER_SOMEBODY else match.span()
                yield *span, AgeSpan(age, age)
    for match in _IN_LETTERS.finditer(text):
        age = NUMBERS[match[1]]
        yield *match.span(), AgeSpan(age, age)


def find_age_groups(text: str) -> Iterator[tuple[int, int, AgeSpan]]:
    """(start, end, ages) of every group of ages that `text` names."""
    for pattern, ages in GROUPS:
        for match in pattern.finditer(text):
            yield *match.span(), ages


_CODE = re.compile(rf"^\s*(\d{{1,3}})\s*(?:({_DASH}|\+)\s*(\d{{1,3}})?)?\s*(?:år)?\s*$")


def parse_ages(text: str) -> tuple[AgeSpan, ...]:
    """The ages of a field: "17", "13–17", "18-" or "18+", several with commas between.

    Raises ValueError, with a Swedish sentence, for what is no age.
    """
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _CODE.match(part)
        low = int(match[1]) if match else OLDEST + 1
        high = low if match and not match[2] else int(match[3]) if match and match[3] else None
        if match is None or low > OLDEST or (high is not None and not low <= high <= OLDEST):
            raise ValueError(f"”{part}” är ingen ålder. Skriv till exempel 17, 13–17 eller 18+.")
        found.append(AgeSpan(low, high))
    return tuple(dict.fromkeys(found))
