"""Stöd och insatser of the demo: facts as the sources have them, and a few made-up examples.

What a source does not say stays blank, and is shown as unknown. Nobody has verified what was read
in a paper: only the examples, which are nobody's, are verified, by the demo's samordnare.
"""

import datetime as dt
from dataclasses import dataclass

from desk.demo.programme import SLUG
from organisation.models import Namnd, User
from programme.enums import Anonymity, Audience, Provider, Reach
from programme.models import Goal, Service, ViolenceType

MOTION = "Socialnämndens svar på KS 2023/553"
DISTRICT = "Hässelby-Vällingby stadsdelsnämnds svar på KS 2023/553"
# The two papers name them together; which of them says what was not kept apart.
OTHER_PAPERS = (
    "Ett av socialförvaltningens tjänsteutlåtanden KS 2020/470 och dnr 3.1.1-730/2020; vilket är "
    "inte kontrollerat"
)

NEAR, HONOUR = "vald-i-nara-relationer", "hedersrelaterat-vald-och-fortryck"
PROSTITUTION = "prostitution"
EXPOSED, PERPETRATOR = Audience.UTSATT, Audience.UTOVARE
RELATIVE, PROFESSIONAL = Audience.ANHORIG, Audience.YRKESVERKSAM
CITY, REGION, CIVIL = Provider.STAD, Provider.REGION, Provider.CIVIL
LONG_AGO, LATELY = 430, 40


@dataclass(frozen=True)
class DemoService:
    code: str
    name: str
    source: str = OTHER_PAPERS
    description: str = ""
    provider: str = CITY
    operator: str = ""
    ages: tuple[int | None, int | None] = (None, None)
    violence_types: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    anonymous: str = Anonymity.OKANT
    how_to_reach: str = ""
    reach: str = Reach.OKANT
    namnder: tuple[str, ...] = ()
    place_note: str = ""
    goals: tuple[int, ...] = ()
    verified_days_ago: int | None = None
    """For examples only."""

    @property
    def is_example(self) -> bool:
        return not self.source


