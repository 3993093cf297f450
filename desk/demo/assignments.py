"""The six uppdrag that the sources tell of, in our own words, and one example.

What the sources do not tell stays blank: dates, paragraphs, outcomes, diary numbers. What is due is
the real day, long past: whether it was accounted for is not known, so it shows as late.

The example shows what no source gives: an account as a paper, from its sections to the decision.
"""

import datetime as dt
from dataclasses import dataclass, field, replace

from desk.demo.programme import SLUG as PROGRAMME
from organisation.domain.meetings import meeting_of
from organisation.enums import NamndGroup
from organisation.models import Meeting, Namnd, User
from papers.documents.model import Contact
from papers.domain.content import Header, add_sections, from_template, put_header
from papers.domain.templates import ensure_standard_templates
from papers.enums import AttestSource, Origin, PaperKind, PaperState
from papers.models import Attestation, Paper, PaperTemplate, PaperVersion
from programme.assignment_enums import AccountKind, AssignmentOrigin, ObligationKind
from programme.domain.accounts import Point, add_account, decide_account
from programme.domain.assignments import Facts, Partner, create_assignment
from programme.models import Account, Assignment, Goal
from remisser.models import Remiss, RemissAssignment

SOCIALNAMNDEN = "socialnamnden"
PAPER_2020 = "Socialförvaltningens tjänsteutlåtande, dnr 3.1.1-730/2020"
ANSWER_2023 = "Socialnämndens svar på KS 2023/553"
OUR_READING = "Samlads tolkning"
NOT_KNOWN = "När uppdraget ska redovisas är inte känt."


@dataclass(frozen=True)
class DemoAssignment:
    slug: str
    title: str
    text: str
    year: int | None
    source: str
    namnd: str = SOCIALNAMNDEN
    group: str = ""
    with_groups: tuple[str, ...] = ()
    with_namnder: tuple[str, ...] = ()
    with_others: tuple[str, ...] = ()
    goals: tuple[int, ...] = field(default=())
    dnr: str = ""
    note: str = NOT_KNOWN


DISTRICTS = NamndGroup.STADSDELSNAMNDER
LEAVING_THE_FAMILY = DemoAssignment(
    "stod-vid-uppbrott-fran-familjen",
    "Modell för långsiktigt stöd till hedersvåldsutsatta som måste bryta med sin familj",
    "Ta fram en modell för det stöd på lång sikt som den behöver som är utsatt för hedersrelaterat "
    "våld och måste lämna sin familj.",
    2020,
    PAPER_2020,
    goals=(4,),
    dnr="3.1.1-730/2020",
    note="Om slutredovisningen har lämnats är inte känt.",
)
ASSIGNMENTS = (
    LEAVING_THE_FAMILY,
    DemoAssignment(
        "stod-efter-skyddat-boende",
        "Socialt stöd efter skyddat boende",
        "Stärka det sociala stödet till den som lämnar ett skyddat boende.",
        2021,
        PAPER_2020,
        with_groups=(DISTRICTS,),
        goals=(4,),
    ),
    DemoAssignment(
        "samverkan-med-civilsamhallet",
        "Stärkt samverkan med civilsamhället",
        "Utveckla samverkan med det civila samhällets organisationer.",
        2021,
        PAPER_2020,
    ),
    DemoAssignment(
        "genomgangsbostader",
        "Genomgångsbostäder",
        "Arbeta för genomgångsbostäder till våldsutsatta.",
        2021,
        PAPER_2020,
        with_groups=(DISTRICTS,),
        with_others=("SHIS Bostäder",),
        goals=(4,),
    ),
    DemoAssignment(
        "egen-forsorjning",
        "Egen försörjning för våldsutsatta",
        "Stödja våldsutsatta till egen försörjning.",
        None,
        PAPER_2020,
        namnd="",
        group=DISTRICTS,
        with_namnder=("arbetsmarknadsnamnden",),
        note="Vilket års budget uppdraget står i är inte känt, och inte heller när det redovisas.",
    ),
    DemoAssignment(
        "stod-till-unga-hedersvald",
        "Stöd till unga under hedersförtryck",
        "Se till att unga under hedersförtryck har stöd medan det är som värst och tiden därefter. "
        "Till uppdraget hör att ta reda på vad varje stadsdelsnämnd erbjuder.",
        2023,
        ANSWER_2023,
        with_groups=(DISTRICTS,),
        with_others=("civilsamhället",),
        goals=(4,),
    ),
)

