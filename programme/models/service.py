"""Operations that people or staff can turn to: the register Stöd och insatser.

What nobody knows stays blank, and is shown as unknown: a guess here may cost somebody a journey
in vain, or worse.
"""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower

from organisation.models import Namnd, User
from programme.enums import Anonymity, Audience, Provider, Reach
from programme.models.goal import Goal
from programme.models.tags import ViolenceType
from trace.tracking import tracked

OLDEST = 120
"""The highest age that is taken for one."""


class ServiceQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ServiceQuerySet":
        """The register is open to everyone who is signed in, what is no longer used too."""
        return self if user.is_authenticated else self.none()

    def in_use(self) -> "ServiceQuerySet":
        """Those that can be turned to today."""
        return self.filter(retired_on__isnull=True)

    def not_verified_since(self, day: dt.date) -> "ServiceQuerySet":
        """Those that nobody has verified on `day` or later: never verified first, then oldest."""
        never_or_before = Q(verified_on__isnull=True) | Q(verified_on__lt=day)
        return self.filter(never_or_before).order_by(
            F("verified_on").asc(nulls_first=True), "sort_key", "pk"
        )

    def in_order(self) -> "ServiceQuerySet":
        """Swedish alphabetical order, whatever the collation of the database."""
        return self.order_by("sort_key", "pk")

    def whole(self) -> "ServiceQuerySet":
        """With all that a list shows of them; the number of queries does not follow the rows."""
        return self.select_related("verified_by").prefetch_related("violence_types", "namnder")


@tracked()
class Service(models.Model):
    """One operation: who runs it, whom it is for, where, and how one reaches it."""

    code = models.SlugField("kod", max_length=80, unique=True)
    name = models.CharField("namn", max_length=200)
    description = models.TextField("vad man får där", blank=True)
    provider = models.CharField("huvudman", max_length=10, choices=Provider.choices, blank=True)
    operator = models.CharField("drivs av", max_length=200, blank=True)
    age_from = models.PositiveSmallIntegerField(
        "från ålder", null=True, blank=True, help_text="0 och ingen övre gräns: alla åldrar."
    )
    age_to = models.PositiveSmallIntegerField("till och med ålder", null=True, blank=True)
    violence_types: models.ManyToManyField = models.ManyToManyField(
        ViolenceType, related_name="services", blank=True, verbose_name="våldstyper"
    )
    audiences = ArrayField(
        models.CharField(max_length=20, choices=Audience.choices),
        verbose_name="för vem",
        default=list,
        blank=True,
    )
    anonymous = models.CharField(
        "får man vara anonym",
        max_length=10,
        choices=Anonymity.choices,
        default=Anonymity.OKANT,
    )
    how_to_reach = models.TextField("så når man dem", blank=True)
    website = models.URLField("webbplats", blank=True)
    reach = models.CharField("finns för", max_length=12, choices=Reach.choices, default=Reach.OKANT)
    namnder: models.ManyToManyField = models.ManyToManyField(
        Namnd, related_name="services", blank=True, verbose_name="stadsdelar och nämnder"
    )
    place_note = models.CharField("om platsen", max_length=250, blank=True)
    goals: models.ManyToManyField = models.ManyToManyField(
        Goal, related_name="services", blank=True, verbose_name="mål"
    )
    source = models.CharField("källa", max_length=250, blank=True)
    is_example = models.BooleanField("exempel", default=False)
    verified_on = models.DateField("kontrollerad", null=True, blank=True)
    verified_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="kontrollerad av",
    )
    retired_on = models.DateField("används inte från", null=True, blank=True)
    retired_why = models.CharField("varför den inte används", max_length=250, blank=True)
    revision = models.PositiveIntegerField("ändring nr", default=0)
    # å, ä, ö come last in Swedish; `{|}` are the characters after z in the C collation.
    sort_key = models.GeneratedField(
        expression=Func(Lower(F("name")), Value("åäöéü"), Value("{|}ey"), function="TRANSLATE"),
        output_field=models.CharField(max_length=200, db_collation="C"),
        db_persist=True,
        verbose_name="sorteringsnyckel",
    )

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = "stöd eller insats"
        verbose_name_plural = "stöd och insatser"
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                name="service_has_source_or_is_example",
                condition=~Q(source="") | Q(is_example=True),
                violation_error_message="Ange källan, eller märk posten som exempel.",
            ),
            models.CheckConstraint(
                name="service_has_name", condition=~Q(name=""), violation_error_message="Ange namn."
            ),
            models.CheckConstraint(
                name="service_ages_in_order",
                condition=Q(age_from__isnull=True)
                | Q(age_to__isnull=True)
                | Q(age_from__lte=F("age_to")),
                violation_error_message="Den högsta åldern kan inte vara lägre än den lägsta.",
            ),
            models.CheckConstraint(
                name="service_ages_are_ages",
                condition=(Q(age_from__isnull=True) | Q(age_from__lte=OLDEST))
                & (Q(age_to__isnull=True) | Q(age_to__lte=OLDEST)),
                violation_error_message=f"En ålder är mellan 0 och {OLDEST} år.",
            ),
            models.CheckConstraint(
                name="service_is_for_known_audiences",
                condition=Q(audiences__contained_by=list(Audience.values)),
                violation_error_message="Välj i listan vem den är för.",
            ),
            models.CheckConstraint(
                name="service_anonymity_known_or_said_unknown",
                condition=Q(anonymous__in=list(Anonymity.values)),
            ),
            models.CheckConstraint(
                name="service_verified_on_a_day_by_somebody",
                condition=Q(verified_on__isnull=True, verified_by__isnull=True)
                | Q(verified_on__isnull=False, verified_by__isnull=False),
            ),
            models.CheckConstraint(
                name="service_retired_with_a_reason",
                condition=Q(retired_on__isnull=True) | ~Q(retired_why=""),
                violation_error_message="Skriv varför posten inte längre används.",
            ),
            models.CheckConstraint(
                name="service_website_is_a_web_address",
                condition=Q(website="") | Q(website__regex=r"^https?://[^\s\"'<>]+$"),
                violation_error_message="Webbplatsen börjar med https://.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ages(self) -> str:
        """ "13–26 år"; "" when no age is known."""
        return ages_in_words(self.age_from, self.age_to)

    @property
    def audience_labels(self) -> list[str]:
        """Whom it is for, in words; none when it is not known."""
        return [Audience(value).label for value in self.audiences]


def ages_in_words(low: int | None, high: int | None) -> str:
    """From and to, both included: "13–26 år", "18 år och äldre"; "" when neither is known."""
    if low is None and high is None:
        return ""
    if high is None:
        return "alla åldrar" if not low else f"{low} år och äldre"
    if not low:
        return f"till och med {high} år"
    return f"{low} år" if low == high else f"{low}–{high} år"


@tracked()
class ServiceViolenceType(Service.violence_types.through):  # type: ignore[name-defined]
    """Which kinds of violence a service is about, so that its history is kept too."""

    class Meta:
        proxy = True
        verbose_name = "insatsens våldstyp"
        verbose_name_plural = "insatsernas våldstyper"


@tracked()
class ServiceNamnd(Service.namnder.through):  # type: ignore[name-defined]
    """Where a service is, so that its history is kept too."""

    class Meta:
        proxy = True
        verbose_name = "insatsens nämnd"
        verbose_name_plural = "insatsernas nämnder"


@tracked()
class ServiceGoal(Service.goals.through):  # type: ignore[name-defined]
    """Which goals a service belongs to, so that its history is kept too."""

    class Meta:
        proxy = True
        verbose_name = "insatsens mål"
        verbose_name_plural = "insatsernas mål"
