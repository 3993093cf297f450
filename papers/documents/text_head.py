"""The top of a paper (letterhead, title) and the names under it."""

import datetime as dt
import re
from dataclasses import dataclass, field

from papers.documents.model import Contact, Signatory
from papers.documents.text_lines import Joiner, Line, Remark
from papers.documents.text_words import (
    ANY_DNR,
    AVDELNING,
    DATE,
    FORVALTNING,
    ISO_DATE,
    MAX_HEAD,
    heading_key,
    looks_like_names,
    normalise_dnr,
    read_date,
    read_titles,
    split_columns,
    split_names,
)

_SUBTITLE = re.compile(
    r"svar på (?:remiss|motion|skrivelse)|remissvar|yttrande (?:till|över)|kommunstyrelsens "
    r"(?:diarienummer|dnr)|^dnr\b|^remiss från",
    re.IGNORECASE,
)
_OWN_DNR = re.compile(r"(?:dnr|diarienummer|diarienr)\.?:?\s+(\S.*)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"sida?\.? \d+ ?(?:\(\d+\)|av \d+)", re.IGNORECASE)
_PHONE = re.compile(r"(?:telefon|tfn|tel)\.?:?\s*([\d +()–-]{5,})", re.IGNORECASE)
_LABELS = ("handläggare", "till")


@dataclass
class Head:
    """What stood above the first section."""

    forvaltning: str = ""
    avdelning: str = ""
    kind: str = ""
    dnr: str = ""
    date: dt.date | None = None
    handlaggare: list[Contact] = field(default_factory=list)
    till: str = ""
    meeting_date: dt.date | None = None
    title: str = ""
    subtitle: str = ""
    rest: list[Line] = field(default_factory=list)  # not understood: body text


def read_head(lines: list[Line], joiner: Joiner, remarks: list[Remark]) -> Head:
    """The letterhead, title and subtitle from the lines above the first section."""
    head = Head()
    label = ""
    candidates: list[list[Line]] = []
    group: list[Line] = []
    fresh = False  # the label has no line under it yet
    for line in [*lines, Line(0, "")]:
        if line.blank:
            if group:
                candidates.append(group)
                group = []
            label = label if fresh else ""
            continue
        name, _, rest = line.text.partition(":")
        if name.strip().lower() in _LABELS:
            label, fresh = name.strip().lower(), not rest.strip()
            if rest.strip():
                _labelled(head, label, rest.strip())
        elif label:
            fresh = False
            _labelled(head, label, line.text)
        elif not _known_line(head, line.text):
            group.append(line)
    for block in candidates:
        text = joiner.join([line.text for line in block])
        if _SUBTITLE.search(text) and ANY_DNR.search(text) and not head.subtitle:
            head.subtitle = text
        elif not head.title and len(text) <= 300 and not text.endswith("."):
            head.title = text
        elif not head.subtitle and len(text) <= 200 and not text.endswith("."):
            head.subtitle = text
        else:
            head.rest.extend([*block, Line(block[-1].number, "")])
    if not head.title:
        remarks.append(Remark(0, "Papperets rubrik saknas i texten."))
    if head.rest:
        text = "Text före första rubriken kunde inte placeras och blev ett eget avsnitt."
        remarks.append(Remark(head.rest[0].number, text))
    return head


def _labelled(head: Head, label: str, text: str) -> None:
    if label == "till":
        found = read_date(text)
        if found and not head.meeting_date:
            head.meeting_date = found
            text = DATE.sub("", text, count=1).strip(" ,")
        head.till = f"{head.till} {text}".strip()
        return
    phone = _PHONE.search(text)
    name = (text[: phone.start()] if phone else text).strip(" ,")
    if name:
        head.handlaggare.append(Contact(name, phone[1].strip() if phone else ""))
    elif phone and head.handlaggare:
        head.handlaggare[-1] = Contact(head.handlaggare[-1].name, phone[1].strip())
    elif phone:
        head.handlaggare.append(Contact("", phone[1].strip()))


def _known_line(head: Head, text: str) -> bool:
    """Takes a line of the letterhead by its form. False when it is none."""
    if len(text) > MAX_HEAD:
        return False
    if _PAGE_NUMBER.fullmatch(text):
        return True
    if text.lower() == "tjänsteutlåtande" and not head.kind:
        head.kind = text
    elif (match := _OWN_DNR.fullmatch(text)) and not head.dnr:
        head.dnr = normalise_dnr(match[1])
    elif ISO_DATE.fullmatch(text) and not head.date:
        head.date = read_date(text)
    elif FORVALTNING.fullmatch(text) and not head.forvaltning:
        head.forvaltning = text
    elif AVDELNING.fullmatch(text) and not head.avdelning:
        head.avdelning = text
    else:
        return False
    return True


# --- signatures ----------------------------------------------------------------------------


def take_signatures(
    lines: list[Line], joiner: Joiner, remarks: list[Remark]
) -> tuple[list[Line], list[Signatory]]:
    """Lifts the signatories out of a section: a line of names, one of titles, lines of units."""
    kept: list[Line] = []
    people: list[Signatory] = []
    index = 0
    while index < len(lines):
        titles = read_titles(lines[index + 1].text) if index + 1 < len(lines) else []
        line = lines[index]
        starts = index == 0 or lines[index - 1].blank or line.indented or bool(people)
        if not (titles and starts and looks_like_names(line.text)):
            kept.append(line)
            index += 1
            continue
        names, certain = split_names(line.text, len(titles))
        if not certain and len(titles) > 1:
            text = "Namnen under papperet stod på en rad och delades upp. Kontrollera dem."
            remarks.append(Remark(line.number, text))
        end = index + 2
        while end < len(lines) and not lines[end].blank and not heading_key(lines[end].text):
            if end + 1 < len(lines) and read_titles(lines[end + 1].text):
                break
            end += 1
        units = _units([unit.text for unit in lines[index + 2 : end]], len(titles), joiner)
        people += [
            Signatory(name, title, unit)
            for name, title, unit in zip(names, titles, units, strict=True)
        ]
        kept.append(Line(line.number, ""))
        index = end
    return kept, people


def _units(texts: list[str], count: int, joiner: Joiner) -> list[str]:
    """The unit of each signatory. A unit that cannot be divided goes to the first."""
    if count == 1:
        return [joiner.join(texts)]
    columns = [split_columns(text) for text in texts]
    if columns and all(len(row) == count for row in columns):
        return [joiner.join([row[place] for row in columns]) for place in range(count)]
    return [joiner.join(texts)] + [""] * (count - 1)
