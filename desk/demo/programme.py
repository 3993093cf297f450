"""The programme 2021–2025: vision, kinds of violence and goals as they stand in the sources.

The official wording of the activities is not available. Those that a source ties to the programme
carry it; the others are Samlad's own examples, marked so.
"""

from dataclasses import dataclass

from desk.demo.programme_examples import load_programme_examples
from desk.demo.programmes_beside import load_programmes_beside
from organisation.enums import NamndGroup
from organisation.models import Namnd
from programme.models import Activity, Goal, Programme, Responsibility, ViolenceType

SLUG = "vald-2021-2025"
NAME = (
    "Stockholms stads program mot våld i nära relationer, hedersrelaterat våld och förtryck, "
    "prostitution, människohandel för sexuella ändamål samt sexuellt våld oberoende relation "
    "2021–2025"
)
VISION = (
    "Stockholm är en stad fri från våld i nära relationer, hedersrelaterat våld och förtryck, "
    "prostitution, människohandel för sexuella ändamål samt sexuellt våld oberoende relation."
)
SOURCE = "Södermalms stadsdelsnämnds svar på KS 2020/924"
VIOLENCE_TYPES = {
    "vald-i-nara-relationer": "våld i nära relationer",
    "hedersrelaterat-vald-och-fortryck": "hedersrelaterat våld och förtryck",
    "prostitution": "prostitution",
    "manniskohandel-for-sexuella-andamal": "människohandel för sexuella ändamål",
    "sexuellt-vald-oberoende-relation": "sexuellt våld oberoende relation",
}
GOALS = (
    "Stadens verksamheter arbetar våldsförebyggande.",
    "Våldsutövare har tillgång till återfallsförebyggande insatser utifrån sina behov.",
    "Stadens verksamheter arbetar aktivt för att upptäcka våldsutsatta vuxna och barn samt "
    "våldsutövare.",
    "Våldsutsatta vuxna och barn har tillgång till insatser utifrån sina behov.",
    "Våldsutsatta vuxna och barn medverkar i brottsutredningar.",
    "Stadens verksamheter arbetar med systematisk kunskapsutveckling.",
    "Stadens verksamheter använder metoder och insatser som vilar på evidens och/eller på "
    "beprövad erfarenhet.",
)

DISTRICTS = NamndGroup.STADSDELSNAMNDER
GOAL_IS_OUR_READING = "Att den hör till det här målet är Samlads tolkning"


@dataclass(frozen=True)
class DemoActivity:
    goal: int
    code: str
    text: str
    responsible: tuple[str, ...]
    """Groups and codes of nämnder."""
    source: str = ""


