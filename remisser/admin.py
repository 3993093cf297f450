"""Remisser, their instances and proposals, for the administrator; answers are read only."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from organisation.models import User
from remisser.domain.plans import replan
from remisser.domain.register_parts import NUMBER_STAYS, answers_begun
from remisser.models import (
    Answer,
    PlanRule,
    Proposal,
    Remiss,
    RemissAssignment,
    RemissGoal,
    Remissinstans,
)
from trace.admin import ReadOnlyAdmin, RegisterAdmin

DUE_DATE_CHANGED = "Remissens uppgifter har ändrats."


class ProposalForm(forms.ModelForm):
    """A proposal keeps its number once an answer refers to it."""

    class Meta:
        model = Proposal
        fields = ["number", "text", "abridged"]

    def clean_number(self) -> int:
        number = self.cleaned_data["number"]
        if (
            self.instance.pk
            and number != self.initial.get("number")
            and answers_begun(self.instance.remiss)
        ):
            raise ValidationError(NUMBER_STAYS)
        return number


class ProposalInline(admin.TabularInline):
    model = Proposal
    form = ProposalForm
    extra = 0


class InstanceInline(admin.TabularInline):
    model = Remissinstans
    extra = 0
    autocomplete_fields = ["namnd"]


class GoalInline(admin.TabularInline):
    model = RemissGoal
    extra = 0
    autocomplete_fields = ["goal"]


class AssignmentInline(admin.TabularInline):
    model = RemissAssignment
    extra = 0
    autocomplete_fields = ["assignment"]


@admin.register(Remiss)
class RemissAdmin(RegisterAdmin):
    list_display = ["dnr", "title", "kind", "remitter", "received_on", "instance_count"]
    list_filter = ["kind", "is_example", "remitter"]
    search_fields = ["dnr", "title", "author"]
    autocomplete_fields = ["remitter_namnd"]
    prepopulated_fields = {"slug": ["dnr"]}
    inlines = [ProposalInline, InstanceInline, GoalInline, AssignmentInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Remiss]:
        return super().get_queryset(request).annotate(counted_instances=Count("instances"))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        namnder = form.instance.instances.exclude(namnd=None).values_list("namnd", flat=True)
        for namnd_id in namnder.order_by("namnd").distinct():
            replan(namnd_id, actor=cast(User, request.user), because=DUE_DATE_CHANGED)

    @admin.display(description="instanser", ordering="counted_instances")
    def instance_count(self, remiss: Any) -> int:
        return remiss.counted_instances


@admin.register(Proposal)
class ProposalAdmin(RegisterAdmin):
    list_display = ["number", "text", "remiss", "abridged"]
    list_display_links = ["number", "text"]
    list_filter = ["abridged", "remiss"]
    list_select_related = ["remiss"]
    search_fields = ["text", "remiss__dnr"]
    fields = ["remiss", "number", "text", "abridged"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Number and remiss stay once an answer refers to the proposal."""
        answered = obj is not None and answers_begun(obj.remiss)
        return ["remiss", "number"] if answered else []


@admin.register(Remissinstans)
class RemissinstansAdmin(RegisterAdmin):
    list_display = ["name_as_written", "remiss", "namnd", "due_on"]
    list_filter = ["due_on", "remiss"]
    list_select_related = ["remiss", "namnd"]
    search_fields = ["name_as_written", "namnd__name", "remiss__dnr"]
    autocomplete_fields = ["namnd"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if obj.namnd_id:
            replan(obj.namnd_id, actor=cast(User, request.user), because=DUE_DATE_CHANGED)


@admin.register(PlanRule)
class PlanRuleAdmin(ReadOnlyAdmin):
    """How nämnder plan their answers. Set on the nämnd's page of planning."""

    list_display = ["namnd", "step", "used", "days", "anchor"]
    list_display_links = ["namnd", "step"]
    list_filter = ["step", "used", "namnd"]
    list_select_related = ["namnd"]
    search_fields = ["namnd__name"]


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    """That an answer exists, and its state. Its text is its nämnd's, and is not shown here."""

    list_display = ["instance_name", "remiss", "state", "changed_at"]
    list_filter = ["paper__state", "instance__remiss"]
    list_select_related = ["instance__remiss", "paper"]
    search_fields = ["instance__name_as_written", "instance__remiss__dnr", "paper__dnr"]
    fields = ["instance", "paper"]

    @admin.display(description="instans", ordering="instance__name_as_written")
    def instance_name(self, answer: Answer) -> str:
        return answer.instance.name_as_written

    @admin.display(description="remiss", ordering="instance__remiss__dnr")
    def remiss(self, answer: Answer) -> str:
        return answer.instance.remiss.dnr

    @admin.display(description="läge", ordering="paper__state")
    def state(self, answer: Answer) -> str:
        return answer.paper.get_state_display()

    @admin.display(description="ändrad", ordering="paper__changed_at")
    def changed_at(self, answer: Answer):
        return answer.paper.changed_at
