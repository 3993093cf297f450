"""Nämnder, people, roles and meetings, for the administrator."""

from typing import Any, cast

import allauth.account.admin
import allauth.mfa.admin
import allauth.socialaccount.admin  # noqa: F401 - registers what is unregistered below
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from organisation.domain import accounts
from organisation.domain.meetings import calendar_changed
from organisation.models import (
    ApiToken,
    Decision,
    DecisionPoint,
    InsightGrant,
    Meeting,
    Membership,
    Namnd,
    NamndSuccession,
    User,
)
from trace.admin import ReadOnlyAdmin, RegisterAdmin

admin.site.site_header = "Samlad – administration"
admin.site.site_title = "Samlad"
admin.site.index_title = "Register"
# Who may do what follows from roles in nämnder; Django's groups would be a second way.
admin.site.unregister(Group)
# What allauth registers: providers come from the settings alone, addresses of e-mail are not used,
# and second factors are removed by a command that ends the sessions too.
for model in (EmailAddress, SocialAccount, SocialApp, SocialToken, Authenticator):
    admin.site.unregister(model)


class PredecessorInline(admin.TabularInline):
    model = NamndSuccession
    fk_name = "successor"
    extra = 0
    autocomplete_fields = ["predecessor"]
    verbose_name = "föregångare"
    verbose_name_plural = "föregångare"


class SuccessorInline(admin.TabularInline):
    model = NamndSuccession
    fk_name = "predecessor"
    extra = 0
    autocomplete_fields = ["successor"]


class ExistsFilter(admin.SimpleListFilter):
    """Whether a nämnd is there today."""

    title = "finns i dag"
    parameter_name = "finns"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ja", "Ja"), ("nej", "Nej")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        there = Namnd.objects.valid_on(timezone.localdate())
        if self.value() == "ja":
            return queryset.filter(pk__in=there)
        if self.value() == "nej":
            return queryset.exclude(pk__in=there)
        return queryset


@admin.register(Namnd)
class NamndAdmin(RegisterAdmin):
    list_display = ["name", "kind", "forvaltning", "valid_from", "valid_to", "followed_by"]
    list_filter = ["kind", ExistsFilter]
    search_fields = ["name", "short_name", "code", "forvaltning"]
    ordering = ["sort_key"]
    inlines = [PredecessorInline, SuccessorInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Namnd]:
        succession = NamndSuccession.objects.select_related("successor")
        return super().get_queryset(request).prefetch_related(Prefetch("succeeded_by", succession))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Addresses and bookmarks rest on the code: it is set once.
        return ["code"] if obj else []

    @admin.display(description="efterträds av")
    def followed_by(self, namnd: Namnd) -> str:
        return ", ".join(str(s.successor) for s in namnd.succeeded_by.all())


class MembershipInline(admin.TabularInline):
    model = Membership
    fk_name = "user"
    extra = 0
    fields = ("namnd", "role", "valid_from", "valid_to", "deputy_for")
    readonly_fields = ("namnd", "role", "valid_from", "valid_to", "deputy_for")

    # Roles are given and ended by commands, on the pages under /administration/.
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PersonCreationForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "name", "title")


