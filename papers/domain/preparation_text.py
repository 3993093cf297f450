"""The words of the section on beredning, written from who was consulted. Pure functions."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from papers.documents.model import format_date_long
from papers.enums import ConsultationVerb

# Names of parts of an organisation, which have a capital only where a sentence begins.
_PART = re.compile(
    r"^(?:\w*(?:avdelningen|enheten|förvaltningen|gruppen|rådet|kontoret|kansliet|staben)"
    r"|råden|avdelningarna|enheterna)\b",
    re.IGNORECASE,
)
_TOLD = {
    ConsultationVerb.BEHANDLAT: "har behandlat ärendet",
    ConsultationVerb.MOJLIGHET: "har haft möjlighet att behandla ärendet",
    ConsultationVerb.SYNPUNKTER: "har lämnat synpunkter på ärendet",
    ConsultationVerb.AVSTATT: "har avstått från att lämna synpunkter på ärendet",
}


@dataclass(frozen=True)
class Consulted:
    """One consultation, as far as the text must know it."""

    name: str
    verb: str
    on: dt.date | None = None
    outcome: str = ""


def proposal(consulted: Iterable[Consulted]) -> str:
    """The section's text as clean rich text: one paragraph; "" when nobody was consulted.

    First who prepared the matter and with whom, in one sentence, then the others by their day.
    Every verb is written as it was chosen, since they do not mean the same.
    """
    found = sorted(consulted, key=lambda one: (one.on or dt.date.max, one.name.casefold()))
    prepared = [one for one in found if one.verb == ConsultationVerb.BERETT]
    together = [one for one in found if one.verb == ConsultationVerb.SAMRAD]
    sentences = []
    if prepared or together:
        inside = f" inom {_listed([_inside(one.name) for one in prepared])}" if prepared else ""
        with_whom = _listed([_inside(one.name) for one in together]) if together else ""
        beside = f" i samråd med {with_whom}" if together else ""
        sentences.append(f"Ärendet har beretts{inside}{beside}.")
    sentences += [_sentence(one.outcome) for one in (*prepared, *together) if one.outcome]
    for one in found:
        if one.verb in (ConsultationVerb.BERETT, ConsultationVerb.SAMRAD):
            continue
        day = f" den {format_date_long(one.on)}" if one.on else ""
        sentences.append(f"{_first(one.name)} {_TOLD[ConsultationVerb(one.verb)]}{day}.")
        if one.outcome:
            sentences.append(_sentence(one.outcome))
    return f"<p>{escape(' '.join(sentences), quote=False)}</p>" if sentences else ""


def _inside(name: str) -> str:
    """The name inside a sentence."""
    name = " ".join(name.split())
    return name[:1].lower() + name[1:] if _PART.match(name) else name


def _first(name: str) -> str:
    name = " ".join(name.split())
    return name[:1].upper() + name[1:]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"


def _sentence(text: str) -> str:
    text = _first(text)
    return text if text.endswith((".", "!", "?")) else f"{text}."
