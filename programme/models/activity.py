"""Activities: what is to be done towards a goal."""

from django.db import models
from django.db.models import Q

from programme.models.goal import Goal
from programme.models.tags import Perspective, TagLink, ViolenceType, tag_link_constraints
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
        ViolenceType,
        blank=True,
        through="ActivityViolenceType",
        related_name="activities",
        verbose_name="våldstyper",
    )
    perspectives: models.ManyToManyField = models.ManyToManyField(
        Perspective,
        blank=True,
        through="ActivityPerspective",
        related_name="activities",
        verbose_name="perspektiv",
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
class ActivityViolenceType(TagLink):
    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="violence_type_links", verbose_name="aktivitet"
    )
    violencetype = models.ForeignKey(
        ViolenceType, models.PROTECT, related_name="+", verbose_name="våldstyp"
    )

    class Meta:
        # The table that was there when a link was nothing but a link.
        db_table = "programme_activity_violence_types"
        verbose_name = "aktivitetens våldstyp"
        verbose_name_plural = "aktiviteternas våldstyper"
        ordering = ["activity", "violencetype", "valid_from"]
        constraints = tag_link_constraints("activity", "violencetype")

    def __str__(self) -> str:
        return str(self.violencetype)


@tracked()
class ActivityPerspective(TagLink):
    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="perspective_links", verbose_name="aktivitet"
    )
    perspective = models.ForeignKey(
        Perspective, models.PROTECT, related_name="+", verbose_name="perspektiv"
    )

    class Meta:
        # The table that was there when a link was nothing but a link.
        db_table = "programme_activity_perspectives"
        verbose_name = "aktivitetens perspektiv"
        verbose_name_plural = "aktiviteternas perspektiv"
        ordering = ["activity", "perspective", "valid_from"]
        constraints = tag_link_constraints("activity", "perspective")

    def __str__(self) -> str:
        return str(self.perspective)


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
