"""Finding operations that fit a need, and saying why.

Three answers for each thing asked for: it fits, it does not, nobody knows. What nobody knows
never counts as a yes: such operations stand by themselves, with what to ask them.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import Enum

from django.utils import timezone

from organisation.enums import NamndKind
from organisation.models import Namnd, NamndSuccession, User
from programme.domain.services.need import Need
from programme.domain.services.vocabulary import District, Vocabulary, small
from programme.enums import Anonymity, Audience, Provider, Reach
from programme.models import Goal, Service, ViolenceType


class Verdict(Enum):
    YES = "ja"
    NO = "nej"
    UNKNOWN = "okänt"


@dataclass(frozen=True)
class Reason:
    """Why an operation fits in one respect, or that nobody knows."""

    verdict: Verdict
    text: str


@dataclass(frozen=True)
class Place:
    """A nämnd that an operation is for: who it is today, and the name that it is known by."""

    code: str
    label: str


@dataclass(frozen=True)
class ServiceRow:
    """One operation as lists show it."""

    service: Service
    violence_types: tuple[str, ...]
    audiences: tuple[str, ...]
    places: tuple[Place, ...]
    is_old: bool
    """Nobody has verified it for a year."""
    reasons: tuple[Reason, ...] = ()
    hits: tuple[str, ...] = ()
    """The free words of the need that stand in it."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What nobody knows of it, in words; anonymity is said by itself."""
        service = self.service
        known = {
            "ålder": service.ages,
            "vem den är för": self.audiences,
            "slag av våld": self.violence_types,
            "var den finns": service.reach != Reach.OKANT,
            "hur man når dem": service.how_to_reach or service.website,
        }
        return tuple(name for name, value in known.items() if not value)

    @property
    def fits(self) -> tuple[str, ...]:
        return tuple(r.text for r in self.reasons if r.verdict is Verdict.YES)

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(r.text for r in self.reasons if r.verdict is Verdict.UNKNOWN)


@dataclass(frozen=True)
class Found:
    """What was found for a need."""

    fits: tuple[ServiceRow, ...]
    may_fit: tuple[ServiceRow, ...]
    """Something that was asked for fits, something else is unknown; what fits best first."""
    nothing_known: tuple[ServiceRow, ...]
    """Of all that was asked for nothing is known."""
    unmatched_words: tuple[str, ...]
    """Free words that stand in none of them."""


@dataclass(frozen=True)
class DistrictPage:
    """What there is for those who live in one stadsdel, to print."""

    namnd: Namnd
    here: tuple[ServiceRow, ...]
    """Meant for this stadsdel in particular."""
    everywhere: tuple[ServiceRow, ...]
    perhaps: tuple[ServiceRow, ...]
    """Nobody knows whether they are there for this stadsdel."""


class Today:
    """Who the nämnder are today: those that have ceased are read as the one that followed.

    Three queries, whatever is asked of it afterwards.
    """

    def __init__(self) -> None:
        self.day = timezone.localdate()
        self.namnder = {namnd.pk: namnd for namnd in Namnd.objects.in_order()}
        begun = NamndSuccession.objects.order_by("on", "pk").filter(on__lte=self.day)
        self.after = dict(begun.values_list("predecessor_id", "successor_id"))
        self.violence_types = dict(
            ViolenceType.objects.order_by("order", "code").values_list("code", "name")
        )

    def now(self, namnd_id: int) -> Namnd:
        """The nämnd that carries on today what this one did."""
        passed: set[int] = set()
        while namnd_id in self.after and namnd_id not in passed:
            passed.add(namnd_id)
            namnd_id = self.after[namnd_id]
        return self.namnder[namnd_id]

    def districts(self) -> list[Namnd]:
        """The stadsdelsnämnder of today, in Swedish order."""
        return [
            namnd
            for namnd in self.namnder.values()
            if namnd.kind == NamndKind.STADSDELSNAMND and namnd.exists_on(self.day)
        ]

    def vocabulary(self) -> Vocabulary:
        """The words by which a need can name a kind of violence or a stadsdel."""
        names: dict[str, list[str]] = {namnd.code: [] for namnd in self.districts()}
        parts: dict[str, set[str]] = {}
        for namnd in self.namnder.values():
            code = self.now(namnd.pk).code
            if namnd.kind != NamndKind.STADSDELSNAMND or code not in names:
                continue
            names[code].append(namnd.short_name)
            for part in namnd.short_name.split("-"):
                parts.setdefault(part, set()).add(code)
        for part, codes in parts.items():
            if len(codes) == 1 and len(part) >= SHORTEST_PLACE:
                names[next(iter(codes))].append(part)
        districts = tuple(
            District(n.code, n.short_name, tuple(dict.fromkeys(names[n.code])))
            for n in self.districts()
        )
        return Vocabulary(self.violence_types, districts)