PARTIAL_ON = dt.date(2020, 12, 16)
FINAL_DUE = dt.date(2021, 4, 30)
FINAL_AS_WRITTEN = "nämndens sammanträde i april 2021"
POINTS = (
    Point("Gäller delredovisningen av uppdraget och den rapport som hör till."),
    Point(
        "Uppdraget slutredovisas för nämnden vid sammanträdet i april 2021.",
        obliges=ObligationKind.SLUTREDOVISA,
        due_on=FINAL_DUE,
        due_as_written=FINAL_AS_WRITTEN,
    ),
    Point("Ärendet skickas till stadsdelsnämnderna för kännedom."),
    Point(""),
)
DECISION_NOTE = (
    "Beslutet hade fyra punkter. Tre återges här i Samlads ord och ordning; den fjärde är inte "
    "känd. Uppgifterna kommer från förvaltningens tjänsteutlåtande. Hur nämnden beslutade, och "
    "vilken paragrafen är, är inte känt."
)

EXAMPLE = "exempel-uppdrag-samtalsgrupper"
EXAMPLE_NAMND = "hasselby-vallingby"
EXAMPLE_MEETING, EXAMPLE_FINAL_DUE = dt.date(2025, 9, 25), dt.date(2027, 3, 31)
EXAMPLE_TITLE = "Exempel: Pröva samtalsgrupper i två områden"
EXAMPLE_BODIES = {
    "forslag_till_beslut": "Exempel: Stadsdelsnämnden godkänner delredovisningen.",
    "sammanfattning": "Exempel: En grupp har börjat och en väntar på lokal. Tio personer har "
    "deltagit. Det är för tidigt att säga vad grupperna betyder.",
    "bakgrund": "Exempel: Nämnden gav förvaltningen i uppdrag att pröva samtalsgrupper i två "
    "områden och att berätta hur det går innan försöket är slut.",
    "arendet": "Exempel: Den första gruppen träffas varannan vecka. Den andra får sin lokal efter "
    "nyår.",
    "arendets_beredning": "Exempel: Två enheter har skrivit redovisningen tillsammans.",
    "jamstalldhetsanalys": "Exempel: De flesta som har kommit är kvinnor. Förvaltningen ska pröva "
    "andra tider och platser för att nå fler män.",
    "synpunkter": "Exempel: Försöket bör fortsätta som det är planerat.",
}
EXAMPLE_ATTESTED = (
    ("Exempelchefen på enheten", dt.date(2025, 9, 8)),
    ("Exempelchefen på förvaltningen", dt.date(2025, 9, 10)),
)
EXAMPLE_POINTS = (
    Point("Exempelbeslut: Delredovisningen godkänns."),
    Point(
        "Exempelbeslut: Uppdraget slutredovisas i mars 2027.",
        obliges=ObligationKind.SLUTREDOVISA,
        due_on=EXAMPLE_FINAL_DUE,
    ),
)


def load_assignments() -> str:
    """Lay in the uppdrag that are not there. Answers what was done."""
    ensure_standard_templates()
    boards = {namnd.code: namnd for namnd in Namnd.objects.all()}
    goals = {
        goal.number: goal for goal in Goal.objects.filter(programme__slug=PROGRAMME, parent=None)
    }
    there = set(Assignment.objects.values_list("slug", flat=True))
    new = 0
    for given in ASSIGNMENTS:
        if given.slug in there:
            continue
        new += 1
        made = create_assignment(
            _facts(given, boards, goals),
            actor=None,
            namnd=boards.get(given.namnd),
            group=given.group,
            slug=given.slug,
        )
        if given is LEAVING_THE_FAMILY:
            _partial_account(made)
    _link_remiss()
    if EXAMPLE not in there:
        new += 1
        _example(boards[EXAMPLE_NAMND], goals[4])
    return f"{len(ASSIGNMENTS)} ur källorna och 1 exempel, {new} nya"


