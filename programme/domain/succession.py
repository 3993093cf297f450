"""What follows for the programmes when a nämnd carries on what others did."""

from collections.abc import Collection

from programme.models import Responsibility


def name_successor(old_ids: Collection[int], new_id: int) -> int:
    """Where one of the old nämnder answers for an activity, let the new one answer as well.

    The old ones stay named: who answers on a day follows from which nämnder exist that day.
    Answers how many responsibilities were added; the same again adds none.
    """
    activities = (
        Responsibility.objects.order_by()
        .filter(namnd__in=old_ids)
        .values_list("activity_id", flat=True)
        .distinct()
    )
    added = 0
    for activity_id in activities:
        _, created = Responsibility.objects.get_or_create(activity_id=activity_id, namnd_id=new_id)
        added += created
    return added


def responsibilities_of(namnd_ids: Collection[int]) -> int:
    """How many activities name one of the nämnder."""
    rows = Responsibility.objects.order_by().filter(namnd__in=namnd_ids)
    return rows.values("activity").distinct().count()
