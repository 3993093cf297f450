"""A nämnd's agenda: which version of a paper was sent out to which meeting, and what came of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisation.enums import Role
from organisation.models import Decision, Meeting
from papers.enums import AgendaKind
from papers.models.paper import Paper, PaperVersion
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User


class AgendaItemQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "AgendaItemQuerySet":
        """For those who work in the nämnd, and for its members; a notice is as open as the rest."""
        return self.filter(
            Q(meeting__namnd_id__in=user.access.inside_ids())
            | Q(meeting__namnd_id__in=user.access.namnd_ids(Role.LEDAMOT))
        )

    def undecided(self) -> "AgendaItemQuerySet":
        return self.filter(decision__isnull=True)


@tracked("meeting__namnd__code")
class AgendaItem(models.Model):
    """One matter at one meeting. That of a paper is there from when the paper was sent out.

    Which version was sent out, to which meeting and by whom never changes; what the nämnd decided
    is added once. A notice (anmälan) has no paper and needs no decision.
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="agenda", verbose_name="sammanträde"
    )
    kind = models.CharField("slag", max_length=20, choices=AgendaKind.choices)
    paper = models.ForeignKey(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name="handling",
    )
    version = models.ForeignKey(
        PaperVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name="utskickad version",
    )
    title = models.CharField("anmälan", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="utskickad av",
    )
    at = models.DateTimeField("utskickad", auto_now_add=True)
    decision = models.OneToOneField(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_item",
        verbose_name="beslut",
    )
    asked = models.TextField("vad nämnden bad om", blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = "ärende på dagordningen"
        verbose_name_plural = "ärenden på dagordningen"
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="sent_out_once"),
            models.CheckConstraint(
                name="agenda_item_is_a_paper_or_a_notice",
                condition=Q(
                    kind=AgendaKind.ANMALAN,
                    paper__isnull=True,
                    version__isnull=True,
                    decision__isnull=True,
                )
                & ~Q(title="")
                | Q(paper__isnull=False, version__isnull=False, title="")
                & ~Q(kind=AgendaKind.ANMALAN),
            ),
            models.CheckConstraint(
                name="agenda_item_asks_when_decided",
                condition=Q(asked="") | Q(decision__isnull=False),
            ),
        ]

    # Set by the queries that ask for it: what has been recorded of the decision, one after another.
    recorded: Sequence[Decision] = ()

    def __str__(self) -> str:
        return f"{self.meeting}: {self.title or self.version}"

    @property
    def holds(self) -> Decision | None:
        """The decision as it is to be read, where it has been asked for; else as first recorded."""
        return self.recorded[-1] if self.recorded else self.decision

    @property
    def corrected(self) -> Sequence[Decision]:
        """What was recorded wrongly, the first first."""
        return self.recorded[:-1]
