"""Verksamhetsplaner of the demo: most nämnder have adopted what is expected, some not all of it."""

import datetime as dt
import random

from desk.demo.indicators import FIRST_YEAR, LAST_YEAR
from indicators.domain.expected import expected_in_each
from indicators.enums import PeriodKind
from indicators.models import (
    AdoptedActivity,
    AdoptedIndicator,
    Adoption,
    OwnActivity,
    Period,
)
from programme.models import Goal
from trace.domain import record

# Those that have not registered any decision for the last year: something to see in the list,
# and for the secretary of the demo something to do.
NOT_REGISTERED = frozenset({"hasselby-vallingby", "kulturnamnden", "trafiknamnden"})
NOT_ALL_OFTEN = 0.25
OWN = {
    1: "Hålla en öppen föreläsning om svartsjuka och kontroll på stadsdelens ungdomsgårdar.",
    3: "Ha en fast tid varje vecka då personal kan ringa en kollega och rådgöra om oro för våld.",
    4: "Följa med till hyresvärd och bank när någon flyttar från skyddat boende.",
    6: "Låta nyanställda gå bredvid en erfaren handläggare under de första ärendena.",
}


def load_plans() -> int:
    """Lay in the decisions that are not there. Answers how many that was."""
    there = set(Adoption.objects.values_list("namnd__code", "year"))
    goals: dict[int, Goal] = {}
    adoptions: list[Adoption] = []
    activities: list[AdoptedActivity] = []
    indicators: list[AdoptedIndicator] = []
    own: list[OwnActivity] = []
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    # A plan is made for what the year begins with.
    firsts = {year: Period.describe(year, PeriodKind.T1) for year in years}
    expected = expected_in_each(
        [Period.describe(year, kind) for year in years for kind in PeriodKind]
    )
    for year, first in firsts.items():
        begins, whole = expected[first.code], expected[f"{year}-{PeriodKind.VB}"]
        goals = {goal.number: goal for goal in begins.goals.values() if goal.parent_id is None}
        for namnd in begins.namnder.values():
            if (namnd.code, year) in there or (year == LAST_YEAR and namnd.code in NOT_REGISTERED):
                continue
            chance = random.Random(f"{namnd.code}|{year}|plan")  # noqa: S311 - demo content
            adoption = Adoption(
                namnd=namnd,
                year=year,
                decided_on=dt.date(year - 1, 12, chance.randrange(8, 20)),
                paragraph=str(chance.randrange(4, 24)),
                is_example=True,
                revision=1,
            )
            adoptions.append(adoption)
            wanted = list(begins.activities_for(namnd.pk).values())
            measured = sorted(begins.indicators_for(namnd.pk) | whole.indicators_for(namnd.pk))
            if len(wanted) > 1 and chance.random() < NOT_ALL_OFTEN:
                wanted.remove(chance.choice(wanted))
            activities += [AdoptedActivity(adoption=adoption, activity=each) for each in wanted]
            indicators += [AdoptedIndicator(adoption=adoption, indicator_id=pk) for pk in measured]
            number = chance.choice(list(OWN))
            if number in goals and len(wanted) > 3:
                own.append(
                    OwnActivity(adoption=adoption, goal=goals[number], order=1, text=OWN[number])
                )
    Adoption.objects.bulk_create(adoptions)
    AdoptedActivity.objects.bulk_create(activities, batch_size=2_000)
    AdoptedIndicator.objects.bulk_create(indicators, batch_size=2_000)
    OwnActivity.objects.bulk_create(own)
    for adoption in adoptions:
        if adoption.year == LAST_YEAR and adoption.namnd.code == "sodermalm":
            record(
                adoption,
                actor=None,
                verb="adopted",
                summary=f"Registrerade verksamhetsplan {adoption.year} (exempel)",
                scope=adoption.namnd.code,
            )
    return len(adoptions)
