"""The nämnder and company board of the demo, with their mergers, and the demo's accounts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

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
    boards = _boards()
    there = Namnd.objects.in_bulk(boards, field_name="code")
    Namnd.objects.bulk_create(
        Namnd(code=code, **fields) for code, fields in boards.items() if code not in there
    )
    for code, namnd in there.items():  # put back to what stands here
        for name, value in boards[code].items():
            setattr(namnd, name, value)
        namnd.save()
    _load_mergers()
    return len(boards)


def _boards() -> dict[str, dict[str, Any]]:
    """Code → what the demo says of the board; what it says nothing of is left as it is."""
    districts = {
        district.code: {
            "name": f"{district.name} stadsdelsnämnd",
            "short_name": district.short_name,
            "kind": NamndKind.STADSDELSNAMND,
            "forvaltning": f"{district.name} stadsdelsförvaltning",
            "valid_from": district.begins,
            "valid_to": district.ceases,
            "note": district.note,
        }
        for district in DISTRICTS
    }
    committees = {
        code: {
            "name": name,
            "short_name": name,
            "kind": NamndKind.FACKNAMND,
            "forvaltning": forvaltning,
            "note": note,
        }
        for code, (name, forvaltning, note) in COMMITTEES.items()
    }
    kommunstyrelsen = {
        "name": "Kommunstyrelsen",
        "short_name": "Kommunstyrelsen",
        "kind": NamndKind.KOMMUNSTYRELSEN,
        "forvaltning": "Stadsledningskontoret",
        "note": "",
    }
    company = {
        "name": "Stockholms Stadshus AB",
        "short_name": "Stadshus AB",
        "kind": NamndKind.MODERBOLAG,
        "forvaltning": "",
        "note": "Gör en gemensam bedömning för alla bolag.",
    }
    return {
        **districts,
        **committees,
        "kommunstyrelsen": kommunstyrelsen,
        "stockholms-stadshus": company,
    }


def _load_mergers() -> None:
    boards = Namnd.objects.in_bulk(field_name="code")
    there = {(s.predecessor_id, s.successor_id): s for s in NamndSuccession.objects.all()}
    new = []
    for before, after, day in MERGERS:
        pair = (boards[before].pk, boards[after].pk)
        if pair not in there:
            new.append(NamndSuccession(predecessor=boards[before], successor=boards[after], on=day))
        elif there[pair].on != day:
            there[pair].on = day
            there[pair].save()
    NamndSuccession.objects.bulk_create(new)


def load_accounts() -> int:
    """The demo's people and their roles. An account that is there keeps its password."""
    password = ""
    for account in DEMO_ACCOUNTS:
        user = User.objects.filter(username=account.username).first()
        if user is None:
            # One slow hash for all: they have the same password, and it is no secret.
            password = password or make_password(DEMO_PASSWORD)
            user = User(username=account.username, password=password)
        user.name, user.title, user.email = account.name, account.title, account.email
        user.is_staff = user.is_superuser = account.namnd is None
        user.save()
        namnd = Namnd.objects.get(code=account.namnd) if account.namnd else None
        for role in account.roles:
            Membership.objects.get_or_create(user=user, namnd=namnd, role=role)
    return len(DEMO_ACCOUNTS)
