"""Historik of a paper: for who reads it whole, and of nothing that is not theirs to read.

Apps above whose papers say more add tables of their own to those named here.
"""

from typing import Any

from organisation.domain.who import who_for
from organisation.models import User
from papers.enums import PaperState
from papers.models import (
    AgendaItem,
    Attestant,
    Attestation,
    Comment,
    CommentThread,
    Consultation,
    Dispatch,
    DispatchFile,
    DispatchRecipient,
    Paper,
    PaperVersion,
    Preparation,
    Section,
    SectionTask,
)
from trace.domain.history import Kept, Line, Spoken, history

HEADER = {
    "title": "rubriken",
    "subtitle": "underrubriken",
    "forvaltning": "förvaltningen",
    "avdelning": "avdelningen",
    "dated_on": "datumet",
    "meeting_on": "sammanträdet",
    "addressee": "adressaten",
    "address": "adressblocket",
    "handlaggare": "handläggare",
    "signatures": "underskrifter",
    "bilagor": "bilagor",
    "recipients": "mottagare",
}
# What is done with a paper and changes nothing of what it says.
ACTS = frozenset({"insyn", "draft-shared", "draft-taken-back", "handed-over", "save-named"})


def paper_history(paper: Paper, *, reader: User) -> list[Line]:
    """Everything that was done in a paper. For who reads it whole."""
    return history(kept_of_paper(paper), who=who_for(reader), spoken=[spoken_of(paper)])


def section_history(section: Section, *, reader: User) -> list[Line]:
    """What was written in one section, through all versions. section: with its version loaded."""
    rows = {
        "version__paper_id": section.version.paper_id,
        "key": section.key,
        "heading": section.heading,
    }
    return history([kept_of_sections(rows)], who=who_for(reader))


def header_history(paper: Paper, *, reader: User) -> list[Line]:
    """What was changed of the facts around the text, through all versions."""
    return history(kept_of_header(paper), who=who_for(reader))


def kept_of_paper(paper: Paper) -> list[Kept]:
    """The tables that a paper's history is told from."""
    headings = dict(paper.threads.order_by().values_list("pk", "heading"))
    of_paper = {"version__paper_id": paper.pk}
    return [
        Kept(Paper, {"id": paper.pk}, lambda _: "", say=_state),
        Kept(Paper, {"id": paper.pk}, lambda _: "", say=_changed_dnr),
        Kept(PaperVersion, {"paper_id": paper.pk}, lambda _: "", say=_version),
        *kept_of_header(paper),
        kept_of_sections(of_paper),
        Kept(
            AgendaItem,
            {"paper_id": paper.pk},
            lambda _: "",
            say=lambda before, _: "" if before else "Handlingen kom upp på en dagordning",
        ),
        *_sent(paper),
        Kept(
            Consultation,
            {"paper_id": paper.pk},
            lambda c: f"Samrådet med {c.name}",
            {
                "name": "namnet",
                "verb": "vad som hände",
                "on": "dagen",
                "outcome": "utfallet",
                "file_name": "filen",
                "goes_along": "om filen följer med handlingen",
            },
        ),
        Kept(Preparation, {"paper_id": paper.pk}, lambda _: "", say=_prepared),
        Kept(Attestant, of_paper, lambda c: f"Attestant nummer {c.order}"),
        Kept(
            Attestation,
            of_paper,
            lambda c: f"Attesten av {c.name} {c.on:%Y-%m-%d}",
        ),
        Kept(
            Comment,
            {"thread__paper_id": paper.pk},
            lambda c: f"Kommentaren till ”{headings.get(c.thread_id, 'ett avsnitt')}”",
            {"text": ""},
        ),
        Kept(CommentThread, {"paper_id": paper.pk}, lambda _: "", say=_resolved),
        Kept(
            SectionTask,
            {"paper_id": paper.pk},
            lambda c: f"Fördelningen av ”{c.heading}”",
            {"unit": "enheten", "due_on": "senast", "note": "anteckningen"},
            say=_finished,
        ),
    ]


def _sent(paper: Paper) -> list[Kept]:
    sendings = list(Dispatch.objects.filter(paper=paper).values_list("pk", flat=True))
    rows = {"dispatch_id__in": sendings}
    return [
        Kept(Dispatch, {"paper_id": paper.pk}, lambda _: "Expedieringen"),
        Kept(DispatchRecipient, rows, lambda c: f"Mottagaren {c.name}"),
        Kept(DispatchFile, rows, lambda c: f"Den expedierade filen {c.name}"),
    ]


def kept_of_header(paper: Paper) -> list[Kept]:
    """The facts around the text, through all versions."""
    return [
        Kept(
            PaperVersion,
            {"paper_id": paper.pk},
            lambda _: "Huvudet",
            HEADER,
            same=lambda c: c.paper_id,
        )
    ]


def kept_of_sections(rows: dict[str, Any]) -> Kept:
    """Sections, each the same through all versions."""
    return Kept(
        Section,
        rows,
        lambda c: f"Avsnittet ”{c.heading}”",
        {"body": ""},
        same=lambda c: (c.key, c.heading),
        say=_section,
    )


def spoken_of(paper: Paper) -> Spoken:
    return Spoken(paper, ACTS)


def _state(before: Any | None, after: Any) -> str:
    if before is None or before.state == after.state:
        return ""
    said = f"{PaperState(before.state).label.lower()} till {PaperState(after.state).label.lower()}"
    return f"Läget ändrades från {said}"


def _prepared(before: Any | None, after: Any) -> str:
    if after.set_aside and after.set_aside != (before.set_aside if before is not None else ""):
        return "Förslaget till text om beredningen lades åt sidan"
    if after.laid and after.laid != (before.laid if before is not None else ""):
        return "Texten om beredningen skrevs ur samråden"
    return ""


def _resolved(before: Any | None, after: Any) -> str:
    if before is None or (before.resolved_at is None) == (after.resolved_at is None):
        return ""
    done = "öppnades igen" if after.resolved_at is None else "löstes"
    return f"Kommentaren till ”{after.heading}” {done}"


def _finished(before: Any | None, after: Any) -> str:
    if after.pgh_label == "delete":
        return f"Avsnittet ”{after.heading}” togs tillbaka från {after.unit}"
    if before is None:
        return f"Avsnittet ”{after.heading}” fördelades till {after.unit}"
    if before.done_at is None and after.done_at is not None:
        return f"Avsnittet ”{after.heading}” blev klart"
    return ""


def _changed_dnr(before: Any | None, after: Any) -> str:
    if before is None or before.dnr == after.dnr:
        return ""
    return f"Diarienumret ändrades från {before.dnr or 'tomt'} till {after.dnr or 'tomt'}"


def _version(before: Any | None, after: Any) -> str:
    if before is not None or after.pgh_label != "insert":
        return ""
    if after.source_name:
        return f"Version {after.number} lästes in från {after.source_name}"
    return f"Version {after.number} påbörjades"


def _section(before: Any | None, after: Any) -> str:
    name = f"Avsnittet ”{after.heading}”"
    if after.pgh_label == "delete":
        return f"{name} togs bort"
    was = before.body if before is not None else ""
    if was == after.body:
        return ""
    return f"{name} ändrades" if was else f"{name} skrevs"
