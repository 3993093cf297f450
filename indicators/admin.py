"""The register of indicators, the periods, and how far the reports have come.

What a report says is not here: its numbers, drafts and names are the nämnd's own until it is
approved, and a systemförvaltare has no silent way into them.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest

from indicators.models import (
    Adoption,
    Extension,
    FollowupReport,
    Indicator,
    IndicatorCheck,
    IndicatorGap,
    IndicatorGoal,
    IndicatorResponsibility,
    IndicatorSuccession,
    IndicatorVersion,
    Period,
    PeriodDueDate,
    ReferenceValue,
    Report,
    ReportVersion,
    Target,
)
from programme.models import Goal
from trace.admin import ReadOnlyAdmin, RegisterAdmin


class VersionInline(admin.StackedInline):
    model = IndicatorVersion
    extra = 0


class GoalInline(admin.TabularInline):
    """Which goals it measures and when. Moved between goals on the indicator's own page."""

    model = IndicatorGoal
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[IndicatorGoal]:
        return super().get_queryset(request).select_related("goal__programme", "goal__parent")

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "goal":
            kwargs["queryset"] = Goal.objects.select_related("programme", "parent").in_order()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


RESPONSIBILITY_FIELDS: Any = ["namnd", "group", "kind", "valid_from", "valid_to", "decision"]


class ResponsibilityInline(admin.TabularInline):
    """To read: responsibilities are laid and ended by the samordnare's commands."""

    model = IndicatorResponsibility
    extra = 0
    fields = RESPONSIBILITY_FIELDS
    readonly_fields = RESPONSIBILITY_FIELDS
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[IndicatorResponsibility]:
        return super().get_queryset(request).select_related("namnd")


class TargetInline(admin.TabularInline):
    model = Target
    extra = 0
    autocomplete_fields = ["namnd"]


class ReferenceValueInline(admin.TabularInline):
    model = ReferenceValue
    extra = 0


class GoalFilter(admin.SimpleListFilter):
    """Goals by programme and number, read in one go: a delmål is numbered within its goal."""

    title = "mål"
    parameter_name = "mal"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        goals = Goal.objects.select_related("programme", "parent").in_order()
        return [(str(goal.pk), f"{goal.programme}: {goal}") for goal in goals]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value() or ""
        return queryset.filter(goals=int(chosen)) if chosen.isdecimal() else queryset


@admin.register(Indicator)
class IndicatorAdmin(RegisterAdmin):
    list_display = ["code", "name", "kind", "goal_numbers", "source", "is_example"]
    list_filter = ["kind", "is_example", GoalFilter]
    search_fields = ["code", "versions__name", "source"]
    inlines = [GoalInline, VersionInline, ResponsibilityInline, TargetInline, ReferenceValueInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Indicator]:
        versions = IndicatorVersion.objects.order_by("number")
        return (
            super()
            .get_queryset(request)
            .prefetch_related("goals__parent", Prefetch("versions", versions))
        )

    @admin.display(description="namn")
    def name(self, indicator: Indicator) -> str:
        versions = list(indicator.versions.all())
        return versions[-1].name if versions else ""

    @admin.display(description="mål")
    def goal_numbers(self, indicator: Indicator) -> str:
        return ", ".join(dict.fromkeys(goal.code for goal in indicator.goals.all()))


@admin.register(Period)
class PeriodAdmin(ReadOnlyAdmin):
    """The coordinator plans, opens, closes and locks periods on pages of their own."""

    list_display = ["code", "kind", "year", "due_on", "state"]
    list_filter = ["state", "kind", "year"]
    search_fields = ["code"]


@admin.register(Extension)
class ExtensionAdmin(ReadOnlyAdmin):
    """More time, given by the coordinator with a reason."""

    list_display = ["period", "namnd", "until", "given_by", "given_at"]
    list_filter = ["period", "namnd"]
    list_select_related = ["period", "namnd", "given_by"]
    search_fields = ["period__code", "namnd__name", "reason"]


@admin.register(PeriodDueDate)
class PeriodDueDateAdmin(ReadOnlyAdmin):
    list_display = ["period", "kind", "due_on"]
    list_filter = ["kind", "period"]
    list_select_related = ["period"]
    search_fields = ["period__code"]


class ReportVersionInline(admin.TabularInline):
    model = ReportVersion
    fields = ["number", "created_at", "submitted_at", "approved_at"]
    readonly_fields = ["number", "created_at", "submitted_at", "approved_at"]
    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ["namnd", "period", "state", "changed_at", "is_example"]
    fields = ["namnd", "period", "state", "is_example", "changed_at"]
    list_filter = ["state", "period", "namnd", "is_example"]
    list_select_related = ["namnd", "period"]
    search_fields = ["namnd__name", "period__code"]
    inlines = [ReportVersionInline]


