"""What should be mended before a paper is attested. A pure function over one version.

An error is something that the paper cannot go out with; a warning is something to look at.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from organisation.domain.names import name_key
from organisation.personnummer import text_of_html
from papers.domain.content import WRITTEN_KINDS, AttestContent, Header
from papers.domain.preparation_text import Consulted
from papers.enums import ConsultationVerb, RequiredFrom, SectionKind

HEADER = 0
"""The place of what stands in the header; sections have their order, from 1."""

# What a word processor's template or a hurried hand leaves behind.
_LEFT_OVER = re.compile(
    r"klicka (?:här|eller tryck här)[^.\n]{0,60}|(?:skriv|ange) (?:rubrik|text|datum)(?: här)?\b"
    r"|välj ett (?:objekt|datum)|lorem ipsum|\b[xX]{3,}\b|\bTODO\b|(?:åååå|yyyy)-mm-dd"
    r"|\[(?!\s*fotnot)[^\]\n]{0,60}\]|\?{3,}|_{4,}|\.{6,}",
    re.IGNORECASE,
)
_EMPTY_NOTE = re.compile(r"\[\s*fotnot\s*:?\s*\]", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")
_SENT_ON = re.compile(r"\b(?:remitter|remissinstans)\w*", re.IGNORECASE)
_AMONG = re.compile(r"\b(?:även|också|övriga|andra|bland annat|ytterligare|samt)\b", re.IGNORECASE)
_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_MONTHS = "januari februari mars april maj juni juli augusti september oktober november december"
_WORDS = re.compile(rf"\b(\d{{1,2}}) ({_MONTHS.replace(' ', '|')}) (20\d\d)\b", re.IGNORECASE)
_LIST_PARTS = re.compile(r",| och | samt |:|;| till ")
PREPARATION = "arendets_beredning"
# Sections that the city asks for by name, and what they are about.
ANALYSES = {
    "jamstalldhetsanalys": "Jämställdhetsanalysen",
    "barnrattsperspektiv": "Barnrättsperspektivet",
}


@dataclass(frozen=True)
class LintSection:
    """A section as it is looked at."""

    order: int
    key: str
    heading: str
    kind: str
    body: str = ""
    """Rich text."""
    required: bool = False
    guidance: str = ""
    required_from: str = RequiredFrom.ATTEST
    """What the section must be written before."""


@dataclass(frozen=True)
class OpenComment:
    """A thread that is not resolved, and where it stands."""

    thread: int
    place: int
    by: str


@dataclass(frozen=True)
class LintPaper:
    """Everything that is looked at; what an app above does not know stays empty."""

    header: Header
    sections: tuple[LintSection, ...]
    attests: tuple[AttestContent, ...] = ()
    asked_for: tuple[tuple[str, str], ...] = ()
    """Key and heading of the sections that the template requires now."""
    asked_for_later: tuple[tuple[str, str, str], ...] = ()
    """Those that it requires from a later step on: key, heading and which (RequiredFrom)."""
    own_names: tuple[str, ...] = ()
    """Ways in which the nämnd is called."""
    due_on: dt.date | None = None
    unanswered: tuple[int, ...] = ()
    """Numbers of the proposals that nothing is said on."""
    before: str = RequiredFrom.ATTEST
    """What the paper is looked over before: what is required only later is not missed yet."""
    comments: tuple[OpenComment, ...] = ()
    """Those that wait for an answer."""
    consulted: tuple[Consulted, ...] = ()
    """Who is registered to have been consulted."""
    preparation_is_behind: bool = False
    """Whether the section on beredning says something else than what is registered."""
    received_on: dt.date | None = None
    """When the matter came."""
    today: dt.date | None = None
    opinion_is_written: bool = False
    """Whether the proposals are answered, so that an opinion without text is none the less one."""


@dataclass(frozen=True)
class Finding:
    is_error: bool
    words: str
    """A whole sentence."""
    place: int = HEADER
    """The order of the section; HEADER for the header."""
    proposal: int = 0
    """The number of the proposal; 0 for none."""
    thread: int = 0
    """The number of the thread of comments; 0 for none."""
    missing: str = ""
    """The key of a section that the template has and the paper lacks."""
    preparation: bool = False
    """Whether it is mended where the consultations are registered."""


def lint(paper: LintPaper) -> tuple[Finding, ...]:
    """What is wrong with the paper: errors first, each kind in the order of the paper."""
    found = [
        *_in_header(paper),
        *_of_days(paper),
        *_of_preparation(paper),
        *_missing_sections(paper),
        *(finding for section in paper.sections for finding in _in_section(paper, section)),
        *(
            Finding(False, f"Att-sats {number} är inte besvarad.", proposal=number)
            for number in paper.unanswered
        ),
        *(
            Finding(
                False,
                f"En kommentar från {comment.by} är inte löst.",
                comment.place,
                thread=comment.thread,
            )
            for comment in paper.comments
        ),
    ]
    return tuple(sorted(found, key=lambda f: (not f.is_error, f.proposal, f.place)))


def _in_header(paper: LintPaper) -> Iterator[Finding]:
    header = paper.header
    if not header.title.strip():
        yield Finding(True, "Rubriken saknas.")
    if not header.dnr.strip():
        yield Finding(True, "Nämndens diarienummer saknas.")
    if not header.handlaggare:
        yield Finding(False, "Ingen handläggare är angiven.")
    for name, text in (
        ("Rubriken", header.title),
        ("Underrubriken", header.subtitle),
        ("Adressblocket", header.address),
        ("Mottagaren", header.addressee),
        ("Bilagorna", "\n".join(header.bilagor)),
        ("Listan över vilka beslutet skickas till", "\n".join(header.recipients)),
    ):
        for left in _left_over(text):
            yield Finding(True, f"{name} har kvar text från en mall: ”{left}”.")


def _of_days(paper: LintPaper) -> Iterator[Finding]:
    header = paper.header
    meeting, dated = header.meeting_on, header.dated_on
    if meeting is None:
        yield Finding(False, "Sammanträdet är inte angivet.")
        return
    if dated is not None and dated > meeting:
        yield Finding(True, f"Papperets datum {dated} är efter sammanträdet {meeting}.")
    if paper.due_on is not None and paper.due_on < meeting:
        yield Finding(True, f"Svaret ska vara inne {paper.due_on}, före sammanträdet {meeting}.")
    for attest in paper.attests:
        if attest.on > meeting:
            yield Finding(True, f"{attest.name} attesterade {attest.on}, efter sammanträdet.")
        elif dated is not None and attest.on < dated:
            yield Finding(
                False, f"{attest.name} attesterade {attest.on}, före papperets datum {dated}."
            )


def _of_preparation(paper: LintPaper) -> Iterator[Finding]:
    """Days of consultations that contradict the others, and a text that has not followed."""
    place = next((s.order for s in paper.sections if s.key == PREPARATION), HEADER)
    meeting, came = paper.header.meeting_on, paper.received_on
    for one in paper.consulted:
        if one.on is None:
            continue
        name = f"Samrådet med {one.name} {one.on}"
        if meeting is not None and one.on > meeting:
            yield Finding(True, f"{name} är efter sammanträdet {meeting}.", place, preparation=True)
        elif meeting is not None and one.on == meeting and one.verb != ConsultationVerb.AVSTATT:
            yield Finding(False, f"{name} är samma dag som sammanträdet.", place, preparation=True)
        if came is not None and one.on < came:
            yield Finding(
                True, f"{name} är före den dag då remissen kom, {came}.", place, preparation=True
            )
        if paper.today is not None and one.on > paper.today:
            yield Finding(
                False,
                f"{name} har inte varit än, men texten säger att det har det.",
                place,
                preparation=True,
            )
    if paper.preparation_is_behind:
        yield Finding(
            False,
            "Texten om ärendets beredning säger något annat än de registrerade samråden.",
            place,
            preparation=True,
        )


def _missing_sections(paper: LintPaper) -> Iterator[Finding]:
    there = {section.key for section in paper.sections}
    for key, heading in paper.asked_for:
        if key not in there:
            what = ANALYSES.get(key)
            yield Finding(
                True,
                f"{what} saknas, och mallen kräver {'det' if what.endswith('et') else 'den'}."
                if what
                else f"Avsnittet ”{heading}” saknas, och mallen kräver det.",
                missing=key,
            )
    for key, heading, stage in paper.asked_for_later:
        if key not in there:
            when = RequiredFrom(stage).label
            words = f"Avsnittet ”{heading}” saknas. Mallen kräver det {when[:1].lower()}{when[1:]}."
            yield Finding(False, words, missing=key)


def _is_asked_for(paper: LintPaper, section: LintSection) -> bool:
    """Whether the section is required by now."""
    order = RequiredFrom.values
    return section.required and order.index(section.required_from) <= order.index(paper.before)


def _in_section(paper: LintPaper, section: LintSection) -> Iterator[Finding]:
    required = _is_asked_for(paper, section)
    if section.kind == SectionKind.UNDERSKRIFTER and required:
        if not paper.header.signatures:
            yield Finding(True, "Underskrifterna saknas.", section.order)
        return
    if section.kind == SectionKind.MOTTAGARE and required:
        if not paper.header.recipients:
            yield Finding(True, "Det står inte vilka beslutet ska skickas till.", section.order)
        return
    if section.kind not in WRITTEN_KINDS:
        return
    text = text_of_html(section.body)
    name = f"Avsnittet ”{section.heading}”" if section.heading else f"Avsnitt {section.order}"
    answered = section.kind == SectionKind.YTTRANDE and paper.opinion_is_written
    if not text.strip():
        if required and not answered:
            what = ANALYSES.get(section.key)
            words = f"{what} är inte skriven." if what else f"{name} är tomt."
            if what and what.endswith("et"):
                words = f"{what} är inte skrivet."
            yield Finding(True, words, section.order)
        return
    if section.guidance and _same(text, section.guidance):
        yield Finding(True, f"{name} har kvar mallens vägledning som text.", section.order)
    for left in _left_over(text):
        yield Finding(True, f"{name} har kvar text från en mall: ”{left}”.", section.order)
    if _EMPTY_NOTE.search(text):
        yield Finding(True, f"{name} har en fotnot utan text.", section.order)
    if names_itself(text, paper.own_names):
        yield Finding(
            False,
            f"{name} räknar upp nämnden själv bland dem som har fått remissen.",
            section.order,
        )
    meeting, came = paper.header.meeting_on, paper.received_on
    if section.key == PREPARATION:
        registered = {one.on for one in paper.consulted}
        # What is registered has been told of by its own day.
        for day in sorted(set(_days_in(text)) - registered):
            if came is not None and day < came:
                yield Finding(
                    False,
                    f"{name} nämner {day}, som är före den dag då remissen kom, {came}.",
                    section.order,
                )
            if meeting is not None and day > meeting:
                yield Finding(
                    False,
                    f"{name} nämner {day}, som är efter sammanträdet {meeting}.",
                    section.order,
                )


def names_itself(text: str, own_names: Collection[str]) -> bool:
    """Whether a sentence that lists others whom the remiss went to lists the nämnd too."""
    own = {name_key(name) for name in own_names if name}
    return any(
        own & {name_key(part) for part in _LIST_PARTS.split(sentence)}
        for sentence in _SENTENCE_END.split(text)
        if _SENT_ON.search(sentence) and _AMONG.search(sentence)
    )


def _left_over(text: str) -> Sequence[str]:
    """Pieces of text that nobody meant to leave, each once."""
    return list(dict.fromkeys(match[0].strip() for match in _LEFT_OVER.finditer(text)))


def _days_in(text: str) -> Iterator[dt.date]:
    months = _MONTHS.split()
    found = [(int(m[1]), int(m[2]), int(m[3])) for m in _ISO.finditer(text)]
    found += [(int(m[3]), months.index(m[2].lower()) + 1, int(m[1])) for m in _WORDS.finditer(text)]
    for year, month, day in found:
        try:
            yield dt.date(year, month, day)
        except ValueError:
            continue


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
