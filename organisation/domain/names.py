"""Which nämnd somebody means by the name that they write."""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps

from organisation.models import Namnd

_DASHES = re.compile(r"\s*[‐‑‒–—−-]\s*")
_DISTRICT = re.compile(r"\s+stadsdels(?:nämnd(?:en)?|förvaltning(?:en)?)s?$")
# The same word misspelt or cut, where a name is only compared.
_ALMOST_DISTRICT = re.compile(r"(?<=\S)\s+stadsdel\S*$", re.IGNORECASE)
_BOARD = re.compile(r"(nämnd|styrelse)(?:en|n)?s?$")
_INITIALS = re.compile(r"^sdn\s+|\s+sdn$")
LIKE_ENOUGH = 0.6


def find_namnd(name: str) -> Namnd | None:
    """The nämnd that is meant, or None: what is not certain is not guessed.

    Understands the code, the name, the short name, the genitive ("Norrmalms stadsdelsnämnd",
    "socialnämndens"), with or without "stadsdelsnämnd", any dash, any case. Nämnder that have
    ceased are found as well: a paper may name one after its last day.
    """
    return NamndNames.read().find(name)


def find_namnder(names: list[str]) -> list[Namnd | None]:
    """`find_namnd` for many names, in one query."""
    known = NamndNames.read()
    return [known.find(name) for name in names]


@dataclass(frozen=True)
class NamndNames:
    """Every way of writing every nämnd; read once, asked often."""

    by_key: dict[str, Namnd]
    namnder: tuple[Namnd, ...]

    @classmethod
    def read(cls, *, former: bool = False) -> "NamndNames":
        """The names of the register; one query.

        former: also names that a nämnd has had before, out of its history (a second query). A
        name that is somebody's now is that one's.
        """
        namnder = tuple(Namnd.objects.all())
        by_key = _only_certain(
            (written, namnd)
            for namnd in namnder
            for written in (namnd.code, namnd.name, namnd.short_name)
        )
        if former:
            by_key = _former_names(namnder) | by_key
        return cls(by_key, namnder)

    def find(self, name: str) -> Namnd | None:
        """The nämnd that is meant, or None."""
        return self.by_key.get(name_key(name))

    def suggest(self, name: str) -> Namnd | None:
        """The nämnd whose name is most like what was written, for a question; None if none is."""
        near = self.nearest(name)
        return near[0] if near else None

    def nearest(self, name: str) -> tuple[Namnd, float] | None:
        """As `suggest`, with how like it is: 0–1, where 1 is the same."""
        key = name_key(_ALMOST_DISTRICT.sub("", name.strip()))
        near = difflib.get_close_matches(key, self.by_key, n=1, cutoff=LIKE_ENOUGH)
        if not near:
            return None
        return self.by_key[near[0]], difflib.SequenceMatcher(None, key, near[0]).ratio()


def name_key(name: str) -> str:
    """What is left of a name when the ways of writing it are taken away."""
    text = unicodedata.normalize("NFC", name).casefold()
    text = " ".join(_DASHES.sub("-", text.replace("- och", "-och")).split()).strip(" .,;:")
    text = _INITIALS.sub("", text)
    text = _DISTRICT.sub("", text)
    text = _BOARD.sub(r"\1", text)
    return text.removesuffix("s")


def _only_certain(written: Iterable[tuple[str, Namnd]]) -> dict[str, Namnd]:
    found: dict[str, set[Namnd]] = defaultdict(set)
    for name, namnd in written:
        if key := name_key(name):
            found[key].add(namnd)
    return {key: namnder.pop() for key, namnder in found.items() if len(namnder) == 1}


def _former_names(namnder: Iterable[Namnd]) -> dict[str, Namnd]:
    by_pk = {namnd.pk: namnd for namnd in namnder}
    changes = apps.get_model("organisation", "NamndChange")._default_manager
    kept = changes.order_by().values_list("pgh_obj_id", "name", "short_name").distinct()
    return _only_certain(
        (written, by_pk[pk])
        for pk, *names in kept
        if pk in by_pk
        for written in names
    )  # fmt: skip
