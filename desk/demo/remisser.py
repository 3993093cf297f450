"""The remisser of the demo: three real matters as the sources tell them, and one made up.

Att-satser are abridged in Samlad's own words and say so. What the sources do not tell (when a
remiss was received, when the others were to answer) stays blank.
"""

import datetime as dt
from dataclasses import dataclass, field

from desk.demo.answers import load_answers
from desk.demo.programme import NAME, SLUG
from desk.demo.register import load_registered
from organisation.enums import NamndKind
from organisation.models import Namnd
from programme.models import Goal
from remisser.domain.plans import replan
from remisser.enums import PlanAnchor, PlanStep, RemissKind
from remisser.models import PlanRule, Proposal, Remiss, RemissGoal, Remissinstans

HASSELBY = "hasselby-vallingby"
EXAMPLE_SLUG = "exempel-2025-1"
EXAMPLE_DAYS_LEFT = 24


@dataclass(frozen=True)
class Instance:
    """Whom a remiss went to: the name as the paper gives it, and the nämnd that is meant."""

    name: str
    namnd: str = ""
    due: dt.date | None = None


@dataclass(frozen=True)
class DemoRemiss:
    slug: str
    dnr: str
    title: str
    kind: str
    instances: tuple[Instance, ...]
    author: str = ""
    party: str = ""
    proposals: tuple[str, ...] = ()
    abridged: bool = True
    received: dt.date | None = None
    is_example: bool = False
    also_kinds: tuple[str, ...] = field(default=())
    """Kinds of nämnder that it went to without exception, on `sent_on`."""
    sent_on: dt.date | None = None


LEAVE_PROGRAMME = DemoRemiss(
    "ks-2023-553",
    "KS 2023/553",
    "Motion om lämna-program för individer i våldsamma relationer",
    RemissKind.MOTION,
    author="Kristin Jacobsson",
    party="C",
    instances=(
        Instance("Stadsledningskontoret"),
        Instance("Exploateringsnämnden", "exploateringsnamnden"),
        Instance("Socialnämnden", "socialnamnden"),
        Instance("Utbildningsnämnden", "utbildningsnamnden"),
        Instance("Farsta stadsdelsnämnd", "farsta"),
        Instance("Hässelby-Vällingby stadsdelsnämnd", HASSELBY, dt.date(2023, 9, 19)),
        # It had ceased when the papers were written; the name stays as they give it.
        Instance("Norrmalms stadsdelsnämnd", "norrmalm"),
        Instance("Alla Kvinnors Hus"),
        Instance("Riksorganisationen GAPF - Glöm aldrig Pela och Fadime"),
        Instance("ROKS"),
        Instance("SHIS Bostäder"),
        Instance("Unizon"),
    ),
    proposals=(
        "Erbjuda föräldrastöd som förebygger hedersvåld, och stöd till föräldrar som är rädda att "
        "barnet dras in i brott.",
        "Inrätta en enhet mot hedersvåld som också söker upp unga på skolorna.",
        "Utbilda alla som möter barn och unga i att känna igen hedersförtryck.",
        "Sprida mer kunskap om vart den som lever under hedersförtryck kan vända sig.",
        "Låta exploateringsnämnden och stadsbyggnadsnämnden arbeta för ett nytt kvinnofridshus.",
        "Ge våldsutsatta, brottsutsatta och vittnen hjälp snabbt.",
        "Se till att det finns genomgångsbostäder för våldsutsatta som måste flytta.",
        "Låta Relationsvåldscentrum ta fram ett lämna-program för den som vill bort från våldet.",
    ),
)
PROGRAMME_ON_REMISS = DemoRemiss(
    "ks-2020-924",
    "KS 2020/924",
    NAME,
    RemissKind.PROGRAM,
    also_kinds=(NamndKind.STADSDELSNAMND, NamndKind.FACKNAMND),
    sent_on=dt.date(2020, 12, 2),
    instances=(
        Instance("Stadsledningskontoret"),
        Instance("Stockholms Stadshus AB", "stockholms-stadshus"),
        Instance("Kommunstyrelsens pensionärsråd"),
        Instance("Kommunstyrelsens råd för Agenda 2030"),
        Instance("Kommunstyrelsens råd för funktionshinderfrågor"),
        Instance("Alla Kvinnors Hus"),
        Instance("Fryshuset"),
        Instance("Kvinnors Nätverk"),
        Instance("Länsstyrelsen Stockholm"),
        Instance("Länsstyrelsen Östergötland"),
        Instance("Mångkulturellt Centrum"),
        Instance("Nationellt centrum för kvinnofrid"),
        Instance("Origo"),
        Instance("Polisregion Stockholm"),
        Instance("Region Stockholm"),
        Instance("RFSL Stockholm"),
        Instance("Riksorganisationen GAPF - Glöm aldrig Pela och Fadime"),
        Instance("ROKS"),
        Instance("Rädda Barnen"),
        Instance("Somaya kvinno- och tjejjour"),
        Instance("Stockholms tingsrätt"),
        Instance("Sveriges Kvinnolobby"),
        Instance("Terrafem"),
        Instance("Unizon"),
    ),
)
SEXUAL_VIOLENCE = DemoRemiss(
    "ks-2020-470",
    "KS 2020/470",
    # The motion's own title is not in the sources.
    "Motion om sexuellt våld (rubriken är återgiven i korthet)",
    RemissKind.MOTION,
    author="Alexandra Mattsson Åkerström",
    party="V",
    instances=(
        Instance("Stadsledningskontoret"),
        Instance("Socialnämnden", "socialnamnden"),
        Instance("Bromma stadsdelsnämnd", "bromma"),
        Instance("Hägersten-Liljeholmens stadsdelsnämnd", "hagersten-liljeholmen"),
        Instance("Kungsholmens stadsdelsnämnd", "kungsholmen"),
        Instance("Brottsofferjouren Sverige"),
        Instance("Roks"),
        Instance("Sveriges Kvinnolobby"),
        Instance("Talita"),
        Instance("Unizon"),
    ),
)
SODERMALM_DUE = dt.date(2020, 12, 2)


