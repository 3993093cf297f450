"""People, and what they are to which nämnd, from when until when."""

import datetime as dt
from functools import cache, cached_property

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.crypto import salted_hmac

from organisation.enums import Role
from organisation.models.access import Access
from organisation.models.namnd import Followed, Namnd
from organisation.models.ranges import days, one
from trace.tracking import tracked


@tracked(exclude=["password", "last_login"])
class User(AbstractUser):
    """Somebody who signs in. A full name in one field: not every name is first plus last."""

    first_name = None  # type: ignore[assignment]  # one name field instead
    last_name = None  # type: ignore[assignment]
    name = models.CharField("namn", max_length=150)
    title = models.CharField("titel", max_length=100, blank=True)
    telephone = models.CharField("telefon", max_length=30, blank=True)
    identity = models.CharField(
        "identitet",
        max_length=150,
        unique=True,
        null=True,
        blank=True,
        help_text="Det som stadens inloggning kallar personen.",
    )
    session_epoch = models.PositiveIntegerField("sessionernas omgång", default=0, editable=False)

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "personer"

    def __str__(self) -> str:
        return self.name or self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is checked against: a new password, or a new epoch, ends them all."""
        salt = "organisation.User.session"
        value = f"{self.session_epoch}:{self.password}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    # Which of several nämnder the person has chosen to act for; None outside of a request.
    _chosen_seat: str | None = None

    def act_for(self, seat: str) -> None:
        """From now on the person acts for one nämnd (or the whole system) at a time.

        seat: code of a nämnd, or SYSTEM_SEAT; what is not the person's own, "" among it, means
        the first of their own.
        """
        self._chosen_seat = seat
        self.__dict__.pop("access", None)

    @cached_property
    def access(self) -> Access:
        """This person's roles as they hold today, read once for each request."""
        roles, followed = _held_by(self, timezone.localdate())
        return Access(roles, self._chosen_seat, followed)

    @property
    def acting_namnd(self) -> Namnd | None:
        """The nämnd that a person with several acts for now; None for a person with one."""
        return self.access.acting_namnd


class MembershipQuerySet(models.QuerySet):
    def valid_on(self, day: dt.date) -> "MembershipQuerySet":
        """The roles that hold on `day` (both ends of the validity included)."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


# The whole system has no nämnd: 0, which is no nämnd's number.
_NAMND = Coalesce(F("namnd"), Value(0, output_field=models.BigIntegerField()))
# A role as a number: its place in the list. A new role changes the list, and so the constraint:
# makemigrations notices it.
_ROLE_PLACE = Func(
    Value(list(Role.values), output_field=ArrayField(models.TextField())),
    Cast("role", models.TextField()),
    function="array_position",
    output_field=models.IntegerField(),
)


@tracked("namnd__code")
class Membership(models.Model):
    """A person has a role in a nämnd; the systemförvaltare's role is the whole system's.

    Without a first day it has always held, without a last day it goes on. A deputy (ersättare)
    holds it in somebody else's place, for a time that is always stated.
    """

    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name="person"
    )
    namnd = models.ForeignKey(
        Namnd,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="nämnd",
    )
    role = models.CharField("roll", max_length=20, choices=Role.choices)
    valid_from = models.DateField("från och med", null=True, blank=True)
    valid_to = models.DateField("till och med", null=True, blank=True)
    deputy_for = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputies",
        verbose_name="ersättare för",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "roll"
        verbose_name_plural = "roller"
        ordering = ["user", "pk"]
        constraints = [
            ExclusionConstraint(
                name="role_held_once_at_a_time",
                expressions=[
                    (one(F("user"), "int8range"), RangeOperators.OVERLAPS),
                    (one(_NAMND, "int8range"), RangeOperators.OVERLAPS),
                    (one(_ROLE_PLACE, "int4range"), RangeOperators.OVERLAPS),
                    (days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Personen har redan den rollen under en del av tiden.",
            ),
            models.CheckConstraint(
                name="role_belongs_to_namnd",
                condition=Q(role=Role.SYSTEMFORVALTARE, namnd__isnull=True)
                | (~Q(role=Role.SYSTEMFORVALTARE) & Q(namnd__isnull=False)),
                violation_error_message="Välj nämnd (utom för systemförvaltaren).",
            ),
            models.CheckConstraint(
                name="role_validity_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                violation_error_message="Rollen kan inte upphöra innan den har börjat.",
            ),
            models.CheckConstraint(
                name="deputy_for_a_stated_time",
                condition=Q(deputy_for__isnull=True)
                | Q(valid_from__isnull=False, valid_to__isnull=False),
                violation_error_message="En ersättare har rollen mellan två datum.",
            ),
            models.CheckConstraint(
                name="nobody_is_their_own_deputy",
                condition=Q(deputy_for__isnull=True) | ~Q(deputy_for=F("user")),
                violation_error_message="Ingen är sin egen ersättare.",
            ),
        ]

    def clean(self) -> None:
        # Before the constraints are asked: PostgreSQL makes no range that ends before it begins.
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": "Rollen kan inte upphöra innan den har börjat."})

    def __str__(self) -> str:
        where = f", {self.namnd}" if self.namnd else ""
        return f"{self.user}: {self.get_role_display()}{where}"


# Asked at nearly every page, and at every field that is saved: not put together anew each time.
# Who follows whom is asked once for all rows, and the same for each of them.
_HELD = """
SELECT {membership}, {namnd}, ARRAY(
    SELECT concat_ws(' ', s.predecessor_id, s.successor_id, s."on")
    FROM organisation_namndsuccession s ORDER BY s."on", s.id
)
FROM organisation_membership m LEFT JOIN organisation_namnd n ON n.id = m.namnd_id
WHERE m.user_id = %(user)s AND (m.valid_from IS NULL OR m.valid_from <= %(day)s)
    AND (m.valid_to IS NULL OR m.valid_to >= %(day)s)
ORDER BY m.id
"""


def _held_by(user: User, day: dt.date) -> tuple[list[Membership], list[Followed]]:
    """The roles that the person holds on `day`, with their nämnder; and who follows whom."""
    columns, places = _columns(Membership), _columns(Namnd)
    statement = _HELD.format(
        membership=", ".join(f'm."{column}"' for column in columns),
        namnd=", ".join(f'n."{column}"' for column in places),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"user": user.pk, "day": day})
        rows = cursor.fetchall()
    roles = []
    for row in rows:
        role = Membership.from_db(connection.alias, columns, row[: len(columns)])
        role.user = user
        placed = row[len(columns) : -1]
        role.namnd = (
            None if role.namnd_id is None else Namnd.from_db(connection.alias, places, placed)
        )
        roles.append(role)
    told = (one.split() for one in (rows[0][-1] if rows else ()))
    followed = [Followed(int(old), int(new), dt.date.fromisoformat(on)) for old, new, on in told]
    return roles, followed


@cache
def _columns(model: type[models.Model]) -> list[str]:
    """The columns of a model whose fields are called as they are."""
    return [str(field.attname) for field in model._meta.concrete_fields]
