"""The register of programmes, for the administrator.

What programmes choose from is kept here. The programmes themselves are the coordinator's: they are
changed by commands, on their own pages, and only read here.
"""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from programme.enums import Audience
from programme.models import (
    Account,
    Activity,
    ActivityPerspective,
    ActivityViolenceType,
    ActivityWording,
    Assignment,
    Goal,
    GoalLink,
    GoalPerspective,
    GoalViolenceType,
    GoalWording,
    Obligation,
    Perspective,
    Precondition,
    Programme,
    Responsibility,
    Service,
    ViolenceType,
)
from trace.admin import ReadOnlyAdmin, RegisterAdmin


class TagAdmin(RegisterAdmin):
    list_display = ["name", "code", "order", "source"]
    list_filter = ["programmes"]
    search_fields = ["name", "code", "source"]
    ordering = ["order", "code"]


admin.site.register(ViolenceType, TagAdmin)
admin.site.register(Perspective, TagAdmin)


@admin.register(Programme)
class ProgrammeAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "kind", "first_year", "last_year", "slug", "goal_count", "source"]
    list_filter = ["kind", "first_year", "violence_types", "perspectives"]
    search_fields = ["name", "short_name", "slug", "source", "note"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        return super().get_queryset(request).annotate(counted_goals=Count("goals"))

    @admin.display(description="mål och delmål", ordering="counted_goals")
    def goal_count(self, programme: Any) -> int:
        return programme.counted_goals


class _ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class _TagInline(_ReadOnlyInline):
    """What a goal or an activity is about, from when to when."""

    tag = "violencetype"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(self.tag)


class GoalViolenceTypeInline(_TagInline):
    model = GoalViolenceType
    fields = ["violencetype", "valid_from", "valid_to", "source"]


class GoalPerspectiveInline(_TagInline):
    model = GoalPerspective
    tag = "perspective"
    fields = ["perspective", "valid_from", "valid_to", "source"]


class ActivityViolenceTypeInline(_TagInline):
    model = ActivityViolenceType
    fields = ["violencetype", "valid_from", "valid_to", "source"]


class ActivityPerspectiveInline(_TagInline):
    model = ActivityPerspective
    tag = "perspective"
    fields = ["perspective", "valid_from", "valid_to", "source"]


@admin.register(Goal)
class GoalAdmin(ReadOnlyAdmin):
    list_display = ["goal_code", "text", "programme", "activity_count", "is_example", "source"]
    list_display_links = ["goal_code", "text"]
    list_filter = ["programme", "is_example", "violence_types", "perspectives"]
    list_select_related = ["programme", "parent"]
    search_fields = ["text", "source", "wordings__text", "wordings__decision"]
    inlines = [GoalViolenceTypeInline, GoalPerspectiveInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Goal]:
        counted = super().get_queryset(request).annotate(counted=Count("activities", distinct=True))
        return counted.in_order()

    @admin.display(description="nummer", ordering="number")
    def goal_code(self, goal: Goal) -> str:
        return goal.code

    @admin.display(description="aktiviteter", ordering="counted")
    def activity_count(self, goal: Any) -> int:
        return goal.counted


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    list_display = ["code", "text", "goal_code", "programme", "valid_from", "valid_to", "source"]
    list_filter = ["goal__programme", "is_example", "violence_types", "perspectives"]
    list_select_related = ["goal__programme", "goal__parent"]
    search_fields = ["code", "text", "source", "wordings__text"]
    inlines = [ActivityViolenceTypeInline, ActivityPerspectiveInline]

    @admin.display(description="mål", ordering="goal__number")
    def goal_code(self, activity: Activity) -> str:
        return activity.goal.code

    @admin.display(description="program", ordering="goal__programme")
    def programme(self, activity: Activity) -> str:
        return str(activity.goal.programme)


@admin.register(GoalWording)
class GoalWordingAdmin(ReadOnlyAdmin):
    list_display = ["goal", "valid_from", "text", "decision", "is_correction", "reason", "source"]
    list_filter = ["is_correction", "goal__programme"]
    list_select_related = ["goal__parent"]
    search_fields = ["text", "decision", "reason", "source"]
    date_hierarchy = "valid_from"


@admin.register(ActivityWording)
class ActivityWordingAdmin(ReadOnlyAdmin):
    list_display = [
        "activity", "valid_from", "text", "decision", "is_correction", "reason", "source",
    ]  # fmt: skip
    list_filter = ["is_correction", "activity__goal__programme"]
    list_select_related = ["activity"]
    search_fields = ["activity__code", "text", "decision", "reason", "source"]
    date_hierarchy = "valid_from"


@admin.register(Precondition)
class PreconditionAdmin(ReadOnlyAdmin):
    list_display = ["text", "goal", "order", "valid_from", "valid_to", "is_example", "source"]
    list_filter = ["goal__programme", "is_example"]
    list_select_related = ["goal__parent"]
    search_fields = ["text", "source", "goal__text"]


@admin.register(GoalLink)
class GoalLinkAdmin(ReadOnlyAdmin):
    list_display = ["mine", "theirs", "valid_from", "valid_to", "source"]
    list_filter = ["from_goal__programme", "to_goal__programme"]
    list_select_related = [
        "from_goal__programme", "from_goal__parent", "to_goal__programme", "to_goal__parent",
    ]  # fmt: skip
    search_fields = ["from_goal__text", "to_goal__text", "source"]

    @admin.display(description="mål", ordering="from_goal")
    def mine(self, link: GoalLink) -> str:
        return f"{link.from_goal.programme}: {link.from_goal}"

    @admin.display(description="motsvarar", ordering="to_goal")
    def theirs(self, link: GoalLink) -> str:
        return f"{link.to_goal.programme}: {link.to_goal}"


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
