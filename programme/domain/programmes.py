"""Commands on a programme itself."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Q

from organisation.models import User
from programme.domain.errors import Invalid
from programme.domain.parts import check_right, check_row, check_texts, count_change
from programme.domain.settled import held_outside
from programme.models import (
    Activity,
    ActivityWording,
    Goal,
    GoalWording,
    Perspective,
    Precondition,
    Programme,
    ViolenceType,
)
from trace.domain import record

# Words that stand in addresses where a programme's own would.
TAKEN = {"nytt"}


@dataclass(frozen=True)
class ProgrammeFacts:
    """What is known of a programme, but for its address, which stands."""

    name: str
    short_name: str
    first_year: int
    last_year: int
    source: str
    kind: str
    vision: str = ""
    note: str = ""


@transaction.atomic
def add_programme(
    slug: str,
    facts: ProgrammeFacts,
    *,
    actor: User,
    violence_types: Iterable[ViolenceType] = (),
    perspectives: Iterable[Perspective] = (),
) -> Programme:
    """Begin a new programme; its goals come after. Raises NotAllowed, Invalid."""
    check_right(actor)
    _check(facts)
    if slug in TAKEN:
        raise Invalid("Den adressen används av Samlad. Välj en annan.", field="slug")
    programme = Programme(slug=slug, **asdict(facts))
    check_row(programme)
    programme.save()
    programme.violence_types.set(violence_types)
    programme.perspectives.set(perspectives)
    record(programme, actor=actor, verb="program-tillagt", summary=f"Lade till {programme}")
    return programme


@transaction.atomic
def change_programme(
    programme: Programme,
    facts: ProgrammeFacts,
    *,
    actor: User,
    expected_version: int,
    violence_types: Iterable[ViolenceType] = (),
    perspectives: Iterable[Perspective] = (),
) -> Programme:
    """Change what is known of a programme. Raises NotAllowed, Conflict; Invalid also when the
    years or the kind would leave out what it holds: what is dated, reported, adopted or locked."""
    check_right(actor)
    _check(facts)
    count_change(programme, expected_version)
    programme = Programme.objects.get(pk=programme.pk)
    held = held_outside(programme, facts.first_year, facts.last_year, facts.kind)
    for name, value in asdict(facts).items():
        setattr(programme, name, value)
    check_row(programme)
    _check_what_it_holds(programme)
    if held:
        raise Invalid(held[0].words, field=held[0].field)
    programme.save()
    programme.violence_types.set(violence_types)
    programme.perspectives.set(perspectives)
    record(programme, actor=actor, verb="program-andrat", summary=f"Ändrade {programme}")
    return programme


def _check(facts: ProgrammeFacts) -> None:
    check_texts(
        name=facts.name,
        short_name=facts.short_name,
        vision=facts.vision,
        note=facts.note,
        source=facts.source,
    )
    if facts.first_year > facts.last_year:
        raise Invalid("Sista året kan inte vara före det första.", field="last_year")


def _check_what_it_holds(programme: Programme) -> None:
    """Raises Invalid when the years would leave out days that something in it names."""
    first, last = programme.first_day, programme.last_day
    begins = Q(valid_from__lt=first) | Q(valid_from__gt=last)
    outside = begins | Q(valid_to__lt=first) | Q(valid_to__gt=last)
    if (
        Goal.objects.filter(outside, programme=programme).exists()
        or Activity.objects.filter(outside, goal__programme=programme).exists()
    ):
        raise Invalid("Mål eller aktiviteter gäller dagar utanför de åren.", field="first_year")
    if Precondition.objects.filter(outside, goal__programme=programme).exists():
        raise Invalid("Förutsättningar gäller dagar utanför de åren.", field="first_year")
    if (
        GoalWording.objects.filter(begins, goal__programme=programme).exists()
        or ActivityWording.objects.filter(begins, activity__goal__programme=programme).exists()
    ):
        raise Invalid("Lydelser börjar gälla dagar utanför de åren.", field="first_year")
