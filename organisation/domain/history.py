"""Historik of people, their roles, and nämnder: for the systemförvaltare, who keeps them."""

from typing import Any

from organisation.domain.who import namnd_names, who_for
from organisation.enums import Role
from organisation.models import ApiToken, InsightGrant, Membership, Namnd, NamndSuccession, User
from trace.domain.history import Kept, Line, Spoken, history

PERSON = {
    "name": "namnet",
    "username": "användarnamnet",
    "title": "titeln",
    "email": "e-postadressen",
    "telephone": "telefonnumret",
    "identity": "identiteten i stadens inloggning",
}
ROLE = {"valid_from": "från och med", "valid_to": "till och med"}
NAMND = {
    "name": "namnet",
    "short_name": "det korta namnet",
    "forvaltning": "förvaltningen",
    "valid_from": "från och med",
    "valid_to": "till och med",
    "note": "anmärkningen",
}
# What is done with an account and changes no row that the history keeps.
ACCOUNT_ACTS = frozenset({"losenord-bytt", "utloggad-overallt", "tvasteg-borttagen"})
SUCCESSIONS = frozenset({"uppgar", "bildad", "tog-over"})


def person_history(person: User, *, reader: User) -> list[Line]:
    """What was changed of a person's facts, account and roles. For the systemförvaltare."""
    names = namnd_names()

    def role(change: Any) -> str:
        where = names(change.namnd_id) or "hela systemet"
        return f"Rollen {Role(change.role).label.lower()} ({where})"

    kept = [
        Kept(User, {"id": person.pk}, lambda _: "Personen", PERSON),
        Kept(User, {"id": person.pk}, lambda _: "", say=_account),
        Kept(Membership, {"user_id": person.pk}, role, ROLE),
    ]
    return history(kept, who=who_for(reader), spoken=[Spoken(person, ACCOUNT_ACTS)])


def namnd_history(namnd: Namnd, *, reader: User) -> list[Line]:
    """What was changed of a nämnd, and which nämnder it follows or is followed by."""
    names = namnd_names()
    kept = [
        Kept(Namnd, {"id": namnd.pk}, lambda _: "Nämnden", NAMND),
        Kept(
            NamndSuccession,
            {"predecessor_id": namnd.pk},
            lambda c: f"Att {names(c.successor_id)} tar över",
            {"on": "från och med"},
        ),
        Kept(
            NamndSuccession,
            {"successor_id": namnd.pk},
            lambda c: f"Övertagandet från {names(c.predecessor_id)}",
            {"on": "från och med"},
        ),
    ]
    return history(kept, who=who_for(reader), spoken=[Spoken(namnd, SUCCESSIONS)])


def insight_history(reader: User) -> list[Line]:
    """What insight the person has asked for, and why. The nämnd reads it in what it is about."""
    kept = Kept(
        InsightGrant,
        {"user_id": reader.pk},
        lambda _: "Insynen",
        {"expires_at": "till", "reason": "orsaken"},
    )
    return history([kept], who=who_for(reader))


def api_token_history(reader: User) -> list[Line]:
    """Which keys to the API were made and taken back, and by whom. For the systemförvaltare."""
    kept = Kept(
        ApiToken,
        {},
        lambda c: f"API-nyckeln {c.prefix} till {c.name}",
        {
            "name": "systemet",
            "valid_from": "från och med",
            "valid_to": "till och med",
            "revoked_at": "återkallad",
        },
    )
    return history([kept], who=who_for(reader))


def _account(before: Any | None, after: Any) -> str:
    if before is None or before.is_active == after.is_active:
        return ""
    return "Kontot öppnades" if after.is_active else "Kontot stängdes"