SHORTEST_PLACE = 4


def all_services(user: User, today: Today) -> tuple[ServiceRow, ...]:
    """Everything in use, in Swedish order."""
    return _rows(Service.objects.visible_to(user).in_use().in_order().whole(), today)


def find_services(need: Need, user: User, today: Today) -> Found:
    """What fits the need, and what may fit it. The number of queries does not follow the rows."""
    fits: list[ServiceRow] = []
    may_fit: list[ServiceRow] = []
    nothing_known: list[ServiceRow] = []
    heard: set[str] = set()
    for row in all_services(user, today):
        reasons = _reasons(row, need, today)
        hits = tuple(word for word in need.words if _stands_in(word, row.service))
        verdicts = {reason.verdict for reason in reasons}
        if Verdict.NO in verdicts or (need.is_words_only and not hits):
            continue
        heard.update(hits)
        if hits:
            said = ", ".join(f"”{word}”" for word in hits)
            reasons.append(Reason(Verdict.YES, f"nämner {said}"))
        found = _with_reasons(row, hits, reasons)
        if not found.unknown:
            fits.append(found)
        else:
            (may_fit if found.fits else nothing_known).append(found)
    return Found(
        fits=_best_first(fits),
        may_fit=_best_first(may_fit),
        nothing_known=tuple(nothing_known),
        unmatched_words=tuple(word for word in need.words if word not in heard),
    )


def services_for_district(namnd: Namnd, user: User, today: Today) -> DistrictPage:
    """What there is for one stadsdel of today."""
    here, everywhere, perhaps = [], [], []
    for row in all_services(user, today):
        if row.service.reach == Reach.HELA:
            everywhere.append(row)
        elif row.service.reach == Reach.OKANT:
            perhaps.append(row)
        elif namnd.code in {place.code for place in row.places}:
            here.append(row)
    return DistrictPage(namnd, tuple(here), tuple(everywhere), tuple(perhaps))


def find_district(code: str, today: Today) -> Namnd | None:
    """The stadsdelsnämnd of that code, or the one that carries on what it did."""
    for namnd in today.namnder.values():
        if namnd.code == code and namnd.kind == NamndKind.STADSDELSNAMND:
            return today.now(namnd.pk)
    return None


def not_verified_for_a_year(user: User, today: Today) -> tuple[ServiceRow, ...]:
    """Those in use whose facts nobody has verified for a year: never verified first."""
    since = year_ago(today.day)
    return _rows(Service.objects.visible_to(user).in_use().not_verified_since(since).whole(), today)


def retired_services(user: User, today: Today) -> tuple[ServiceRow, ...]:
    """Those that are no longer used."""
    retired = Service.objects.visible_to(user).filter(retired_on__isnull=False)
    return _rows(retired.in_order().whole(), today)


def read_service(code: str, user: User, today: Today) -> ServiceRow | None:
    """One operation, in use or not."""
    found = _rows(Service.objects.visible_to(user).filter(code=code).whole(), today)
    return found[0] if found else None


def goals_of(service: Service, today: Today) -> list[tuple[Goal, str]]:
    """The goals that an operation belongs to, each in the words of today."""
    tied = service.goals.select_related("programme", "parent").in_order()  # type: ignore[attr-defined]
    return [(goal, goal.text_on(today.day)) for goal in tied.prefetch_related("wordings")]


def services_of_goal(goal: Goal, user: User, today: Today) -> tuple[ServiceRow, ...]:
    """What is in use and tied to the goal."""
    tied = Service.objects.visible_to(user).in_use().filter(goals=goal)
    return _rows(tied.in_order().whole(), today)


# Parts ------------------------------------------------------------------------------------------


def _rows(services: Iterable[Service], today: Today) -> tuple[ServiceRow, ...]:
    since = year_ago(today.day)
    return tuple(_row(service, today, since) for service in services)


