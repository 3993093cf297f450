"""Registry numbers (diarienummer) in the many forms that people write them."""

import re

from papers.documents.text import normalise_dnr

__all__ = ["dnr_slug", "normalise_dnr", "same_dnr"]

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_SWEDISH = str.maketrans("åäöéü", "aaoeu")


def dnr_slug(dnr: str) -> str:
    """The number as a page address: "2023/553" and "KS 2023/553" both give "ks-2023-553"."""
    lowered = normalise_dnr(dnr).lower().translate(_SWEDISH)
    return _NOT_IN_SLUG.sub("-", lowered).strip("-")


def same_dnr(one: str, other: str) -> bool:
    """Whether two ways of writing mean the same number. Nothing is the same as no number."""
    first, second = (re.sub(r"\s+", "", normalise_dnr(text)).lower() for text in (one, other))
    return bool(first) and first == second
