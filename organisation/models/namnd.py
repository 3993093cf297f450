"""Nämnder and company boards: they begin, cease and are succeeded by others."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone

from organisation.enums import NamndGroup, NamndKind
from trace.tracking import tracked

GROUP_KINDS: dict[str, Collection[str]] = {
    NamndGroup.STADSDELSNAMNDER: {NamndKind.STADSDELSNAMND},
    NamndGroup.NAMNDER: {
        NamndKind.KOMMUNSTYRELSEN,
        NamndKind.STADSDELSNAMND,
        NamndKind.FACKNAMND,
    },
    # Of the companies the parent company alone: it gives one judgement for all of them.
    NamndGroup.ALLA: set(NamndKind.values) - {NamndKind.BOLAG},
    NamndGroup.BOLAGEN: {NamndKind.MODERBOLAG},
}


class NamndQuerySet(models.QuerySet):
    def valid_on(self, day: dt.date) -> "NamndQuerySet":
        """Those that existed on `day` (both ends of the validity included)."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def in_order(self) -> "NamndQuerySet":
        """Swedish alphabetical order, whatever the collation of the database."""
        return self.order_by("sort_key", "pk")


@tracked("code")
class Namnd(models.Model):
    """A board or company board of the city that carries responsibility."""

    code = models.SlugField("kod", unique=True, help_text="Små bokstäver utan å, ä och ö.")
    name = models.CharField("namn", max_length=120, unique=True)
    short_name = models.CharField("kort namn", max_length=60)
    kind = models.CharField("slag", max_length=20, choices=NamndKind.choices)
    forvaltning = models.CharField("förvaltning", max_length=120, blank=True)
    valid_from = models.DateField("finns från", null=True, blank=True)
    valid_to = models.DateField("finns till och med", null=True, blank=True)
    note = models.CharField("anmärkning", max_length=250, blank=True)
    # å, ä, ö come last in Swedish; `{|}` are the characters after z in the C collation.
    sort_key = models.GeneratedField(
        expression=Func(Lower(F("name")), Value("åäöéü"), Value("{|}ey"), function="TRANSLATE"),
        output_field=models.CharField(max_length=120, db_collation="C"),
        db_persist=True,
        verbose_name="sorteringsnyckel",
    )
    successors: models.ManyToManyField = models.ManyToManyField(
        "self",
        through="NamndSuccession",
        symmetrical=False,
        related_name="predecessors",
        verbose_name="efterträdare",
    )

    objects = NamndQuerySet.as_manager()

    class Meta:
        verbose_name = "nämnd"
        verbose_name_plural = "nämnder"
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                name="namnd_validity_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                violation_error_message="Nämnden kan inte upphöra innan den har börjat.",
            ),
            models.CheckConstraint(
                name="namnd_code_is_ascii_slug",
                condition=Q(code__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                violation_error_message="Koden får bara ha a–z, siffror och bindestreck.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def belongs_to(self, group: str) -> bool:
        """Whether a responsibility laid on `group` concerns this nämnd."""
        return self.kind in GROUP_KINDS[group]

    @property
    def genitive(self) -> str:
        """ "socialnämndens"; names in -s take no further s."""
        return self.name if self.name.endswith("s") else f"{self.name}s"


@dataclass(frozen=True)
class Followed:
    """One nämnd followed by another, by their ids, from a day on."""

    old: int
    new: int
    on: dt.date


def predecessors_of(namnd_ids: Collection[int], followed: Iterable[Followed]) -> set[int]:
    """Ids of all whom these nämnder have succeeded by today, however far back."""
    today = timezone.localdate()
    before: dict[int, set[int]] = {}
    for one in followed:
        if one.on <= today:
            before.setdefault(one.new, set()).add(one.old)
    found: set[int] = set()
    ahead = list(namnd_ids)
    while ahead:
        for predecessor in before.get(ahead.pop(), ()):
            if predecessor not in found:
                found.add(predecessor)
                ahead.append(predecessor)
    return found


def successors_of(namnd_id: int, followed: Iterable[Followed], since: dt.date) -> set[int]:
    """Ids of all who have by today taken over from the nämnd, one after another, after `since`."""
    today = timezone.localdate()
    after: dict[int, set[int]] = {}
    for one in followed:
        if since < one.on <= today:
            after.setdefault(one.old, set()).add(one.new)
    found: set[int] = set()
    ahead = [namnd_id]
    while ahead:
        for successor in after.get(ahead.pop(), ()):
            if successor not in found:
                found.add(successor)
                ahead.append(successor)
    return found


@tracked()
class NamndSuccession(models.Model):
    """From a date one nämnd carries on what another did."""

    predecessor = models.ForeignKey(
        Namnd, models.PROTECT, related_name="succeeded_by", verbose_name="föregångare"
    )
    successor = models.ForeignKey(
        Namnd, models.PROTECT, related_name="succeeds", verbose_name="efterträdare"
    )
    on = models.DateField("från och med")

    class Meta:
        verbose_name = "efterträdare"
        verbose_name_plural = "efterträdare"
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="succession_stated_once"
            ),
            models.CheckConstraint(
                name="namnd_does_not_succeed_itself",
                condition=~Q(predecessor=F("successor")),
                violation_error_message="En nämnd kan inte efterträda sig själv.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor} ({self.on})"
