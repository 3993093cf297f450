"""Which sections a paper has, and in what order: data, since nämnder and years differ."""

from django.db import models

from papers.enums import PaperKind, SectionKind
from trace.tracking import tracked


@tracked()
class PaperTemplate(models.Model):
    code = models.SlugField("kod", unique=True)
    name = models.CharField("namn", max_length=100)
    kind = models.CharField("slag", max_length=20, choices=PaperKind.choices)

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
