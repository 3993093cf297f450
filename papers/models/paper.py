"""The tjänsteutlåtande: a paper whose content lives in numbered versions."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisation.enums import INSIDE_ROLES
from organisation.models import InsightGrant, Meeting, Namnd
from papers.enums import AttestSource, Origin, PaperKind, PaperState, RequiredFrom, SectionKind
from papers.models.template import PaperTemplate
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User

# States in which a paper has left its nämnd and is there for everybody who is signed in. A paper
# leaves when it is sent to the one it is for; as long as no state says so, none has left.
OUT_STATES: tuple[PaperState, ...] = ()


def _open_papers(user: "User", prefix: str = "") -> Q:
    """Papers whose unfinished work the person may read; `prefix` is the way to the paper.

    Those of their own nämnder, and those that they have been given insight into.
    """
    return Q(**{f"{prefix}namnd_id__in": user.access.inside_ids()}) | Q(
        **{f"{prefix}pk__in": InsightGrant.objects.open_to(user).ids_of(Paper)}
    )


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "PaperQuerySet":
        """Papers of which the person may read some version: all of them once they are out.

        A draft that was sent to a nämnd for comment is one version only: see PaperVersion.
        """
        return self.filter(Q(state__in=OUT_STATES) | _open_papers(user))

    def inside(self, user: "User") -> "PaperQuerySet":
        """Papers that the person may read whole: every version, who did what, history."""
        return self.filter(_open_papers(user))


@tracked("namnd__code")
class Paper(models.Model):
    """One matter's paper. What is written stands in its versions; this row says where it is."""

    namnd = models.ForeignKey(Namnd, models.PROTECT, related_name="papers", verbose_name="nämnd")
    kind = models.CharField("slag", max_length=20, choices=PaperKind.choices)
    template = models.ForeignKey(
        PaperTemplate, models.PROTECT, null=True, blank=True, verbose_name="mall"
    )
    dnr = models.CharField("nämndens diarienummer", max_length=60, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name="sammanträde",
    )
    state = models.CharField(
        "läge", max_length=20, choices=PaperState.choices, default=PaperState.UTKAST
    )
    current = models.OneToOneField(
        "PaperVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="current_of",
        verbose_name="gällande version",
    )
    is_example = models.BooleanField("exempel", default=False)
    # Counts every change of the paper; a command that was based on an older count is refused.
    revision = models.PositiveIntegerField("ändringsräknare", default=0, editable=False)
    changed_at = models.DateTimeField("ändrad", auto_now=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "handling"
        verbose_name_plural = "handlingar"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.namnd}"


class PaperVersionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "PaperVersionQuerySet":
        """Every version of what the person reads whole; of the others, what has left the nämnd.

        That is the current version of a paper that is out, and a version that was sent for
        comment to a nämnd where the person works.
        """
        # Rows of DraftShare, by their relation: that model stands on this one.
        shared = PaperVersion.objects.filter(
            shares__to_namnd_id__in=user.access.namnd_ids(*INSIDE_ROLES),
            shares__revoked_at__isnull=True,
        )
        return self.filter(
            _open_papers(user, "paper__")
            | Q(current_of__state__in=OUT_STATES)
            | Q(pk__in=shared.order_by().values("pk"))
        )


class InVersionQuerySet(models.QuerySet):
    """Rows that are part of a version are seen by who sees the version."""

    def visible_to(self, user: "User") -> "InVersionQuerySet":
        return self.filter(version__in=PaperVersion.objects.visible_to(user))


