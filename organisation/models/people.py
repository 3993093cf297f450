"""People, and what they are to which nämnd."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from organisation.enums import Role
from organisation.models.namnd import Namnd
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

    @cached_property
    def access(self) -> "Access":
        """This person's roles, read once for each request."""
        return Access(list(self.memberships.select_related("namnd").order_by("pk")))


@tracked("namnd__code")
class Membership(models.Model):
    """A person has a role in a nämnd; the systemförvaltare's role is the whole system's."""

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

    class Meta:
        verbose_name = "roll"
        verbose_name_plural = "roller"
        ordering = ["user", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "namnd", "role"],
                name="role_given_once",
                nulls_distinct=False,
                violation_error_message="Personen har redan den rollen.",
            ),
            models.CheckConstraint(
                name="role_belongs_to_namnd",
                condition=Q(role=Role.SYSTEMFORVALTARE, namnd__isnull=True)
                | (~Q(role=Role.SYSTEMFORVALTARE) & Q(namnd__isnull=False)),
                violation_error_message="Välj nämnd (utom för systemförvaltaren).",
            ),
        ]

    def __str__(self) -> str:
        where = f", {self.namnd}" if self.namnd else ""
        return f"{self.user}: {self.get_role_display()}{where}"


class Access:
    """What one person is to which nämnder; the ground of every question "may they?"."""

    def __init__(self, memberships: list[Membership]) -> None:
        self.memberships = memberships

    def namnd_ids(self, *roles: str) -> set[int]:
        """Ids of the nämnder where the person has one of `roles` (any role, if none is named)."""
        return {
            m.namnd_id
            for m in self.memberships
            if m.namnd_id is not None and (not roles or m.role in roles)
        }

    def namnder(self, *roles: str) -> list[Namnd]:
        """The nämnder themselves, in Swedish order, each once."""
        wanted = self.namnd_ids(*roles)
        found = {m.namnd.pk: m.namnd for m in self.memberships if m.namnd and m.namnd.pk in wanted}
        return sorted(found.values(), key=lambda namnd: namnd.sort_key)

    def has_role(self, namnd_id: int | None, *roles: str) -> bool:
        """Whether the person has one of `roles` in that nämnd (any role, if none is named)."""
        return namnd_id in self.namnd_ids(*roles)

    def has_role_anywhere(self, *roles: str) -> bool:
        """Whether the person has one of `roles` somewhere, the whole system included."""
        return any(m.role in roles for m in self.memberships)

    @property
    def is_samordnare(self) -> bool:
        return self.has_role_anywhere(Role.SAMORDNARE)

    @property
    def is_systemforvaltare(self) -> bool:
        return self.has_role_anywhere(Role.SYSTEMFORVALTARE)
