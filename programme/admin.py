"""The register of programmes, for the administrator."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from programme.enums import Audience
from programme.models import Activity, Goal, Programme, Responsibility, Service
from trace.admin import ReadOnlyAdmin, RegisterAdmin


class GoalInline(admin.TabularInline):
    model = Goal
    extra = 0


@admin.register(Programme)
class ProgrammeAdmin(RegisterAdmin):
    list_display = ["__str__", "slug", "goal_count"]
    list_filter = ["first_year", "last_year"]
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


@admin.register(Responsibility)
class ResponsibilityAdmin(ReadOnlyAdmin):
    """Who answers for which activity, all in one list."""

    list_display = ["activity_code", "who", "kind", "valid_from", "valid_to", "decision"]
    list_display_links = ["activity_code", "who"]
    list_filter = ["kind", "group", "is_example", "activity__goal__programme", "namnd"]
    list_select_related = ["activity", "namnd"]
    search_fields = ["activity__code", "activity__text", "namnd__name", "decision"]

    @admin.display(description="aktivitet", ordering="activity__code")
    def activity_code(self, responsibility: Responsibility) -> str:
        return responsibility.activity.code

    @admin.display(description="vem", ordering="namnd__sort_key")
    def who(self, responsibility: Responsibility) -> str:
        return str(responsibility)


class AudienceFilter(admin.SimpleListFilter):
    """Whom an operation is for: one of several, so the column is a list."""

    title = "för vem"
    parameter_name = "for"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*Audience.choices, ("okant", "Uppgift saknas")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "okant":
            return queryset.filter(audiences=[])
        if self.value() in Audience.values:
            return queryset.filter(audiences__contains=[self.value()])
        return queryset


@admin.register(Service)
class ServiceAdmin(ReadOnlyAdmin):
    """The samordnare keeps the register on its own pages, by commands; here it is read."""

    list_display = [
        "name", "provider", "ages", "kinds", "anonymous", "reach", "verified_on", "retired_on",
        "is_example",
    ]  # fmt: skip
    list_filter = [
        "provider", AudienceFilter, "violence_types", "anonymous", "reach", "is_example",
        ("verified_on", admin.EmptyFieldListFilter), ("retired_on", admin.EmptyFieldListFilter),
        "namnder",
    ]  # fmt: skip
    search_fields = ["name", "code", "description", "operator", "how_to_reach", "source"]
    ordering = ["sort_key"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Service]:
        return super().get_queryset(request).prefetch_related("violence_types")

    @admin.display(description="ålder", ordering="age_from")
    def ages(self, service: Service) -> str:
        return service.ages

    @admin.display(description="våldstyper")
    def kinds(self, service: Service) -> str:
        return ", ".join(kind.name for kind in service.violence_types.all())
