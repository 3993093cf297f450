"""Sections that a paper's template has come to require since the paper was begun.

A draft keeps the sections that it began with; what the template asks for now is put in by choice.
"""

from django.db import transaction

from organisation.models import User
from papers.domain.changes import advance, current_version, record_change, take_for_writing
from papers.domain.content import from_template
from papers.domain.errors import InvalidContent
from papers.domain.workflow import Action
from papers.models import Paper, Section

NOT_IN_TEMPLATE = "Avsnittet finns inte i handlingens mall."


@transaction.atomic
def add_missing_section(paper: Paper, *, actor: User, key: str) -> Paper:
    """Put in an empty section that the template has, where the template has it.

    What stands after it moves one step; nothing of what is written changes, and a text that
    somebody is writing meanwhile still goes where it belongs (a form says its section's key).
    The same again changes nothing.
    Raises NotAllowed, NotOpen, InvalidContent.
    """
    paper = take_for_writing(paper.pk, actor=actor)
    version = current_version(paper)
    sections = list(version.sections.order_by("order"))
    if any(section.key == key for section in sections):
        return paper
    wanted = list(paper.template.sections.order_by("order")) if paper.template else []
    found = next((one for one in wanted if one.key == key), None)
    if found is None:
        raise InvalidContent(NOT_IN_TEMPLATE)
    before = {one.key for one in wanted[: wanted.index(found)]}
    place = max((s.order for s in sections if s.key in before), default=0)
    advance(paper)
    for section in reversed(sections):
        if section.order > place:
            section.order += 1
            section.save(update_fields=["order"])
    (content,) = from_template([found])
    Section.objects.create(
        version=version,
        key=content.key,
        heading=content.heading,
        kind=content.kind,
        order=place + 1,
        required=content.required,
        guidance=content.guidance,
        required_from=content.required_from,
        revision=paper.revision,
    )
    record_change(
        paper,
        Action.WRITE,
        actor=actor,
        summary=f"Lade till avsnittet ”{content.heading}”, som mallen kräver",
    )
    return paper
