"""Who answers for the demo's activities, beside what the activities themselves say.

No source tells the programme's own responsibilities: all of these are Samlad's examples, with
days and decisions made up to show how they begin, end and are taken over.
"""

import datetime as dt
from dataclasses import dataclass

from indicators.models import IndicatorResponsibility
from organisation.enums import NamndGroup
from organisation.models import Namnd
from programme.domain.succession import carry_over
from programme.enums import ResponsibilityKind
from programme.models import Activity, Responsibility

FROM_THE_START = dt.date(2021, 1, 1)
FIRST_DECISION = "Exempelbeslut: ansvaret lades när programmet började"


@dataclass(frozen=True)
class Laid:
    activity: str
    who: str
    """Group, or code of a nämnd."""
    kind: str
    valid_from: dt.date
    decision: str
    valid_to: dt.date | None = None
    end_decision: str = ""


LAID = (
    Laid(
        "vald-i-skolan",
        "rinkeby-kista",
        ResponsibilityKind.MEDVERKANDE,
        dt.date(2022, 1, 1),
        "Exempel: stadsdelsnämndens verksamhetsplan 2022",
    ),
    Laid(
        "avbrutna-insatser",
        "spanga-tensta",
        ResponsibilityKind.ANSVARIG,
        dt.date(2022, 7, 1),
        "Exempel: stadsdelsnämndens beslut våren 2022",
    ),
    Laid(
        "avbrutna-insatser",
        "arbetsmarknadsnamnden",
        ResponsibilityKind.MEDVERKANDE,
        FROM_THE_START,
        "Exempel: nämndens verksamhetsplan 2021",
        dt.date(2024, 12, 31),
        "Exempel: nämndens verksamhetsplan 2025",
    ),
    Laid(
        "aldre-och-vald",
        "socialnamnden",
        ResponsibilityKind.MEDVERKANDE,
        dt.date(2025, 1, 1),
        "Exempel: nämndens verksamhetsplan 2025",
    ),
    Laid(
        "aldrig-igen",
        NamndGroup.BOLAGEN,
        ResponsibilityKind.MEDVERKANDE,
        dt.date(2024, 1, 1),
        "Exempel: ägardirektiv 2024",
    ),
)


def load_responsibilities() -> int:
    """Lay in what is not there, let successors take over, and mark it all as examples."""
    activities = {a.code: a for a in Activity.objects.filter(code__in=[x.activity for x in LAID])}
    boards = {namnd.code: namnd for namnd in Namnd.objects.all()}
    added = 0
    for laid in LAID:
        namnd = boards.get(laid.who)
        named = {"namnd": namnd, "group": "" if namnd else laid.who}
        activity = activities[laid.activity]
        if activity.responsibilities.filter(**named).exists():
            continue
        Responsibility.objects.create(
            activity=activity,
            kind=laid.kind,
            valid_from=laid.valid_from,
            valid_to=laid.valid_to,
            decision=laid.decision,
            end_decision=laid.end_decision,
            is_example=True,
            **named,
        )
        added += 1
    for model in (Responsibility, IndicatorResponsibility):
        # Laid with the activity or the indicator: nothing but the start of the programme is known.
        model._default_manager.filter(valid_from=None, decision="").update(
            valid_from=FROM_THE_START, decision=FIRST_DECISION, is_example=True
        )
        carry_over(model)
    return added
