"""Take a tjänsteutlåtande that somebody wrote elsewhere in as a nämnd's answer to a remiss.

All or nothing. What the paper does not tell stays blank: a stance is a judgement and is never
made up, and what was uncertain in the reading is kept as a warning on the version.
"""

import dataclasses
import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from organisation.domain.names import find_namnd, find_namnder
from organisation.models import Namnd, User
from organisation.personnummer import why_not_personnummer
from papers.documents.text import (
    ReadPaper,
    UnreadablePaper,
    decode_paper,
    read_text_paper,
)
from papers.domain.changes import current_version
from papers.domain.content import VersionContent
from papers.domain.errors import Refused
from papers.domain.papers import read_in_paper
from papers.domain.templates import ensure_standard_templates
from papers.enums import PaperKind, PaperState
from papers.models import Paper
from remisser.domain import import_content
from remisser.domain.dnr import dnr_slug
from remisser.domain.remisser import find_remiss
from remisser.enums import RemissKind
from remisser.models import Answer, AnswerVersion, Position, Proposal, Remiss, Remissinstans
from trace.domain import record

ANSWERS_TOGETHER = (
    "Papperet svarar inte att-sats för att-sats. Svaret är därför antecknat som samlat. "
    "Kontrollera att det stämmer."
)


_BROKEN_LINE = re.compile(r"-[ \t]*\r?\n[ \t]*")


class NotImportable(Refused):
    """The paper cannot be taken in; nothing was changed."""


@dataclass(frozen=True)
class SectionOutcome:
    key: str
    heading: str


@dataclass(frozen=True)
class StatementOutcome:
    number: int
    wording: str


@dataclass(frozen=True)
class AttestOutcome:
    name: str
    title: str
    on: dt.date


