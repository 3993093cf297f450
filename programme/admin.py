"""The register of programmes, for the administrator."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from programme.models import Activity, Goal, Programme, Responsibility
from trace.admin import RegisterAdmin


class GoalInline(admin.TabularInline):
    model = Goal
    extra = 0


@admin.register(Programme)
class ProgrammeAdmin(RegisterAdmin):
    list_display = ["__str__", "slug", "goal_count"]
    search_fields = ["name", "short_name", "slug"]
    inlines = [GoalInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        return super().get_queryset(request).annotate(counted_goals=Count("goals"))

    @admin.display(description="mål", ordering="counted_goals")
    def goal_count(self, programme: Any) -> int:
        return programme.counted_goals


class ResponsibilityInline(admin.TabularInline):
    model = Responsibility
    extra = 0
    autocomplete_fields = ["namnd"]


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
