"""Uppdrag: what a nämnd was given to do by a budget or a decision, and its accounts of it."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from organisation.enums import NamndGroup
from organisation.models import Decision, DecisionPoint, Namnd
from papers.models import Paper
from programme.assignment_enums import (
    OPEN_STATES,
    AccountKind,
    AssignmentOrigin,
    AssignmentState,
    ObligationKind,
)
from programme.models.goal import Goal
from trace.tracking import tracked

if TYPE_CHECKING:
    from organisation.models import User

WORDS_NEED_A_DAY = "Ange också dagen, så att det går att räkna hur lång tid som är kvar."


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "AssignmentQuerySet":
        """That an uppdrag was given, its state and when it is due is open to everyone signed in.

        What is written about it is not: that is the paper's matter.
        """
        return self if user.is_authenticated else self.none()

    def open(self) -> "AssignmentQuerySet":
        return self.filter(state__in=OPEN_STATES)


class Due(models.Model):
    """A day by which something is to be done, and the words that the source has for it."""

    due_on = models.DateField("senast", null=True, blank=True)
    due_as_written = models.CharField("senast, som det står", max_length=120, blank=True)

    class Meta:
        abstract = True


def _words_need_a_day(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(due_as_written="") | Q(due_on__isnull=False),
        violation_error_message=WORDS_NEED_A_DAY,
    )


@tracked("namnd__code")
class Assignment(Due):
    """An uppdrag. Laid on one nämnd, or on a group whose nämnder account one by one."""

    slug = models.SlugField("adress", max_length=80, unique=True)
    title = models.CharField("rubrik", max_length=300)
    text = models.TextField("uppdragets text", blank=True)
    abridged = models.BooleanField("återgivet i korthet", default=False)
    origin = models.CharField("ursprung", max_length=10, choices=AssignmentOrigin.choices)
    origin_year = models.PositiveSmallIntegerField("budgetens år", null=True, blank=True)
    origin_decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name="beslutet",
    )
    origin_as_written = models.CharField("ursprung, som det står", max_length=250, blank=True)
    dnr = models.CharField("diarienummer", max_length=60, blank=True)
    namnd = models.ForeignKey(
        Namnd,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name="ansvarig nämnd",
    )
    group = models.CharField("grupp", max_length=20, choices=NamndGroup.choices, blank=True)
    state = models.CharField(
        "läge", max_length=20, choices=AssignmentState.choices, default=AssignmentState.PAGAR
    )
    closed_reason = models.TextField("varför uppdraget avslutades", blank=True)
    note = models.TextField("anmärkning", blank=True)
    source = models.CharField("källa", max_length=250, blank=True)
    is_example = models.BooleanField("exempel", default=False)
    goals: models.ManyToManyField = models.ManyToManyField(
        Goal, through="AssignmentGoal", related_name="assignments", verbose_name="mål"
    )
    # Counts every change of the uppdrag, its accounts and obligations included.
    revision = models.PositiveIntegerField("ändringsräknare", default=0, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "uppdrag"
        verbose_name_plural = "uppdrag"
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="assignment_names_one_responsible",
                condition=(Q(namnd__isnull=False) & Q(group=""))
                | (Q(namnd__isnull=True) & ~Q(group="")),
                violation_error_message="Välj en nämnd eller en grupp, inte båda.",
            ),
            models.CheckConstraint(
                name="assignment_has_source_or_is_example",
                condition=~Q(source="") | Q(is_example=True),
                violation_error_message="Ange källan, eller märk uppdraget som exempel.",
            ),
            models.CheckConstraint(
                name="assignment_origin_goes_with_its_kind",
                condition=Q(origin=AssignmentOrigin.BUDGET, origin_decision__isnull=True)
                | Q(origin=AssignmentOrigin.BESLUT, origin_year__isnull=True),
                violation_error_message="En budget har ett år; ett beslut har ett sammanträde.",
            ),
            models.CheckConstraint(
                name="assignment_closed_with_a_reason",
                condition=(Q(state=AssignmentState.AVSLUTAT) & ~Q(closed_reason=""))
                | (~Q(state=AssignmentState.AVSLUTAT) & Q(closed_reason="")),
            ),
            _words_need_a_day("assignment_due_words_need_a_day"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def scope(self) -> str:
        """Code of the nämnd whose matter it is; "" for the city's own."""
        return self.namnd.code if self.namnd else ""


class OfAssignmentQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "OfAssignmentQuerySet":
        """As open as the uppdrag."""
        return self.filter(assignment__in=Assignment.objects.visible_to(user))


