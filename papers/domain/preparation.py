"""Beredning: who was consulted on a paper, and the section that is written from it.

The section is written by Samlad as long as nobody has written in it by hand. From then on a changed
consultation changes no word of it: the page says that the text is behind, and offers a new one.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.utils.safestring import SafeString

from organisation.models import User
from papers.domain.changes import advance, conflict_on, current_version, record_change, take
from papers.domain.content import check_lengths, check_words, clean_body
from papers.domain.errors import InvalidContent, NotOpen
from papers.domain.preparation_text import Consulted, proposal
from papers.domain.workflow import Action, find_transition, is_open_for
from papers.enums import ConsultationKind, ConsultationVerb, PaperState
from papers.models import AgendaItem, Consultation, Paper, Preparation, Section
from trace.domain.wording import word_diff
from trace.uploads import PDF, CheckedFile

KEY = "arendets_beredning"
MOST = 40
LONGEST_OUTCOME = 1000
MEETING_VERBS = (ConsultationVerb.BEHANDLAT, ConsultationVerb.MOJLIGHET)
NAME_MISSING = "Skriv vem som har behandlat ärendet."
DAY_MISSING = "Skriv vilken dag det var."
TWICE = "Samrådet är redan registrerat den dagen."
ONLY_PDF = "Bara en PDF kan följa med handlingen. Spara filen som PDF."
NO_FILE = "Välj filen som ska följa med handlingen."
ONLY_IN_A_DRAFT = (
    "Det som följer med handlingen är det som cheferna attesterar. Öppna en ny version först."
)
MOVED_ON = "Samråden har ändrats sedan du öppnade sidan. Läs det nya förslaget."
NO_SECTION = "Handlingens mall har inget avsnitt om ärendets beredning."
TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class Facts:
    """What is said of one consultation."""

    kind: str
    name: str
    verb: str
    on: dt.date | None = None
    outcome: str = ""
    goes_along: bool = False
    """Whether the file is sent out with the paper, as a bilaga."""


@dataclass(frozen=True)
class PreparationState:
    """The section beside what is registered."""

    consultations: tuple[Consultation, ...]
    section: Section | None
    proposal: str
    """What the section would say; "" when nobody was consulted."""
    follows: bool
    """Whether the section says what is registered."""
    by_hand: bool
    """Whether somebody has written in it themselves."""
    set_aside: bool
    """Whether somebody has read this very proposal, and kept the text."""
    may_write: bool
    """Whether the paper is a draft."""

    @property
    def consulted(self) -> tuple[Consulted, ...]:
        return tuple(_consulted(one) for one in self.consultations)

    @property
    def is_behind(self) -> bool:
        return bool(self.proposal) and not self.follows and not self.set_aside

    @property
    def difference(self) -> SafeString:
        """From the section's text to the proposal, word by word."""
        return word_diff(self.section.body if self.section else "", self.proposal)


def preparation_of(paper: Paper) -> PreparationState:
    """What is registered of the paper's beredning, and how its section stands to it.

    For who reads the paper whole. Three queries.
    """
    found = tuple(paper.consultations.light().select_related("by"))
    return _state(paper, found, current_version(paper).sections.filter(key=KEY).first())


@transaction.atomic
def add_consultation(
    paper: Paper, facts: Facts, *, actor: User, file: CheckedFile | None = None
) -> Consultation:
    """Register that somebody was consulted. The same again changes nothing.

    Raises NotAllowed, NotOpen (the paper is with the nämnd), InvalidContent.
    Side effects: the row, an event; the section is written anew if nobody has written in it.
    """
    paper = take(paper.pk)
    find_transition(Action.CONSULT, paper, actor=actor)
    facts = _checked(facts, paper, None, file)
    there = paper.consultations.light().filter(name=facts.name, on=facts.on).first()
    if there is not None:
        if _facts(there) == facts and (file is None or _digest(file) == there.sha256):
            return there
        raise InvalidContent(TWICE)
    if paper.consultations.count() >= MOST:
        raise InvalidContent(f"Högst {MOST} samråd i en handling.")
    row = Consultation(paper=paper, by=actor)
    _put(row, facts, file)
    row.save()
    _follow(paper, actor, f"Registrerade att {_said(facts)}")
    return row


