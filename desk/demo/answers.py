"""Laying in the answers of the demo."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from desk.demo.answer_life import live_on
from desk.demo.answer_texts import (
    HASSELBY,
    SOCIALNAMNDEN,
    DemoAnswer,
    DemoPosition,
    example_answer,
)
from organisation.domain.meetings import calendar_changed, meeting_of
from organisation.models import Meeting, Namnd, User
from papers.domain.content import add_sections, from_template, put_header
from papers.domain.templates import ensure_standard_templates
from papers.enums import AttestSource, Origin, PaperState
from papers.models import Attestation, Paper, PaperSave, PaperTemplate, PaperVersion
from remisser.models import Answer, AnswerVersion, Position, Remissinstans


def load_answers(today: dt.date) -> int:
    """Lay in the answers that are not there. Answers how many that was.

    The made-up meeting moves with `today`; what anybody has written stays.
    """
    ensure_standard_templates()
    new = 0
    for given in (SOCIALNAMNDEN, HASSELBY, example_answer(today)):
        namnd = Namnd.objects.get(code=given.namnd)
        meeting = _meeting(given, namnd)
        instance = Remissinstans.objects.get(remiss__slug=given.remiss, namnd=namnd)
        if not Answer.objects.filter(instance=instance).exists():
            _write(given, instance, namnd, meeting)
            new += 1
    return new


def _meeting(given: DemoAnswer, namnd: Namnd) -> Meeting | None:
    if given.header.meeting_on is None:
        return None
    if given.meeting_is_example:
        # One that has decided on something, or has been sent papers, keeps its day.
        meeting = Meeting.objects.filter(
            namnd=namnd, is_example=True, decisions__isnull=True, agenda__isnull=True
        ).first()
        if meeting is not None:
            # Anybody's draft follows the meeting's new day.
            PaperVersion.objects.filter(
                current_of__meeting=meeting,
                current_of__state=PaperState.UTKAST,
                meeting_on=meeting.date,
            ).update(meeting_on=given.header.meeting_on)
            if meeting.date != given.header.meeting_on:
                meeting.date = given.header.meeting_on
                meeting.save()
                calendar_changed.send(Meeting, namnd_id=namnd.pk, actor=None)
            return meeting
    return meeting_of(
        namnd, given.header.meeting_on, actor=None, is_example=given.meeting_is_example
    )


def _write(
    given: DemoAnswer, instance: Remissinstans, namnd: Namnd, meeting: Meeting | None
) -> None:
    author = User.objects.filter(username=given.author).first() if given.author else None
    template = PaperTemplate.objects.get(code=given.template)
    paper = Paper.objects.create(
        namnd=namnd,
        kind=template.kind,
        template=template,
        meeting=meeting,
        is_example=True,
    )
    version = PaperVersion(paper=paper, number=1, origin=Origin.SKRIVEN, created_by=author)
    put_header(version, given.header)
    version.save()
    empty = from_template(list(template.sections.all()))
    add_sections(version, [replace(s, body=_body(given.bodies.get(s.key, ()))) for s in empty])
    Attestation.objects.bulk_create(
        Attestation(version=version, name=name, on=day, source=AttestSource.PAPPER)
        for name, day in given.attested
    )
    of_version = AnswerVersion.objects.create(
        version=version, collective=given.collective, stance=given.stance
    )
    proposals = {proposal.number: proposal for proposal in instance.remiss.proposals.all()}
    Position.objects.bulk_create(
        Position(
            answer_version=of_version,
            proposal=proposals[number],
            stance=position.stance,
            body=_body((position.text,) if position.text else ()),
        )
        for number, position in enumerate(given.positions, start=1)
        if position != DemoPosition()
    )
    Answer.objects.create(instance=instance, paper=paper)
    paper.current = version
    paper.state = PaperState.ATTESTERAD if given.attested else PaperState.UTKAST
    paper.save()
    PaperSave.objects.create(
        paper=paper, version=version, revision=0, by=author, what="Lades in som exempel"
    )
    if author is not None and paper.state == PaperState.UTKAST:
        live_on(paper, author)


def _body(paragraphs: Iterable[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)
