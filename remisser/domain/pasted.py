"""Lists that people paste into one field: remissinstanser, and att-satser. Pure functions."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from organisation.domain.errors import Invalid

_DATE_AT_END = re.compile(r"\s*[;\t]\s*(\S.*?)\s*$")
_BULLET = re.compile(r"^\s*[-–•*\uf0b7\uf0d8]\s+")
_NUMBERED = re.compile(r"^\s*(?:att-sats\s+)?(\d{1,3})\s*[.):]\s+(.*)$", re.IGNORECASE)
MOST_INSTANCES = 300
MOST_PROPOSALS = 200


@dataclass(frozen=True)
class InstanceLine:
    """One line of the list. number: of the line, from 1."""

    number: int
    name: str
    due_on: dt.date | None = None


def read_instances(text: str) -> tuple[InstanceLine, ...]:
    """One instance a line; after a semicolon (or a tab) its own due date.

    Raises Invalid (`instances`) for a date that cannot be read, a name that is too long, or too
    many lines.
    """
    found = []
    for number, written in enumerate(text.splitlines(), start=1):
        line = _BULLET.sub("", written).strip()
        if not line:
            continue
        due_on = None
        if match := _DATE_AT_END.search(line):
            try:
                due_on = dt.date.fromisoformat(match[1])
            except ValueError as error:
                raise Invalid(
                    f"Rad {number}: ”{match[1]}” är inget datum. Skriv det efter semikolonet som "
                    "2026-12-01.",
                    field="instances",
                ) from error
            line = line[: match.start()].strip()
        line = " ".join(line.split()).rstrip(",;")
        if len(line) > 200:
            raise Invalid(
                f"Rad {number} är längre än 200 tecken. Skriv en instans på varje rad.",
                field="instances",
            )
        if line:
            found.append(InstanceLine(number, line, due_on))
    if len(found) > MOST_INSTANCES:
        raise Invalid(f"Skriv högst {MOST_INSTANCES} instanser.", field="instances")
    return tuple(found)


def read_proposals(text: str, *, first: int = 1) -> tuple[str, ...]:
    """The att-satser in their order. first: the number that the first of them gets.

    With numbers in front, each number begins one, and they must follow each other from `first`;
    with empty lines between, each paragraph is one; else each line.
    Raises Invalid (`proposals`).
    """
    lines = text.strip().splitlines()
    numbered = [_NUMBERED.match(line) for line in lines]
    found = _by_number(lines, numbered, first) if lines and numbered[0] else _by_place(lines)
    if len(found) > MOST_PROPOSALS:
        raise Invalid(f"Skriv högst {MOST_PROPOSALS} att-satser.", field="proposals")
    return tuple(found)


def _by_number(
    lines: Sequence[str], numbered: Sequence[re.Match[str] | None], first: int
) -> list[str]:
    found: list[str] = []
    for line, match in zip(lines, numbered, strict=True):
        if match is None:
            found[-1] = f"{found[-1]} {line.strip()}".strip()
            continue
        wanted = first + len(found)
        if int(match[1]) != wanted:
            raise Invalid(
                f"Numreringen går inte ihop: efter {wanted - 1} kommer {match[1]}, men det borde "
                f"vara {wanted}."
                if found
                else f"Den första att-satsen har nummer {match[1]}, men det borde vara {wanted}.",
                field="proposals",
            )
        found.append(match[2].strip())
    return [" ".join(text.split()) for text in found]


def _by_place(lines: Sequence[str]) -> list[str]:
    between = any(not line.strip() for line in lines)
    parts = re.split(r"\n\s*\n", "\n".join(lines)) if between else list(lines)
    texts = (" ".join(_BULLET.sub("", part).split()) for part in parts)
    return [text for text in texts if text]