@transaction.atomic
def change_consultation(
    row: Consultation,
    facts: Facts,
    *,
    actor: User,
    expected_version: int,
    file: CheckedFile | None = None,
    drop_file: bool = False,
) -> Consultation:
    """Say otherwise what happened. file: a new one in place of the old; drop_file: none any more.

    The same again changes nothing.
    Raises as `add_consultation`, and Conflict (`theirs`: the Facts that are saved now).
    """
    paper = take(row.paper_id)
    find_transition(Action.CONSULT, paper, actor=actor)
    row = Consultation.objects.get(pk=row.pk)
    drop_file = drop_file and file is None
    facts = _checked(facts, paper, None if drop_file else row, file)
    same_file = not drop_file if file is None else _digest(file) == row.sha256
    if _facts(row) == facts and (same_file or (drop_file and not row.file_name)):
        return row
    if row.revision != expected_version:
        raise conflict_on(paper, _facts(row))
    if paper.consultations.filter(name=facts.name, on=facts.on).exclude(pk=row.pk).exists():
        raise InvalidContent(TWICE)
    if row.goes_along and paper.state != PaperState.UTKAST:
        raise NotOpen(ONLY_IN_A_DRAFT)
    if drop_file:
        row.file_name = row.content_type = row.sha256 = ""
        row.content, row.size = b"", 0
    _put(row, facts, file)
    row.revision += 1
    row.save()
    _follow(paper, actor, f"Ändrade samrådet: {_said(facts)}")
    return row


@transaction.atomic
def remove_consultation(row: Consultation, *, actor: User) -> None:
    """Take a consultation away. Gone already: nothing is changed. Raises NotAllowed, NotOpen."""
    paper = take(row.paper_id)
    find_transition(Action.CONSULT, paper, actor=actor)
    found = Consultation.objects.light().filter(pk=row.pk).first()
    if found is None:
        return
    if found.goes_along and paper.state != PaperState.UTKAST:
        raise NotOpen(ONLY_IN_A_DRAFT)
    found.delete()
    _follow(paper, actor, f"Tog bort samrådet med {found}")


@transaction.atomic
def lay_proposal(paper: Paper, *, actor: User, seen: str) -> Paper:
    """Let the section say what is registered, whatever stood there: what stood stays as a save.

    seen: the digest of the proposal that the person read (`digest_of`). Said already: nothing is
    changed.
    Raises NotAllowed, NotOpen (no draft), InvalidContent when the proposal is another by now.
    """
    paper = take(paper.pk)
    find_transition(Action.WRITE, paper, actor=actor)
    state = preparation_of(paper)
    _check_seen(state, seen)
    if state.section is None:
        raise InvalidContent(NO_SECTION)
    if not state.follows:
        _write(paper, state.section, state.proposal, actor)
    return paper


@transaction.atomic
def set_proposal_aside(paper: Paper, *, actor: User, seen: str) -> Paper:
    """Keep the section's own text beside what is registered. The same again changes nothing.

    Raises as `lay_proposal`.
    """
    paper = take(paper.pk)
    find_transition(Action.WRITE, paper, actor=actor)
    state = preparation_of(paper)
    _check_seen(state, seen)
    row, _ = Preparation.objects.get_or_create(paper=paper)
    if row.set_aside != state.proposal:
        row.set_aside = state.proposal
        row.save(update_fields=["set_aside"])
        record_change(
            paper,
            Action.CONSULT,
            actor=actor,
            summary="Behöll texten om ärendets beredning som den är",
        )
    return paper


def sent_along(items: Sequence[AgendaItem]) -> dict[int, list[Consultation]]:
    """The files that go along with the papers of these matters, by the matter; one query.

    For who may read what was sent out.
    """
    found: dict[int, list[Consultation]] = {}
    rows = Consultation.objects.filter(
        paper__in={item.paper_id for item in items if item.paper_id}, goes_along=True
    ).order_by("on", "pk")
    for row in rows:
        for item in items:
            if item.paper_id == row.paper_id:
                found.setdefault(item.pk, []).append(row)
    return found


def digest_of(text: str) -> str:
    """What a page calls a proposal by."""
    return sha256(text.encode()).hexdigest()


# Parts ------------------------------------------------------------------------------------------


