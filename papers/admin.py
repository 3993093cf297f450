"""Templates are a register that the administrator keeps; papers are read here, never written."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from papers.models import Attestation, Paper, PaperTemplate, PaperVersion, Section, TemplateSection
from trace.admin import ReadOnlyAdmin, RegisterAdmin


class TemplateSectionInline(admin.TabularInline):
    """A draft that has begun keeps the sections that it began with, whatever is changed here."""

    model = TemplateSection
    extra = 0
    ordering = ["order"]


@admin.register(PaperTemplate)
class PaperTemplateAdmin(RegisterAdmin):
    list_display = ["name", "code", "kind", "namnd", "section_count", "retired"]
    list_filter = ["kind", "retired", "namnd"]
    list_select_related = ["namnd"]
    search_fields = ["name", "code"]
    inlines = [TemplateSectionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PaperTemplate]:
        return super().get_queryset(request).annotate(counted_sections=Count("sections"))

    @admin.display(description="avsnitt", ordering="counted_sections")
    def section_count(self, template: Any) -> int:
        return template.counted_sections


class _ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class VersionInline(_ReadOnlyInline):
    model = PaperVersion
    fk_name = "paper"
    fields = ["number", "origin", "created_at", "source_name", "reason"]
    readonly_fields = ["number", "origin", "created_at", "source_name", "reason"]
    show_change_link = True


class SectionInline(_ReadOnlyInline):
    model = Section
    fields = ["order", "heading", "key", "kind"]


class AttestationInline(_ReadOnlyInline):
    model = Attestation
    fields = ["name", "title", "on", "source"]


@admin.register(Paper)
class PaperAdmin(ReadOnlyAdmin):
    """Where a paper stands. Its text is its nämnd's, and is not shown here."""

    list_display = ["__str__", "dnr", "state", "changed_at", "is_example"]
    list_filter = ["state", "kind", "is_example", "namnd"]
    list_select_related = ["namnd"]
    search_fields = ["dnr", "namnd__name"]
    fields = ["namnd", "kind", "template", "dnr", "state", "changed_at", "is_example"]
    inlines = [VersionInline]


@admin.register(PaperVersion)
class PaperVersionAdmin(ReadOnlyAdmin):
    list_display = ["paper_namnd", "number", "origin", "created_at", "source_name"]
    list_filter = ["origin", "paper__namnd"]
    list_select_related = ["paper__namnd"]
    search_fields = ["paper__namnd__name", "paper__dnr", "source_name"]
    fields = ["paper", "number", "origin", "created_at", "created_by", "source_name", "reason"]
    inlines = [SectionInline, AttestationInline]

    @admin.display(description="nämnd", ordering="paper__namnd")
    def paper_namnd(self, version: PaperVersion) -> str:
        return str(version.paper.namnd)
