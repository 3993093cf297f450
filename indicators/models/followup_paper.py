"""The tjänsteutlåtande that lays a fixed report before its nämnd, with the report as bilaga."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from indicators.models.followup import FollowupVersion
from papers.models import Paper
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User


class FollowupPaperQuerySet(models.QuerySet):
    def inside(self, user: "User") -> "FollowupPaperQuerySet":
        """Those whose paper the person may read whole."""
        return self.filter(paper__in=Paper.objects.inside(user))

    def saying_whether_read(self, user: "User") -> "FollowupPaperQuerySet":
        """Each with `is_read`: whether the person is among those that `inside` is for."""
        inside = Paper.objects.inside(user).filter(pk=models.OuterRef("paper"))
        return self.annotate(is_read=models.Exists(inside))


# The file stands under its digest, so that the trace need not keep it twice.
@tracked("paper__namnd__code", exclude=["attachment"])
class FollowupPaper(models.Model):
    """That a paper lays a fixed version before the nämnd, and the file that goes with it.

    attachment: the version as PDF, as it was when the paper was made. sha256: of those bytes; the
    database itself checks that it is, and lets nobody change the row.
    """

    version = models.OneToOneField(
        FollowupVersion, models.PROTECT, related_name="laid_before", verbose_name="version"
    )
    paper = models.OneToOneField(
        Paper, models.PROTECT, related_name="lays_before", verbose_name="tjänsteutlåtande"
    )
    attachment_name = models.CharField("bilagans namn", max_length=150)
    attachment = models.BinaryField("bilagan")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="skapad av"
    )
    made_at = models.DateTimeField("skapad")

    # There where the query asked for it (`saying_whether_read`).
    is_read: bool

    objects = FollowupPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "tjänsteutlåtande om uppföljningsrapport"
        verbose_name_plural = "tjänsteutlåtanden om uppföljningsrapporter"
        ordering = ["version"]

    def __str__(self) -> str:
        return f"Tjänsteutlåtande om {self.version}"
