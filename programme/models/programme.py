"""A programme: its vision, and the kinds of violence and perspectives that it is about."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from programme.enums import ProgrammeKind
from programme.models.tags import Perspective, ViolenceType
from trace.tracking import tracked


@tracked()
class Programme(models.Model):
    """One of the city's programmes, or one of somebody else's to compare with."""

    slug = models.SlugField("adress", unique=True)
    kind = models.CharField(
        "slag", max_length=10, choices=ProgrammeKind.choices, default=ProgrammeKind.STAD
    )
    name = models.TextField("namn")
    short_name = models.CharField("kort namn", max_length=80)
    vision = models.TextField("vision", blank=True)
    first_year = models.PositiveSmallIntegerField("första år")
    last_year = models.PositiveSmallIntegerField("sista år")
    source = models.CharField("källa", max_length=250)
    note = models.TextField(
        "anmärkning",
        blank=True,
        help_text="Till exempel vad som är känt om programmet men inte finns här.",
    )
    violence_types: models.ManyToManyField = models.ManyToManyField(
        ViolenceType, blank=True, related_name="programmes", verbose_name="våldstyper"
    )
    perspectives: models.ManyToManyField = models.ManyToManyField(
        Perspective, blank=True, related_name="programmes", verbose_name="perspektiv"
    )
    # Counts each change of the programme's own row, so that nobody overwrites another unseen.
    revision = models.PositiveIntegerField("ändringsräknare", default=0, editable=False)

    class Meta:
        verbose_name = "program"
        verbose_name_plural = "program"
        ordering = ["-first_year", "slug"]
        constraints = [
            models.CheckConstraint(
                name="programme_years_in_order",
                condition=Q(first_year__lte=F("last_year")),
                violation_error_message="Sista året kan inte vara före det första.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.short_name} {self.first_year}–{self.last_year}"

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.first_year, 1, 1)

    @property
    def last_day(self) -> dt.date:
        return dt.date(self.last_year, 12, 31)

    @property
    def is_reference(self) -> bool:
        """Whether it is somebody else's, to compare with: nobody in the city reports on it."""
        return self.kind == ProgrammeKind.REFERENS


@tracked()
class ProgrammeViolenceType(Programme.violence_types.through):  # type: ignore[name-defined]
    """Which kinds of violence a programme is about, so that this has a history too."""

    class Meta:
        proxy = True
        verbose_name = "programmets våldstyp"
        verbose_name_plural = "programmens våldstyper"


@tracked()
class ProgrammePerspective(Programme.perspectives.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        verbose_name = "programmets perspektiv"
        verbose_name_plural = "programmens perspektiv"
