"""Files with programmes that the coordinator has uploaded: looked at first, then loaded or not."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from indicators.enums import ProgrammeFileState
from organisation.models import User
from programme.models import Programme
from trace.tracking import tracked


class ProgrammeFileQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ProgrammeFileQuerySet":
        """The coordinator sees all of them, nobody else any."""
        return self if user.access.is_samordnare else self.none()

    def waiting(self) -> "ProgrammeFileQuerySet":
        return self.filter(state=ProgrammeFileState.VANTAR)


@tracked(exclude=["content"])
class ProgrammeFile(models.Model):
    """A file without faults. Its content is kept while it waits to be confirmed, and no longer.

    What it said stands in the programme; its digest says which file that was.
    """

    name = models.CharField("fil", max_length=200)
    content = models.BinaryField("innehåll", editable=False)
    sha256 = models.CharField("kontrollsumma", max_length=64)
    state = models.CharField(
        "läge",
        max_length=10,
        choices=ProgrammeFileState.choices,
        default=ProgrammeFileState.VANTAR,
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="uppladdad av"
    )
    uploaded_at = models.DateTimeField("uppladdad", auto_now_add=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="avgjord av",
    )
    done_at = models.DateTimeField("avgjord", null=True, blank=True)
    programme = models.ForeignKey(
        Programme,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="program",
    )
    outcome = models.CharField("vad som ändrades", max_length=250, blank=True)

    objects = ProgrammeFileQuerySet.as_manager()

    class Meta:
        verbose_name = "programfil"
        verbose_name_plural = "programfiler"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="programme_file_content_while_it_waits",
                condition=Q(state=ProgrammeFileState.VANTAR) | Q(content=b""),
            ),
        ]

    def __str__(self) -> str:
        return self.name
