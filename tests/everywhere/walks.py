"""A walk: one person comes to every address, asks for it, and sends what its form would send.

Everything that is true of every answer is read from the same walk: thousands of pages are made
once, not once for each thing that is to be said of them.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from tests.everywhere.addresses import ADDRESSES, ADMIN
from tests.everywhere.scenario import PEOPLE, City
from tests.everywhere.visiting import sign_in, sign_of, undone

# Looking leaves this: sessions and counts of sign-ins, and the log of what was read, chained.
LEFT_BY_LOOKING = {
    "django_session",
    "samlad_cache",
    "trace_readlog",
    "trace_link",  # counted without those of the readings, below
    "trace_shape",
}
# Those who differ most from one another; the others walk among the long tests.
AT_ONCE = ("anonymous", "stranger", "secretary")
# Everybody, and what belongs to one person's walk in one worker, so that it is made once.
EVERYBODY = [
    pytest.param(
        who,
        marks=[
            pytest.mark.xdist_group(f"walk of {who}"),
            *(() if who in AT_ONCE else (pytest.mark.deep,)),
        ],
    )
    for who in PEOPLE
]


@dataclass(frozen=True)
class Answer:
    """What one request was answered with. refusals: how many it left in the log of readings."""

    sign: str
    status: int
    headers: dict[str, str]
    refusals: int


@dataclass(frozen=True)
class Walk:
    """What one person got at each address, and whether looking changed anything.

    The administration's own pages are among the addresses; its tables are not.
    """

    who: str
    asked: dict[str, Answer]
    sent: dict[str, Answer]
    before: dict[str, str]
    after_looking: dict[str, str]

    def answers(self) -> list[tuple[str, Answer]]:
        return [*self.asked.items(), *self.sent.items()]


def fingerprint() -> dict[str, str]:
    """A checksum over the rows of each table but those that looking may write in."""
    names = {m._meta.db_table for m in apps.get_models(include_auto_created=True)}
    found = {}
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for name in sorted(names & there - LEFT_BY_LOOKING):
            cursor.execute(f'SELECT md5(t::text) FROM "{name}" t ORDER BY 1')
            found[name] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
        cursor.execute("SELECT count(*) FROM trace_link WHERE source <> 'trace_readlog'")
        found["links that are no readings"] = str(cursor.fetchone()[0])
    return found


def walk(city: City, who: str) -> Walk:
    """Look at everything first, so that what looking changed is seen; then send everything."""
    client = sign_in(city, who)
    addresses = [(a.label, a.path(city), a) for a in (*ADDRESSES, *ADMIN)]
    before = fingerprint()
    asked, sent = {}, {}
    refused = _refusals()
    for label, path, _ in addresses:
        answer = client.get(path)
        now = _refusals()
        asked[label] = _noted(answer, now - refused)
        refused = now
    after_looking = fingerprint()
    for label, path, address in addresses:
        with undone(client):
            answer = client.post(path, address.fields(city))
            sent[label] = _noted(answer, _refusals() - refused)
    return Walk(who, asked, sent, before, after_looking)


def _noted(answer: Any, refusals: int) -> Answer:
    return Answer(sign_of(answer), answer.status_code, dict(answer.headers.items()), refusals)


def _refusals() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trace_readlog WHERE kind = 'nekad'")
        return cursor.fetchone()[0]
