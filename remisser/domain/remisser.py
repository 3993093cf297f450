"""What people see of remisser: the list, and one remiss with whom it was sent to.

That a matter is out on remiss, to whom and until when is open to everyone signed in. Of an answer
that has not been sent, others than its nämnd see the state and the due date, nothing more.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from organisation.domain.names import name_key
from organisation.enums import Role
from organisation.models import Namnd, User
from papers.enums import PaperKind, PaperState
from papers.models import Paper, PaperTemplate
from papers.models.paper import OUT_STATES
from papers.rules import may_write
from remisser.domain.dnr import dnr_slug, normalise_dnr, same_dnr
from remisser.models import Answer, Proposal, Remiss, Remissinstans

# Still being written, or read by the heads.
UNFINISHED = (PaperState.UTKAST, PaperState.UNDER_ATTEST)
NOT_STARTED = "Inte påbörjat i Samlad"
NOT_HERE = "Svarar utanför Samlad"


@dataclass(frozen=True)
class InstanceLine:
    """One instance as a person may see it."""

    name: str
    """As the paper writes it."""
    namnd_code: str
    """Empty for instances outside the city."""
    ceased: bool
    due_on: dt.date | None
    state: str
    """A PaperState, or "" when no answer is begun."""
    answered_here: bool
    is_mine: bool
    """Whether the person may read the answer."""
    may_read: bool
    """Whether the person reads the answer: their own nämnd's, or one that has been sent."""
    may_start: bool
    today: dt.date
    pk: int = 0
    asked: bool = True
    """False: the nämnd answers unasked."""
    answers_as: str = ""
    """The nämnd that is meant, where that is another than the name says."""
    own_dnr: str = ""
    """The nämnd's own number, for those inside."""
    may_write: bool = False

    @property
    def state_label(self) -> str:
        if self.state:
            return str(PaperState(self.state).label)
        return NOT_STARTED if self.answered_here else NOT_HERE

    @property
    def is_done(self) -> bool:
        return bool(self.state) and self.state not in UNFINISHED

    @property
    def is_late(self) -> bool:
        """The due date has passed and the paper is not ready. Who has ceased is not late."""
        return (
            self.answered_here
            and self.due_on is not None
            and self.due_on < self.today
            and not self.is_done
            and not self.ceased
        )


@dataclass(frozen=True)
class RemissRow:
    """A remiss in the list, with the lines of the person's own nämnder."""

    remiss: Remiss
    own: tuple[InstanceLine, ...]
    instance_count: int
    begun_count: int
    proposal_count: int


@dataclass(frozen=True)
class RemissPage:
    remiss: Remiss
    proposals: tuple[Proposal, ...]
    instances: tuple[InstanceLine, ...]
    may_join: tuple[Namnd, ...] = ()
    """Nämnder of the person that do not stand on the remiss, and that it may lay there."""

    @property
    def own(self) -> tuple[InstanceLine, ...]:
        return tuple(line for line in self.instances if line.is_mine)

    @property
    def abridged(self) -> bool:
        return any(proposal.abridged for proposal in self.proposals)

    @property
    def all_abridged(self) -> bool:
        return bool(self.proposals) and all(proposal.abridged for proposal in self.proposals)


def remiss_list(user: User) -> tuple[RemissRow, ...]:
    """All remisser, newest first, with state and due date of the person's own nämnder.

    The number of queries does not depend on how many there are.
    """
    remisser = Remiss.objects.visible_to(user).prefetch_related(_instances(), "proposals")
    rows = []
    for remiss in remisser:
        instances = list(remiss.instances.all())
        lines = [_line(instance, user) for instance in instances]
        rows.append(
            RemissRow(
                remiss=remiss,
                own=tuple(line for line in lines if line.is_mine),
                instance_count=len(lines),
                begun_count=sum(bool(line.state) for line in lines),
                proposal_count=len(remiss.proposals.all()),
            )
        )
    return tuple(sorted(rows, key=_newest_first))


def remiss_page(remiss: Remiss, user: User) -> RemissPage:
    """One remiss: its proposals, and its instances as the person may see them."""
    instances = list(remiss.instances.select_related("namnd", "answer__paper", "registration"))
    there = {instance.namnd_id for instance in instances}
    return RemissPage(
        remiss=remiss,
        proposals=tuple(remiss.proposals.all()),
        instances=tuple(_line(instance, user) for instance in instances),
        may_join=tuple(
            namnd
            for namnd in user.access.namnder(Role.NAMNDSEKRETERARE)
            if namnd.pk not in there and namnd.exists_on(timezone.localdate())
        ),
    )


def find_remiss(dnr: str) -> Remiss | None:
    """The remiss with this number, in whatever form it is written."""
    found = Remiss.objects.filter(dnr=normalise_dnr(dnr)).first()
    found = found or Remiss.objects.filter(slug=dnr_slug(dnr)).first()
    return found or next((r for r in Remiss.objects.all() if same_dnr(r.dnr, dnr)), None)


def find_answer(dnr: str, namnd_code: str) -> Answer | None:
    """The nämnd's answer to the remiss with this number: the remitter's, or the nämnd's own."""
    answers = Answer.objects.filter(paper__namnd__code=namnd_code).select_related(
        "instance__remiss", "paper__namnd", "paper__current"
    )
    remiss = find_remiss(dnr)
    if remiss is not None:
        found = answers.filter(instance__remiss=remiss).first()
        if found is not None:
            return found
    return next((a for a in answers if same_dnr(a.paper.dnr, dnr)), None)


def answer_templates(namnd: Namnd | None) -> QuerySet[PaperTemplate]:
    """The templates that an answer of the nämnd can be begun with."""
    return PaperTemplate.objects.offered_to(namnd).filter(kind=PaperKind.REMISSVAR)


def _instances() -> Prefetch:
    return Prefetch(
        "instances", Remissinstans.objects.select_related("namnd", "answer__paper", "registration")
    )


def _line(instance: Remissinstans, user: User) -> InstanceLine:
    namnd = instance.namnd
    answer = getattr(instance, "answer", None)
    today = timezone.localdate()
    mine = namnd is not None and namnd.pk in user.access.inside_ids()
    writes = namnd is not None and may_write(user, Paper(namnd=namnd))
    number = getattr(instance, "registration", None) if mine else None
    return InstanceLine(
        name=instance.name_as_written,
        namnd_code=namnd.code if namnd else "",
        ceased=bool(namnd and not namnd.exists_on(today)),
        due_on=instance.due_on,
        state=answer.paper.state if answer else "",
        answered_here=namnd is not None,
        is_mine=mine,
        may_read=mine or bool(answer and answer.paper.state in OUT_STATES),
        may_start=answer is None and writes,
        today=today,
        pk=instance.pk,
        asked=instance.asked,
        answers_as=namnd.name
        if namnd and name_key(namnd.name) != name_key(instance.name_as_written)
        else "",
        own_dnr=number.dnr if number else "",
        may_write=writes,
    )


def _newest_first(row: RemissRow) -> tuple[bool, int, int, str]:
    """By the year and number in the dnr; those that the person's nämnd is to answer come first."""
    numbers = [int(n) for n in "".join(c if c.isdigit() else " " for c in row.remiss.dnr).split()]
    year = next((n for n in numbers if 1900 < n < 2200), 0)
    waits = any(line.due_on and line.due_on >= line.today and not line.is_done for line in row.own)
    return (not waits, -year, -(numbers[-1] if numbers else 0), row.remiss.slug)
