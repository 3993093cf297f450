"""A fixed report is laid before its nämnd: the tjänsteutlåtande, with the report as bilaga.

The paper is one on an own matter (papers.domain), and what is written in it follows the rules of
papers. Its first words are put together here, by rule, from what the version holds: the same
version gives the same text. They are a draft for the nämnd's secretary to write on from.
"""

import hashlib
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from indicators.domain.errors import NotAllowed, NotOpen
from indicators.domain.followup_report.finding import decisions_first
from indicators.domain.followup_report.making import SUMMARY
from indicators.domain.followup_report.snapshot import Snapshot, paragraphs_of
from indicators.domain.followup_report.stored import read_version
from indicators.domain.followup_report.wording import capital, listed, small
from indicators.domain.followup_report.writing import record_on, take
from indicators.models import FollowupPaper, FollowupVersion
from indicators.rules import who_decides
from organisation.models import Namnd, User
from papers.documents.html import blocks_to_html
from papers.documents.model import Block, Contact, bullets, format_date_long, paragraph
from papers.domain.content import Header
from papers.domain.papers import create_paper, save_section
from papers.enums import PaperKind
from papers.models import Paper, PaperTemplate
from papers.rules import may_write

ONLY_ITS_OWN = "Bara nämndens nämndsekreterare skriver tjänsteutlåtandet."
NO_TEMPLATE = "Det finns ingen mall för egna ärenden. Be systemförvaltaren att lägga in en."
SUBTITLE = "Uppföljning"


def may_lay_before(user: User, version: FollowupVersion) -> bool:
    """Whether the person may begin the tjänsteutlåtande: nämndsekreterare of the nämnd."""
    namnd = who_decides(user, version.report)
    return namnd is not None and may_write(user, Paper(namnd=namnd))


def paper_of(version: FollowupVersion) -> FollowupPaper | None:
    """The paper that lays the version before the nämnd; what the file holds is not read."""
    return (
        FollowupPaper.objects.filter(version=version.pk)
        .defer("attachment")
        .select_related("paper__namnd", "paper__current", "version__report__namnd")
        .first()
    )


def paper_for(user: User, version: FollowupVersion) -> FollowupPaper | None:
    """The same, with `is_read`: whether the person reads it, and not only that it is there."""
    found = FollowupPaper.objects.saying_whether_read(user).filter(version=version.pk)
    return found.defer("attachment").first()


def find_laid(user: User, pk: int) -> FollowupPaper | None:
    """The paper of that number, if the person reads it whole; without what the file holds."""
    return (
        FollowupPaper.objects.inside(user)
        .filter(pk=pk)
        .defer("attachment", "version__content")
        .select_related(
            "paper__namnd",
            "paper__current",
            "version__report__namnd",
            "version__report__period",
        )
        .prefetch_related(decisions_first("version__decisions"))
        .first()
    )


@transaction.atomic
def lay_before(
    version: FollowupVersion, *, actor: User, attachment: bytes, attachment_name: str
) -> FollowupPaper:
    """Begin the tjänsteutlåtande on a fixed version, with the version as its bilaga.

    attachment: the version as PDF. Begun already, that paper is the version's (a button pressed
    twice). Raises NotAllowed (only the nämnd's nämndsekreterare writes its papers); NotOpen where
    there is no template for own matters.
    Side effects: the paper with its first words, the file, events of both.
    """
    report = take(version.report)
    namnd = who_decides(actor, report)
    if namnd is None or not may_lay_before(actor, version):
        raise NotAllowed(ONLY_ITS_OWN)
    if (there := paper_of(version)) is not None:
        return there
    template = PaperTemplate.objects.filter(kind=PaperKind.EGET_ARENDE).order_by("code").first()
    if template is None:
        raise NotOpen(NO_TEMPLATE)
    snapshot = read_version(version)
    paper = create_paper(
        template,
        namnd=namnd,
        actor=actor,
        is_example=version.is_example,
        header=Header(
            title=snapshot.title,
            subtitle=SUBTITLE,
            forvaltning=namnd.forvaltning,
            addressee=namnd.name,
            handlaggare=(Contact(str(actor), actor.telephone),),
            bilagor=(attached_as(snapshot, version),),
        ),
    )
    _fill_in(paper, first_words(snapshot, version, namnd), actor)
    laid = FollowupPaper.objects.create(
        version=version,
        paper=paper,
        attachment_name=attachment_name,
        attachment=attachment,
        sha256=hashlib.sha256(attachment).hexdigest(),
        made_by=actor,
        made_at=timezone.now(),
    )
    record_on(
        report,
        "laid-before",
        actor=actor,
        summary=f"Påbörjade tjänsteutlåtandet om version {version.number}",
    )
    return laid


