"""Answers of the demo, in Samlad's own words: none of the real papers' text is here.

That they were given, when, and by whom they were handled first are facts; what they say is
retold and marked as an example. The real papers are read in with `import_answer`.
"""

import datetime as dt
from dataclasses import dataclass

from papers.documents.model import Contact
from papers.domain.content import Header
from remisser.enums import Stance

MOTION = "Motion om lämna-program för individer i våldsamma relationer"
TITLE = "Svar på remiss om lämna-program för individer i våldsamma relationer"
DECISION_FORMULA = (
    "Hässelby-Vällingby stadsdelsnämnd antar yttrandet som sitt eget och överlämnar det som svar "
    "på remissen."
)


@dataclass(frozen=True)
class DemoPosition:
    stance: str = ""
    text: str = ""


@dataclass(frozen=True)
class DemoAnswer:
    remiss: str
    namnd: str
    template: str
    """Code of the standard template that gives its sections."""
    header: Header
    bodies: dict[str, tuple[str, ...]]
    """Paragraphs by the key of the section; the others are empty, or made from the header."""
    positions: tuple[DemoPosition, ...] = ()
    """By number of the proposals, from the first."""
    collective: bool = False
    stance: str = ""
    attested: tuple[tuple[str, dt.date], ...] = ()
    """(Who, when): the heads are called by what they are where no source of ours names them."""
    author: str = ""
    """User name of who writes it in the demo."""
    meeting_is_example: bool = False


SOCIALNAMNDEN = DemoAnswer(
    "ks-2023-553",
    "socialnamnden",
    "facknamnd",
    Header(
        title=TITLE,
        subtitle="Svar på remiss från kommunstyrelsen, KS 2023/553",
        forvaltning="Socialförvaltningen",
        avdelning="Avdelningen för stadsövergripande sociala frågor",
        addressee="Socialnämnden",
        bilagor=(MOTION,),
        recipients=("Kommunstyrelsen",),
    ),
    collective=True,
    stance=Stance.TILLGODOSETT,
    bodies={
        "forslag_till_beslut": (
            "Socialnämnden godkänner förvaltningens tjänsteutlåtande som svar på remissen.",
        ),
        "sammanfattning": (
            "Kristin Jacobsson (C) föreslår i en motion åtta åtgärder för den som vill lämna "
            "ett förhållande med våld eller lever under hedersförtryck.",
            "Förvaltningen ser samma behov som motionen. Mycket av det som föreslås görs "
            "redan, och det bör få växa där det finns i dag.",
        ),
        "bakgrund": (
            "Kommunstyrelsen har skickat motionen till tolv instanser, däribland nämnden.",
        ),
        "arendet": (
            "Motionen rymmer förslag om föräldrastöd, uppsökande arbete, utbildning, "
            "information, boende och ett lokalt lämna-program.",
        ),
        "arendets_beredning": (
            "Avdelningen för stadsövergripande sociala frågor har skrivit förslaget. "
            "Förvaltningsgruppen tog upp det den 23 augusti 2023, och rådet för "
            "funktionshinderfrågor fick möjlighet till det dagen efter.",
        ),
        "jamstalldhetsanalys": (
            "Fler kvinnor än män utsätts för våld av en partner. Stödet ska ändå fungera för "
            "alla, oavsett kön och läggning.",
        ),
        "barnrattsperspektiv": (
            "Flera av förslagen rör barn. De har egen rätt till skydd och stöd, också när det "
            "är en förälder som söker hjälp.",
        ),
        "synpunkter": (
            "Förvaltningen besvarar motionens förslag samlat. PLUS Föräldraskapsstöd, Origo, "
            "fyra relationsvåldscentrum, relationsvåldsteamen och Stödcentrum för unga "
            "brottsutsatta täcker stora delar av det som efterfrågas.",
            "Boendeplanen visar att nio av tio får en bra akut lösning, men att färre än sju "
            "av tio får det på längre sikt. Där behövs mest.",
            "Förvaltningens slutsats är att motionens avsikt tillgodoses i pågående arbete.",
        ),
    },
)

