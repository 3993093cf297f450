"""Which nämnd a paper means by the name that it writes."""

import re
import unicodedata
from collections import defaultdict

from organisation.models import Namnd

_DASHES = re.compile(r"\s*[‐‑‒–—−-]\s*")
_DISTRICT = re.compile(r"\s+stadsdels(?:nämnd(?:en)?|förvaltning(?:en)?)s?$")
_BOARD = re.compile(r"(nämnd|styrelse)(?:en|n)?s?$")


def find_namnd(name: str) -> Namnd | None:
    """The nämnd that is meant, or None: what is not certain is not guessed.

    Understands the code, the name, the short name, the genitive ("Norrmalms stadsdelsnämnd",
    "socialnämndens"), with or without "stadsdelsnämnd", any dash, any case. Nämnder that have
    ceased are found as well: a paper may name one after its last day.
    """
    wanted = _key(name)
    if not wanted:
        return None
    return _by_key().get(wanted)


def find_namnder(names: list[str]) -> list[Namnd | None]:
    """`find_namnd` for many names, in one query."""
    known = _by_key()
    return [known.get(_key(name)) for name in names]


def _by_key() -> dict[str, Namnd]:
    found: dict[str, set[Namnd]] = defaultdict(set)
    for namnd in Namnd.objects.all():
        for written in (namnd.code, namnd.name, namnd.short_name):
            found[_key(written)].add(namnd)
    return {key: namnder.pop() for key, namnder in found.items() if len(namnder) == 1}


def _key(name: str) -> str:
    """What is left of a name when the ways of writing it are taken away."""
    text = unicodedata.normalize("NFC", name).casefold()
    text = " ".join(_DASHES.sub("-", text.replace("- och", "-och")).split()).strip(" .,;:")
    text = _DISTRICT.sub("", text)
    text = _BOARD.sub(r"\1", text)
    return text.removesuffix("s")