ACTIVITIES = (
    DemoActivity(
        1,
        "aldrig-igen",
        "Genomföra kampanjen ”Aldrig igen” i januari varje år: i sociala medier, på stadens "
        "tavlor och i kollektivtrafiken.",
        ("socialnamnden",),
        f"Socialnämndens svar på KS 2023/553. {GOAL_IS_OUR_READING}.",
    ),
    DemoActivity(
        1,
        "foraldrastod-om-vald",
        "Erbjuda föräldrar stöd där våld, kontroll och jämställda relationer tas upp.",
        (DISTRICTS, "socialnamnden"),
    ),
    DemoActivity(
        1,
        "vald-i-skolan",
        "Arbeta mot våld i skolan tillsammans med elever, elevhälsa och fritids.",
        ("utbildningsnamnden",),
    ),
    DemoActivity(
        1,
        "stadens-medarbetare",
        "Berätta för stadens medarbetare vart de kan vända sig om någon närstående utsätter dem.",
        (NamndGroup.ALLA,),
    ),
    DemoActivity(
        2,
        "motivera-unga-utovare",
        "Tydligare rutiner för att motivera unga som utövar våld att ta emot hjälp.",
        (DISTRICTS, "socialnamnden"),
        f"Socialförvaltningens tjänsteutlåtande om KS 2020/470. {GOAL_IS_OUR_READING}.",
    ),
    DemoActivity(
        2,
        "fraga-om-eget-vald",
        "Fråga om eget våld i samtal med föräldrar, och kunna boka en första tid samma vecka.",
        (DISTRICTS,),
    ),
    DemoActivity(
        2,
        "avbrutna-insatser",
        "Ta reda på varför insatser för våldsutövare avbryts, och pröva sätt att hålla kvar dem.",
        ("socialnamnden",),
    ),
    DemoActivity(
        3,
        "rutinfragor",
        "Utveckla rutinfrågor som gör att våld upptäcks.",
        (DISTRICTS, "socialnamnden"),
        f"Socialförvaltningens tjänsteutlåtande om KS 2020/470. {GOAL_IS_OUR_READING}.",
    ),
    DemoActivity(
        3,
        "aldre-och-vald",
        "Uppmärksamma våld mot äldre i biståndshandläggning, hemtjänst och på boenden.",
        (DISTRICTS, "aldrenamnden"),
    ),
    DemoActivity(
        3,
        "motesplatser",
        "Ge personal på bibliotek och fritidsgårdar stöd i hur de frågar och hänvisar.",
        (DISTRICTS, "kulturnamnden"),
    ),
    DemoActivity(
        4,
        "skydd-samma-dag",
        "Kunna ordna skydd samma dag som någon ber om det, också med husdjur eller vuxna barn.",
        (DISTRICTS,),
    ),
    DemoActivity(
        4,
        "barn-i-skydd",
        "Följa att varje barn i skyddat boende får gå i skolan och får eget stöd.",
        (DISTRICTS, "utbildningsnamnden"),
    ),
    DemoActivity(
        4,
        "bostad-efter-skydd",
        "Hitta fler vägar till en egen bostad efter skyddat boende.",
        (DISTRICTS, "socialnamnden", "exploateringsnamnden"),
    ),
    DemoActivity(
        4,
        "egen-forsorjning",
        "Erbjuda praktik, studier eller arbete till den som behöver bygga upp en egen ekonomi.",
        (DISTRICTS, "arbetsmarknadsnamnden"),
    ),
    DemoActivity(
        5,
        "stod-infor-rattegang",
        "Erbjuda en stödperson före, under och efter polisförhör och rättegång.",
        (DISTRICTS, "socialnamnden"),
    ),
    DemoActivity(
        5,
        "barn-som-vittnar",
        "Förklara för barn, på deras eget språk, vad som händer när polisen utreder.",
        (DISTRICTS, "socialnamnden"),
    ),
    DemoActivity(
        6,
        "kunskapsplan",
        "Ha en plan för vad varje yrkesgrupp ska kunna om våld, och följa upp den årligen.",
        (NamndGroup.NAMNDER,),
    ),
    DemoActivity(
        6,
        "larande-av-arenden",
        "Gå igenom avslutade ärenden tillsammans och skriva ned vad som kan göras bättre.",
        (DISTRICTS,),
    ),
    DemoActivity(
        7,
        "prova-och-utvardera",
        "Pröva nya arbetssätt i liten skala och utvärdera dem innan de införs överallt.",
        (DISTRICTS, "socialnamnden"),
    ),
    DemoActivity(
        7,
        "fraga-deltagare",
        "Fråga dem som har fått en insats vad som hjälpte, och låta svaren påverka utbudet.",
        (DISTRICTS, "socialnamnden"),
    ),
)


def load_programme() -> str:
    """The programme with its goals and activities. Answers what it holds, in words."""
    programme, _ = Programme.objects.update_or_create(
        slug=SLUG,
        defaults={
            "name": NAME,
            "short_name": "Program mot våld",
            "vision": VISION,
            "first_year": 2021,
            "last_year": 2025,
            "source": SOURCE,
        },
    )
    kinds = [
        ViolenceType.objects.update_or_create(
            name=name, defaults={"order": order, "source": SOURCE, "code": code}
        )[0]
        for order, (code, name) in enumerate(VIOLENCE_TYPES.items(), start=1)
    ]
    programme.violence_types.set(kinds)
    goals = {
        number: Goal.objects.update_or_create(
            programme=programme, parent=None, number=number, defaults={"text": text}
        )[0]
        for number, text in enumerate(GOALS, start=1)
    }
    boards = {namnd.code: namnd for namnd in Namnd.objects.all()}
    for order, given in enumerate(ACTIVITIES, start=1):
        activity, _ = Activity.objects.update_or_create(
            code=given.code,
            defaults={
                "goal": goals[given.goal],
                "text": given.text,
                "source": given.source,
                "is_example": not given.source,
                "order": order,
            },
        )
        for name in given.responsible:
            namnd = boards.get(name)
            Responsibility.objects.get_or_create(
                activity=activity, namnd=namnd, group="" if namnd else name
            )
    examples = load_programme_examples(programme, goals)
    beside = load_programmes_beside(goals)
    return f"{len(GOALS)} mål, {len(ACTIVITIES)} aktiviteter, {examples}; {beside}"
