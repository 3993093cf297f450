"""Commands on people and their roles: the systemförvaltare's work.

Each checks the right, runs in one transaction and writes its event. A role that is taken away is
gone at the person's next request: roles are read anew for each.
"""

import datetime as dt

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from organisation.domain.errors import Invalid, NotAllowed
from organisation.models import Membership, Namnd, User
from organisation.rules import may_administrate
from trace.domain import record

ONLY_ADMINISTRATORS = "Bara systemförvaltaren sköter personer och roller."
NOT_YOURSELF = (
    "Du kan inte ändra dina egna roller eller ditt eget konto här. "
    "Be en annan systemförvaltare: ingen ger sig själv rätt till en nämnds innehåll."
)


@transaction.atomic
def create_person(
    *,
    actor: User,
    username: str,
    name: str,
    title: str = "",
    email: str = "",
    telephone: str = "",
    password: str = "",
) -> User:
    """Add a person, without any role yet.

    password: "" for who signs in through the city's own sign-in: no password works then.
    Raises NotAllowed; Invalid for a user name that is taken or a password that is too weak.
    """
    _check_right(actor)
    user = User(username=username, name=name, title=title, email=email, telephone=telephone)
    user.is_active = True
    if password:
        try:
            validate_password(password, user)
        except ValidationError as weak:
            raise Invalid(" ".join(weak.messages), field="password") from weak
        user.set_password(password)
    else:
        user.set_unusable_password()
    _check(user)
    user.save()
    record(user, actor=actor, verb="person-tillagd", summary=f"Lade till {user} ({username})")
    return user


@transaction.atomic
def change_person(
    user: User, *, actor: User, name: str, title: str, email: str, telephone: str
) -> User:
    """Change what is known of a person. The same again changes nothing.

    Raises NotAllowed, Invalid.
    """
    _check_right(actor)
    user = User.objects.select_for_update().get(pk=user.pk)
    given = {"name": name, "title": title, "email": email, "telephone": telephone}
    changed = {key: value for key, value in given.items() if getattr(user, key) != value}
    if not changed:
        return user
    for key, value in changed.items():
        setattr(user, key, value)
    _check(user)
    user.save(update_fields=list(changed))
    words = ", ".join(
        str(User._meta.get_field(key).verbose_name)  # type: ignore[union-attr]  # own columns
        for key in changed
    )
    record(user, actor=actor, verb="person-andrad", summary=f"Ändrade uppgifter om {user}: {words}")
    return user


@transaction.atomic
def set_active(user: User, *, actor: User, active: bool) -> User:
    """Let a person in, or shut them out from their next request on. Nobody is removed.

    Raises NotAllowed, for one's own account too.
    """
    _check_right(actor, about=user)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active == active:
        return user
    user.is_active = active
    user.save(update_fields=["is_active"])
    verb, did = ("person-oppnad", "Öppnade") if active else ("person-stangd", "Stängde")
    record(user, actor=actor, verb=verb, summary=f"{did} kontot för {user}")
    return user


@transaction.atomic
def give_role(
    user: User,
    *,
    actor: User,
    role: str,
    namnd: Namnd | None,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    deputy_for: User | None = None,
) -> Membership:
    """Give a person a role, from a day and to a day, both included; None leaves that end open.

    deputy_for: whose role the person has for that time; that person must have it throughout.
    Raises NotAllowed, for roles of one's own too; Invalid for days in the wrong order, a role that
    the person has already in part of the time, a nämnd that is not there then, a deputy without
    dates or for somebody without the role.
    """
    _check_right(actor, about=user)
    membership = Membership(
        user=user,
        namnd=namnd,
        role=role,
        valid_from=valid_from,
        valid_to=valid_to,
        deputy_for=deputy_for,
    )
    if deputy_for is not None and not (valid_from and valid_to):
        raise Invalid("En ersättare har rollen mellan två datum. Ange båda.", field="valid_to")
    _check(membership)
    if namnd is not None:
        _check_namnd_exists(namnd, valid_from, valid_to)
    if deputy_for is not None and not _holds_throughout(membership, deputy_for):
        raise Invalid(f"{deputy_for} har inte rollen under hela den tiden.", field="deputy_for")
    membership.save()
    instead = f" i stället för {deputy_for}" if deputy_for else ""
    record(
        user,
        actor=actor,
        verb="roll-given",
        summary=f"Gav {membership}{instead}{_in_words(valid_from, valid_to)}",
    )
    return membership


