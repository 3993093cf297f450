"""Events are never changed or removed, by any road."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories import make_namnd, make_user
from trace.domain import record
from trace.models import Event

pytestmark = pytest.mark.django_db


def sql(statement: str) -> Callable[[], None]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


@pytest.mark.parametrize(
    "change",
    [
        sql("UPDATE trace_event SET summary = 'annat'"),
        sql("DELETE FROM trace_event"),
        sql("TRUNCATE trace_event"),
        sql("TRUNCATE trace_event CASCADE"),
        sql("TRUNCATE organisation_user CASCADE"),
        lambda: Event.objects.update(summary="annat"),
        lambda: Event.objects.all().delete(),
        lambda: Event.objects.get().delete(),
        lambda: Event(pk=Event.objects.get().pk, summary="annat", subject_id=1).save(),
        lambda: Event.objects.bulk_update([Event(pk=Event.objects.get().pk)], ["summary"]),
    ],
    ids=[
        "UPDATE", "DELETE", "TRUNCATE", "TRUNCATE CASCADE", "by the table it points at",
        "update()", "delete()", "one delete()", "save()", "bulk_update()",
    ],
)  # fmt: skip
def test_the_database_refuses(change: Callable[[], object]):
    record(make_namnd(), actor=None, verb="provad", summary="Det som hände")
    # As after a commit: a TRUNCATE would else be refused for another reason.
    connection.check_constraints()
    with pytest.raises(DatabaseError, match=r"append-only|carries work"), transaction.atomic():
        change()
    assert Event.objects.get().summary == "Det som hände"


def test_a_person_with_events_cannot_be_removed():
    user = make_user(None)
    record(make_namnd(), actor=user, verb="provad", summary="Det som hände")
    with pytest.raises(DatabaseError, match="protected"):
        user.delete()


def test_events_of_one_thing_come_newest_first_and_no_others():
    one, other = make_namnd("bromma"), make_namnd("jarva")
    user = make_user(None)
    for summary in ("först", "sedan"):
        record(one, actor=user, verb="provad", summary=summary, scope="bromma", reason="därför")
    record(other, actor=user, verb="provad", summary="annat")
    # Another kind of thing with the same number.
    record(type(user)(pk=one.pk), actor=user, verb="provad", summary="ännu annat")
    events = list(Event.objects.about(one))
    assert [event.summary for event in events] == ["sedan", "först"]
    assert (events[0].actor, events[0].scope, events[0].reason) == (user, "bromma", "därför")
