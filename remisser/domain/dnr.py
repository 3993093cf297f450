"""Registry numbers (diarienummer) in the many forms that people write them."""

import re

from papers.documents.text import normalise_dnr

__all__ = ["dnr_key", "dnr_slug", "normalise_dnr", "same_dnr", "tidy_dnr"]

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_SWEDISH = str.maketrans("åäöéü", "aaoeu")


def dnr_slug(dnr: str, *, as_written: bool = False) -> str:
    """The number as a page address: "2023/553" and "KS 2023/553" both give "ks-2023-553".

    as_written: nothing is added; the number has been tidied already.
    """
    lowered = (dnr if as_written else normalise_dnr(dnr)).lower().translate(_SWEDISH)
    return _NOT_IN_SLUG.sub("-", lowered).strip("-")


def tidy_dnr(dnr: str, *, from_ks: bool) -> str:
    """One way of writing the number. Only kommunstyrelsen's own gets the letters KS."""
    if from_ks:
        return normalise_dnr(dnr)
    return re.sub(r"[‐‑‒–—−]", "-", " ".join(dnr.split()))


def dnr_key(dnr: str) -> str:
    """What two ways of writing the same number have in common."""
    return re.sub(r"\s+", "", tidy_dnr(dnr, from_ks=False)).lower()


def same_dnr(one: str, other: str) -> bool:
    """Whether two ways of writing mean the same number. Nothing is the same as no number."""
    first, second = (re.sub(r"\s+", "", normalise_dnr(text)).lower() for text in (one, other))
    return bool(first) and first == second
