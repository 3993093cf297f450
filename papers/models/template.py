"""Which sections a paper has, and in what order: data, since nämnder and years differ."""

from django.db import models
from django.db.models import Q

from organisation.models import Namnd
from papers.enums import PaperKind, RequiredFrom, SectionKind
from trace.tracking import tracked


class PaperTemplateQuerySet(models.QuerySet):
    def offered_to(self, namnd: Namnd | None) -> "PaperTemplateQuerySet":
        """What a new paper of the nämnd may begin with: its own first, then those for all."""
        own = Q(namnd=namnd) if namnd is not None else Q()
        return self.filter(Q(namnd__isnull=True) | own, retired=False).order_by(
            models.F("namnd_id").asc(nulls_last=True), "name", "code"
        )


@tracked()
class PaperTemplate(models.Model):
    code = models.SlugField("kod", unique=True)
    name = models.CharField("namn", max_length=100)
    kind = models.CharField("slag", max_length=20, choices=PaperKind.choices)
    namnd = models.ForeignKey(
        Namnd,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="paper_templates",
        verbose_name="bara för nämnden",
        help_text="Tomt betyder att alla nämnder kan välja mallen.",
    )
    retired = models.BooleanField(
        "används inte längre",
        default=False,
        help_text="Nya handlingar kan inte börja med den. De som har påbörjats har den kvar.",
    )

    objects = PaperTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "mall"
        verbose_name_plural = "mallar"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@tracked()
class TemplateSection(models.Model):
    template = models.ForeignKey(
        PaperTemplate, models.CASCADE, related_name="sections", verbose_name="mall"
    )
    key = models.SlugField("nyckel", help_text="Samma nyckel för samma avsnitt i alla mallar.")
    heading = models.CharField("rubrik", max_length=120)
    kind = models.CharField("innehåll", max_length=20, choices=SectionKind.choices)
    order = models.PositiveSmallIntegerField("ordning")
    required = models.BooleanField("krävs", default=True)
    required_from = models.CharField(
        "krävs från", max_length=20, choices=RequiredFrom.choices, default=RequiredFrom.ATTEST
    )
    guidance = models.TextField("vägledning", blank=True)

    class Meta:
        verbose_name = "avsnitt i mall"
        verbose_name_plural = "avsnitt i mall"
        ordering = ["template", "order"]
        constraints = [
            models.UniqueConstraint(fields=["template", "key"], name="template_section_key_once"),
            models.UniqueConstraint(
                fields=["template", "order"],
                name="template_section_place_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.heading
