"""Papers that a meeting can be sent."""

from django.db.models import Q, QuerySet

from organisation.models import Meeting, User
from papers.enums import PaperState
from papers.models import Paper

READY = (PaperState.ATTESTERAD, PaperState.BORDLAGD)


def ready_papers(user: User, meeting: Meeting, *, or_sent: bool = False) -> QuerySet[Paper]:
    """Attested or bordlagda papers of the meeting's nämnd, that name no later meeting.

    or_sent: those that have been sent out to it already, too (the button was pressed twice).
    """
    ready = Q(state__in=READY) & ~Q(current__agenda_items__meeting=meeting)
    if or_sent:
        ready |= Q(state=PaperState.UTSKICKAD, current__agenda_items__meeting=meeting)
    return (
        Paper.objects.inside(user)
        .filter(ready, namnd=meeting.namnd_id)
        .filter(Q(meeting__isnull=True) | Q(meeting__date__lte=meeting.date))
        .select_related("current", "meeting")
        .distinct()
        .order_by("pk")
    )
