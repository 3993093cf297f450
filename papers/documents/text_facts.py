"""Facts that a paper's text tells: numbers, dates, instances, proposals."""

import datetime as dt
import re
from dataclasses import dataclass

from papers.documents.text_words import BARE_DNR, DATE, KS_DNR, normalise_dnr, read_date


@dataclass(frozen=True)
class Instance:
    """A remissinstans as the paper names it. ``group`` for "samtliga stadsdelsnämnder"."""

    name: str
    as_written: str
    group: bool = False


@dataclass(frozen=True)
class Beredning:
    """A body that dealt with the matter on the way, and when."""

    body: str
    date: dt.date | None


_DUE = re.compile(rf"\bsenast\s+(?:den\s+)?(?={DATE.pattern})", re.IGNORECASE)
_SENT_TO = re.compile(
    r"\b(?:(?:övriga )?remissinstanser(?:na)? är|(?:ärendet|motionen|remissen|skrivelsen) har "
    r"(?:remitterats|skickats på remiss|sänts på remiss) till)\s+(.+?)(?:\.(?=\s|$)|$)",
    re.IGNORECASE,
)
_BODIES = re.compile(
    r"\b(förvaltningsgruppen|(?:kommunstyrelsens )?pensionärsrådet|rådet för "
    r"funktionshinders?frågor|funktionshinderrådet|ungdomsrådet|samverkansgruppen"
    r"|facklig samverkan)\b",
    re.IGNORECASE,
)
# "och" that belongs to a name and does not part two of them.
_INSIDE_NAME = re.compile(r"\w- och \w|glöm aldrig pela och fadime", re.IGNORECASE)
_GROUP = re.compile(r"(?:samtliga|alla) (?:[\wåäö]+nämnder|nämnder|bolag)", re.IGNORECASE)


def find_due_date(texts: list[str]) -> dt.date | None:
    """The date after "senast", in a sentence on the remiss if there is one, else anywhere."""
    found: list[dt.date] = []
    for text in texts:
        for match in _DUE.finditer(text):
            date = read_date(text[match.end() : match.end() + 40])
            if date is None:
                continue
            sentence = re.split(r"[.!?]\s", text[: match.start()])[-1].lower()
            if re.search(r"yttra|remi|svar|kommunstyrelsen", sentence):
                return date
            found.append(date)
    return found[0] if found else None


def find_remitter_dnr(texts: list[str]) -> tuple[str, str]:
    """Kommunstyrelsen's number, in one spelling and as written; empty when there is none."""
    for pattern, group in ((KS_DNR, 0), (BARE_DNR, 1)):
        for text in texts:
            if match := pattern.search(text):
                return normalise_dnr(match[group]), match[group]
    return "", ""


def find_instances(texts: list[str]) -> tuple[Instance, ...]:
    """The remissinstanser that the paper lists."""
    for text in texts:
        if match := _SENT_TO.search(text):
            return split_instances(match[1])
    return ()


def split_instances(listed: str) -> tuple[Instance, ...]:
    """A list of names in running text, divided: commas, and the last "och"."""
    pieces = [piece.strip() for piece in listed.split(",") if piece.strip()]
    if pieces:
        pieces[-1:] = _split_last(pieces[-1])
    result: list[Instance] = []
    for piece in pieces:
        if _GROUP.match(piece):
            result += [
                Instance(part, piece, group=True) for part in re.split(r" och (?!\w+- )", piece)
            ]
        else:
            result.append(Instance(piece, piece))
    return tuple(result)


def _split_last(piece: str) -> list[str]:
    if _GROUP.match(piece):
        return [piece]
    kept = [(match.start(), match.end()) for match in _INSIDE_NAME.finditer(piece)]
    places = [
        match
        for match in re.finditer(r" och ", piece)
        if not any(start <= match.start() < end for start, end in kept)
    ]
    if not places:
        return [piece]
    last = places[-1]
    return [piece[: last.start()].strip(), piece[last.end() :].strip()]


def find_beredning(text: str) -> tuple[Beredning, ...]:
    """Bodies and the date that follows each; a date without year takes the next one's."""
    dates = []
    for match in DATE.finditer(text):
        later = [m[6] for m in DATE.finditer(text, match.start()) if m[6]]
        year = int(later[0]) if later else None
        dates.append((match.start(), read_date(match[0], year)))
    return tuple(
        Beredning(
            match[1][0].upper() + match[1][1:],
            next((date for place, date in dates if place > match.end()), None),
        )
        for match in _BODIES.finditer(text)
    )


_BOARD = r"(?:[A-ZÅÄÖ][\wåäöÅÄÖ-]+ )?[\wåäöÅÄÖ-]*nämnd(?:en)?"
_DECIDES = re.compile(
    rf"({_BOARD}) (?:godkänner|antar|överlämnar|beslutar|tillstyrker|avstyrker|föreslår|uppdrar)"
)
_ASKED = re.compile(rf"\btill ({_BOARD}) för yttrande")


def find_namnd(till: str, decision: list[str], texts: list[str]) -> str:
    """The nämnd whose paper it is, as written: from Till, the decision, or who was asked."""
    if till:
        return till
    for pattern, places in ((_DECIDES, decision), (_ASKED, texts)):
        for text in places:
            match = pattern.search(text)
            if match and match[1].lower() not in ("nämnden", "stadsdelsnämnden", "facknämnden"):
                return match[1]
    return ""
