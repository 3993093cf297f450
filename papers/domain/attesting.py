"""The attests of a paper as they are read: who is asked, who has attested, what holds no more."""

from dataclasses import dataclass

from organisation.models import User
from papers.domain.attest import heads_of, writers_of
from papers.domain.changes import current_version
from papers.domain.contents import fingerprint_of
from papers.domain.workflow import Action, possible_actions
from papers.enums import PaperState
from papers.models import Attestation, Paper, PaperVersion


@dataclass(frozen=True)
class AttestLine:
    """One who is asked to attest the current version, or has attested it as a paper says."""

    name: str
    title: str
    given: Attestation | None
    is_next: bool


@dataclass(frozen=True)
class EarlierAttest:
    """An attest of a version that has been followed by another."""

    number: int
    attest: Attestation


@dataclass(frozen=True)
class AttestPage:
    paper: Paper
    version: PaperVersion
    sha256: str
    lines: tuple[AttestLine, ...]
    earlier: tuple[EarlierAttest, ...]
    """Those that no longer hold, newest first."""
    may_send: bool
    may_attest: bool
    may_return: bool
    wrote_it: bool
    """Whether the person is asked and has written in the paper: then it is not for them."""
    heads: tuple[User, ...]
    """Who can be asked; only where one may ask."""
    asked_before: tuple[int, ...]
    """Ids of those who were asked about the version before, in their order."""

    @property
    def is_under_attest(self) -> bool:
        return self.paper.state == PaperState.UNDER_ATTEST


def attest_page(paper: Paper, user: User) -> AttestPage:
    """The caller has checked that `user` may read the paper whole. paper: with its nämnd."""
    version = current_version(paper)
    actions = possible_actions(user, paper)
    asked = list(version.attestants.select_related("person"))
    given = list(version.attestations.all())
    by_person = {attest.by_id: attest for attest in given if attest.by_id}
    left = [one.person for one in asked if one.person_id not in by_person]
    turn = left[0] if left and paper.state == PaperState.UNDER_ATTEST else None
    writers = writers_of(paper) if user in [one.person for one in asked] else set()
    lines = [
        AttestLine(
            str(one.person), one.person.title, by_person.get(one.person_id), one.person == turn
        )
        for one in asked
    ]
    lines += [AttestLine(a.name, a.title, a, False) for a in given if not a.by_id]
    earlier = (
        Attestation.objects.filter(version__paper=paper)
        .exclude(version=version)
        .select_related("version")
        .order_by("-version__number", "pk")
    )
    may_send = Action.SEND_TO_ATTEST in actions
    before = paper.versions.filter(number__lt=version.number, attestants__isnull=False)
    last = before.order_by("-number").first() if may_send else None
    return AttestPage(
        paper=paper,
        version=version,
        sha256=fingerprint_of(version),
        lines=tuple(lines),
        earlier=tuple(EarlierAttest(a.version.number, a) for a in earlier),
        may_send=may_send,
        may_attest=turn == user and Action.ATTEST in actions and user.pk not in writers,
        may_return=Action.RETURN in actions and user in [one.person for one in asked],
        wrote_it=user.pk in writers,
        heads=tuple(heads_of(paper)) if may_send else (),
        asked_before=tuple(last.attestants.values_list("person", flat=True)) if last else (),
    )
