"""Keys to the API: made and taken back by the systemförvaltare, asked for at every call."""

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max, Sum
from django.utils import timezone

from organisation.domain.errors import Conflict, Invalid, NotAllowed
from organisation.enums import ApiScope
from organisation.models import Access, ApiToken, ApiTokenUse, Namnd, User
from organisation.personnummer import why_not_personnummer
from organisation.rules import may_administrate
from trace.domain import ReadKind, log_read, record

ONLY_ADMINISTRATORS = "Bara systemförvaltaren gör och återkallar API-nycklar."
LONGEST = dt.timedelta(days=2 * 366)
"""A key that nobody renews is one that nobody remembers."""
MARK = "samlad"
MOST_A_MINUTE = 120


class Refusal(Enum):
    """Why a key was not let in. The value is what is told."""

    UNKNOWN = "Nyckeln är fel, har gått ut eller är återkallad."
    SCOPE = "Nyckeln får inte läsa det här."
    TOO_MANY = "Nyckeln har använts för ofta. Vänta en minut."


@dataclass(frozen=True)
class TokenLine:
    """One key in the systemförvaltare's list."""

    token: ApiToken
    uses: int
    refused: int
    last_at: dt.datetime | None
    state: str
    """ "gäller", "kommande", "utgången" or "återkallad"."""


@transaction.atomic
def create_token(
    *,
    actor: User,
    name: str,
    namnd: Namnd | None,
    scopes: Sequence[str],
    valid_from: dt.date,
    valid_to: dt.date,
) -> tuple[ApiToken, str]:
    """A key for a system, and its secret, which is shown this once and kept nowhere.

    scopes: ApiScope values, at least one. The days are both included, and at most two years apart.
    Raises NotAllowed; Invalid for what does not go together.
    """
    _check_right(actor)
    if problem := why_not_personnummer(name, "Namnet"):
        raise Invalid(problem, field="name")
    if unknown := set(scopes) - set(ApiScope.values):
        raise Invalid(f"Finns inte: {', '.join(sorted(unknown))}.", field="scopes")
    if valid_to < valid_from:
        raise Invalid("Nyckeln kan inte upphöra innan den har börjat gälla.", field="valid_to")
    if valid_to - valid_from > LONGEST:
        raise Invalid("En nyckel gäller högst två år. Gör en ny då.", field="valid_to")
    prefix = secrets.token_hex(6)
    secret = f"{MARK}_{prefix}_{secrets.token_urlsafe(32)}"
    token = ApiToken(
        name=name.strip(),
        namnd=namnd,
        prefix=prefix,
        digest=_digest(secret),
        scopes=[scope for scope in ApiScope.values if scope in scopes],
        valid_from=valid_from,
        valid_to=valid_to,
    )
    try:
        token.full_clean(validate_unique=False)
    except ValidationError as wrong:
        raise Invalid(" ".join(wrong.messages)) from wrong
    token.save()
    record(
        token,
        actor=actor,
        verb="nyckel-gjord",
        summary=f"Gjorde API-nyckeln {prefix} till {token.name}",
    )
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, actor: User) -> None:
    """Take the key back: the next call with it is refused. Raises NotAllowed, Conflict."""
    _check_right(actor)
    now = timezone.now()
    if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        raise Conflict("Nyckeln är redan återkallad.")
    token.revoked_at = now
    record(
        token,
        actor=actor,
        verb="nyckel-aterkallad",
        summary=f"Återkallade API-nyckeln {token.prefix} till {token.name}",
    )


def find_token(pk: int) -> ApiToken | None:
    return ApiToken.objects.filter(pk=pk).select_related("namnd").first()


def token_lines(actor: User, today: dt.date | None = None) -> list[TokenLine]:
    """All keys: those that hold first, then by name. Raises NotAllowed."""
    _check_right(actor)
    day = today or timezone.localdate()
    tokens = ApiToken.objects.select_related("namnd").annotate(
        all_uses=Sum("uses__uses"), all_refused=Sum("uses__refused"), last_at=Max("uses__last_at")
    )
    lines = [
        TokenLine(one, one.all_uses or 0, one.all_refused or 0, one.last_at, _state(one, day))
        for one in tokens.order_by("name", "pk")
    ]
    return sorted(lines, key=lambda line: line.state not in ("gäller", "kommande"))


def use_token(secret: str, scope: str) -> ApiToken | Refusal:
    """The key behind the secret, if it may read `scope` now; else why not.

    Every use is counted, and every refusal of a known key logged; one that nobody knows is told to
    `note_unknown_token` by the caller, who knows how many have come from the same place.
    """
    token = _find(secret)
    if token is None or not token.holds_on(timezone.localdate()):
        if token is not None:
            _refuse(token, Refusal.UNKNOWN)
        return Refusal.UNKNOWN
    if scope not in token.scopes:
        return _refuse(token, Refusal.SCOPE)
    in_minute = _count(token, refused=False)
    if in_minute > MOST_A_MINUTE:
        # Counted, and logged once a minute: a loop would else fill the log.
        if in_minute == MOST_A_MINUTE + 1:
            _log(token, Refusal.TOO_MANY)
        return Refusal.TOO_MANY
    return token


def note_unknown_token() -> None:
    """Log that somebody came with a key that is none."""
    log_read(
        None,
        actor=None,
        kind=ReadKind.REFUSED,
        summary="Nekades API:et: nyckeln finns inte",
    )


def everyone() -> User:
    """A reader who is signed in and is nothing to any nämnd: for whom a key reads."""
    reader = User(pk=0, username="", name="API")
    reader.__dict__["access"] = Access([])
    return reader


def _find(secret: str) -> ApiToken | None:
    mark, _, rest = secret.partition("_")
    prefix, _, _ = rest.partition("_")
    token = ApiToken.objects.filter(prefix=prefix).first() if mark == MARK and prefix else None
    if token is None or not hmac.compare_digest(token.digest, _digest(secret)):
        return None
    return token


def _refuse(token: ApiToken, why: Refusal) -> Refusal:
    if _count(token, refused=True) <= MOST_A_MINUTE:
        _log(token, why)
    return why


def _log(token: ApiToken, why: Refusal) -> None:
    log_read(
        token,
        actor=None,
        kind=ReadKind.REFUSED,
        summary=f"Nekades API:et med nyckeln {token.prefix}: {why.value}",
    )


def _count(token: ApiToken, *, refused: bool) -> int:
    """Count the call, and answer how many have come in its minute; one statement, so that calls at
    once are all counted."""
    now = timezone.now()
    minute = int(now.timestamp()) // 60
    table = connection.ops.quote_name(ApiTokenUse._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS u (token_id, day, uses, refused, last_at, minute, in_minute) "  # noqa: S608 - our own table
            "VALUES (%s, %s, %s, %s, %s, %s, 1) ON CONFLICT (token_id, day) DO UPDATE SET "
            "uses = u.uses + excluded.uses, refused = u.refused + excluded.refused, "
            "last_at = excluded.last_at, minute = excluded.minute, in_minute = "
            "CASE WHEN u.minute = excluded.minute THEN u.in_minute + 1 ELSE 1 END "
            "RETURNING in_minute",
            [token.pk, timezone.localdate(), int(not refused), int(refused), now, minute],
        )
        return cursor.fetchone()[0]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _state(token: ApiToken, day: dt.date) -> str:
    if token.revoked_at is not None:
        return "återkallad"
    if token.valid_to < day:
        return "utgången"
    return "kommande" if token.valid_from > day else "gäller"


def _check_right(actor: User) -> None:
    if not may_administrate(actor):
        raise NotAllowed(ONLY_ADMINISTRATORS)