def attached_as(snapshot: Snapshot, version: FollowupVersion) -> str:
    """The report in the list of bilagor: "Samlad uppföljning, …, version 2"."""
    return f"{snapshot.title}, version {version.number}"


def first_words(
    snapshot: Snapshot, version: FollowupVersion, namnd: Namnd
) -> dict[str, tuple[Block, ...]]:
    """What the sections of the paper begin with, by their keys. namnd: that is to decide."""
    return {
        "forslag_till_beslut": _proposal(snapshot, version, namnd),
        "sammanfattning": tuple(_summary(snapshot)),
        "bakgrund": tuple(_background(snapshot, version)),
    }


# Parts ------------------------------------------------------------------------------------------


def _fill_in(paper: Paper, words: Mapping[str, tuple[Block, ...]], actor: User) -> None:
    current = paper.current
    for section in current.sections.all() if current else ():
        if section.key in words:
            body = blocks_to_html(words[section.key])
            save_section(section, actor=actor, expected_version=paper.revision, body=body)
            paper.refresh_from_db()


def _proposal(snapshot: Snapshot, version: FollowupVersion, namnd: Namnd) -> tuple[Block, ...]:
    period = small(snapshot.followup.period_label)
    whose = "nämndens rapport" if snapshot.namnd_code else "den samlade uppföljningen"
    if namnd != version.report.namnd:
        whose = f"{version.report.namnd.genitive} rapport"
    return (paragraph(f"{capital(namnd.name)} godkänner {whose} för {period}, enligt bilagan."),)


def _summary(snapshot: Snapshot) -> Iterable[Block]:
    """What the report's own summary says: its rule-based sentences, and people's own words."""
    chapter = snapshot.chapter(SUMMARY)
    if not snapshot.namnd_code:
        yield paragraph(snapshot.followup.coverage_sentence)
    if chapter is None:
        return
    head = [s.text for s in chapter.draft if len(s.places) != 1]
    goals = [s.text for s in chapter.draft if len(s.places) == 1]
    if head:
        yield paragraph(" ".join(head))
    if goals:
        yield bullets(*goals)
    for text in paragraphs_of(chapter.text):
        yield paragraph(" ".join(text.split()))


def _background(snapshot: Snapshot, version: FollowupVersion) -> Iterable[Block]:
    followup = snapshot.followup
    programmes = sorted({goal.programme for goal in followup.goals})
    of_what = f" av {listed(programmes)}" if programmes else ""
    goals = len(followup.goals)
    chapters = f" Rapporten har ett kapitel för vart och ett av {goals} mål." if goals > 1 else ""
    yield paragraph(
        f"Ärendet gäller uppföljningen{of_what} för {small(followup.period_label)}.{chapters}"
    )
    if not snapshot.namnd_code:
        missing = [status.namnd_name for status in followup.statuses if not status.is_approved]
        yield paragraph(
            "Rapporten bygger på det som nämnderna har godkänt i sina egna rapporter. "
            + (f"Godkänd rapport saknas från {listed(missing)}." if missing else "")
        )
    fixed_on = format_date_long(timezone.localdate(version.fixed_at))
    yield paragraph(
        f"Version {version.number} fastställdes den {fixed_on} och ändras inte. Kommer det "
        "rättelser efteråt redovisas de bredvid den."
    )
    if version.reason:
        yield paragraph(f"Skälet till version {version.number}: {version.reason}")
