"""The follow-up as a report: what is written in it, its fixed versions, and what is decided on it.

The city's consolidated follow-up, and one nämnd's tertialrapport, are the same thing: figures that
Samlad puts together, a draft that it writes, and people's own words between.
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q

from indicators.enums import Chapter, CityGradeChoice, FollowupKind, FollowupState
from indicators.models.period import Period
from organisation.models import Decision, Namnd
from programme.models import Goal
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User


def _person(label: str, *, always: bool = True) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=not always,
        blank=not always,
        related_name="+",
        verbose_name=label,
    )


def _own(user: "User", prefix: str = "") -> Q:
    """Reports whose draft the person may read; `prefix` is the way to the report.

    Their own nämnd's; and of the whole city's, also who coordinates it.
    """
    own = Q(**{f"{prefix}namnd_id__in": user.access.inside_ids()})
    if user.access.is_samordnare:
        own |= Q(**{f"{prefix}kind": FollowupKind.STADEN})
    return own


class FollowupReportQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "FollowupReportQuerySet":
        """Reports of which the person may read some version: everybody, once one is fixed."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Exists(FollowupVersion.objects.filter(report=OuterRef("pk"))) | _own(user)
        )

    def inside(self, user: "User") -> "FollowupReportQuerySet":
        """Reports that the person may read whole: the draft, comments, who wrote what."""
        return self.filter(_own(user)) if user.is_authenticated else self.none()

    def saying_whether_inside(self, user: "User") -> "FollowupReportQuerySet":
        """Each with `is_inside`: whether the person is among those that `inside` is for."""
        return self.annotate(is_inside=ExpressionWrapper(_own(user), models.BooleanField()))


@tracked("namnd__code")
class FollowupReport(models.Model):
    """The follow-up of one period as a report: for the whole city, or for one nämnd.

    namnd: whose report it is, and who decides on it. The city's belongs to the nämnd that makes
    it, socialnämnden.
    """

    kind = models.CharField("slag", max_length=10, choices=FollowupKind.choices)
    namnd = models.ForeignKey(
        Namnd, models.PROTECT, related_name="followup_reports", verbose_name="nämnd"
    )
    period = models.ForeignKey(
        Period, models.PROTECT, related_name="followup_reports", verbose_name="period"
    )
    state = models.CharField(
        "läge", max_length=10, choices=FollowupState.choices, default=FollowupState.UTKAST
    )
    is_example = models.BooleanField("exempeldata", default=False)
    # Counts every change; a command that was based on an older count is refused.
    revision = models.PositiveIntegerField("ändringsräknare", default=0, editable=False)
    changed_at = models.DateTimeField("ändrad", auto_now=True)
    # There where the query asked for it (`saying_whether_inside`).
    is_inside: bool

    objects = FollowupReportQuerySet.as_manager()

    class Meta:
        verbose_name = "uppföljningsrapport"
        verbose_name_plural = "uppföljningsrapporter"
        ordering = ["-period__ends_on", "kind", "namnd__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["period"],
                condition=Q(kind=FollowupKind.STADEN),
                name="one_report_of_the_city_a_period",
            ),
            models.UniqueConstraint(
                fields=["period", "namnd"],
                condition=Q(kind=FollowupKind.NAMNDEN),
                name="one_report_of_a_namnd_a_period",
            ),
        ]

    def __str__(self) -> str:
        if self.is_citys:
            return f"Samlad uppföljning {self.period.code}"
        return f"{self.namnd}, {self.period.code}"

    @property
    def is_citys(self) -> bool:
        return self.kind == FollowupKind.STADEN

    @property
    def is_draft(self) -> bool:
        return self.state == FollowupState.UTKAST


class InsideQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "InsideQuerySet":
        """Of the draft: who reads the report whole."""
        return self.filter(_own(user, "report__")) if user.is_authenticated else self.none()


def _chapter_fields() -> tuple[models.CharField, models.ForeignKey]:
    chapter = models.CharField("kapitel", max_length=15, choices=Chapter.choices)
    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mål"
    )
    return chapter, goal


def _of_a_goal_or_not(name: str) -> models.CheckConstraint:
    """The chapter of a goal says which; the others have none."""
    return models.CheckConstraint(
        name=name,
        condition=Q(chapter=Chapter.MAL, goal__isnull=False)
        | (~Q(chapter=Chapter.MAL) & Q(goal__isnull=True)),
    )


@tracked("report__namnd__code")
class FollowupText(models.Model):
    """People's own words in one chapter. Plain text; an empty line parts two paragraphs."""

    report = models.ForeignKey(
        FollowupReport, models.PROTECT, related_name="texts", verbose_name="rapport"
    )
    chapter, goal = _chapter_fields()
    body = models.TextField("text", blank=True)
    # The report's revision when the text was written last.
    revision = models.PositiveIntegerField("ändringsräknare", editable=False)
    written_by = _person("skriven av")
    written_at = models.DateTimeField("skriven")

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = "egen text"
        verbose_name_plural = "egna texter"
        ordering = ["report", "chapter", "goal"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "chapter", "goal"],
                nulls_distinct=False,
                name="one_own_text_a_chapter",
            ),
            _of_a_goal_or_not("own_text_is_of_a_chapter"),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.goal or self.get_chapter_display()}"


