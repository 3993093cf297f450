"""The register of indicators, the periods, and how far the reports have come.

What a report says is not here: its numbers, drafts and names are the nämnd's own until it is
approved, and a systemförvaltare has no silent way into them.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest

from indicators.models import (
    Indicator,
    IndicatorResponsibility,
    IndicatorVersion,
    Period,
    ReferenceValue,
    Report,
    ReportVersion,
    Target,
)
from trace.admin import ReadOnlyAdmin, RegisterAdmin


class VersionInline(admin.StackedInline):
    model = IndicatorVersion
    extra = 0


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


@admin.register(Indicator)
class IndicatorAdmin(RegisterAdmin):
    list_display = ["code", "name", "kind", "goal_numbers", "source", "is_example"]
    list_filter = ["kind", "is_example", "goals"]
    search_fields = ["code", "versions__name", "source"]
    filter_horizontal = ["goals"]
    inlines = [VersionInline, ResponsibilityInline, TargetInline, ReferenceValueInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Indicator]:
        versions = IndicatorVersion.objects.order_by("number")
        return (
            super().get_queryset(request).prefetch_related("goals", Prefetch("versions", versions))
        )

    @admin.display(description="namn")
    def name(self, indicator: Indicator) -> str:
        versions = list(indicator.versions.all())
        return versions[-1].name if versions else ""

    @admin.display(description="mål")
    def goal_numbers(self, indicator: Indicator) -> str:
        return ", ".join(str(goal.number) for goal in indicator.goals.all())


@admin.register(Period)
class PeriodAdmin(RegisterAdmin):
    """When a period is due is decided each year; its other facts follow from its code."""

    list_display = ["code", "kind", "year", "due_on", "state"]
    list_filter = ["state", "kind", "year"]
    search_fields = ["code"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


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


@admin.register(IndicatorResponsibility)
class IndicatorResponsibilityAdmin(ReadOnlyAdmin):
    list_display = ["indicator", "who", "kind", "valid_from", "valid_to", "decision", "is_example"]
    list_filter = ["kind", "group", "is_example", "indicator__goals", "namnd"]
    list_select_related = ["indicator", "namnd"]
    search_fields = ["indicator__code", "namnd__name", "decision", "end_decision"]
    date_hierarchy = "valid_from"
    list_per_page = 50

    @admin.display(description="nämnd eller grupp", ordering="namnd__sort_key")
    def who(self, row: IndicatorResponsibility) -> str:
        return str(row)