@dataclass(frozen=True)
class ImportOutcome:
    """What was understood, and what it led to (or would, in a dry run)."""

    dry_run: bool
    changed: bool
    """False: the file is the current version's source already."""
    remiss: str
    remiss_slug: str
    remiss_created: bool
    namnd: str
    instance_as_written: str
    instance_created: bool
    instances_added: tuple[str, ...]
    proposals_created: int
    due_on: dt.date | None
    version: int
    state: str
    title: str
    subtitle: str
    meeting_on: dt.date | None
    addressee: str
    handlaggare: tuple[str, ...]
    sections: tuple[SectionOutcome, ...]
    statements: tuple[StatementOutcome, ...]
    collective: bool
    signatures: tuple[str, ...]
    bilagor: tuple[str, ...]
    recipients: tuple[str, ...]
    attests: tuple[AttestOutcome, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The same as values that JSON has; dates as "2023-09-19"."""
        return _plain(dataclasses.asdict(self))


def import_answer(
    source: str | bytes,
    *,
    namnd_code: str | None = None,
    actor: User | None = None,
    dry_run: bool = False,
    source_name: str = "",
) -> ImportOutcome:
    """Take in a paper in plain text.

    source: the text, or a text file's bytes. namnd_code: whose paper it is, when it does not
    say; it must not contradict what it says. actor: None for a command run from the shell.
    source_name: the file's name, without folders.

    The first paper for a remiss and nämnd makes version 1, the next ones a version each; the
    current version's own file again changes nothing. Creates the remiss, the instance and the
    proposals where they are missing; existing proposals keep number and text.

    Raises NotImportable and papers.domain.errors.Refused (NotAllowed, InvalidContent), each with
    a Swedish sentence; then nothing has been changed.
    Side effects: see above, and events on the remiss and the paper. None with dry_run.
    """
    try:
        data = source.encode() if isinstance(source, str) else source
        text = source if isinstance(source, str) else decode_paper(source)
        read = read_text_paper(text)
    except UnreadablePaper as error:
        raise NotImportable(str(error)) from error
    except UnicodeEncodeError as error:
        raise NotImportable("Texten har tecken som inte är giltiga.") from error
    _check_words(text)
    with transaction.atomic():
        ensure_standard_templates()
        outcome = _Import(
            read, text, _namnd(read, namnd_code), actor, source_name, _sha256(data)
        ).run(dry_run=dry_run)
        if dry_run:
            transaction.set_rollback(True)
    return outcome


def _check_words(text: str) -> None:
    """Raises NotImportable, naming the line, when a personnummer stands in the paper."""
    for number, line in enumerate(text.splitlines(), start=1):
        if problem := why_not_personnummer(line, f"Rad {number}"):
            raise NotImportable(problem)
    if problem := why_not_personnummer(_BROKEN_LINE.sub("-", text), "Papperet"):
        raise NotImportable(problem)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _namnd(read: ReadPaper, code: str | None) -> Namnd:
    """Whose paper it is: what the paper says, or the code that was given."""
    written = find_namnd(read.namnd)
    if not code:
        if written is None:
            says = f"Papperet säger ”{read.namnd}”" if read.namnd else "Papperet säger inte"
            raise NotImportable(f"{says}, och det räcker inte. Ange nämndens kod.")
        return written
    given = Namnd.objects.filter(code=code).first()
    if given is None:
        raise NotImportable(f"Det finns ingen nämnd med koden ”{code}”.")
    if written is not None and written != given:
        raise NotImportable(
            f"Papperet är skrivet för {written.name}, inte för {given.name}. Inget lästes in."
        )
    return given


class _Import:
    """One paper on its way in, inside a transaction."""

    def __init__(
        self,
        read: ReadPaper,
        text: str,
        namnd: Namnd,
        actor: User | None,
        source_name: str,
        sha256: str,
    ) -> None:
        self.read, self.text, self.namnd, self.actor = read, text, namnd, actor
        self.source_name, self.sha256 = source_name[-200:], sha256
        self.header = import_content.header(read)
        self.sections = import_content.sections(read, text)
        self.positions = import_content.positions(read)
        self.attests = import_content.attests(read)
        self.warnings = [import_content.remark_text(remark) for remark in read.warnings]
        self.warnings += [
            f"Attesten av {name} har inget datum som går att läsa och togs inte med."
            for name in import_content.undated_attests(read)
        ]

    def run(self, *, dry_run: bool) -> ImportOutcome:
        remiss, remiss_created = self._remiss()
        paper = self._paper_so_far(remiss)
        changed = paper is None or current_version(paper).source_sha256 != self.sha256
        added: list[str] = []
        proposals_created = 0
        if changed:
            added = self._listed_instances(remiss, new_remiss=remiss_created)
        instance, instance_created = self._instance(remiss)
        if changed:
            self._due_date(instance)
            proposals_created = self._proposals(remiss)
            paper = self._version(remiss, instance, paper, self._collective(remiss))
        assert paper is not None  # noqa: S101 - unchanged means that there is one
        version = current_version(paper)
        return ImportOutcome(
            dry_run=dry_run,
            changed=changed,
            remiss=remiss.dnr,
            remiss_slug=remiss.slug,
            remiss_created=remiss_created,
            namnd=self.namnd.code,
            instance_as_written=instance.name_as_written,
            instance_created=instance_created,
            instances_added=tuple(added),
            proposals_created=proposals_created,
            due_on=instance.due_on,
            version=version.number,
            state=paper.state,
            title=self.header.title,
            subtitle=self.header.subtitle,
            meeting_on=self.header.meeting_on,
            addressee=self.header.addressee,
            handlaggare=tuple(contact.name for contact in self.header.handlaggare),
            sections=tuple(SectionOutcome(s.key, s.heading) for s in self.sections),
            statements=tuple(StatementOutcome(p.number, p.wording) for p in self.positions),
            collective=AnswerVersion.objects.get(version=version).collective,
            signatures=tuple(person.name for person in self.header.signatures),
            bilagor=self.header.bilagor,
            recipients=self.header.recipients,
            attests=tuple(AttestOutcome(a.name, a.title, a.on) for a in self.attests),
            warnings=tuple(self.warnings),
        )

    def _remiss(self) -> tuple[Remiss, bool]:
        """The remiss, held until the end, so that two imports for it come one after the other."""
        dnr = self.read.remitter_dnr
        if not dnr:
            raise NotImportable(
                "Papperet anger inget diarienummer för remissen (till exempel KS 2023/553)."
            )
        found = find_remiss(dnr)
        if found is not None:
            return Remiss.objects.select_for_update(of=("self",)).get(pk=found.pk), False
        title = import_content.remiss_title(self.read)
        author, party = import_content.author(self.read)
        from_board = dnr.startswith("KS ")
        remiss = Remiss.objects.create(
            slug=dnr_slug(dnr),
            dnr=dnr,
            title=title[:300],
            kind=RemissKind.MOTION if title.lower().startswith("motion") else "",
            # A number of the series KS is kommunstyrelsen's own.
            remitter="Kommunstyrelsen" if from_board else "",
            remitter_namnd=find_namnd("Kommunstyrelsen") if from_board else None,
            author=author,
            party=party,
            registered_by_namnd=self.namnd,
        )
        record(
            remiss,
            actor=self.actor,
            verb="registered",
            summary=f"Registrerade remissen {dnr} ur {self.source_name or 'ett svar'}",
            scope=self.namnd.code,
        )
        if not title:
            self.warnings.append("Remissens rubrik framgår inte av papperet. Skriv in den.")
        return remiss, True

    def _paper_so_far(self, remiss: Remiss) -> Paper | None:
        answer = (
            Answer.objects.filter(instance__remiss=remiss, instance__namnd=self.namnd)
            .select_related("paper__current")
            .first()
        )
        return answer.paper if answer else None

    def _listed_instances(self, remiss: Remiss, *, new_remiss: bool) -> list[str]:
        """Instances that the paper lists and the remiss lacks. A group ("samtliga …") stands as
        written on a remiss that nobody has registered; a registered one has its members."""
        listed = [i for i in self.read.instances if new_remiss or not i.group]
        known = list(remiss.instances.all())
        names = {instance.name_as_written.casefold() for instance in known}
        boards = {instance.namnd_id for instance in known if instance.namnd_id}
        order = max((instance.order for instance in known), default=0)
        added: list[str] = []
        meant = find_namnder([instance.name for instance in listed])
        for instance, namnd in zip(listed, meant, strict=True):
            name = instance.name[:200]
            if name.casefold() in names or (namnd and namnd.pk in boards):
                continue
            order += 1
            Remissinstans.objects.create(
                remiss=remiss, name_as_written=name, namnd=namnd, order=order
            )
            names.add(name.casefold())
            if namnd:
                boards.add(namnd.pk)
            added.append(name)
        return added

    def _instance(self, remiss: Remiss) -> tuple[Remissinstans, bool]:
        found = remiss.instances.filter(namnd=self.namnd).first()
        if found is not None:
            return found, False
        name = self.read.namnd if find_namnd(self.read.namnd) else self.namnd.name
        last = remiss.instances.order_by("order").last()
        return (
            Remissinstans.objects.create(
                remiss=remiss,
                name_as_written=name[:200],
                namnd=self.namnd,
                order=last.order + 1 if last else 1,
            ),
            True,
        )

    def _due_date(self, instance: Remissinstans) -> None:
        """The due date is each instance's own. A registered one stands, also against the paper."""
        due = self.read.due_date
        if due is None or due == instance.due_on:
            return
        if instance.due_on is None:
            instance.due_on = due
            instance.save(update_fields=["due_on"])
        else:
            self.warnings.append(
                f"Papperet säger att svaret ska vara inne senast {due}, men registret säger "
                f"{instance.due_on}. Registrets datum gäller."
            )

    def _proposals(self, remiss: Remiss) -> int:
        """Proposals that the remiss lacks. Answers' own wordings are abridged, and say so."""
        known = set(remiss.proposals.values_list("number", flat=True))
        if not known and self.read.proposals:
            given = dict(enumerate(self.read.proposals, start=1))
            abridged = False
        else:
            given = {position.number: position.wording for position in self.positions}
            abridged = True
        missing = {number: text for number, text in given.items() if number not in known}
        if known and missing:
            numbers = ", ".join(map(str, sorted(missing)))
            self.warnings.append(
                f"Papperet svarar på att-sats {numbers}, som inte stod på remissen och lades till."
            )
        Proposal.objects.bulk_create(
            Proposal(remiss=remiss, number=number, text=text, abridged=abridged)
            for number, text in missing.items()
        )
        return len(missing)

    def _collective(self, remiss: Remiss) -> bool:
        """No numbered statements, and there are proposals: then they are answered together."""
        if self.positions or not remiss.proposals.exists():
            return False
        self.warnings.append(ANSWERS_TOGETHER)
        return True

    def _version(
        self, remiss: Remiss, instance: Remissinstans, paper: Paper | None, collective: bool
    ) -> Paper:
        if paper is not None and paper.state == PaperState.UTKAST:
            self.warnings.append("Det fanns ett utkast. Det finns kvar som en tidigare version.")
        begins = paper is None
        paper = read_in_paper(
            VersionContent(
                header=self.header,
                sections=self.sections,
                attests=self.attests,
                warnings=tuple(self.warnings),
                source_name=self.source_name,
                source_sha256=self.sha256,
            ),
            namnd=self.namnd,
            kind=PaperKind.REMISSVAR,
            actor=self.actor,
            paper=paper,
            is_example=remiss.is_example,
        )
        if begins:
            Answer.objects.create(instance=instance, paper=paper)
        content = AnswerVersion.objects.create(
            version=current_version(paper), collective=collective, revision=paper.revision
        )
        numbered = {proposal.number: proposal for proposal in remiss.proposals.all()}
        Position.objects.bulk_create(
            Position(
                answer_version=content,
                proposal=numbered[position.number],
                wording=position.wording,
                body=position.body,
                revision=paper.revision,
            )
            for position in self.positions
        )
        return paper


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