def _row(service: Service, today: Today, since: dt.date) -> ServiceRow:
    named = sorted(service.namnder.all(), key=lambda namnd: namnd.sort_key)
    places: dict[str, Place] = {}
    for namnd in named:
        now = today.now(namnd.pk)
        label = now.short_name if now == namnd else f"{now.short_name} ({namnd.short_name})"
        places.setdefault(label, Place(now.code, label))
    kinds = sorted(service.violence_types.all(), key=lambda kind: (kind.order, kind.code))
    return ServiceRow(
        service=service,
        violence_types=tuple(kind.name for kind in kinds),
        audiences=tuple(service.audience_labels),
        places=tuple(places.values()),
        is_old=service.verified_on is None or service.verified_on < since,
    )


def _with_reasons(row: ServiceRow, hits: tuple[str, ...], reasons: Iterable[Reason]) -> ServiceRow:
    return replace(row, reasons=tuple(reasons), hits=hits)


def _reasons(row: ServiceRow, need: Need, today: Today) -> list[Reason]:
    """One for each thing asked for, in the order of the form."""
    service, found = row.service, []
    if need.ages:
        known = service.age_from is not None or service.age_to is not None
        met = any(ages.meets(service.age_from, service.age_to) for ages in need.ages)
        found.append(_reason(known, met, service.ages, "åldern"))
    if need.violence_types:
        codes = {kind.code for kind in service.violence_types.all()}
        both = [
            name
            for code, name in today.violence_types.items()
            if code in codes and code in need.violence_types
        ]
        found.append(_reason(bool(codes), bool(both), _listed(both), "vilket slags våld"))
    if need.audiences:
        shared = [Audience(each).label for each in service.audiences if each in need.audiences]
        known = bool(service.audiences)
        found.append(
            _reason(known, bool(shared), _listed(map(_begin_small, shared)), "vem den är för")
        )
    if need.anonymous:
        known = service.anonymous != Anonymity.OKANT
        found.append(
            _reason(known, service.anonymous == Anonymity.JA, "man får vara anonym", "anonymitet")
        )
    if need.namnder:
        found.append(_reason_of_place(row, need.namnder))
    if need.providers:
        label = Provider(service.provider).label if service.provider else ""
        met = service.provider in need.providers
        found.append(_reason(bool(label), met, _begin_small(label), "huvudman"))
    return found


def _reason(known: bool, met: bool, why: str, what: str) -> Reason:
    if not known:
        return Reason(Verdict.UNKNOWN, what)
    return Reason(Verdict.YES, why) if met else Reason(Verdict.NO, "")


def _reason_of_place(row: ServiceRow, codes: Collection[str]) -> Reason:
    if row.service.reach == Reach.HELA:
        return Reason(Verdict.YES, "hela staden")
    here = [place.label for place in row.places if place.code in codes]
    return _reason(row.service.reach != Reach.OKANT, bool(here), _listed(here), "vilka stadsdelar")


def _stands_in(word: str, service: Service) -> bool:
    """Whether the word stands in what is said of it; a longer word may lose its ending."""
    text = small(
        " ".join(
            (
                service.name,
                service.operator,
                service.description,
                service.how_to_reach,
                service.place_note,
            )
        )
    )
    return word in text or (len(word) >= LONG_WORD and word[:-ENDING] in text)


LONG_WORD, ENDING = 7, 2


def _best_first(rows: Iterable[ServiceRow]) -> tuple[ServiceRow, ...]:
    """Most of the free words first, then what fits in most ways; else the order they have.

    Examples, which are nobody's, come last.
    """
    return tuple(
        sorted(rows, key=lambda row: (row.service.is_example, -len(row.hits), -len(row.fits)))
    )


def _listed(words: Iterable[str]) -> str:
    *first, last = list(words) or [""]
    return f"{', '.join(first)} och {last}" if first else last


def _begin_small(words: str) -> str:
    return words[:1].lower() + words[1:]


def year_ago(today: dt.date) -> dt.date:
    """The day since which a fact must have been verified not to count as old."""
    try:
        return today.replace(year=today.year - 1)
    except ValueError:  # 29 February
        return today.replace(year=today.year - 1, day=28)


def selectable_namnder(service: Service | None, today: Today) -> list[Namnd]:
    """Whom a record can point at: the nämnder of today, and those that it points at already."""
    already = {namnd.pk for namnd in service.namnder.all()} if service else set()
    return [n for n in today.namnder.values() if n.exists_on(today.day) or n.pk in already]