def example_remiss(today: dt.date) -> DemoRemiss:
    """A made-up motion that is out on remiss on the day `today`."""
    due = today + dt.timedelta(days=EXAMPLE_DAYS_LEFT)
    return DemoRemiss(
        EXAMPLE_SLUG,
        "Exempel 2025/1",
        "Motion om stöd till barn som har upplevt våld hemma",
        RemissKind.MOTION,
        received=today - dt.timedelta(days=10),
        is_example=True,
        abridged=False,
        instances=(
            Instance("Stadsledningskontoret", "", due),
            Instance("Socialnämnden", "socialnamnden", due),
            Instance("Utbildningsnämnden", "utbildningsnamnden", due),
            Instance("Bromma stadsdelsnämnd", "bromma", due),
            Instance("Hässelby-Vällingby stadsdelsnämnd", HASSELBY, due),
            Instance("Södermalms stadsdelsnämnd", "sodermalm", due),
        ),
        proposals=(
            "Att varje barn som har upplevt våld hemma erbjuds ett eget samtal inom en vecka.",
            "Att skolornas personal får en gemensam vägledning i hur de frågar och lyssnar.",
            "Att staden prövar ett team som kommer hem till familjen på kvällar och helger.",
            "Att väntetiden till stöd redovisas varje tertial.",
            "Att barn och unga får vara med och utforma stödet.",
        ),
    )


READING = "Samlads tolkning av motionens förslag"
CONCERNS = {
    LEAVE_PROGRAMME.slug: ((4,), READING),
    PROGRAMME_ON_REMISS.slug: (range(1, 8), "Remissen gäller hela programmet"),
    SEXUAL_VIOLENCE.slug: ((2,), READING),
}


def load_remisser(today: dt.date) -> str:
    """The remisser with instances and proposals, and answers to some. Answers what there is."""
    boards = {namnd.code: namnd for namnd in Namnd.objects.all()}
    given = (LEAVE_PROGRAMME, PROGRAMME_ON_REMISS, SEXUAL_VIOLENCE, example_remiss(today))
    for one in given:
        _load(one, boards)
    Remissinstans.objects.filter(
        remiss__slug=PROGRAMME_ON_REMISS.slug, namnd=boards["sodermalm"]
    ).update(due_on=SODERMALM_DUE)
    _link_to_goals()
    load_registered(EXAMPLE_SLUG, HASSELBY)
    new = load_answers(today)
    _plan(boards)
    return f"{len(given)} stycken, {new} nya svar"


# Hässelby-Vällingby's rules in the demo: made up, as its example matters are.
RULES = (
    (PlanStep.UTKAST, 6, PlanAnchor.UTSKICK),
    (PlanStep.FORVALTNINGSGRUPP, 5, PlanAnchor.SAMMANTRADE),
    (PlanStep.ATTEST, 2, PlanAnchor.UTSKICK),
    (PlanStep.UTSKICK, 6, PlanAnchor.SAMMANTRADE),
)


def _plan(boards: dict[str, Namnd]) -> None:
    """Rules for one nämnd, and plans for all that have something to answer. Nobody is told."""
    for step, days, anchor in RULES:
        PlanRule.objects.get_or_create(
            namnd=boards[HASSELBY], step=step, defaults={"days": days, "anchor": anchor}
        )
    asked = Remissinstans.objects.filter(remiss__slug=EXAMPLE_SLUG, namnd__isnull=False)
    for namnd_id in asked.order_by("namnd").values_list("namnd", flat=True):
        replan(namnd_id, actor=None, because="")


def _link_to_goals() -> None:
    """Which of the programme's goals each real matter is about."""
    remisser = {remiss.slug: remiss for remiss in Remiss.objects.filter(slug__in=CONCERNS)}
    goals = {goal.number: goal for goal in Goal.objects.top().filter(programme__slug=SLUG)}
    for slug, (numbers, source) in CONCERNS.items():
        for number in numbers:
            RemissGoal.objects.get_or_create(
                remiss=remisser[slug], goal=goals[number], defaults={"source": source}
            )


def _load(given: DemoRemiss, boards: dict[str, Namnd]) -> None:
    remiss, _ = Remiss.objects.update_or_create(
        slug=given.slug,
        defaults={
            "dnr": given.dnr,
            "title": given.title,
            "kind": given.kind,
            "remitter": "Kommunstyrelsen",
            "remitter_namnd": boards["kommunstyrelsen"],
            "author": given.author,
            "party": given.party,
            "received_on": given.received,
            "is_example": given.is_example,
        },
    )
    instances = list(given.instances)
    if given.sent_on:
        everyone = Namnd.objects.valid_on(given.sent_on).in_order()
        instances += [
            Instance(namnd.name, namnd.code)
            for kind in given.also_kinds
            for namnd in everyone.filter(kind=kind)
        ]
    for order, instance in enumerate(instances, start=1):
        Remissinstans.objects.update_or_create(
            remiss=remiss,
            name_as_written=instance.name,
            defaults={
                "namnd": boards.get(instance.namnd),
                "due_on": instance.due,
                "order": order,
            },
        )
    for number, text in enumerate(given.proposals, start=1):
        Proposal.objects.update_or_create(
            remiss=remiss, number=number, defaults={"text": text, "abridged": given.abridged}
        )