def _link_remiss() -> None:
    """The motion on leaving a violent relation belongs with the uppdrag on leaving a family."""
    remiss = Remiss.objects.filter(slug="ks-2023-553").first()
    assignment = Assignment.objects.filter(slug=LEAVING_THE_FAMILY.slug).first()
    if remiss and assignment:
        RemissAssignment.objects.get_or_create(
            remiss=remiss, assignment=assignment, defaults={"source": "Samlads tolkning"}
        )


def _facts(given: DemoAssignment, boards: dict[str, Namnd], goals: dict[int, Goal]) -> Facts:
    return Facts(
        title=given.title,
        text=given.text,
        abridged=True,
        origin=AssignmentOrigin.BUDGET,
        origin_year=given.year,
        dnr=given.dnr,
        note=given.note,
        source=given.source,
        partners=(
            *(Partner(group=group) for group in given.with_groups),
            *(Partner(namnd=boards[code]) for code in given.with_namnder),
            *(Partner(name=name) for name in given.with_others),
        ),
        goals=tuple(goals[number] for number in given.goals),
        goals_source=OUR_READING if given.goals else "",
    )


def _partial_account(assignment: Assignment) -> None:
    """The delredovisning of December 2020, and what the decision on it obliges to."""
    account = add_account(
        assignment, actor=None, expected_version=assignment.revision, kind=AccountKind.DEL
    )
    decide_account(
        account,
        actor=None,
        expected_version=account.assignment.revision,
        on=PARTIAL_ON,
        points=POINTS,
        abridged=True,
        note=DECISION_NOTE,
        source=PAPER_2020,
    )


def _example(namnd: Namnd, goal: Goal) -> None:
    """An uppdrag whose delredovisning is a paper: written, attested and decided on."""
    assignment = create_assignment(
        Facts(
            title=EXAMPLE_TITLE,
            text="Exempel: Pröva samtalsgrupper för våldsutsatta i två områden.",
            origin=AssignmentOrigin.BUDGET,
            origin_year=2025,
            origin_as_written="Exempel: nämndens verksamhetsplan 2025",
            note="Ett påhittat uppdrag, för att visa en redovisning som handling.",
            goals=(goal,),
            goals_source="Exempel",
        ),
        actor=None,
        namnd=namnd,
        slug=EXAMPLE,
        is_example=True,
    )
    account = add_account(
        assignment, actor=None, expected_version=assignment.revision, kind=AccountKind.DEL
    )
    meeting = meeting_of(namnd, EXAMPLE_MEETING, actor=None, is_example=True)
    # What is settled is frozen: the paper comes before the decision.
    Account.objects.filter(pk=account.pk).update(paper=_example_paper(namnd, meeting))
    decide_account(
        account,
        actor=None,
        expected_version=account.assignment.revision,
        on=EXAMPLE_MEETING,
        paragraph="9",
        points=EXAMPLE_POINTS,
        note="Exempel: sammanträdet och beslutet är påhittade.",
    )


def _example_paper(namnd: Namnd, meeting: Meeting) -> Paper:
    template = PaperTemplate.objects.filter(kind=PaperKind.EGET_ARENDE).order_by("pk")[0]
    author = User.objects.filter(username="sekreterare.hasselby").first()
    paper = Paper.objects.create(
        namnd=namnd, kind=template.kind, template=template, meeting=meeting, is_example=True
    )
    version = PaperVersion(paper=paper, number=1, origin=Origin.SKRIVEN, created_by=author)
    put_header(
        version,
        Header(
            title=EXAMPLE_TITLE,
            subtitle="Delredovisning",
            forvaltning=namnd.forvaltning,
            dated_on=dt.date(2025, 9, 5),
            meeting_on=meeting.date,
            addressee=namnd.name,
            handlaggare=(Contact("Exempelhandläggaren"),),
        ),
    )
    version.save()
    empty = from_template(list(template.sections.all()))
    filled = [
        replace(section, body=f"<p>{EXAMPLE_BODIES[section.key]}</p>")
        if section.key in EXAMPLE_BODIES
        else section
        for section in empty
    ]
    add_sections(version, filled)
    Attestation.objects.bulk_create(
        Attestation(version=version, name=name, on=day, source=AttestSource.PAPPER)
        for name, day in EXAMPLE_ATTESTED
    )
    paper.current, paper.state = version, PaperState.ATTESTERAD
    paper.save()
    return paper
