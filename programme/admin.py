"""The register of programmes, for the administrator."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from programme.models import Activity, Goal, Programme, Responsibility, ViolenceType
from trace.admin import ReadOnlyAdmin, RegisterAdmin

RESPONSIBILITY_FIELDS: Any = ["namnd", "group", "kind", "valid_from", "valid_to", "decision"]


class ViolenceTypeInline(admin.TabularInline):
    model = ViolenceType
    extra = 0


class GoalInline(admin.TabularInline):
    model = Goal
    extra = 0


@admin.register(Programme)
class ProgrammeAdmin(RegisterAdmin):
    list_display = ["__str__", "slug", "goal_count"]
    search_fields = ["name", "short_name", "slug"]
    inlines = [ViolenceTypeInline, GoalInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        return super().get_queryset(request).annotate(counted_goals=Count("goals"))

    @admin.display(description="mål", ordering="counted_goals")
    def goal_count(self, programme: Any) -> int:
        return programme.counted_goals


class ResponsibilityInline(admin.TabularInline):
    """To read: responsibilities are laid and ended by the samordnare's commands."""

    model = Responsibility
    extra = 0
    fields = RESPONSIBILITY_FIELDS
    readonly_fields = RESPONSIBILITY_FIELDS
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Responsibility]:
        return super().get_queryset(request).select_related("namnd")


@admin.register(Activity)
class ActivityAdmin(RegisterAdmin):
    list_display = ["code", "text", "goal_number", "source", "is_example"]
    list_filter = ["goal__programme", "is_example", "goal"]
    list_select_related = ["goal"]
    search_fields = ["code", "text", "source"]
    inlines = [ResponsibilityInline]

    @admin.display(description="mål", ordering="goal__number")
    def goal_number(self, activity: Activity) -> int:
        return activity.goal.number


@admin.register(Responsibility)
class ResponsibilityAdmin(ReadOnlyAdmin):
    list_display = ["activity", "who", "kind", "valid_from", "valid_to", "decision", "is_example"]
    list_filter = ["kind", "group", "is_example", "activity__goal", "namnd"]
    list_select_related = ["activity", "namnd"]
    search_fields = ["activity__code", "activity__text", "namnd__name", "decision", "end_decision"]
    date_hierarchy = "valid_from"
    list_per_page = 50

    @admin.display(description="nämnd eller grupp", ordering="namnd__sort_key")
    def who(self, row: Responsibility) -> str:
        return str(row)