def _state(
    paper: Paper, found: Sequence[Consultation], section: Section | None
) -> PreparationState:
    told = clean_body(proposal(_consulted(one) for one in found))
    kept = Preparation.objects.filter(paper=paper).first()
    body = section.body if section else ""
    return PreparationState(
        consultations=tuple(found),
        section=section,
        proposal=told,
        follows=body == told,
        by_hand=bool(body) and body != told and body != (kept.laid if kept else ""),
        set_aside=bool(kept and told and kept.set_aside == told),
        may_write=is_open_for(Action.WRITE, paper),
    )


def _follow(paper: Paper, actor: User, summary: str) -> None:
    """Write the event, and the section where only Samlad has written in it."""
    record_change(paper, Action.CONSULT, actor=actor, summary=summary[:300])
    state = preparation_of(paper)
    section = state.section
    if section is None or state.follows or state.by_hand or not state.may_write:
        return
    _write(paper, section, state.proposal, actor)


def _write(paper: Paper, section: Section, body: str, actor: User) -> None:
    advance(paper)
    section.body, section.revision = body, paper.revision
    section.save(update_fields=["body", "revision"])
    row, _ = Preparation.objects.get_or_create(paper=paper)
    row.laid = body
    row.save(update_fields=["laid"])
    record_change(
        paper,
        Action.WRITE,
        actor=actor,
        summary=f"Skrev avsnittet ”{section.heading}” ur de registrerade samråden",
    )


def _check_seen(state: PreparationState, seen: str) -> None:
    if not state.proposal:
        raise InvalidContent("Inga samråd är registrerade.")
    if digest_of(state.proposal) != seen:
        raise InvalidContent(MOVED_ON)


def _checked(
    facts: Facts, paper: Paper, row: Consultation | None, file: CheckedFile | None
) -> Facts:
    """row: the one whose file stays when there is no new one."""
    name, outcome = " ".join(facts.name.split()), facts.outcome.strip()
    if facts.kind not in ConsultationKind.values:
        raise InvalidContent("Välj vilka det var.")
    if facts.verb not in ConsultationVerb.values:
        raise InvalidContent("Välj vad som hände.")
    if not name:
        raise InvalidContent(NAME_MISSING)
    if facts.on is None and facts.verb in MEETING_VERBS:
        raise InvalidContent(DAY_MISSING)
    if len(outcome) > LONGEST_OUTCOME:
        raise InvalidContent(f"Utfallet får ha högst {LONGEST_OUTCOME} tecken.")
    check_words(name, "Namnet")
    check_words(outcome, "Utfallet")
    if facts.goes_along:
        if paper.state != PaperState.UTKAST and not (row and row.goes_along and file is None):
            raise NotOpen(ONLY_IN_A_DRAFT)
        stays = row.file_name if row else ""
        if file is None and not stays:
            raise InvalidContent(NO_FILE)
        if (file.kind is not PDF) if file else not stays.lower().endswith(".pdf"):
            raise InvalidContent(ONLY_PDF)
    if file is not None:
        check_words(file.name, "Filens namn")
    return Facts(facts.kind, name, facts.verb, facts.on, outcome, facts.goes_along)


def _put(row: Consultation, facts: Facts, file: CheckedFile | None) -> None:
    row.kind, row.name, row.verb = facts.kind, facts.name, facts.verb
    row.on, row.outcome, row.goes_along = facts.on, facts.outcome, facts.goes_along
    if file is not None:
        row.file_name, row.content, row.size = file.name, file.data, len(file.data)
        row.content_type = TYPES[file.kind.extensions[0]]
        row.sha256 = _digest(file)
    check_lengths(row)


def _consulted(row: Consultation) -> Consulted:
    return Consulted(row.name, row.verb, row.on, row.outcome)


def _facts(row: Consultation) -> Facts:
    return Facts(row.kind, row.name, row.verb, row.on, row.outcome, row.goes_along)


def _digest(file: CheckedFile) -> str:
    return sha256(file.data).hexdigest()


def _said(facts: Facts) -> str:
    verb = ConsultationVerb(facts.verb).label
    return f"{facts.name} {verb}{f' {facts.on:%Y-%m-%d}' if facts.on else ''}"
