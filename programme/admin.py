"""The register of programmes, for the administrator."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from programme.models import (
    Account,
    Activity,
    Assignment,
    Goal,
    Obligation,
    Programme,
    Responsibility,
)
from trace.admin import ReadOnlyAdmin, RegisterAdmin


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


class _ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AccountInline(_ReadOnlyInline):
    model = Account
    fields = ["number", "kind", "namnd", "due_on", "due_as_written", "decision"]


class ObligationInline(_ReadOnlyInline):
    model = Obligation
    fields = ["text", "kind", "namnd", "due_on", "done_on"]


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    """Uppdrag carry work: their own pages change them, by commands that leave a trace."""

    list_display = ["title", "namnd", "group", "origin", "origin_year", "state", "is_example"]
    list_filter = ["state", "origin", "origin_year", "is_example", "namnd"]
    list_select_related = ["namnd"]
    search_fields = ["title", "text", "dnr", "slug"]
    inlines = [AccountInline, ObligationInline]


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    """When accounts are due, and whether they are settled. What is written is the nämnd's."""

    list_display = ["assignment", "kind", "namnd", "due_on", "due_as_written", "decision"]
    list_filter = ["kind", "namnd"]
    list_select_related = ["assignment", "namnd", "decision__meeting__namnd"]
    search_fields = ["assignment__title", "assignment__dnr"]
    date_hierarchy = "due_on"


@admin.register(Obligation)
class ObligationAdmin(ReadOnlyAdmin):
    list_display = ["text", "assignment", "kind", "namnd", "due_on", "done_on"]
    list_filter = ["kind", "namnd"]
    list_select_related = ["assignment", "namnd"]
    search_fields = ["text", "assignment__title"]
