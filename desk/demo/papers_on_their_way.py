"""Made-up answers that have come a bit on their way: at attest, sent out, decided, expedierat.

Each goes the road that people go, by the commands, so that its history reads as it would. What
has begun is left as it is.
"""

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial

from organisation.domain.decisions import Statement
from organisation.domain.meetings import meeting_of
from organisation.models import Meeting, Namnd, User
from papers.documents.model import Signatory
from papers.domain.agenda import send_out
from papers.domain.attest import attest, send_to_attest
from papers.domain.changes import current_version
from papers.domain.content import WRITTEN_KINDS, header_of
from papers.domain.contents import fingerprint_of
from papers.domain.dispatch import dispatch_paper
from papers.domain.papers import save_header, save_section
from papers.enums import PaperState
from papers.exports.package import make_files
from papers.models import Paper, PaperTemplate
from programme.domain.accounts import Point
from remisser.domain.answers import save_position, start_answer
from remisser.domain.deciding import decide_answer
from remisser.domain.lint import look_over
from remisser.enums import RemissKind, Stance
from remisser.exports.answer_document import answer_document
from remisser.models import Answer, Proposal, Remiss, Remissinstans

NAMND, SECRETARY, HEAD = "hasselby-vallingby", "sekreterare.hasselby", "chef.hasselby"
TEMPLATE = "stadsdel-eget-yttrande"
STEPS = (
    PaperState.UNDER_ATTEST,
    PaperState.UTSKICKAD,
    PaperState.BESLUTAD,
    PaperState.EXPEDIERAD,
)


@dataclass(frozen=True)
class Matter:
    number: int
    title: str
    proposals: tuple[str, str]
    answers: tuple[str, str]
    reaches: PaperState
    meeting_in: int
    """Days from today to the Thursday of the meeting, or the next one."""


MATTERS = (
    Matter(
        2,
        "Motion om en jourtelefon på fler språk",
        (
            "Att staden öppnar en gemensam jourtelefon på tio språk.",
            "Att numret anslås i tvättstugor och trapphus.",
        ),
        (
            "Nämnden tar ofta hjälp av telefontolk, och samtalen blir då långa. En gemensam "
            "telefon vore till stor nytta.",
            "Anslag i trapphus når många, men kan också läsas av den som slår. Lappar att riva "
            "av är ett bättre sätt.",
        ),
        PaperState.UNDER_ATTEST,
        21,
    ),
    Matter(
        3,
        "Motion om sällskap till polis och vård",
        (
            "Att den som har utsatts för våld erbjuds sällskap till polisen.",
            "Att detsamma gäller besök i vården.",
        ),
        (
            "Stadsdelen följer redan med dem som har kontakt med relationsvåldsteamet. Fler kan "
            "få hjälp om frivilliga utbildas.",
            "Vården har egna kuratorer. Ansvaret behöver klargöras innan staden tar på sig mer.",
        ),
        PaperState.UTSKICKAD,
        21,
    ),
    Matter(
        4,
        "Motion om samtal om svartsjuka på gymnasiet",
        (
            "Att varje gymnasieskola varje år ordnar samtal om svartsjuka och kontroll.",
            "Att ungdomsmottagningarna är med.",
        ),
        (
            "Samtalen passar väl ihop med fritidsgårdarnas arbete, och nämnden medverkar gärna.",
            "Mottagningarna har kunskapen. De behöver tid för det i sina uppdrag.",
        ),
        PaperState.BESLUTAD,
        -21,
    ),
    Matter(
        5,
        "Motion om husdjur i skyddat boende",
        (
            "Att staden ordnar tillfälliga hem för husdjur.",
            "Att frågan om husdjur alltid ställs när någon söker skydd.",
        ),
        (
            "Det händer att någon dröjer med att lämna för djurets skull. Ett samarbete med en "
            "förening bör prövas först.",
            "Frågan är enkel att ställa, och nämnden lägger till den i sin rutin.",
        ),
        PaperState.EXPEDIERAD,
        -35,
    ),
)
SECTIONS = {
    "forslag_till_beslut": "Hässelby-Vällingby stadsdelsnämnd antar yttrandet som sitt eget och "
    "överlämnar det som svar på remissen.",
    "sammanfattning": "Motionen har två förslag. Nämnden är i huvudsak positiv, med förbehåll "
    "för hur de betalas.",
    "bakgrund": "Kommunstyrelsen har skickat motionen på remiss till nämnden.",
    "arendets_beredning": "Ärendet har beretts inom avdelningen för individ och familj.",
    "yttrande": "Nedan svarar nämnden på förslagen vart för sig.",
    "sammanfattande_bedomning": "Förslagen ligger i linje med det som nämnden redan gör. De "
    "behöver samordnas med det stöd som finns.",
    "forvaltningens_synpunkter_kort": "Förvaltningen föreslår att nämnden gör yttrandet till sitt.",
}