HASSELBY = DemoAnswer(
    "ks-2023-553",
    "hasselby-vallingby",
    "stadsdel-eget-yttrande",
    Header(
        title=TITLE,
        subtitle="Kommunstyrelsens diarienummer KS 2023/553",
        forvaltning="Hässelby-Vällingby stadsdelsförvaltning",
        addressee="Hässelby-Vällingby stadsdelsnämnd",
        meeting_on=dt.date(2023, 8, 31),
        bilagor=(MOTION,),
        recipients=("Kommunstyrelsen",),
    ),
    attested=(
        ("Avdelningschef", dt.date(2023, 8, 9)),
        ("Stadsdelsdirektör", dt.date(2023, 8, 10)),
    ),
    bodies={
        "forslag_till_beslut": (DECISION_FORMULA,),
        "sammanfattning": (
            "Nämnden ombeds tycka till om en motion av Kristin Jacobsson (C). Förvaltningen "
            "föreslår ett yttrande som i huvudsak är positivt.",
        ),
        "bakgrund": (
            "Motionen har åtta förslag om stöd till den som utsätts för våld eller "
            "hedersförtryck. Svaret ska vara inne den 19 september 2023.",
        ),
        "arendets_beredning": (
            "Avdelningarna för vuxna och för barn och unga har skrivit förslaget gemensamt.",
        ),
        "yttrande": ("Nämnden svarar på förslagen ett i taget.",),
        "sammanfattande_bedomning": (
            "Nämnden delar motionens riktning. Nya uppdrag bör komplettera det som fungerar, "
            "följas upp och åtföljas av pengar.",
        ),
        "forvaltningens_synpunkter_kort": (
            "Förvaltningen föreslår att nämnden ställer sig bakom yttrandet.",
        ),
    },
    positions=(
        DemoPosition(
            Stance.TILLGODOSETT,
            "Komet, ABC och familjerådgivning finns redan, liksom ett försök riktat till "
            "oroliga föräldrar. Hedersfrågor tas upp i det stödet.",
        ),
        DemoPosition(
            Stance.POSITIV_FORBEHALL,
            "En gemensam kunskapsbas vore bra. Det måste först bli klart hur enheten förhåller "
            "sig till Origo och till det som stadsdelarna själva gör.",
        ),
        DemoPosition(
            Stance.POSITIV,
            "Många medarbetare har gått Origos utbildning. En satsning för hela staden är "
            "välkommen om den går till dem som har störst nytta av den.",
        ),
        DemoPosition(
            Stance.POSITIV,
            "Information sprids redan, bland annat med polisens hjälp. Samordning över staden "
            "skulle nå fler.",
        ),
        DemoPosition(
            Stance.SVART_ATT_YTTRA_SIG,
            "Nämnden kan inte avgöra om ett nytt hus ger mer än andra boendeformer. En känd "
            "adress kan också vara en risk.",
        ),
        DemoPosition(
            Stance.TILLGODOSETT,
            "Det finns jourtelefon dagtid och socialjour övrig tid, och skydd kan beviljas "
            "medan utredningen pågår.",
        ),
        DemoPosition(
            Stance.POSITIV,
            "Bostadsbristen gör väntan lång. Fler genomgångsbostäder behövs, och det är värt att "
            "pröva om den som slår kan vara den som flyttar.",
        ),
        DemoPosition(
            Stance.POSITIV_FORBEHALL,
            "Ett lämna-program är värt att pröva, om det klargörs vad det ska göra utöver dagens "
            "stöd.",
        ),
    ),
)


def example_answer(today: dt.date) -> DemoAnswer:
    """A draft half written, for a meeting between now and the day the remiss is due."""
    return DemoAnswer(
        "exempel-2025-1",
        "hasselby-vallingby",
        "stadsdel-eget-yttrande",
        Header(
            title="Svar på remiss om stöd till barn som har upplevt våld hemma",
            subtitle="Kommunstyrelsens diarienummer Exempel 2025/1",
            forvaltning="Hässelby-Vällingby stadsdelsförvaltning",
            addressee="Hässelby-Vällingby stadsdelsnämnd",
            meeting_on=example_meeting_day(today),
            handlaggare=(Contact("Siv Sekreterare", ""),),
            bilagor=("Motion om stöd till barn som har upplevt våld hemma",),
            recipients=("Kommunstyrelsen",),
        ),
        author="sekreterare.hasselby",
        meeting_is_example=True,
        bodies={
            "forslag_till_beslut": (DECISION_FORMULA,),
            "sammanfattning": (
                "Motionen har fem förslag om stöd till barn som har upplevt våld hemma. "
                "Förvaltningen ställer sig bakom de flesta av dem.",
            ),
            "bakgrund": ("Kommunstyrelsen har skickat en motion på remiss till sex instanser.",),
        },
        positions=(
            DemoPosition(
                Stance.POSITIV,
                "Ett eget samtal inom en vecka är rimligt. Nämnden klarar det oftast redan i dag, "
                "men inte på sommaren.",
            ),
            DemoPosition(
                Stance.TILLSTYRKER,
                "En gemensam vägledning efterfrågas av skolorna och bör tas fram tillsammans med "
                "dem.",
            ),
            DemoPosition(),
            DemoPosition(
                Stance.POSITIV_FORBEHALL,
                "Nämnden redovisar gärna väntetider, om måttet är detsamma i hela staden.",
            ),
            DemoPosition(),
        ),
    )


def example_meeting_day(today: dt.date) -> dt.date:
    """The first Thursday two weeks or more after `today`."""
    day = today + dt.timedelta(days=14)
    return day + dt.timedelta(days=(3 - day.weekday()) % 7)