@transaction.atomic
def end_role(membership: Membership, *, actor: User, last_day: dt.date) -> Membership | None:
    """Let a role end after `last_day`, or take it away whole if it would not have begun by then.

    Answers the membership, or None when nothing is left of it. The same again changes nothing.
    Raises NotAllowed, for roles of one's own too; Invalid for a role that has ended before.
    """
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("user", "namnd")
        .get(pk=membership.pk)
    )
    _check_right(actor, about=membership.user)
    if membership.valid_to is not None and membership.valid_to < timezone.localdate():
        raise Invalid("Rollen har redan upphört.", field="last_day")
    if membership.valid_to == last_day:
        return membership
    if membership.valid_from is not None and last_day < membership.valid_from:
        record(
            membership.user,
            actor=actor,
            verb="roll-borttagen",
            summary=f"Tog bort {membership}, som inte hade börjat",
        )
        membership.delete()
        return None
    longer = membership.valid_to is not None and last_day > membership.valid_to
    membership.valid_to = last_day
    _check(membership)
    if longer and membership.namnd is not None:
        _check_namnd_exists(membership.namnd, membership.valid_from, last_day)
    membership.save(update_fields=["valid_to"])
    record(
        membership.user,
        actor=actor,
        verb="roll-avslutad",
        summary=f"Satte sista dag {last_day:%Y-%m-%d} för {membership}",
    )
    return membership


# Parts ------------------------------------------------------------------------------------------


def _check_right(actor: User, *, about: User | None = None) -> None:
    if not may_administrate(actor):
        raise NotAllowed(ONLY_ADMINISTRATORS)
    if about is not None and about.pk == actor.pk:
        raise NotAllowed(NOT_YOURSELF)


def _check(row: User | Membership) -> None:
    """Fields and constraints, as the database would; raises Invalid for the first that fails."""
    try:
        row.full_clean(exclude=["password"] if isinstance(row, User) else None)
    except ValidationError as wrong:
        field, messages = next(iter(wrong.message_dict.items()))
        raise Invalid(messages[0], field="" if field == "__all__" else field) from wrong


def _check_namnd_exists(namnd: Namnd, first: dt.date | None, last: dt.date | None) -> None:
    if namnd.valid_to is not None and (last is None or last > namnd.valid_to):
        raise Invalid(
            f"{namnd} upphör {namnd.valid_to:%Y-%m-%d}: rollen kan inte gälla längre.",
            field="valid_to",
        )
    if namnd.valid_from is not None and first is not None and first < namnd.valid_from:
        raise Invalid(
            f"{namnd} finns från {namnd.valid_from:%Y-%m-%d}: rollen kan inte börja tidigare.",
            field="valid_from",
        )


def _holds_throughout(deputy: Membership, person: User) -> bool:
    """Whether `person` has the deputy's role every day of the deputy's time."""
    held = Membership.objects.filter(
        user=person, namnd=deputy.namnd, role=deputy.role, deputy_for=None
    )
    assert deputy.valid_from is not None  # noqa: S101 - a deputy's days are stated
    assert deputy.valid_to is not None  # noqa: S101
    day = deputy.valid_from
    for membership in sorted(held, key=lambda m: m.valid_from or dt.date.min):
        begins, ends = membership.valid_from or dt.date.min, membership.valid_to or dt.date.max
        if begins <= day <= ends:
            if ends >= deputy.valid_to:
                return True
            day = ends + dt.timedelta(days=1)
    return False


def _in_words(first: dt.date | None, last: dt.date | None) -> str:
    if first and last:
        return f", {first:%Y-%m-%d} till {last:%Y-%m-%d}"
    if first:
        return f", från {first:%Y-%m-%d}"
    return f", till {last:%Y-%m-%d}" if last else ""
