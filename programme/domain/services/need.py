"""What somebody needs, read out of plain Swedish: "17 år, hedersrelaterat, anonymt".

How it was understood is always shown, part by part, and each part can be taken away: a search
that guesses in silence hides help from who needs it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from programme.domain.services.ages import AgeSpan, find_age_groups, find_ages
from programme.domain.services.vocabulary import NEGATION, STOP_WORDS, Vocabulary, small
from programme.enums import Anonymity, Audience, Provider

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
MOST_WORDS = 8
"""As many free words are looked for; a need is no essay."""


@dataclass(frozen=True)
class Need:
    """A need in the register's own terms. What is empty is not asked for.

    Of several values in one field, any one will do: "17 och 35 år" is a child and a parent.
    """

    ages: tuple[AgeSpan, ...] = ()
    violence_types: tuple[str, ...] = ()
    """Codes."""
    audiences: tuple[str, ...] = ()
    anonymous: bool = False
    namnder: tuple[str, ...] = ()
    """Codes of nämnder of today."""
    providers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """In small letters; they order what fits, and alone they choose it."""

    def __bool__(self) -> bool:
        return self != Need()

    @property
    def is_words_only(self) -> bool:
        return bool(self.words) and replace(self, words=()) == Need()


@dataclass(frozen=True)
class Part:
    """One thing that was understood of a need."""

    kind: str
    """Name of the field of Need."""
    value: Any
    heading: str
    label: str
    said: str = ""
    """The words it was read out of; "" for a field of the form."""


@dataclass(frozen=True)
class Understood:
    """A text, and what was made of it."""

    need: Need
    said: Mapping[tuple[str, Any], str]
    """(kind, value) → the words it was read out of."""
    set_aside: tuple[str, ...]
    """Phrases that were recognised and not counted: what was negated, and lengths of time."""


@dataclass(frozen=True)
class _Find:
    start: int
    end: int
    kind: str
    value: Any


def understand(text: str, vocabulary: Vocabulary) -> Understood:
    """Read a need out of `text`. Never fails: what is not understood becomes words to look for."""
    text = unicodedata.normalize("NFC", text)
    lowered = small(text)
    finds = _chosen(_all_finds(lowered, vocabulary))
    groups = [_Find(a, b, "ages", ages) for a, b, ages in find_age_groups(lowered)]
    if any(find.kind == "ages" and find.value is not None for find in finds):
        # "ett barn, 7 år": the group says nothing beside the age, and is no word to look for.
        outside = _words_outside(lowered, [*finds, *groups])
    else:
        finds = _chosen([*finds, *groups])
        outside = _words_outside(lowered, finds)
    values: dict[str, list[Any]] = {}
    said: dict[tuple[str, Any], str] = {}
    set_aside = []
    for find in finds:
        phrase = text[find.start : find.end].strip()
        negation = NEGATION.search(lowered[: find.start])
        if find.value is None or (negation and find.kind != "ages"):
            before = negation.start() if negation else find.start
            set_aside.append(text[before : find.end].strip())
            continue
        found = values.setdefault(find.kind, [])
        if find.value not in found:
            found.append(find.value)
            said[find.kind, find.value] = phrase
    need = Need(
        ages=tuple(values.get("ages", ())),
        violence_types=tuple(values.get("violence_type", ())),
        audiences=tuple(values.get("audience", ())),
        anonymous="anonymous" in values,
        namnder=tuple(values.get("namnd", ())),
        providers=tuple(values.get("provider", ())),
        words=tuple(outside),
    )
    return Understood(need, said, tuple(set_aside))


def parts_of(need: Need, vocabulary: Vocabulary, said: Mapping[tuple[str, Any], str]) -> list[Part]:
    """The parts of a need in the order of the form, each with the words it came from."""
    districts = {district.code: district.name for district in vocabulary.districts}
    found = [
        Part("ages", ages, "Ålder", str(ages), said.get(("ages", ages), "")) for ages in need.ages
    ]
    found += [
        Part("violence_types", code, "Våldstyp", name, said.get(("violence_type", code), ""))
        for code, name in vocabulary.violence_types.items()
        if code in need.violence_types
    ]
    found += [
        Part("audiences", each, "För", Audience(each).label, said.get(("audience", each), ""))
        for each in need.audiences
    ]
    if need.anonymous:
        label = Anonymity.JA.label
        found.append(
            Part("anonymous", True, "Anonymt", label.lower(), said.get(("anonymous", "ja"), ""))
        )
    found += [
        Part("namnder", code, "Stadsdel", districts.get(code, code), said.get(("namnd", code), ""))
        for code in need.namnder
    ]
    found += [
        Part("providers", each, "Huvudman", Provider(each).label, said.get(("provider", each), ""))
        for each in need.providers
    ]
    found += [Part("words", word, "Ord", word) for word in need.words]
    return found


_AUDIENCE_WORD = {
    Audience.UTSATT: "utsatt",
    Audience.UTOVARE: "utövare",
    Audience.ANHORIG: "anhörig",
    Audience.YRKESVERKSAM: "yrkesverksam",
}
_PROVIDER_WORD = {
    Provider.STAD: "stadens",
    Provider.REGION: "regionen",
    Provider.STAT: "staten",
    Provider.CIVIL: "civilsamhället",
}


def in_words(need: Need, vocabulary: Vocabulary) -> str:
    """The need as somebody could have written it; read again it is the same need."""
    districts = {district.code: district.name for district in vocabulary.districts}
    words = [str(ages) if ages != AgeSpan(0) else "0 år och äldre" for ages in need.ages]
    words += [vocabulary.violence_types[code] for code in need.violence_types]
    words += [_AUDIENCE_WORD[Audience(each)] for each in need.audiences]
    words += ["anonymt"] if need.anonymous else []
    words += [districts[code] for code in need.namnder]
    words += [_PROVIDER_WORD[Provider(each)] for each in need.providers]
    return ", ".join([*words, *need.words])


def together(one: Need, other: Need) -> Need:
    """Both needs as one: whatever either asks for is asked for."""
    joined = {
        name: tuple(dict.fromkeys((*getattr(one, name), *getattr(other, name))))
        for name in ("ages", "violence_types", "audiences", "namnder", "providers", "words")
    }
    return Need(anonymous=one.anonymous or other.anonymous, **joined)


def without(need: Need, part: Part) -> Need:
    """The need with one part taken away."""
    if part.kind == "anonymous":
        return replace(need, anonymous=False)
    rest = tuple(value for value in getattr(need, part.kind) if value != part.value)
    changed: dict[str, Any] = {part.kind: rest}
    return replace(need, **changed)


def _all_finds(lowered: str, vocabulary: Vocabulary) -> list[_Find]:
    finds = [_Find(a, b, "ages", ages) for a, b, ages in find_ages(lowered)]
    finds += [_Find(*each) for each in vocabulary.finds(lowered)]
    return finds


def _chosen(finds: Iterable[_Find]) -> list[_Find]:
    """Of finds that overlap, the longest; in the order of the text.

    The same words may say two things of different kinds ("köper sex"): then both count.
    """
    chosen: list[_Find] = []
    for find in sorted(finds, key=lambda f: (f.start - f.end, f.start)):
        clash = [
            other
            for other in chosen
            if find.start < other.end
            and other.start < find.end
            and (
                find.kind == other.kind
                or find.kind in ("ages", "namnd")
                or other.kind in ("ages", "namnd")
            )
        ]
        if not clash:
            chosen.append(find)
    return sorted(chosen, key=lambda f: (f.start, f.end))


def _words_outside(lowered: str, finds: Iterable[_Find]) -> Iterator[str]:
    taken = [(find.start, find.end) for find in finds]
    given: list[str] = []
    for match in _WORD.finditer(lowered):
        word = match[0]
        inside = any(start < match.end() and match.start() < end for start, end in taken)
        if inside or word in STOP_WORDS or len(word) < 2 or word in given:
            continue
        given.append(word)
        yield word
        if len(given) == MOST_WORDS:
            return