@tracked("report__namnd__code")
class CityGrade(models.Model):
    """How far the whole city has come with a goal, as the coordinator judges it, and why."""

    report = models.ForeignKey(
        FollowupReport, models.PROTECT, related_name="city_grades", verbose_name="rapport"
    )
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="city_grades", verbose_name="mål")
    grade = models.CharField(
        "bedömning", max_length=15, choices=CityGradeChoice.choices, blank=True
    )
    reasons = models.TextField("skäl", blank=True)
    revision = models.PositiveIntegerField("ändringsräknare", editable=False)
    set_by = _person("satt av")
    set_at = models.DateTimeField("satt")

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = "stadens bedömning"
        verbose_name_plural = "stadens bedömningar"
        ordering = ["report", "goal"]
        constraints = [
            models.UniqueConstraint(fields=["report", "goal"], name="one_city_grade_a_goal"),
            models.CheckConstraint(
                name="city_grade_has_reasons",
                condition=Q(grade="") | Q(reasons__regex=r"\S"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, {self.goal.label.lower()}: {self.get_grade_display()}"


@tracked("report__namnd__code")
class FollowupComment(models.Model):
    """What somebody says at a chapter of the draft; it never leaves those who make the report."""

    report = models.ForeignKey(
        FollowupReport, models.PROTECT, related_name="comments", verbose_name="rapport"
    )
    chapter, goal = _chapter_fields()
    reply_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name="svar på",
    )
    text = models.TextField("kommentar")
    written_by = _person("skriven av")
    written_at = models.DateTimeField("skriven")
    resolved_by = _person("löst av", always=False)
    resolved_at = models.DateTimeField("löst", null=True, blank=True)

    objects = InsideQuerySet.as_manager()

    class Meta:
        verbose_name = "kommentar till utkastet"
        verbose_name_plural = "kommentarer till utkastet"
        ordering = ["report", "pk"]
        constraints = [
            _of_a_goal_or_not("draft_comment_is_at_a_chapter"),
            models.CheckConstraint(
                name="draft_comment_says_something", condition=Q(text__regex=r"\S")
            ),
            models.CheckConstraint(
                name="draft_comment_resolved_by_somebody",
                condition=Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False, reply_to__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.text}"


class FollowupVersionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "FollowupVersionQuerySet":
        """A fixed version is made for others: everyone signed in reads it."""
        return self if user.is_authenticated else self.none()


# What it holds stands under its digest, so that the trace need not keep it twice.
@tracked("report__namnd__code", exclude=["content"])
class FollowupVersion(models.Model):
    """The report as it was fixed: every figure, text, grade and sentence of it, for ever.

    content: canonical JSON (domain/followup_report/codec.py). sha256: of those bytes; the database
    itself checks that it is.
    """

    report = models.ForeignKey(
        FollowupReport, models.PROTECT, related_name="versions", verbose_name="rapport"
    )
    number = models.PositiveSmallIntegerField("nummer")
    content = models.BinaryField("innehåll")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    reason = models.TextField("varför den fastställdes", blank=True)
    fixed_by = _person("fastställd av")
    fixed_at = models.DateTimeField("fastställd")
    is_example = models.BooleanField("exempeldata", default=False)
    # There where it was found by its number: what a report beside it rests on (held.around).
    around: Any

    objects = FollowupVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "fastställd version"
        verbose_name_plural = "fastställda versioner"
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"], name="followup_version_number_once"
            ),
            models.CheckConstraint(
                name="followup_version_counts_from_one", condition=Q(number__gte=1)
            ),
            models.CheckConstraint(
                name="later_followup_version_says_why",
                condition=Q(number=1) | Q(reason__regex=r"\S"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, version {self.number}"


class FollowupDecisionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "FollowupDecisionQuerySet":
        """It stands in the nämnd's open protocol, about what everybody reads."""
        return self if user.is_authenticated else self.none()


@tracked("version__report__namnd__code")
class FollowupDecision(models.Model):
    """What the nämnd decided on one exact version. A later decision stands beside it."""

    version = models.ForeignKey(
        FollowupVersion, models.PROTECT, related_name="decisions", verbose_name="version"
    )
    decision = models.OneToOneField(
        Decision, models.PROTECT, related_name="followup_decision", verbose_name="beslut"
    )

    objects = FollowupDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "beslut om uppföljningsrapport"
        verbose_name_plural = "beslut om uppföljningsrapporter"
        ordering = ["version", "decision__meeting__date", "pk"]

    def __str__(self) -> str:
        return f"{self.version}: {self.decision}"