@admin.register(IndicatorVersion)
class IndicatorVersionAdmin(ReadOnlyAdmin):
    """All definitions in one list; they are kept on their indicator."""

    list_display = [
        "name", "indicator", "number", "valid_from", "unit", "aggregation", "accumulation",
        "counts_people",
    ]  # fmt: skip
    list_filter = [
        "aggregation", "accumulation", "direction", "counts_people", "split_by_sex", "valid_from",
    ]  # fmt: skip
    list_select_related = ["indicator"]
    search_fields = ["name", "definition", "indicator__code", "unit"]


@admin.register(IndicatorGoal)
class IndicatorGoalAdmin(ReadOnlyAdmin):
    """Which goals indicators measure, from when to when, all in one list."""

    list_display = ["indicator", "goal", "valid_from", "valid_to", "decision"]
    list_filter = ["valid_from"]
    list_select_related = ["indicator", "goal__programme", "goal__parent"]
    search_fields = ["indicator__code", "indicator__versions__name", "decision"]


@admin.register(IndicatorGap)
class IndicatorGapAdmin(ReadOnlyAdmin):
    """Times in which indicators are not asked for, all in one list."""

    list_display = ["indicator", "kind", "valid_from", "valid_to"]
    list_filter = ["kind"]
    list_select_related = ["indicator"]
    search_fields = ["indicator__code", "indicator__versions__name", "reason"]


@admin.register(IndicatorSuccession)
class IndicatorSuccessionAdmin(ReadOnlyAdmin):
    """Which indicators took the place of which."""

    list_display = ["predecessor", "successor", "kind", "on"]
    list_filter = ["kind"]
    list_select_related = ["predecessor", "successor"]
    search_fields = ["predecessor__code", "successor__code", "reason"]


@admin.register(IndicatorResponsibility)
class IndicatorResponsibilityAdmin(ReadOnlyAdmin):
    """Who reports which indicator, all in one list."""

    list_display = ["indicator", "who", "kind", "valid_from", "valid_to", "decision"]
    list_display_links = ["indicator", "who"]
    list_filter = ["kind", "group", "is_example", "namnd"]
    list_select_related = ["indicator", "namnd"]
    search_fields = ["indicator__code", "indicator__versions__name", "namnd__name", "decision"]

    @admin.display(description="vem", ordering="namnd__sort_key")
    def who(self, responsibility: IndicatorResponsibility) -> str:
        return str(responsibility)


@admin.register(Target)
class TargetAdmin(ReadOnlyAdmin):
    """Årsmål, all in one list; they are kept on their indicator."""

    list_display = ["indicator", "year", "namnd", "value", "is_example"]
    list_filter = ["year", "is_example", "namnd"]
    list_select_related = ["indicator", "namnd"]
    search_fields = ["indicator__code", "indicator__versions__name", "namnd__name"]


@admin.register(ReferenceValue)
class ReferenceValueAdmin(ReadOnlyAdmin):
    """Published figures to compare with; they are kept on their indicator."""

    list_display = ["indicator", "region", "year", "value", "source"]
    list_filter = ["region", "year"]
    list_select_related = ["indicator"]
    search_fields = ["indicator__code", "indicator__versions__name", "source"]


@admin.register(IndicatorCheck)
class IndicatorCheckAdmin(ReadOnlyAdmin):
    """How outcomes are looked over, where it is not as by default; set by the samordnare."""

    list_display = ["indicator", "rule", "is_on", "threshold"]
    list_display_links = ["indicator", "rule"]
    list_filter = ["rule", "is_on"]
    list_select_related = ["indicator"]
    search_fields = ["indicator__code", "indicator__versions__name"]


@admin.register(Adoption)
class AdoptionAdmin(ReadOnlyAdmin):
    """What nämnder have decided; registered on the nämnd's own page, with who and why."""

    list_display = ["namnd", "year", "decided_on", "paragraph", "is_example"]
    list_filter = ["year", "namnd", "is_example"]
    list_select_related = ["namnd"]
    search_fields = ["namnd__name", "year"]
    fields = ["namnd", "year", "decided_on", "paragraph", "is_example"]


@admin.register(FollowupReport)
class FollowupReportAdmin(ReadOnlyAdmin):
    """How far the follow-ups have come as reports; what is written in them is not here."""

    list_display = ["period", "kind", "namnd", "state", "is_example"]
    list_filter = ["kind", "state", "is_example", "namnd"]
    list_select_related = ["period", "namnd"]
    search_fields = ["namnd__name", "period__code"]
    fields = ["period", "kind", "namnd", "state", "is_example"]