SERVICES = (
    DemoService(
        "rvc",
        "Relationsvåldscentrum (RVC)",
        MOTION,
        "Stöd och behandling för den som är utsatt och den som utövar våld, enskilt eller i "
        "grupp. Stöd i rättsprocessen för den som har anmält till polisen. Fyra centrum sedan "
        "2018.",
        ages=(18, None),
        violence_types=(NEAR, HONOUR),
        audiences=(EXPOSED, PERPETRATOR),
        how_to_reach="Det går också att få rådgivning per telefon.",
        reach=Reach.HELA,
        place_note="Fyra centrum i staden",
        goals=(2, 4, 5),
    ),
    DemoService(
        "rvt",
        "Relationsvåldsteam (RVT)",
        MOTION,
        "Skyddat boende, också för den som är påverkad av alkohol eller narkotika eller behöver "
        "ett tillgängligt boende.",
        operator="stadsdelsförvaltningarna",
        violence_types=(NEAR, HONOUR),
        audiences=(EXPOSED,),
        reach=Reach.HELA,
        place_note="Ett team vid varje stadsdelsförvaltning",
        goals=(4,),
    ),
    DemoService(
        "jourlagenhet",
        "Jourlägenhet",
        MOTION,
        "En lägenhet för den som är utsatt för våld och behöver bo någon annanstans.",
        operator="tio av stadsdelsförvaltningarna",
        audiences=(EXPOSED,),
        place_note="Finns vid tio stadsdelsförvaltningar; källan säger inte vilka",
        goals=(4,),
    ),
    DemoService(
        "origo",
        "Origo, resurscentrum mot hedersrelaterat förtryck och våld",
        MOTION,
        "Stöd och rådgivning till unga. Personal kan få utbildning och råd i ärenden.",
        ages=(13, 26),
        violence_types=(HONOUR,),
        audiences=(EXPOSED, PROFESSIONAL),
        reach=Reach.HELA,
        goals=(4, 6),
    ),
    DemoService(
        "stodcentrum",
        "Stödcentrum för unga brottsutsatta",
        f"{MOTION}; åldern ur ett annat tjänsteutlåtande, vilket är inte kontrollerat",
        "Stödsamtal, praktisk hjälp, råd och stöd inför rättegång. Stöd också till anhöriga, och "
        "medling mellan den som har begått ett brott och den som har drabbats.",
        ages=(12, 21),
        audiences=(EXPOSED, RELATIVE),
        reach=Reach.HELA,
        goals=(4, 5),
    ),
    DemoService(
        "plus-foraldraskapsstod",
        "PLUS Föräldraskapsstöd",
        MOTION,
        "Utvecklar föräldraprogram och utbildar i dem.",
        operator="socialnämnden",
        goals=(1,),
    ),
    DemoService(
        "kast",
        "KAST",
        description="För den som köper sex.",
        ages=(18, None),
        violence_types=(PROSTITUTION,),
        audiences=(PERPETRATOR,),
        anonymous=Anonymity.JA,
        goals=(2,),
    ),
    DemoService(
        "mikamottagningen",
        "Mikamottagningen",
        description="För den som har sex mot ersättning.",
        violence_types=(PROSTITUTION,),
        audiences=(EXPOSED,),
        goals=(4,),
    ),
    DemoService("ungdomsjouren", "Ungdomsjouren"),
    DemoService("pom", "POM", description="Regionkoordinatorerna."),
    DemoService(
        "ungdomsmottagningarna", "Ungdomsmottagningarna", place_note="Nio mottagningar i staden"
    ),
    DemoService(
        "socialjouren",
        "Socialjouren",
        DISTRICT,
        "Nås när stadsdelsförvaltningens eget nummer är stängt.",
    ),
    DemoService(
        "shis-mellanbo",
        "Mellanbo",
        DISTRICT,
        "Ett boende där det finns stöd, för den som har levt i en våldsam relation.",
        operator="SHIS Bostäder, som är en stiftelse",
        how_to_reach="Stadsdelsförvaltningen kan hjälpa till med ansökan.",
        violence_types=(NEAR,),
        audiences=(EXPOSED,),
        goals=(4,),
    ),
    DemoService("jobbtorg", "Jobbtorg"),
    DemoService("preventell", "PrevenTell", description="För vuxna.", provider="", ages=(18, None)),
    DemoService(
        "anova",
        "ANOVA",
        provider=REGION,
        operator="Karolinska",
        ages=(16, None),
    ),
    DemoService("valj-att-sluta", "Välj att sluta", provider="", ages=(18, None)),
    DemoService(
        "1000-mojligheter",
        "1000 möjligheter",
        provider=CIVIL,
        how_to_reach="ungarelationer.se",
    ),
    DemoService(
        "man",
        "Män",
        description="Samtal för unga, och metoderna MVP och Agera tillsammans.",
        provider=CIVIL,
        ages=(15, 25),
    ),
    DemoService("talita", "Talita", provider=CIVIL),
    DemoService("asov", "ASOV", provider=CIVIL),
    DemoService("foreningen-tillsammans", "Föreningen Tillsammans", provider=CIVIL),
    DemoService("mansjouren", "Mansjouren", provider=CIVIL),
    DemoService("kvinnojourer", "Kvinnojourer", provider=CIVIL, description="Flera föreningar."),
    # Made up, to show how a record looks that somebody keeps.
    DemoService(
        "exempelmottagningen",
        "Exempelmottagningen för samtal",
        "",
        "Samtal med kurator om våld hemma, för den som är utsatt och för anhöriga.",
        operator="Södermalms stadsdelsförvaltning",
        ages=(16, None),
        violence_types=(NEAR,),
        audiences=(EXPOSED, RELATIVE),
        anonymous=Anonymity.NEJ,
        how_to_reach="Boka tid i receptionen, måndag till torsdag.",
        reach=Reach.STADSDELAR,
        namnder=("sodermalm",),
        goals=(4,),
        verified_days_ago=LATELY,
    ),
    DemoService(
        "exempelgruppen",
        "Exempelgruppen för pappor",
        "",
        "En grupp för pappor som vill sluta använda våld.",
        ages=(18, None),
        violence_types=(NEAR,),
        audiences=(PERPETRATOR,),
        anonymous=Anonymity.NEJ,
        how_to_reach="Anmälan genom socialtjänsten.",
        reach=Reach.STADSDELAR,
        namnder=("rinkeby-kista", "hasselby-vallingby"),
        goals=(2,),
        verified_days_ago=LONG_AGO,
    ),
)


def load_services(today: dt.date) -> str:
    """The register, put back to what stands here. Answers what it holds, in words.

    What people have changed or verified since (the revision tells) is left as it is.
    """
    goals = {goal.number: goal for goal in Goal.objects.top().filter(programme__slug=SLUG)}
    namnder = {namnd.code: namnd for namnd in Namnd.objects.all()}
    kinds = {kind.code: kind for kind in ViolenceType.objects.all()}
    samordnare = User.objects.get(username="samordnare")
    touched = set(Service.objects.exclude(revision=0).values_list("code", flat=True))
    for given in SERVICES:
        if given.code in touched:
            continue
        days = given.verified_days_ago
        verified_on = today - dt.timedelta(days=days) if days is not None else None
        service, _ = Service.objects.update_or_create(
            code=given.code,
            defaults={
                "name": given.name,
                "description": given.description,
                "provider": given.provider,
                "operator": given.operator,
                "age_from": given.ages[0],
                "age_to": given.ages[1],
                "audiences": list(given.audiences),
                "anonymous": given.anonymous,
                "how_to_reach": given.how_to_reach,
                "reach": given.reach,
                "place_note": given.place_note,
                "source": given.source,
                "is_example": given.is_example,
                "verified_on": verified_on,
                "verified_by": samordnare if verified_on else None,
            },
        )
        service.violence_types.set([kinds[code] for code in given.violence_types])
        service.namnder.set([namnder[code] for code in given.namnder])
        service.goals.set([goals[number] for number in given.goals])
    examples = sum(given.is_example for given in SERVICES)
    return f"{len(SERVICES) - examples} ur källorna, {examples} exempel"
