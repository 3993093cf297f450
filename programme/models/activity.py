"""Activities: what is to be done towards a goal."""

from django.db import models
from django.db.models import Q

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
