"""What should be mended in a paper on an own matter before it is attested."""

from collections.abc import Sequence

from django.utils import timezone

from papers.domain.changes import current_version
from papers.domain.content import AttestContent, header_of
from papers.domain.lint import Finding, LintPaper, LintSection, lint
from papers.domain.preparation import preparation_of
from papers.models import Paper, TemplateSection


def lint_paper(paper: Paper) -> Sequence[Finding]:
    """Look over the current version. For papers to which no app above adds anything."""
    version = current_version(paper)
    preparation = preparation_of(paper)
    asked_for = TemplateSection.objects.filter(template=paper.template_id, required=True)
    return lint(
        LintPaper(
            header=header_of(version),
            sections=tuple(
                LintSection(
                    order=section.order,
                    key=section.key,
                    heading=section.heading,
                    kind=section.kind,
                    body=section.body,
                    required=section.required,
                    guidance=section.guidance,
                )
                for section in version.sections.order_by("order")
            ),
            attests=tuple(AttestContent(a.name, a.title, a.on) for a in version.attestations.all()),
            asked_for=tuple(asked_for.order_by("order").values_list("key", "heading")),
            consulted=preparation.consulted,
            preparation_is_behind=preparation.is_behind,
            today=timezone.localdate(),
            own_names=(paper.namnd.name, paper.namnd.short_name),
        )
    )
