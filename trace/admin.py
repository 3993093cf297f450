"""The trace as the administrator sees it: a list to read, and the trace of the registers."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from trace.domain import record
from trace.domain.history import Kept, Line, change_model, history
from trace.domain.seal import FINGERPRINT
from trace.models import Event, Link, ReadLog, Seal


class ReadOnlyAdmin(admin.ModelAdmin):
    """For tables that carry work: they are changed by the domain's commands only."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RegisterAdmin(admin.ModelAdmin):
    """For registers: what the administrator adds, changes or removes is written to the trace.

    The admin writes its own log in the same transaction as the change, so the event goes the
    same way. Several rows are never removed at once: each removal is looked at. The page of
    history tells what became of the row, and of those that hang on it, word by word.
    """

    object_history_template = "admin/history_in_words.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {**(extra_context or {}), "lines": self._lines(object_id)}
        return super().history_view(request, object_id, context)

    def _lines(self, object_id: str) -> list[Line]:
        try:
            pk = self.model._meta.pk.to_python(object_id)
        except ValidationError:
            return []
        kept = [_whole(self.model, {"id": pk})]
        for inline in self.inlines:
            ways = [
                f.attname
                for f in inline.model._meta.concrete_fields
                if f.related_model is self.model and inline.fk_name in (None, f.name)
            ]
            kept += [_whole(inline.model, {way: pk}) for way in ways[:1]]
        return history(kept, who=lambda person, _: str(person))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        self._record(request, obj, "registret-tillagd", "Lade till")
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        self._record(request, obj, "registret-andrad", "Ändrade", _changed_fields(message))
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        for obj in queryset:
            self._record(request, obj, "registret-borttagen", "Tog bort")
        return super().log_deletions(request, queryset)

    def _record(
        self, request: HttpRequest, obj: models.Model, verb: str, did: str, fields: str = ""
    ) -> None:
        what = f"{did} {obj._meta.verbose_name} ”{obj}” i registret"
        record(
            obj,
            actor=request.user,  # type: ignore[arg-type]  # the admin is for those signed in
            verb=verb,
            summary=f"{what} ({fields})" if fields else what,
        )


def _whole(model: type[models.Model], rows: dict[str, Any]) -> Kept:
    """All of a row in the words of its table; what the trace leaves out is left out."""
    name = str(model._meta.verbose_name)
    traced = {f.name for f in change_model(model)._meta.fields}
    fields = {
        f.name: f"{f.verbose_name}"
        for f in model._meta.concrete_fields
        if not f.primary_key and f.name in traced and not isinstance(f, models.GeneratedField)
    }
    return Kept(model, rows, lambda _: f"{name[:1].upper()}{name[1:]}", fields)


def _changed_fields(message: Any) -> str:
    """What the admin's change message names: fields of the row, and rows that hang on it."""
    if not isinstance(message, list):
        return ""
    found: list[str] = []
    for part in message:
        for detail in part.values():
            named = [detail["object"]] if "object" in detail else detail.get("fields", [])
            found.extend(str(name) for name in named if str(name) not in found)
    return ", ".join(found)


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["happened_at", "summary", "actor", "scope", "reason"]
    list_display_links = ["happened_at", "summary"]
    list_select_related = ["actor"]
    list_filter = ["verb", "scope", "subject"]
    search_fields = ["summary", "reason", "actor__name"]
    date_hierarchy = "happened_at"
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Event]:
        # What was done inside a nämnd is content: the administration gives no way around it.
        return super().get_queryset(request).visible_to(request.user)  # type: ignore[attr-defined]


@admin.register(ReadLog)
class ReadLogAdmin(ReadOnlyAdmin):
    list_display = ["happened_at", "kind", "summary", "actor", "scope", "through", "reason"]
    list_display_links = ["happened_at", "summary"]
    list_select_related = ["actor"]
    list_filter = ["kind", "scope", "subject"]
    search_fields = ["summary", "reason", "actor__name"]
    date_hierarchy = "happened_at"
    list_per_page = 50


@admin.register(Seal)
class SealAdmin(ReadOnlyAdmin):
    list_display = ["number", "sealed_at", "fingerprint"]

    @admin.display(description="avtryck")
    def fingerprint(self, seal: Seal) -> str:
        return seal.mac[:FINGERPRINT]


@admin.register(Link)
class LinkAdmin(ReadOnlyAdmin):
    """Everything that was written, table by table: that it was, when, and by which road.

    Not what: what a nämnd has written stays with the nämnd.
    """

    list_display = ["chain", "sequence", "at", "source", "row", "role"]
    list_display_links = ["sequence"]
    list_filter = ["source"]
    search_fields = ["=chain"]
    ordering = ["-pk"]
    # A million rows are not counted to show fifty of them.
    show_full_result_count = False
    list_per_page = 50