@tracked("assignment__namnd__code")
class AssignmentPartner(models.Model):
    """With whom the uppdrag is to be carried out: a nämnd, a group of them, or another."""

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="partners", verbose_name="uppdrag"
    )
    namnd = models.ForeignKey(
        Namnd, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nämnd"
    )
    group = models.CharField("grupp", max_length=20, choices=NamndGroup.choices, blank=True)
    name = models.CharField("namn", max_length=150, blank=True)

    objects = OfAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "samverkanspart"
        verbose_name_plural = "samverkansparter"
        ordering = ["assignment", "pk"]
        constraints = [
            models.CheckConstraint(
                name="assignment_partner_is_one",
                condition=Q(namnd__isnull=False, group="", name="")
                | (Q(namnd__isnull=True, name="") & ~Q(group=""))
                | (Q(namnd__isnull=True, group="") & ~Q(name="")),
            ),
            models.UniqueConstraint(
                fields=["assignment", "namnd", "group", "name"],
                nulls_distinct=False,
                name="assignment_partner_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.namnd or self.get_group_display() or self.name)


@tracked("assignment__namnd__code")
class AssignmentGoal(models.Model):
    """That an uppdrag works towards a goal, and who says so."""

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="goal_links", verbose_name="uppdrag"
    )
    goal = models.ForeignKey(
        Goal, models.PROTECT, related_name="assignment_links", verbose_name="mål"
    )
    source = models.CharField("källa", max_length=250, blank=True)

    objects = OfAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "uppdragets mål"
        verbose_name_plural = "uppdragens mål"
        ordering = ["assignment", "goal"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "goal"], name="assignment_goal_once"),
        ]

    def __str__(self) -> str:
        return str(self.goal)


class AccountQuerySet(OfAssignmentQuerySet):
    def inside(self, user: "User") -> "AccountQuerySet":
        """Accounts whose unfinished work the person may read, begun or not."""
        return self.filter(
            Q(namnd_id__in=user.access.inside_ids()) | Q(paper__in=Paper.objects.inside(user))
        )


@tracked("namnd__code")
class Account(Due):
    """A delredovisning or slutredovisning: due on a day, written as a paper, settled by a decision.

    decision: the one that it was settled by. Decisions that put it off are Postponements.
    """

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="accounts", verbose_name="uppdrag"
    )
    number = models.PositiveSmallIntegerField("nummer")
    kind = models.CharField("slag", max_length=10, choices=AccountKind.choices)
    namnd = models.ForeignKey(
        Namnd, models.PROTECT, related_name="accounts", verbose_name="nämnd som redovisar"
    )
    paper = models.OneToOneField(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="account",
        verbose_name="handling",
    )
    decision = models.OneToOneField(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="account",
        verbose_name="beslut",
    )

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = "redovisning"
        verbose_name_plural = "redovisningar"
        ordering = ["assignment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="account_number_once"),
            models.UniqueConstraint(
                fields=["assignment", "namnd"],
                condition=Q(kind=AccountKind.SLUT),
                name="one_final_account_each",
                violation_error_message="Uppdraget har redan en slutredovisning.",
            ),
            models.CheckConstraint(name="account_counts_from_one", condition=Q(number__gte=1)),
            _words_need_a_day("account_due_words_need_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.assignment}"

    @property
    def is_settled(self) -> bool:
        return self.decision_id is not None


class OfAccountQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> "OfAccountQuerySet":
        """As open as the account."""
        return self.filter(account__in=Account.objects.visible_to(user))


@tracked("account__namnd__code")
class Postponement(models.Model):
    """A decision by which the nämnd did not settle an account: bordlagt, återremitterat."""

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="postponements", verbose_name="redovisning"
    )
    decision = models.OneToOneField(
        Decision, models.PROTECT, related_name="postponement", verbose_name="beslut"
    )

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        verbose_name = "uppskov"
        verbose_name_plural = "uppskov"
        ordering = ["account", "decision"]

    def __str__(self) -> str:
        return str(self.decision)


@tracked("namnd__code")
class Obligation(Due):
    """What a point of a decision obliges the nämnd to.

    To account: an account is added, and settles it. Anything else: somebody says when it was done.
    """

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="obligations", verbose_name="uppdrag"
    )
    point = models.ForeignKey(
        DecisionPoint, models.PROTECT, related_name="obligations", verbose_name="beslutspunkt"
    )
    kind = models.CharField("slag", max_length=15, choices=ObligationKind.choices)
    namnd = models.ForeignKey(
        Namnd, models.PROTECT, related_name="obligations", verbose_name="nämnd"
    )
    text = models.CharField("vad som ska göras", max_length=300)
    account = models.OneToOneField(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="obligation",
        verbose_name="redovisning",
    )
    done_on = models.DateField("gjort", null=True, blank=True)
    done_note = models.CharField("hur det gjordes", max_length=250, blank=True)

    objects = OfAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "åtagande"
        verbose_name_plural = "åtaganden"
        ordering = ["assignment", "point", "pk"]
        constraints = [
            models.CheckConstraint(
                name="obligation_to_account_has_its_account",
                condition=Q(kind=ObligationKind.ANNAT, account__isnull=True)
                | (~Q(kind=ObligationKind.ANNAT) & Q(account__isnull=False, done_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="obligation_note_when_done",
                condition=Q(done_note="") | Q(done_on__isnull=False),
            ),
            _words_need_a_day("obligation_due_words_need_a_day"),
        ]

    def __str__(self) -> str:
        return self.text
