"""The nämnder and company board of the demo, with their mergers, and the demo's accounts."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from organisation.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from organisation.enums import NamndKind
from organisation.models import Membership, Namnd, NamndSuccession, User

# Said of what is usual practice but was not read in a source.
UNCHECKED = "Enligt vanlig praxis. Inte kontrollerad mot någon källa för perioden."
FIRST_MERGER = dt.date(2020, 7, 1)
SECOND_MERGER = dt.date(2023, 7, 1)


@dataclass(frozen=True)
class District:
    """A stadsdelsnämnd: `name` is the part before "stadsdelsnämnd", in its own genitive."""

    code: str
    short_name: str
    name: str
    begins: dt.date | None = None
    ceases: dt.date | None = None
    note: str = ""


def _day_before(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=1)


DISTRICTS = (
    District("bromma", "Bromma", "Bromma"),
    District(
        "enskede-arsta-vantor", "Enskede-Årsta-Vantör", "Enskede-Årsta-Vantörs", note=UNCHECKED
    ),
    District("farsta", "Farsta", "Farsta"),
    District("hagersten-alvsjo", "Hägersten-Älvsjö", "Hägersten-Älvsjö", begins=FIRST_MERGER),
    District(
        "hagersten-liljeholmen",
        "Hägersten-Liljeholmen",
        "Hägersten-Liljeholmens",
        ceases=_day_before(FIRST_MERGER),
    ),
    District("hasselby-vallingby", "Hässelby-Vällingby", "Hässelby-Vällingby"),
    District("jarva", "Järva", "Järva", begins=SECOND_MERGER),
    District("kungsholmen", "Kungsholmen", "Kungsholmens"),
    District("norra-innerstaden", "Norra innerstaden", "Norra innerstadens", begins=SECOND_MERGER),
    District("norrmalm", "Norrmalm", "Norrmalms", ceases=_day_before(SECOND_MERGER)),
    District("rinkeby-kista", "Rinkeby-Kista", "Rinkeby-Kista", ceases=_day_before(SECOND_MERGER)),
    District("skarpnack", "Skarpnäck", "Skarpnäcks", note=UNCHECKED),
    District("skarholmen", "Skärholmen", "Skärholmens", note=UNCHECKED),
    District("spanga-tensta", "Spånga-Tensta", "Spånga-Tensta", ceases=_day_before(SECOND_MERGER)),
    District("sodermalm", "Södermalm", "Södermalms"),
    District("alvsjo", "Älvsjö", "Älvsjö", ceases=_day_before(FIRST_MERGER)),
    District("ostermalm", "Östermalm", "Östermalms", ceases=_day_before(SECOND_MERGER)),
)

MERGERS = (
    ("hagersten-liljeholmen", "hagersten-alvsjo", FIRST_MERGER),
    ("alvsjo", "hagersten-alvsjo", FIRST_MERGER),
    ("rinkeby-kista", "jarva", SECOND_MERGER),
    ("spanga-tensta", "jarva", SECOND_MERGER),
    ("norrmalm", "norra-innerstaden", SECOND_MERGER),
    ("ostermalm", "norra-innerstaden", SECOND_MERGER),
)

# code → (name, förvaltning, note). The förvaltning is blank where no source names it.
COMMITTEES = {
    "arbetsmarknadsnamnden": ("Arbetsmarknadsnämnden", "", ""),
    "avfallsnamnden": ("Avfallsnämnden", "", UNCHECKED),
    "exploateringsnamnden": ("Exploateringsnämnden", "", ""),
    "fastighetsnamnden": ("Fastighetsnämnden", "", UNCHECKED),
    "idrottsnamnden": ("Idrottsnämnden", "", UNCHECKED),
    "kulturnamnden": ("Kulturnämnden", "", UNCHECKED),
    "kyrkogardsnamnden": ("Kyrkogårdsnämnden", "", UNCHECKED),
    "miljo-och-halsoskyddsnamnden": ("Miljö- och hälsoskyddsnämnden", "", UNCHECKED),
    "servicenamnden": ("Servicenämnden", "", UNCHECKED),
    "socialnamnden": ("Socialnämnden", "Socialförvaltningen", ""),
    "stadsbyggnadsnamnden": ("Stadsbyggnadsnämnden", "", ""),
    "trafiknamnden": ("Trafiknämnden", "", UNCHECKED),
    "utbildningsnamnden": ("Utbildningsnämnden", "", ""),
    "valnamnden": ("Valnämnden", "", UNCHECKED),
    "aldrenamnden": ("Äldrenämnden", "", ""),
    "overformyndarnamnden": ("Överförmyndarnämnden", "", UNCHECKED),
}


def load_namnder() -> int:
    """Nämnder, company board and successions. Answers how many boards there are."""
    for district in DISTRICTS:
        _put(
            district.code,
            name=f"{district.name} stadsdelsnämnd",
            short_name=district.short_name,
            kind=NamndKind.STADSDELSNAMND,
            forvaltning=f"{district.name} stadsdelsförvaltning",
            valid_from=district.begins,
            valid_to=district.ceases,
            note=district.note,
        )
    for code, (name, forvaltning, note) in COMMITTEES.items():
        _put(
            code,
            name=name,
            short_name=name,
            kind=NamndKind.FACKNAMND,
            forvaltning=forvaltning,
            note=note,
        )
    _put(
        "kommunstyrelsen",
        name="Kommunstyrelsen",
        short_name="Kommunstyrelsen",
        kind=NamndKind.KOMMUNSTYRELSEN,
        forvaltning="Stadsledningskontoret",
        note="",
    )
    _put(
        "stockholms-stadshus",
        name="Stockholms Stadshus AB",
        short_name="Stadshus AB",
        kind=NamndKind.MODERBOLAG,
        forvaltning="",
        note="Gör en gemensam bedömning för alla bolag.",
    )
    boards = {namnd.code: namnd for namnd in Namnd.objects.all()}
    for before, after, day in MERGERS:
        NamndSuccession.objects.update_or_create(
            predecessor=boards[before], successor=boards[after], defaults={"on": day}
        )
    return len(DISTRICTS) + len(COMMITTEES) + 2


def load_accounts() -> int:
    """The demo's people and their roles. An account that is there keeps its password."""
    password = ""
    for account in DEMO_ACCOUNTS:
        user = User.objects.filter(username=account.username).first()
        if user is None:
            # One slow hash for all: they have the same password, and it is no secret.
            password = password or make_password(DEMO_PASSWORD)
            user = User(username=account.username, password=password)
        user.name, user.title = account.name, account.title
        user.is_staff = user.is_superuser = account.namnd is None
        user.save()
        namnd = Namnd.objects.get(code=account.namnd) if account.namnd else None
        for role in account.roles:
            Membership.objects.get_or_create(user=user, namnd=namnd, role=role)
    return len(DEMO_ACCOUNTS)


def _put(code: str, **fields) -> None:
    Namnd.objects.update_or_create(code=code, defaults=fields)