class PersonChangeForm(UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User


class PersonActionForm(ActionForm):
    """An action on a person, and why it is done."""

    reason = forms.CharField(label="Orsak", required=False, max_length=200)


@admin.register(User)
class PersonAdmin(RegisterAdmin, DjangoUserAdmin):
    """People. They are not removed but made inactive: what they did keeps their name."""

    form = PersonChangeForm
    add_form = PersonCreationForm
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("name", "title", "email", "telephone")}),
        (
            "Inloggning",
            {
                "fields": ("identity", "is_active", "is_staff", "is_superuser"),
                "description": "Administration ger ingen rätt till nämndernas innehåll: "
                "det gör bara rollerna nedan.",
            },
        ),
        ("Datum", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "name", "title", "password1", "password2")}),)
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    list_display = ("name", "username", "title", "roles", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", "memberships__role", "memberships__namnd")
    search_fields = ("name", "username", "title", "email")
    ordering = ("name", "username")
    inlines = [MembershipInline]
    action_form = PersonActionForm
    actions = ["remove_second_factors", "sign_out_everywhere"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        memberships = Membership.objects.select_related("namnd")
        return super().get_queryset(request).prefetch_related(Prefetch("memberships", memberships))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Ta bort tvåstegsinloggningen (kräver orsak)")
    def remove_second_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        reason = request.POST.get("reason", "")
        for person in queryset:
            try:
                accounts.remove_second_factors(
                    person, actor=cast(User, request.user), reason=reason
                )
            except ValueError as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
                return
            self.message_user(request, f"{person} behöver nu lägga till ett nytt andra steg.")

    @admin.action(description="Logga ut överallt")
    def sign_out_everywhere(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for person in queryset:
            accounts.sign_out_everywhere(person, actor=cast(User, request.user))
            self.message_user(request, f"{person} är utloggad på alla enheter.")

    @admin.display(description="roller")
    def roles(self, user: User) -> str:
        held = user.memberships.all()
        return "; ".join(
            f"{m.get_role_display()}, {m.namnd.short_name}" if m.namnd else m.get_role_display()
            for m in held
        )


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ["user", "role", "namnd", "valid_from", "valid_to", "deputy_for"]
    list_filter = ["role", "namnd"]
    list_select_related = ["user", "namnd", "deputy_for"]
    search_fields = ["user__name", "user__username", "namnd__name"]


@admin.register(NamndSuccession)
class NamndSuccessionAdmin(ReadOnlyAdmin):
    """Which nämnd carries on what another did. Stated on the nämnd, or by a merger."""

    list_display = ["on", "predecessor", "successor"]
    list_display_links = ["on", "predecessor"]
    list_filter = ["on", "successor"]
    list_select_related = ["predecessor", "successor"]
    search_fields = ["predecessor__name", "successor__name"]
    date_hierarchy = "on"


@admin.register(InsightGrant)
class InsightGrantAdmin(ReadOnlyAdmin):
    """Who has asked to read what is a nämnd's own, and when. Why is told to the nämnd alone."""

    list_display = ["given_at", "user", "subject", "expires_at"]
    list_display_links = ["given_at", "user"]
    fields = ["user", "subject", "given_at", "expires_at"]
    list_filter = ["subject", "user"]
    list_select_related = ["user"]
    search_fields = ["user__name", "user__username"]
    date_hierarchy = "given_at"


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Keys to the API. Made and taken back on the page "API-nycklar"."""

    list_display = ["name", "namnd", "prefix", "valid_from", "valid_to", "revoked_at"]
    fields = ["name", "namnd", "prefix", "scopes", "valid_from", "valid_to", "revoked_at"]
    list_filter = ["valid_to", "namnd"]
    list_select_related = ["namnd"]
    search_fields = ["name", "prefix", "namnd__name"]
    date_hierarchy = "valid_from"


@admin.register(Meeting)
class MeetingAdmin(RegisterAdmin):
    list_display = ["date", "namnd", "kind", "agenda_on", "cancelled", "is_example"]
    list_filter = ["namnd", "kind", "cancelled", "is_example"]
    list_select_related = ["namnd"]
    search_fields = ["namnd__name"]
    date_hierarchy = "date"
    autocomplete_fields = ["namnd"]

    # What is planned by the calendar follows, whichever way the calendar is changed.
    def save_model(self, request: HttpRequest, obj: Meeting, form: Any, change: bool) -> None:
        if change:
            obj.revision += 1
        super().save_model(request, obj, form, change)
        namnder = {obj.namnd_id, form.initial.get("namnd", obj.namnd_id)}
        for namnd_id in sorted(namnder):
            calendar_changed.send(Meeting, namnd_id=namnd_id, actor=request.user)

    def delete_model(self, request: HttpRequest, obj: Meeting) -> None:
        super().delete_model(request, obj)
        calendar_changed.send(Meeting, namnd_id=obj.namnd_id, actor=request.user)


class DecisionPointInline(admin.TabularInline):
    model = DecisionPoint
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """What the nämnder have decided. Recorded, and put right, where the matter is."""

    list_display = ["title", "meeting", "paragraph", "outcome", "dnr", "is_example"]
    list_filter = ["outcome", "is_example", "meeting__namnd"]
    list_select_related = ["meeting__namnd"]
    search_fields = ["title", "dnr", "paragraph", "points__text"]
    date_hierarchy = "meeting__date"
    inlines = [DecisionPointInline]
