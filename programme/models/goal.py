"""Goals and delmål, what must be in place for them, and how programmes' goals correspond."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest, Least

from organisation.models.ranges import days, one
from programme.models.programme import Programme
from programme.models.tags import Perspective, TagLink, ViolenceType, tag_link_constraints
from programme.models.validity import Validity, ValidityQuerySet, days_in_order
from programme.models.wording import Worded, WordingBase, wording_constraints
from trace.tracking import tracked


class GoalQuerySet(ValidityQuerySet):
    def in_order(self) -> "GoalQuerySet":
        """Programme by programme, each goal before its delmål: 1, 1.1, 1.2, 2 …"""
        return self.order_by(
            "-programme__first_year",
            "programme__slug",
            Coalesce("parent__number", "number"),
            F("parent").asc(nulls_first=True),
            "number",
        )

    def top(self) -> "GoalQuerySet":
        """Goals that are not delmål of another."""
        return self.filter(parent__isnull=True)

    def with_code(self, code: str) -> "GoalQuerySet":
        """The goal called "4", or the delmål called "4.2"; within one programme at most one."""
        above, _, number = code.rpartition(".")
        if above:
            return self.filter(parent__number=int(above), number=int(number))
        return self.top().filter(number=int(number))


@tracked()
class Goal(Worded, Validity):
    """A goal, numbered within its programme: another programme counts its own.

    A delmål has a parent, and is numbered within it. `text` is the wording that it began with.
    """

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="goals", verbose_name="program"
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name="delmål till",
    )
    number = models.PositiveSmallIntegerField("nummer")
    text = models.TextField(
        "mål",
        blank=True,
        help_text="Tomt när det är känt att målet finns, men inte vad det säger.",
    )
    source = models.CharField(
        "källa", max_length=250, blank=True, help_text="Tomt: samma som programmets."
    )
    is_example = models.BooleanField("exempel", default=False)
    violence_types: models.ManyToManyField = models.ManyToManyField(
        ViolenceType,
        blank=True,
        through="GoalViolenceType",
        related_name="goals",
        verbose_name="våldstyper",
    )
    perspectives: models.ManyToManyField = models.ManyToManyField(
        Perspective,
        blank=True,
        through="GoalPerspective",
        related_name="goals",
        verbose_name="perspektiv",
    )
    # Counts each change of the goal and of what hangs on it here: nobody overwrites another unseen.
    revision = models.PositiveIntegerField("ändringsräknare", default=0, editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "parent", "number"],
                name="goal_number_once",
                nulls_distinct=False,
                violation_error_message="Programmet har redan ett mål med det numret.",
            ),
            models.CheckConstraint(name="goal_counts_from_one", condition=Q(number__gte=1)),
            days_in_order("goal_days_in_order"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="parent_fits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id", "programme_id"),
                func=(
                    "IF TG_OP = 'UPDATE' AND NEW.programme_id <> OLD.programme_id THEN "
                    "RAISE EXCEPTION 'a goal keeps its programme' "
                    "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                    "IF NEW.parent_id IS NOT NULL AND (NOT EXISTS ("
                    "SELECT 1 FROM programme_goal p WHERE p.id = NEW.parent_id "
                    "AND p.programme_id = NEW.programme_id AND p.parent_id IS NULL) OR EXISTS ("
                    "SELECT 1 FROM programme_goal c WHERE c.parent_id = NEW.id)) THEN "
                    "RAISE EXCEPTION 'goal_parent_fits: a delmål belongs to a goal of its own "
                    "programme, which is not itself a delmål' "
                    "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                    "RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}. {self.text}" if self.text else self.label

    @property
    def code(self) -> str:
        """ "4", or "4.2" for a delmål. Select `parent` where there are many rows."""
        return f"{self.parent.number}.{self.number}" if self.parent else str(self.number)

    @property
    def label(self) -> str:
        return f"Delmål {self.code}" if self.parent_id else f"Mål {self.number}"


@tracked()
class GoalViolenceType(TagLink):
    goal = models.ForeignKey(
        Goal, models.CASCADE, related_name="violence_type_links", verbose_name="mål"
    )
    violencetype = models.ForeignKey(
        ViolenceType, models.PROTECT, related_name="+", verbose_name="våldstyp"
    )

    class Meta:
        # The table that was there when a link was nothing but a link.
        db_table = "programme_goal_violence_types"
        verbose_name = "målets våldstyp"
        verbose_name_plural = "målens våldstyper"
        ordering = ["goal", "violencetype", "valid_from"]
        constraints = tag_link_constraints("goal", "violencetype")

    def __str__(self) -> str:
        return str(self.violencetype)


@tracked()
class GoalPerspective(TagLink):
    goal = models.ForeignKey(
        Goal, models.CASCADE, related_name="perspective_links", verbose_name="mål"
    )
    perspective = models.ForeignKey(
        Perspective, models.PROTECT, related_name="+", verbose_name="perspektiv"
    )

    class Meta:
        # The table that was there when a link was nothing but a link.
        db_table = "programme_goal_perspectives"
        verbose_name = "målets perspektiv"
        verbose_name_plural = "målens perspektiv"
        ordering = ["goal", "perspective", "valid_from"]
        constraints = tag_link_constraints("goal", "perspective")

    def __str__(self) -> str:
        return str(self.perspective)


@tracked()
class GoalWording(WordingBase):
    """The text of a goal, changed by a decision while the programme runs."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="wordings", verbose_name="mål")

    class Meta(WordingBase.Meta):
        verbose_name = "målets lydelse"
        verbose_name_plural = "målens lydelser"
        constraints = wording_constraints("goal")


