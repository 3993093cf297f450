"""Sealing the heads of the chains, and finding out whether everything is as it was sealed.

A chain alone shows what was changed in the middle. Whoever owns the database can write a chain
anew from some point on; the seal, signed with a key that the database never holds, shows that too.
What nobody can see from the database alone is that the newest seals were removed together with
what they sealed: keep the line that `seal_audit` prints somewhere else.
"""

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from trace.apps import ANSWERS
from trace.domain.chains import SAME_WORDS, Fault, find_faults, lost_columns, place
from trace.models import Link, Seal

FINGERPRINT = 16
"""Characters of a signature or key that stand for it where people compare."""


class NothingToSeal(Exception):
    """Nothing has been written since the last seal."""


@dataclass(frozen=True)
class Verdict:
    """What `verify` found."""

    faults: int
    links: int
    seal: Seal | None
    """The last seal, None when there is none."""
    sealed: int
    """Links up to that seal."""
    lost: list[tuple[str, list[str]]]
    """Tables whose oldest rows cannot be checked any longer, with the columns that are gone."""


def name_of(seal: Seal) -> str:
    """Number and fingerprint, for people to keep and compare: "14:9f86d081884c7d65"."""
    return f"{seal.number}:{seal.mac[:FINGERPRINT]}"


@transaction.atomic
def seal_heads(key: bytes) -> Seal:
    """Sign where every chain ends now.

    Raises NothingToSeal when no chain has grown since the last seal.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('trace_seal'), 0)")
    last = Seal.objects.order_by("-number").first()
    ends = Link.objects.values("chain").annotate(sequence=Max("sequence")).order_by("chain")
    heads = [
        [end["chain"], end["sequence"], _hash_at(end["chain"], end["sequence"])] for end in ends
    ]
    if last is not None and json.loads(last.body)["heads"] == heads:
        raise NothingToSeal
    now = timezone.now()
    number = last.number + 1 if last else 1
    body = json.dumps(
        {
            "number": number,
            "sealed_at": now.isoformat(),
            "previous": last.mac if last else "",
            "key": _fingerprint(key),
            "heads": heads,
        },
        ensure_ascii=False,
        sort_keys=True,
    )
    return Seal.objects.create(number=number, sealed_at=now, body=body, mac=_sign(key, body))


def verify(key: bytes, *, expected: str = "") -> Iterator[Fault | Verdict]:
    """Everything that is wrong, one by one, and last the verdict.

    expected: the name of a seal that is known to have been made (see `name_of`); that it is not
    there is a fault.
    """
    faults = 0
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if outermost:
                # One moment: what is saved meanwhile is not taken for damage.
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(SAME_WORDS)
        for fault in _all_faults(key, expected):
            faults += 1
            yield fault
        last = Seal.objects.order_by("-number").first()
        sealed = sum(sequence for _, sequence, _ in _heads(last)) if last else 0
        yield Verdict(faults, Link.objects.count(), last, sealed, lost_columns())


def _all_faults(key: bytes, expected: str) -> Iterator[Fault]:
    yield from _guards()
    yield from _seals(key, expected)
    yield from find_faults()


def _seals(key: bytes, expected: str) -> Iterator[Fault]:
    previous, number, names = "", 0, set()
    for seal in Seal.objects.order_by("number").iterator():
        number += 1
        where = f"försegling {seal.number}"
        names.add(name_of(seal))
        if seal.number != number:
            yield Fault(where, "en försegling före den saknas")
            number = seal.number
        if not hmac.compare_digest(seal.mac, _sign(key, seal.body)):
            yield Fault(where, _why_not_signed(key, seal))
            previous = seal.mac
            continue
        said = json.loads(seal.body)
        stated = (said["number"], dt.datetime.fromisoformat(said["sealed_at"]))
        if stated != (seal.number, seal.sealed_at):
            yield Fault(where, "numret eller tidpunkten är ändrad")
        if said["previous"] != previous:
            yield Fault(where, "bygger inte på förseglingen före")
        previous = seal.mac
        for chain, sequence, hashed in _heads(seal):
            found = _hash_at(chain, sequence)
            if found is None:
                yield Fault(place(chain, sequence), f"länken som {where} slutade vid saknas")
            elif found != hashed:
                yield Fault(place(chain, sequence), f"är inte den länk som {where} slutade vid")
    if expected and expected not in names:
        yield Fault(f"försegling {expected}", "finns inte")


def _why_not_signed(key: bytes, seal: Seal) -> str:
    try:
        other = json.loads(seal.body)["key"]
    except (ValueError, KeyError, TypeError):
        other = _fingerprint(key)
    if other != _fingerprint(key):
        return f"är gjord med en annan nyckel ({other}, inte {_fingerprint(key)}), eller ändrad"
    return "är ändrad: signaturen stämmer inte"


def _heads(seal: Seal) -> list[tuple[str, int, str]]:
    try:
        return [(str(c), int(s), str(h)) for c, s, h in json.loads(seal.body)["heads"]]
    except (ValueError, KeyError, TypeError):
        return []


def _hash_at(chain: str, sequence: int) -> str | None:
    link = Link.objects.filter(chain=chain, sequence=sequence).only("hash").first()
    return bytes(link.hash).hex() if link else None


def _sign(key: bytes, body: str) -> str:
    return hmac.new(key, body.encode(), hashlib.sha256).hexdigest()


def _fingerprint(key: bytes) -> str:
    return hashlib.sha256(b"samlad-seal:" + key).hexdigest()[:FINGERPRINT]


def _guards() -> Iterator[Fault]:
    """Whether the triggers that write and guard the trace are there and awake."""
    expected = {
        (model._meta.db_table, trigger.get_pgid(model))
        for model in apps.get_models()
        for trigger in getattr(model._meta, "triggers", [])
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname, t.tgenabled FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
        )
        there = {(table, name): enabled for table, name, enabled in cursor.fetchall()}
        cursor.execute(
            "SELECT proname, prosrc FROM pg_proc WHERE proname = ANY (%s)", [list(ANSWERS)]
        )
        bodies = dict(cursor.fetchall())
    for table, name in sorted(expected - set(there)):
        yield Fault(table, f"vakten {name} saknas")
    for (table, name), enabled in sorted(there.items()):
        if enabled not in ("O", "A"):
            yield Fault(table, f"vakten {name} är avstängd")
    for name, (_, _, body) in ANSWERS.items():
        if bodies.get(name) != body:
            yield Fault(name, "funktionen är utbytt")
