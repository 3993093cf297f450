"""Beredning: who else has dealt with a matter before the nämnd does, and what they said."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from papers.enums import ConsultationKind, ConsultationVerb
from papers.models.comments import OfPaperQuerySet
from papers.models.paper import Paper
from trace.tracking import tracked


class ConsultationQuerySet(OfPaperQuerySet):
    def light(self) -> "ConsultationQuerySet":
        """Without the bytes of the files."""
        return self.defer("content")


@tracked("paper__namnd__code", exclude=["content"])
class Consultation(models.Model):
    """That somebody was consulted on a paper: who, when, in which words, and what came of it.

    The verb is never stronger than what happened: a council that had the possibility to deal with
    a matter has not thereby dealt with it.
    """

    paper = models.ForeignKey(
        Paper, models.CASCADE, related_name="consultations", verbose_name="handling"
    )
    kind = models.CharField("slag", max_length=20, choices=ConsultationKind.choices)
    name = models.CharField("vem", max_length=200)
    verb = models.CharField("vad som hände", max_length=20, choices=ConsultationVerb.choices)
    on = models.DateField("dag", null=True, blank=True)
    outcome = models.TextField("utfall", blank=True)
    file_name = models.CharField("fil", max_length=200, blank=True)
    content_type = models.CharField("innehållstyp", max_length=120, blank=True)
    content = models.BinaryField("innehåll", editable=False, default=b"")
    size = models.PositiveIntegerField("byte", default=0)
    sha256 = models.CharField("kontrollsumma", max_length=64, blank=True)
    goes_along = models.BooleanField(
        "följer med handlingen", default=False, help_text="Filen skickas ut som bilaga."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="registrerat av"
    )
    at = models.DateTimeField("registrerat", auto_now_add=True)
    changed_at = models.DateTimeField("ändrat", auto_now=True)
    # Counts the changes; a command that was based on an older count is refused.
    revision = models.PositiveIntegerField("ändringsräknare", default=0, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = "samråd"
        verbose_name_plural = "samråd"
        ordering = ["paper", "on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "name", "on"],
                nulls_distinct=False,
                name="consulted_once_a_day",
                violation_error_message="Samrådet är redan registrerat den dagen.",
            ),
            models.CheckConstraint(name="consultation_names_somebody", condition=~Q(name="")),
            models.CheckConstraint(
                name="what_was_dealt_with_has_a_day",
                condition=Q(on__isnull=False)
                | ~Q(verb__in=[ConsultationVerb.BEHANDLAT, ConsultationVerb.MOJLIGHET]),
            ),
            models.CheckConstraint(
                name="consultation_file_is_whole",
                condition=Q(file_name="", content=b"", size=0, sha256="", goes_along=False)
                | ~Q(file_name="") & ~Q(sha256="") & Q(size__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.on:%Y-%m-%d}" if self.on else self.name


@tracked("paper__namnd__code")
class Preparation(models.Model):
    """How far the section on a paper's beredning follows what is registered.

    laid: the text that Samlad last wrote in the section. set_aside: the proposal that somebody has
    read and chosen not to take. Both as clean rich text.
    """

    paper = models.OneToOneField(
        Paper, models.CASCADE, related_name="preparation", verbose_name="handling"
    )
    laid = models.TextField("inlagt förslag", blank=True)
    set_aside = models.TextField("avböjt förslag", blank=True)

    objects = OfPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "beredningens text"
        verbose_name_plural = "beredningens texter"

    def __str__(self) -> str:
        return f"Beredningen av {self.paper}"
