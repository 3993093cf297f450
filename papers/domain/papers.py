"""Commands on a paper: begin it, write in it, open a new version, read one in from a file.

Each checks the person's right and the state, runs in one transaction, refuses what builds on an
older revision of the same part, and writes its event. A command given twice changes nothing the
second time.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Max

from organisation.models import Meeting, Namnd, User
from papers.domain.changes import (
    advance,
    conflict_on,
    current_version,
    record_change,
    take,
    take_for_writing,
)
from papers.domain.content import (
    WRITTEN_KINDS,
    Header,
    VersionContent,
    add_sections,
    check_body,
    check_header,
    check_lengths,
    check_version,
    check_words,
    clean_body,
    from_template,
    header_of,
    put_header,
)
from papers.domain.errors import InvalidContent, NotOpen
from papers.domain.workflow import Action, find_transition
from papers.enums import AttestSource, Origin, PaperKind
from papers.models import Attestation, Paper, PaperTemplate, PaperVersion, Section
from trace.domain import record
from trace.models import Event

ANOTHER_VERSION = (
    "En ny version har öppnats sedan du öppnade sidan. Det du skrev finns kvar här; "
    "läs den nya versionen och skriv in det där."
)
CopyMore = Callable[[PaperVersion, PaperVersion], None]
"""What an app above copies from the old version to the new one (its stances, for example)."""


@transaction.atomic
def create_paper(
    template: PaperTemplate,
    *,
    namnd: Namnd,
    actor: User,
    header: Header,
    is_example: bool = False,
) -> Paper:
    """Begin a paper: version 1, with the template's sections, empty.

    Raises NotAllowed, and InvalidContent for a header that does not fit its fields, or a template
    that is not in use, or another nämnd's.
    Side effects: paper, version, sections, an event.
    """
    paper = Paper(namnd=namnd, kind=template.kind, template=template, is_example=is_example)
    transition = find_transition(Action.START, paper, actor=actor)
    if template.retired or template.namnd_id not in (None, namnd.pk):
        raise InvalidContent("Mallen kan inte användas för nya handlingar. Välj en annan.")
    check_header(header)
    paper.state = transition.target
    _begin(paper, header)
    version = add_version(paper, header, origin=Origin.SKRIVEN, actor=actor)
    add_sections(version, from_template(list(template.sections.all())))
    record_change(
        paper, Action.START, actor=actor, summary=f"Påbörjade handlingen med mallen {template}"
    )
    return paper


@transaction.atomic
def read_in_paper(
    content: VersionContent,
    *,
    namnd: Namnd,
    kind: PaperKind,
    actor: User | None,
    paper: Paper | None = None,
    is_example: bool = False,
) -> Paper:
    """Take in a paper from a file as a new version; the first one begins the paper.

    actor: None for the program itself. paper: the one that gets a version; None begins one.
    With attests in it the paper is attesterad, by attests "enligt papperet"; else an utkast.
    Raises NotAllowed, and InvalidContent for a text that does not fit its field.
    Side effects: version, sections, attests, an event. Earlier versions stay as they are.
    """
    action = Action.READ_IN_ATTESTED if content.attests else Action.READ_IN
    check_version(content)
    if paper is None:
        paper = Paper(namnd=namnd, kind=kind, is_example=is_example)
        transition = find_transition(action, paper, actor=actor)
        paper.state = transition.target
        _begin(paper, content.header)
    else:
        paper = take(paper.pk)
        transition = find_transition(action, paper, actor=actor)
        changes = {"dnr": content.header.dnr} if content.header.dnr else {}
        if paper.is_example and not is_example:
            # What was there stays marked; what comes in from a file is no example.
            paper.versions.update(is_example=True)
        advance(paper, state=transition.target, is_example=is_example, **changes)
    version = add_version(
        paper,
        content.header,
        origin=Origin.INLAST,
        actor=actor,
        source_name=content.source_name,
        source_sha256=content.source_sha256,
        warnings=list(content.warnings),
    )
    add_sections(version, content.sections)
    for attest in content.attests:
        row = Attestation(
            version=version,
            name=attest.name,
            title=attest.title,
            on=attest.on,
            source=AttestSource.PAPPER,
        )
        check_lengths(row)
        row.save()
    record_change(
        paper,
        action,
        actor=actor,
        summary=f"Läste in version {version.number} från {content.source_name or 'en fil'}",
    )
    return paper


@transaction.atomic
def save_section(section: Section, *, actor: User, expected_version: int, body: str) -> Paper:
    """Save the text of one section, cleaned.

    expected_version: the paper's revision that the person saw. Only a change of this section
    since then is in the way; others may have written elsewhere in the paper.
    Answers the paper. The same text again changes nothing.
    Raises NotAllowed; NotOpen when the paper is no draft or the section belongs to an older
    version; InvalidContent for a section without text of its own; Conflict (`theirs`: the text
    that is saved now).
    """
    paper = take_for_writing(section.version.paper_id, actor=actor, key=section.key)
    section = Section.objects.get(pk=section.pk)
    if section.version_id != paper.current_id:
        raise NotOpen(ANOTHER_VERSION)
    if section.kind not in WRITTEN_KINDS:
        raise InvalidContent("Avsnittet skrivs ur handlingens huvud och har ingen egen text.")
    body = clean_body(body)
    if section.body == body:
        return paper
    check_body(body, section.heading)
    if section.revision > expected_version:
        raise conflict_on(paper, section.body)
    advance(paper)
    section.body, section.revision = body, paper.revision
    section.save(update_fields=["body", "revision"])
    record_change(
        paper, Action.WRITE, actor=actor, summary=f"Skrev i avsnittet ”{section.heading}”"
    )
    return paper


@transaction.atomic
def save_header(paper: Paper, *, actor: User, expected_version: int, header: Header) -> Paper:
    """Save the facts around the text.

    expected_version: as for `save_section`. The same header again changes nothing.
    Raises NotAllowed, NotOpen, InvalidContent, and Conflict (`theirs`: the Header saved now).
    """
    paper = take_for_writing(paper.pk, actor=actor)
    version = current_version(paper)
    before = header_of(version)
    put_header(version, header)
    after = _with_dnr(header_of(version), header)
    if after == before:
        return paper
    if version.header_revision > expected_version:
        raise conflict_on(paper, before)
    check_header(after)
    changes = {"dnr": after.dnr, "meeting": _meeting(paper.namnd, after)}
    _check_paper(paper, after)
    advance(paper, **changes)
    version.header_revision = paper.revision
    version.save()
    record_change(paper, Action.WRITE, actor=actor, summary="Ändrade uppgifterna i huvudet")
    return paper


@transaction.atomic
def open_new_version(
    paper: Paper,
    *,
    actor: User,
    expected_version: int,
    reason: str,
    copy_more: CopyMore | None = None,
) -> Paper:
    """Open version n+1 of an attested paper, with the same content, to write in.

    The old version stays as it is, with its attests; the new one has none, so the paper is an
    utkast again. The same command again changes nothing.
    Raises NotAllowed, NotOpen (not attested), InvalidContent (no reason), Conflict.
    """
    paper = take(paper.pk)
    if _just_opened(paper, actor, expected_version):
        return paper
    transition = find_transition(Action.OPEN_VERSION, paper, actor=actor, reason=reason)
    if paper.revision != expected_version:
        raise conflict_on(paper, None)
    reason = reason.strip()
    check_words(reason, "Skälet")
    advance(paper, state=transition.target)
    new = copy_version(paper, actor=actor, reason=reason, copy_more=copy_more)
    record_change(
        paper,
        Action.OPEN_VERSION,
        actor=actor,
        summary=f"Öppnade version {new.number}",
        reason=reason,
    )
    return paper


@transaction.atomic
def take_over_paper(
    old: Paper, *, namnd: Namnd, actor: User, copy_more: CopyMore | None = None
) -> Paper:
    """Begin a paper of `namnd` with what the current version of a predecessor's draft says.

    The old paper stays with the nämnd that wrote it. For the merger of nämnder only, which has
    asked whether the person may merge: nobody gets to read anything by it.
    Side effects: paper, version, sections, an event in the history of each paper.
    """
    old = take(old.pk)
    was = current_version(old)
    paper = Paper(
        namnd=namnd,
        kind=old.kind,
        template=old.template,
        is_example=old.is_example or was.is_example,
    )
    # The diary number was the old nämnd's own.
    header = Header(**{**header_of(was).__dict__, "dnr": ""})
    _begin(paper, header)
    version = add_version(
        paper,
        header,
        origin=Origin.SKRIVEN,
        actor=actor,
        reason=f"Övertagen från {old.namnd}",
        warnings=was.warnings,
    )
    _copy_sections(was, version)
    if copy_more:
        copy_more(was, version)
    record_change(paper, Action.START, actor=actor, summary=f"Tog över utkastet från {old.namnd}")
    record(
        old,
        actor=actor,
        verb="handed-over",
        summary=f"Utkastet lämnades över till {namnd}, och står kvar här som det var",
        scope=old.namnd.code,
    )
    return paper


# Parts ------------------------------------------------------------------------------------------


def copy_version(
    paper: Paper, *, actor: User, reason: str, copy_more: CopyMore | None
) -> PaperVersion:
    """Version n+1 with what the current one says, made the current one.

    For commands, which have taken the paper, asked for the right and counted the change.
    """
    old = current_version(paper)
    new = add_version(paper, header_of(old), origin=Origin.SKRIVEN, actor=actor, reason=reason)
    _copy_sections(old, new)
    if copy_more:
        copy_more(old, new)
    return new


def _copy_sections(old: PaperVersion, new: PaperVersion) -> None:
    Section.objects.bulk_create(
        Section(
            version=new,
            key=section.key,
            heading=section.heading,
            kind=section.kind,
            order=section.order,
            required=section.required,
            guidance=section.guidance,
            required_from=section.required_from,
            body=section.body,
            revision=new.header_revision,
        )
        for section in old.sections.all()
    )


def _begin(paper: Paper, header: Header) -> None:
    paper.dnr = header.dnr.strip()
    paper.meeting = _meeting(paper.namnd, header)
    check_lengths(paper)
    paper.save()


def _check_paper(paper: Paper, header: Header) -> None:
    check_lengths(Paper(namnd_id=paper.namnd_id, kind=paper.kind, dnr=header.dnr))


def _with_dnr(header: Header, given: Header) -> Header:
    return Header(**{**header.__dict__, "dnr": given.dnr.strip()})


def _meeting(namnd: Namnd, header: Header) -> Meeting | None:
    """The registered meeting of that day, if there is one; a paper alone registers none."""
    if header.meeting_on is None:
        return None
    return Meeting.objects.filter(namnd=namnd, date=header.meeting_on).first()


def add_version(
    paper: Paper, header: Header, *, origin: Origin, actor: User | None, **fields
) -> PaperVersion:
    """The next version, made the current one. For commands, which have counted the change."""
    last = paper.versions.aggregate(last=Max("number"))["last"] or 0
    version = PaperVersion(
        paper=paper,
        number=last + 1,
        origin=origin,
        created_by=actor,
        header_revision=paper.revision,
        **fields,
    )
    put_header(version, header)
    version.save()
    paper.current = version
    paper.meeting = _meeting(paper.namnd, header)
    paper.save(update_fields=["current", "meeting"])
    return version


def _just_opened(paper: Paper, actor: User, expected_version: int) -> bool:
    """Whether the same command was just carried out: the button was pressed twice."""
    if paper.revision != expected_version + 1:
        return False
    last = Event.objects.about(paper).first()
    return last is not None and last.verb == Action.OPEN_VERSION.value and last.actor_id == actor.pk