def load_papers_on_their_way(today: dt.date) -> int:
    """Lay in those that are not there. Answers how many that was."""
    namnd = Namnd.objects.get(code=NAMND)
    secretary = User.objects.get(username=SECRETARY)
    head = User.objects.get(username=HEAD)
    new = 0
    for matter in MATTERS:
        instance = _asked(matter, namnd, today)
        if Answer.objects.filter(instance=instance).exists():
            continue
        meeting = _meeting(matter, namnd, today)
        answer = _written(matter, instance, secretary, head, meeting)
        _on_its_way(matter, answer, secretary, head, meeting)
        new += 1
    return new


def _asked(matter: Matter, namnd: Namnd, today: dt.date) -> Remissinstans:
    remiss, created = Remiss.objects.get_or_create(
        slug=f"exempel-2025-{matter.number}",
        defaults={
            "dnr": f"Exempel 2025/{matter.number}",
            "title": matter.title,
            "kind": RemissKind.MOTION,
            "remitter": "Kommunstyrelsen",
            "remitter_namnd": Namnd.objects.get(code="kommunstyrelsen"),
            "received_on": today - dt.timedelta(days=60),
            "is_example": True,
        },
    )
    if created:
        Proposal.objects.bulk_create(
            Proposal(remiss=remiss, number=number, text=text)
            for number, text in enumerate(matter.proposals, start=1)
        )
    instance, _ = Remissinstans.objects.get_or_create(
        remiss=remiss,
        namnd=namnd,
        defaults={
            "name_as_written": namnd.name,
            "due_on": _thursday(today, matter.meeting_in) + dt.timedelta(days=8),
            "order": 1,
        },
    )
    return instance


def _meeting(matter: Matter, namnd: Namnd, today: dt.date) -> Meeting:
    day = _thursday(today, matter.meeting_in)
    return meeting_of(namnd, day, actor=None, is_example=True)


def _thursday(today: dt.date, days: int) -> dt.date:
    day = today + dt.timedelta(days=days)
    return day + dt.timedelta(days=(3 - day.weekday()) % 7)


def _written(
    matter: Matter, instance: Remissinstans, secretary: User, head: User, meeting: Meeting
) -> Answer:
    answer = start_answer(instance, PaperTemplate.objects.get(code=TEMPLATE), secretary)
    version = current_version(answer.paper)
    paper = save_header(
        answer.paper,
        actor=secretary,
        expected_version=answer.paper.revision,
        header=replace(
            header_of(version),
            dnr=f"Exempel 1.5.1-{matter.number}/2025",
            meeting_on=meeting.date,
            signatures=(Signatory(head.name, head.title or "Avdelningschef", version.forvaltning),),
            bilagor=(matter.title,),
        ),
    )
    for section in version.sections.filter(kind__in=WRITTEN_KINDS):
        body = f"<p>{SECTIONS[section.key]}</p>"
        paper = save_section(section, actor=secretary, expected_version=paper.revision, body=body)
    stances = (Stance.POSITIV, Stance.POSITIV_FORBEHALL)
    proposals = instance.remiss.proposals.order_by("number")
    for proposal, stance, text in zip(proposals, stances, matter.answers, strict=True):
        paper = save_position(
            answer,
            proposal,
            actor=secretary,
            expected_version=paper.revision,
            stance=stance,
            body=f"<p>{text}</p>",
        )
    return answer


def _on_its_way(
    matter: Matter, answer: Answer, secretary: User, head: User, meeting: Meeting
) -> None:
    steps = STEPS[: STEPS.index(matter.reaches) + 1]
    for step in steps:
        paper = Paper.objects.select_related("namnd", "current", "meeting").get(pk=answer.paper_id)
        answer.paper = paper
        revision = paper.revision
        if step == PaperState.UNDER_ATTEST:
            send_to_attest(
                paper,
                actor=secretary,
                expected_version=revision,
                attestants=[head],
                look=lambda paper: look_over(answer, paper),
            )
        elif step == PaperState.UTSKICKAD:
            attest(paper, actor=head, sha256=fingerprint_of(current_version(paper)))
            send_out(meeting, [Paper.objects.get(pk=paper.pk)], actor=secretary)
        elif step == PaperState.BESLUTAD:
            decide_answer(
                answer,
                outcome="enligt",
                paragraph=f"{matter.number + 4}",
                points=[Point(SECTIONS["forslag_till_beslut"])],
                statements=[
                    Statement(
                        "sarskilt-uttalande",
                        "Exempelpartiet",
                        "Vi hade gärna sett att staden började redan i år.",
                    )
                ],
                immediate=True,
                actor=secretary,
                expected_version=revision,
            )
        else:
            stem = f"svar-{answer.instance.remiss.slug}-{NAMND}"
            dispatch_paper(
                paper,
                recipients=["Kommunstyrelsen"],
                make_files=partial(make_files, stem=stem, document=answer_document),
                actor=secretary,
                expected_version=revision,
            )
