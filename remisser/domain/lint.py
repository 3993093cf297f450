"""What should be mended in an answer before it is attested, with a link to each place."""

from dataclasses import dataclass

from django.utils import timezone

from papers.domain.content import AttestContent
from papers.domain.lint import Finding, LintPaper, LintSection, OpenComment, lint
from papers.domain.preparation import preparation_of
from papers.enums import RequiredFrom
from papers.models import Paper, TemplateSection
from remisser.domain.reading import AnswerPage, answer_page
from remisser.models import Answer

__all__ = ["Finding", "Lint", "lint_answer", "look_over"]


@dataclass(frozen=True)
class Lint:
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def number(self) -> int:
        return len(self.errors) + len(self.warnings)


def look_over(answer: Answer, paper: Paper) -> tuple[Finding, ...]:
    """What is found in the answer as its paper stands now: errors first.

    answer: with its instance and remiss. paper: the answer's, as it was taken by a command.
    """
    answer.paper = paper
    page = answer_page(answer, None)
    if page is None:
        return ()
    found = lint_answer(page)
    return (*found.errors, *found.warnings)


def lint_answer(page: AnswerPage) -> Lint:
    """Look over the version that the page shows; four queries."""
    answer, paper = page.answer, page.paper
    namnd = paper.namnd
    required = list(
        TemplateSection.objects.filter(template=paper.template_id, required=True)
        .order_by("order")
        .values_list("key", "heading", "required_from")
        if paper.template_id
        else ()
    )
    preparation = preparation_of(paper)
    stored = {section.order: section for section in page.version.sections.all()}
    found = lint(
        LintPaper(
            header=page.header,
            sections=tuple(
                LintSection(
                    order=section.order,
                    key=section.key,
                    heading=section.heading,
                    kind=section.kind,
                    body=section.body,
                    required=section.required,
                    guidance=section.guidance,
                    required_from=section.required_from,
                )
                for section in stored.values()
            ),
            attests=tuple(AttestContent(a.name, a.title, a.on) for a in page.attests),
            asked_for=tuple(
                (key, heading) for key, heading, when in required if when == RequiredFrom.ATTEST
            ),
            asked_for_later=tuple(one for one in required if one[2] != RequiredFrom.ATTEST),
            own_names=(namnd.name, namnd.short_name, answer.instance.name_as_written),
            due_on=answer.instance.due_on,
            consulted=preparation.consulted,
            preparation_is_behind=preparation.is_behind,
            received_on=answer.instance.remiss.received_on,
            today=timezone.localdate(),
            comments=tuple(
                OpenComment(
                    thread=view.thread.pk,
                    place=view.order,
                    by=str(view.first.by),
                )
                for view in page.threads
            ),
            unanswered=() if page.coverage.collective else page.unanswered,
            opinion_is_written=page.coverage.answered > 0 or page.coverage.collective,
        )
    )
    return Lint(
        errors=tuple(finding for finding in found if finding.is_error),
        warnings=tuple(finding for finding in found if not finding.is_error),
    )
