"""The programmes before and after this one, the regional strategy beside it, and what is known.

That they have five and eight goals is public, and how the city's goals correspond to the regional
ones. What those goals say is in no source of ours, so their texts are empty and the pages say so.
The next programme is an example from beginning to end: no source of ours tells of one.
"""

from dataclasses import dataclass

from programme.enums import ProgrammeKind
from programme.models import Goal, GoalLink, Precondition, Programme

BEFORE = "vald-2017-2020"
REGIONAL = "regional-2020-2026"
PUBLIC = "Publik sida om programmet"
REGIONAL_SOURCE = "Regional strategi 2020–2026 (publik sida)"
LINK_SOURCE = "Stadens mål jämförda med den regionala strategins (publik sida)"

# The city's goal → the regional one. Regional 5 has no counterpart in the city.
CORRESPONDING = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 7, 7: 8}

NEXT = "exempel-2026-2030"
EXAMPLE_LINK = "Exempel: Samlads påhittade koppling"


@dataclass(frozen=True)
class ExampleGoal:
    text: str
    parts: tuple[str, ...]
    preconditions: tuple[str, ...]
    follows: tuple[int, ...]
    """The goals of 2021–2025 that it goes on from."""


NEXT_GOALS = (
    ExampleGoal(
        "Exempel: Färre använder våld för att fler får hjälp att låta bli.",
        (
            "Exempel: Unga möter vuxna som talar med dem om gränser och samtycke.",
            "Exempel: Den som är orolig för sitt eget beteende hittar stöd samma vecka.",
        ),
        ("Exempel: Varje nämnd har någon som håller ihop det förebyggande arbetet.",),
        (1, 2),
    ),
    ExampleGoal(
        "Exempel: Den som lever med våld blir sedd tidigt och får stöd utan att själv söka länge.",
        (
            "Exempel: Frågan om våld ställs i enskildhet där människor ändå möter staden.",
            "Exempel: Barn får ett eget samtal och ett eget stöd.",
            "Exempel: Den som lämnar ett skydd har någonstans att bo.",
        ),
        (
            "Exempel: Personalen har tid, tolk och ett rum att tala i.",
            "Exempel: Det är känt vilka platser i skydd som är lediga.",
        ),
        (3, 4, 5),
    ),
    ExampleGoal(
        "Exempel: Staden lär av det som görs och väljer det som hjälper.",
        ("Exempel: Det som prövas följs upp innan det sprids.",),
        ("Exempel: Uppföljningen går att göra utan dubbel registrering.",),
        (6, 7),
    ),
)


def load_programmes_beside(city_goals: dict[int, Goal]) -> str:
    """Both programmes and the links between goals. Answers what was laid in, in words."""
    before, _ = Programme.objects.update_or_create(
        slug=BEFORE,
        defaults={
            "name": "Stadens program närmast före programmet 2021–2025",
            "short_name": "Program mot våld",
            "first_year": 2017,
            "last_year": 2020,
            "source": PUBLIC,
            "note": (
                "Programmet hade 5 mål och 35 delmål. Deras texter, och vilka delmål som hörde "
                "till vilket mål, finns inte i de källor som Samlad bygger på. Samordnaren kan "
                "lägga in dem."
            ),
        },
    )
    regional, _ = Programme.objects.update_or_create(
        slug=REGIONAL,
        defaults={
            "name": "Den regionala strategin mot våld, att läsa bredvid stadens program",
            "short_name": "Regional strategi",
            "kind": ProgrammeKind.REFERENS,
            "first_year": 2020,
            "last_year": 2026,
            "source": REGIONAL_SOURCE,
            "note": (
                "Strategin har 8 mål. Deras texter finns inte i Samlad. Mål 5 gäller de "
                "rättsvårdande myndigheterna och har ingen motsvarighet i stadens program."
            ),
        },
    )
    for programme, count in ((before, 5), (regional, 8)):
        for number in range(1, count + 1):
            Goal.objects.get_or_create(programme=programme, parent=None, number=number)
    theirs = {goal.number: goal for goal in regional.goals.filter(parent=None)}
    for number, other in CORRESPONDING.items():
        GoalLink.objects.get_or_create(
            from_goal=city_goals[number],
            to_goal=theirs[other],
            defaults={"source": LINK_SOURCE},
        )
    _load_next(city_goals)
    return (
        "programmet 2017–2020, ett exempel på nästa, "
        f"regional strategi med {len(CORRESPONDING)} motsvarande mål"
    )


def _load_next(city_goals: dict[int, Goal]) -> None:
    """A made-up programme of the years to come, so that two of the city's stand side by side."""
    following, _ = Programme.objects.update_or_create(
        slug=NEXT,
        defaults={
            "name": "Exempel på ett nästa program, påhittat av Samlad",
            "short_name": "Exempelprogram",
            "first_year": 2026,
            "last_year": 2030,
            "source": "Exempel, inte något beslutat program",
            "note": (
                "Det här är ett exempel. Inget är beslutat om ett program för de här åren, och "
                "inget här kommer från staden. Exemplet visar hur två program står bredvid "
                "varandra och hur mål följer på mål."
            ),
        },
    )
    for number, given in enumerate(NEXT_GOALS, start=1):
        goal = _example_goal(following, None, number, given.text)
        for order, text in enumerate(given.parts, start=1):
            _example_goal(following, goal, order, text)
        for order, text in enumerate(given.preconditions, start=1):
            Precondition.objects.get_or_create(
                goal=goal, text=text, defaults={"is_example": True, "order": order}
            )
        for earlier in given.follows:
            GoalLink.objects.get_or_create(
                from_goal=city_goals[earlier], to_goal=goal, defaults={"source": EXAMPLE_LINK}
            )


def _example_goal(programme: Programme, parent: Goal | None, number: int, text: str) -> Goal:
    return Goal.objects.get_or_create(
        programme=programme,
        parent=parent,
        number=number,
        defaults={"text": text, "is_example": True},
    )[0]