@tracked("paper__namnd__code")
class PaperVersion(models.Model):
    """The content of a paper at one stage. Blank means that it is not known, never a guess."""

    paper = models.ForeignKey(
        Paper, models.PROTECT, related_name="versions", verbose_name="handling"
    )
    number = models.PositiveSmallIntegerField("version")
    origin = models.CharField("tillkom", max_length=10, choices=Origin.choices)
    reason = models.CharField("varför versionen öppnades", max_length=250, blank=True)
    created_at = models.DateTimeField("skapad", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="skapad av",
    )
    source_name = models.CharField("filens namn", max_length=200, blank=True)
    source_sha256 = models.CharField("filens kontrollsumma", max_length=64, blank=True)
    warnings = models.JSONField("att se över efter inläsning", default=list, blank=True)

    # Of a version that was replaced by one that is no example; else the paper's own mark tells.
    is_example = models.BooleanField("exempel", default=False)

    title = models.CharField("rubrik", max_length=300)
    subtitle = models.CharField("underrubrik", max_length=300, blank=True)
    forvaltning = models.CharField("förvaltning", max_length=120, blank=True)
    avdelning = models.CharField("avdelning", max_length=120, blank=True)
    dated_on = models.DateField("papperets datum", null=True, blank=True)
    meeting_on = models.DateField("nämndens sammanträde", null=True, blank=True)
    addressee = models.CharField("till, som det står", max_length=120, blank=True)
    address = models.TextField("adressblock", blank=True)
    # Lists of small records that only the paper itself uses:
    # [{"name", "telephone"}], [{"name", "title", "unit"}], ["…"], ["…"]
    handlaggare = models.JSONField("handläggare", default=list, blank=True)
    signatures = models.JSONField("underskrifter", default=list, blank=True)
    bilagor = models.JSONField("bilagor", default=list, blank=True)
    recipients = models.JSONField("beslutet ska skickas till", default=list, blank=True)
    # The paper's revision when the header was last changed. Each part of a version has such a
    # count of its own, so that two people who write in different parts do not disturb each other.
    header_revision = models.PositiveIntegerField("huvudets ändring", default=0, editable=False)

    objects = PaperVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version"
        verbose_name_plural = "versioner"
        ordering = ["paper", "number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="paper_version_number_once"),
            models.CheckConstraint(
                name="paper_version_counts_from_one", condition=Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (version {self.number})"

    @property
    def shows_example(self) -> bool:
        """Whether what stands in the version is made up."""
        return self.is_example or self.paper.is_example


@tracked("version__paper__namnd__code")
class Section(models.Model):
    """One section of one version, in the order of the paper; text as sanitised HTML."""

    version = models.ForeignKey(
        PaperVersion, models.CASCADE, related_name="sections", verbose_name="version"
    )
    key = models.SlugField("nyckel")
    heading = models.CharField("rubrik", max_length=200)
    kind = models.CharField(
        "innehåll", max_length=20, choices=SectionKind.choices, default=SectionKind.TEXT
    )
    order = models.PositiveSmallIntegerField("ordning")
    required = models.BooleanField("krävs", default=False)
    required_from = models.CharField(
        "krävs från",
        max_length=20,
        choices=RequiredFrom.choices,
        default=RequiredFrom.ATTEST,
        db_default=RequiredFrom.ATTEST,
    )
    guidance = models.TextField("vägledning", blank=True)
    body = models.TextField("text", blank=True)
    # The paper's revision when the text was last changed.
    revision = models.PositiveIntegerField("ändring", default=0, editable=False)

    objects = InVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "avsnitt"
        verbose_name_plural = "avsnitt"
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "order"], name="section_place_once"),
        ]

    def __str__(self) -> str:
        return self.heading


@tracked("version__paper__namnd__code")
class Attestation(models.Model):
    """A head's approval of one version: read from a paper, or given here.

    Given here it names the person, and holds for exactly what the digest was counted over.
    """

    version = models.ForeignKey(
        PaperVersion,
        models.CASCADE,
        related_name="attestations",
        verbose_name="version",
    )
    name = models.CharField("namn", max_length=150)
    title = models.CharField("titel", max_length=100, blank=True)
    on = models.DateField("datum")
    source = models.CharField("källa", max_length=10, choices=AttestSource.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="av",
    )
    at = models.DateTimeField("tidpunkt", null=True, blank=True)
    sha256 = models.CharField(
        "versionens kontrollsumma", max_length=64, blank=True, default="", db_default=""
    )

    objects = InVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "attest"
        verbose_name_plural = "attester"
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "name"],
                condition=Q(by__isnull=True),
                name="nobody_attests_twice",
            ),
            models.UniqueConstraint(fields=["version", "by"], name="one_attest_a_person"),
            models.CheckConstraint(
                name="digital_attest_says_who_when_and_what",
                condition=Q(source=AttestSource.PAPPER, by__isnull=True, at__isnull=True, sha256="")
                | Q(source=AttestSource.SAMLAD, by__isnull=False, at__isnull=False) & ~Q(sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.on:%Y-%m-%d}"
