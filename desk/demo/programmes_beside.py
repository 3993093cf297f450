"""The programme before this one and the regional strategy beside it, and what is known of them.

That they have five and eight goals is public, and how the city's goals correspond to the regional
ones. What those goals say is in no source of ours, so their texts are empty and the pages say so.
"""

from programme.enums import ProgrammeKind
from programme.models import Goal, GoalLink, Programme

BEFORE = "vald-2017-2020"
REGIONAL = "regional-2020-2026"
PUBLIC = "Publik sida om programmet"
REGIONAL_SOURCE = "Regional strategi 2020–2026 (publik sida)"
LINK_SOURCE = "Stadens mål jämförda med den regionala strategins (publik sida)"

# The city's goal → the regional one. Regional 5 has no counterpart in the city.
CORRESPONDING = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 7, 7: 8}


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
    return f"programmet 2017–2020, regional strategi med {len(CORRESPONDING)} motsvarande mål"