@tracked()
class Precondition(Validity):
    """Förutsättning: what must be in place for a goal to be reached."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="preconditions", verbose_name="mål")
    text = models.TextField("förutsättning")
    order = models.PositiveSmallIntegerField("ordning", default=0)
    source = models.CharField("källa", max_length=250, blank=True)
    is_example = models.BooleanField("exempel", default=False)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = "förutsättning"
        verbose_name_plural = "förutsättningar"
        ordering = ["goal", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="precondition_has_source_or_is_example",
                condition=~Q(source="") | Q(is_example=True),
                violation_error_message="Ange källan, eller märk förutsättningen som exempel.",
            ),
            days_in_order("precondition_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.text


class GoalLinkQuerySet(ValidityQuerySet):
    def of(self, goal: Goal) -> "GoalLinkQuerySet":
        """Links of a goal, whichever end it stands at."""
        return self.filter(Q(from_goal=goal) | Q(to_goal=goal))


@tracked()
class GoalLink(Validity):
    """That goals of two programmes correspond: city 5 is regional 6. It holds both ways."""

    from_goal = models.ForeignKey(
        Goal, models.CASCADE, related_name="links_from", verbose_name="mål"
    )
    to_goal = models.ForeignKey(
        Goal, models.CASCADE, related_name="links_to", verbose_name="motsvarar"
    )
    source = models.CharField("källa", max_length=250)

    objects = GoalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "motsvarande mål"
        verbose_name_plural = "motsvarande mål"
        ordering = ["from_goal", "to_goal", "valid_from"]
        constraints = [
            days_in_order("goal_link_days_in_order"),
            models.CheckConstraint(name="goal_link_has_source", condition=~Q(source="")),
            ExclusionConstraint(
                name="goals_linked_once_at_a_time",
                expressions=[
                    (one(Least("from_goal", "to_goal"), "int8range"), RangeOperators.OVERLAPS),
                    (one(Greatest("from_goal", "to_goal"), "int8range"), RangeOperators.OVERLAPS),
                    (days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Målen motsvarar redan varandra under en del av tiden.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="between_programmes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("from_goal_id", "to_goal_id"),
                func=(
                    "IF (SELECT count(DISTINCT g.programme_id) FROM programme_goal g "
                    "WHERE g.id IN (NEW.from_goal_id, NEW.to_goal_id)) = 1 THEN "
                    "RAISE EXCEPTION 'goal_link_between_programmes: goals of one programme do "
                    "not correspond' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                    "RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_goal} ↔ {self.to_goal}"

    def other(self, goal: Goal) -> Goal:
        """The goal at the other end."""
        return self.to_goal if goal.pk == self.from_goal_id else self.from_goal
