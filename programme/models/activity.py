"""Activities, and who answers for them."""

import datetime as dt

from django.db import models
from django.db.models import Q

from organisation.enums import NamndGroup
from organisation.models import Namnd
from programme.models.goal import Goal
from programme.models.tags import Perspective, ViolenceType
from programme.models.validity import Validity, ValidityQuerySet, days_in_order
from programme.models.wording import Worded, WordingBase, wording_constraints
from trace.tracking import tracked


@tracked()
class Activity(Worded, Validity):
    """What nämnder are to do towards a goal. It carries its source, or is marked an example.

    `text` is the wording that it began with.
    """

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="activities", verbose_name="mål")
    code = models.SlugField("kod", unique=True)
    text = models.TextField("aktivitet")
    source = models.CharField("källa", max_length=250, blank=True)
    is_example = models.BooleanField("exempel", default=False)
    order = models.PositiveSmallIntegerField("ordning", default=0)
    violence_types: models.ManyToManyField = models.ManyToManyField(
        ViolenceType, blank=True, related_name="activities", verbose_name="våldstyper"
    )
    perspectives: models.ManyToManyField = models.ManyToManyField(
        Perspective, blank=True, related_name="activities", verbose_name="perspektiv"
    )
    # Counts each change of the activity: nobody overwrites another unseen.
    revision = models.PositiveIntegerField("ändringsräknare", default=0, editable=False)

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = "aktivitet"
        verbose_name_plural = "aktiviteter"
        ordering = ["goal", "order", "code"]
        constraints = [
            models.CheckConstraint(
                name="activity_has_source_or_is_example",
                condition=~Q(source="") | Q(is_example=True),
                violation_error_message="Ange källan, eller märk aktiviteten som exempel.",
            ),
            days_in_order("activity_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.text


@tracked()
class ActivityViolenceType(Activity.violence_types.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        verbose_name = "aktivitetens våldstyp"
        verbose_name_plural = "aktiviteternas våldstyper"


@tracked()
class ActivityPerspective(Activity.perspectives.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        verbose_name = "aktivitetens perspektiv"
        verbose_name_plural = "aktiviteternas perspektiv"


@tracked()
class ActivityWording(WordingBase):
    """The text of an activity, changed by a decision while the programme runs."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="wordings", verbose_name="aktivitet"
    )

    class Meta(WordingBase.Meta):
        verbose_name = "aktivitetens lydelse"
        verbose_name_plural = "aktiviteternas lydelser"
        constraints = wording_constraints("activity")


class ResponsibilityBase(models.Model):
    """That a nämnd, or a group of them, answers for something. Who a group is follows the date."""

    namnd = models.ForeignKey(
        Namnd, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nämnd"
    )
    group = models.CharField("grupp", max_length=20, choices=NamndGroup.choices, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.namnd or self.get_group_display())  # type: ignore[attr-defined]

    def concerns(self, namnd: Namnd, on: dt.date) -> bool:
        """Whether `namnd` is meant, on that day."""
        if not namnd.exists_on(on):
            return False
        return namnd.belongs_to(self.group) if self.group else namnd.pk == self.namnd_id


ONE_NAMND_OR_ONE_GROUP = (Q(namnd__isnull=False) & Q(group="")) | (
    Q(namnd__isnull=True) & ~Q(group="")
)


@tracked("namnd__code")
class Responsibility(ResponsibilityBase):
    """Who answers for an activity."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="responsibilities", verbose_name="aktivitet"
    )

    class Meta:
        verbose_name = "ansvar"
        verbose_name_plural = "ansvar"
        ordering = ["activity", "pk"]
        constraints = [
            models.CheckConstraint(
                name="activity_responsibility_names_one",
                condition=ONE_NAMND_OR_ONE_GROUP,
                violation_error_message="Välj en nämnd eller en grupp, inte båda.",
            ),
            models.UniqueConstraint(
                fields=["activity", "namnd", "group"],
                name="activity_responsibility_stated_once",
                nulls_distinct=False,
            ),
        ]
