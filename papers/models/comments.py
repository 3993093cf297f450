"""What people of a nämnd say to each other about a draft, and who writes which section.

Both stay within the nämnd and are no part of what the paper says: they are never written out.
"""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from papers.models.paper import Paper
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User


class OfPaperQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "OfPaperQuerySet":
        """For who reads the paper whole: never for a nämnd that was sent a version of it."""
        return self.filter(paper__in=Paper.objects.inside(user))


@tracked("paper__namnd__code")
class CommentThread(models.Model):
    """A question on a passage. It is tied to the words, so that it follows them when others move.

    `place` names the passage through all versions; `quote` are the words in it, and `occurrence`
    which of several like it. An empty quote is about the whole passage.
    """

    paper = models.ForeignKey(
        Paper, models.CASCADE, related_name="threads", verbose_name="handling"
    )
    place = models.CharField("plats", max_length=300)
    heading = models.CharField("avsnitt", max_length=200)
    quote = models.TextField("citat", blank=True)
    occurrence = models.PositiveSmallIntegerField("vilket i ordningen", default=1)
    resolved_at = models.DateTimeField("löst", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="löst av",
    )

    objects = OfPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "kommentarstråd"
        verbose_name_plural = "kommentarstrådar"
        ordering = ["paper", "pk"]
        constraints = [
            models.CheckConstraint(
                name="resolved_by_somebody",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="occurrences_count_from_one", condition=Q(occurrence__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"Kommentar till {self.heading}"

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None


class CommentQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "CommentQuerySet":
        return self.filter(thread__in=CommentThread.objects.visible_to(user))


@tracked("thread__paper__namnd__code")
class Comment(models.Model):
    """What somebody said in a thread. It is not changed: one says more."""

    thread = models.ForeignKey(
        CommentThread, models.CASCADE, related_name="comments", verbose_name="tråd"
    )
    text = models.TextField("kommentar")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av"
    )
    at = models.DateTimeField("skriven", auto_now_add=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "kommentar till en handling"
        verbose_name_plural = "kommentarer till handlingar"
        ordering = ["thread", "pk"]
        constraints = [
            models.CheckConstraint(name="paper_comment_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class SectionTaskQuerySet(OfPaperQuerySet):
    def open(self) -> "SectionTaskQuerySet":
        return self.filter(done_at__isnull=True)


@tracked("paper__namnd__code")
class SectionTask(models.Model):
    """That a section is another unit's to write, by a day of its own."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="tasks", verbose_name="handling")
    key = models.CharField("avsnittets nyckel", max_length=50)
    heading = models.CharField("avsnitt", max_length=200)
    unit = models.CharField("enhet", max_length=120)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="person"
    )
    due_on = models.DateField("senast")
    note = models.CharField("anteckning", max_length=250, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="fördelat av"
    )
    given_at = models.DateTimeField("fördelat", auto_now_add=True)
    done_at = models.DateTimeField("klart", null=True, blank=True)

    objects = SectionTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "fördelat avsnitt"
        verbose_name_plural = "fördelade avsnitt"
        ordering = ["paper", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "key"],
                condition=Q(done_at__isnull=True),
                name="section_given_to_one_at_a_time",
            ),
            models.CheckConstraint(name="given_to_a_unit", condition=~Q(unit="")),
        ]

    def __str__(self) -> str:
        return f"{self.heading}, {self.unit}"
