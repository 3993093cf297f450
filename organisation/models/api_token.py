"""Keys with which other systems read Samlad's API, and how much each has been used."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from organisation.enums import ApiScope
from organisation.models.namnd import Namnd
from trace.tracking import tracked


@tracked(exclude=["digest"])
class ApiToken(models.Model):
    """One system may read some of the API for a time. The secret itself is kept nowhere.

    It sees what everyone who is signed in sees, whoever owns it.
    """

    name = models.CharField("system", max_length=120)
    namnd = models.ForeignKey(
        Namnd,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="api_tokens",
        verbose_name="ägande nämnd",
        help_text="Tomt: systemet är stadens gemensamma.",
    )
    # The first part of the key, which says which it is, and a digest of the whole. The rest is
    # random and long: nobody finds it by trying, so the digest needs no salt and no slowness.
    prefix = models.CharField("nyckelns början", max_length=12, unique=True)
    digest = models.CharField("kontrollsumma", max_length=64)
    scopes = ArrayField(
        models.CharField(max_length=20, choices=ApiScope.choices), verbose_name="får läsa"
    )
    valid_from = models.DateField("från och med")
    valid_to = models.DateField("till och med")
    revoked_at = models.DateTimeField("återkallad", null=True, blank=True)

    class Meta:
        verbose_name = "API-nyckel"
        verbose_name_plural = "API-nycklar"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="api_token_days_in_order",
                condition=Q(valid_from__lte=F("valid_to")),
                violation_error_message="Nyckeln kan inte upphöra innan den har börjat gälla.",
            ),
            models.CheckConstraint(
                name="api_token_reads_something",
                condition=Q(scopes__len__gte=1),
                violation_error_message="Välj minst något som nyckeln får läsa.",
            ),
            models.CheckConstraint(
                name="api_token_is_named",
                condition=Q(name__regex=r"\S"),
                violation_error_message="Skriv vilket system nyckeln är till.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"

    def holds_on(self, day: dt.date) -> bool:
        return self.revoked_at is None and self.valid_from <= day <= self.valid_to

    @property
    def scope_labels(self) -> list[str]:
        return [str(ApiScope(scope).label) for scope in self.scopes]


class ApiTokenUse(models.Model):
    """How often a key was used on a day. Counted, not work: it has no history of its own."""

    token = models.ForeignKey(
        ApiToken, models.CASCADE, related_name="uses", verbose_name="API-nyckel"
    )
    day = models.DateField("dag")
    uses = models.PositiveIntegerField("anrop", default=0)
    refused = models.PositiveIntegerField("nekade", default=0)
    last_at = models.DateTimeField("senast", db_default=Now())
    # How many came within the minute that the last one came in.
    minute = models.PositiveIntegerField("minut", default=0)
    in_minute = models.PositiveIntegerField("under minuten", default=0)

    class Meta:
        verbose_name = "användning av API-nyckel"
        verbose_name_plural = "användning av API-nycklar"
        ordering = ["-day", "token"]
        constraints = [
            models.UniqueConstraint(fields=["token", "day"], name="one_count_a_token_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.token} {self.day}: {self.uses}"
