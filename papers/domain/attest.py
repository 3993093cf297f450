"""Attest: heads approve one exact version, in the order that they were asked.

Four eyes: nobody attests what they have written themselves. An edit opens a new version, which is
attested anew; the old one keeps its attests, which no longer hold. The database refuses the same.
"""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils import timezone

from organisation.enums import Role
from organisation.models import Membership, User
from papers.domain.changes import advance, conflict_on, current_version, record_change, take
from papers.domain.content import check_words
from papers.domain.contents import fingerprint_of
from papers.domain.errors import InvalidContent, NotAllowed, NotOpen
from papers.domain.lint import Finding
from papers.domain.papers import CopyMore, copy_version
from papers.domain.workflow import Action, find_transition, possible_actions
from papers.enums import AttestSource
from papers.models import Attestant, Attestation, Paper, PaperVersion
from papers.rules import may_attest
from trace.domain.outbox import post_mail
from trace.models import Event

MOST_ATTESTANTS = 5
# Who has done one of these with a paper has written it, and does not attest it.
WRITING = (
    Action.START,
    Action.WRITE,
    Action.OPEN_VERSION,
    Action.SEND_TO_ATTEST,
    Action.READ_IN,
    Action.READ_IN_ATTESTED,
)
WROTE_IT = "Den som har skrivit i handlingen attesterar den inte själv."
NOT_ASKED = "Du är inte ombedd att attestera den här versionen."
LONGEST_REASON = 250

Look = Callable[[Paper], Sequence[Finding]]
"""What should be mended in the paper, as the app that has it sees it."""


@transaction.atomic
def send_to_attest(
    paper: Paper,
    *,
    actor: User,
    expected_version: int,
    attestants: Sequence[User],
    look: Look,
) -> Paper:
    """Ask heads to attest the current version, in this order. From now on it is not edited.

    expected_version: the paper's revision that the person saw; any change since is in the way.
    look: errors that it finds stop the sending.
    The same command again changes nothing.
    Raises NotAllowed, NotOpen, Conflict; InvalidContent for errors in the paper, nobody asked, or
    somebody who cannot attest it.
    Side effects: the attestants, an event, mail to the first.
    """
    paper = take(paper.pk)
    if just_done(paper, actor, expected_version, Action.SEND_TO_ATTEST):
        return paper
    transition = find_transition(Action.SEND_TO_ATTEST, paper, actor=actor)
    if paper.revision != expected_version:
        raise conflict_on(paper, None)
    version = current_version(paper)
    _check_attestants(paper, attestants, actor)
    errors = [finding for finding in look(paper) if finding.is_error]
    if errors:
        count = "1 fel" if len(errors) == 1 else f"{len(errors)} fel"
        raise InvalidContent(f"Rätta {count} före attest. Det första: {errors[0].words}")
    Attestant.objects.bulk_create(
        Attestant(version=version, order=order, person=person)
        for order, person in enumerate(attestants, start=1)
    )
    advance(paper, state=transition.target)
    names = ", ".join(map(str, attestants))
    record_change(
        paper,
        Action.SEND_TO_ATTEST,
        actor=actor,
        summary=f"Skickade version {version.number} till attest: {names}",
    )
    _tell_next(paper, version, attestants[0], actor)
    return paper


@transaction.atomic
def attest(paper: Paper, *, actor: User, sha256: str) -> Attestation:
    """Approve the current version. The last of those asked makes the paper attesterad.

    sha256: the digest of the version that the person read (see `fingerprint_of`).
    The same again changes nothing.
    Raises NotAllowed (no head, or has written it); NotOpen when the paper is not under attest,
    the version is another, the person is not asked, or it is somebody else's turn.
    Side effects: the attest, an event, mail to the next, or to who sent it.
    """
    paper = take(paper.pk)
    version = current_version(paper)
    given = Attestation.objects.filter(version=version, by=actor, sha256=sha256).first()
    if given is not None:
        return given
    find_transition(Action.ATTEST, paper, actor=actor)
    asked = list(version.attestants.select_related("person"))
    left = _left(version, asked)
    _check_turn(paper, asked, left, actor=actor)
    if fingerprint_of(version) != sha256:
        raise NotOpen("Handlingen är en annan än den du läste. Läs den igen innan du attesterar.")
    is_last = len(left) == 1
    action = Action.ATTEST_LAST if is_last else Action.ATTEST
    transition = find_transition(action, paper, actor=actor)
    now = timezone.localtime()
    given = Attestation.objects.create(
        version=version,
        name=str(actor)[:150],
        title=actor.title,
        on=now.date(),
        source=AttestSource.SAMLAD,
        by=actor,
        at=now,
        sha256=sha256,
    )
    advance(paper, state=transition.target)
    record_change(paper, action, actor=actor, summary=f"Attesterade version {version.number}")
    if is_last:
        _tell_sender(
            paper,
            actor,
            subject="är attesterad",
            body=f"Version {version.number} är attesterad av alla som skulle attestera den.",
        )
    else:
        _tell_next(paper, version, left[1].person, actor)
    return given


@transaction.atomic
def return_from_attest(
    paper: Paper,
    *,
    actor: User,
    expected_version: int,
    reason: str,
    copy_more: CopyMore | None = None,
) -> Paper:
    """Send the paper back to be mended, with a reason. Work goes on in a new version.

    The attests that were given stay with the old version, and no longer hold.
    The same command again changes nothing.
    Raises NotAllowed, NotOpen (not under attest, or not asked), InvalidContent, Conflict.
    """
    paper = take(paper.pk)
    if just_done(paper, actor, expected_version, Action.RETURN):
        return paper
    transition = find_transition(Action.RETURN, paper, actor=actor, reason=reason)
    version = current_version(paper)
    if not version.attestants.filter(person=actor).exists():
        raise NotOpen(NOT_ASKED)
    if paper.revision != expected_version:
        raise conflict_on(paper, None)
    reason = reason.strip()
    check_words(reason, "Skälet")
    why = f"Återlämnad av {actor}: {reason}"
    if len(why) > LONGEST_REASON:
        raise InvalidContent(
            f"Skälet är för långt. Korta det med {len(why) - LONGEST_REASON} tecken."
        )
    advance(paper, state=transition.target)
    copy_version(paper, actor=actor, reason=why, copy_more=copy_more)
    record_change(
        paper,
        Action.RETURN,
        actor=actor,
        summary=f"Lämnade tillbaka version {version.number} utan att attestera den",
        reason=reason,
    )
    _tell_sender(
        paper,
        actor,
        subject="är återlämnad från attest",
        body=f"{actor} har lämnat tillbaka version {version.number}. Skälet står i Samlad.",
    )
    return paper


# Queries ----------------------------------------------------------------------------------------


def heads_of(paper: Paper) -> list[User]:
    """Who can be asked to attest the paper: its nämnd's heads, but who has written in it."""
    held = Membership.objects.valid_on(timezone.localdate()).filter(
        namnd=paper.namnd_id, role=Role.CHEF
    )
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return list(people.exclude(pk__in=writers_of(paper)).order_by("name", "pk"))


def writers_of(paper: Paper) -> set[int]:
    """Ids of those who have written in the paper, in whatever version."""
    return set(
        Event.objects.about(paper)
        .filter(verb__in=[action.value for action in WRITING], actor__isnull=False)
        .values_list("actor", flat=True)
    )


def next_attestant(version: PaperVersion) -> User | None:
    """Whose turn it is; None when all have attested, or nobody is asked."""
    left = _left(version, list(version.attestants.select_related("person")))
    return left[0].person if left else None


def may_attest_now(user: User, paper: Paper) -> bool:
    """Whether it is the person's turn to attest the paper as it is."""
    if Action.ATTEST not in possible_actions(user, paper):
        return False
    return next_attestant(current_version(paper)) == user and user.pk not in writers_of(paper)


# Parts ------------------------------------------------------------------------------------------


def just_done(paper: Paper, actor: User, expected_version: int, action: Action) -> bool:
    """Whether the same command was just carried out: the button was pressed twice."""
    if paper.revision != expected_version + 1:
        return False
    last = Event.objects.about(paper).first()
    return last is not None and last.verb == action.value and last.actor_id == actor.pk


def _left(version: PaperVersion, asked: Sequence[Attestant]) -> list[Attestant]:
    """Those asked who have not attested, in their order."""
    done = set(version.attestations.filter(by__isnull=False).values_list("by", flat=True))
    return [one for one in asked if one.person_id not in done]


def _check_turn(
    paper: Paper, asked: Sequence[Attestant], left: Sequence[Attestant], *, actor: User
) -> None:
    if actor.pk not in {one.person_id for one in asked}:
        raise NotOpen(NOT_ASKED)
    if actor.pk in writers_of(paper):
        raise NotAllowed(WROTE_IT)
    if left[0].person_id != actor.pk:
        raise NotOpen(f"{left[0].person} attesterar före dig.")


def _check_attestants(paper: Paper, attestants: Sequence[User], actor: User) -> None:
    if not attestants:
        raise InvalidContent("Välj minst en chef som attesterar.")
    if len(attestants) > MOST_ATTESTANTS:
        raise InvalidContent(f"Högst {MOST_ATTESTANTS} personer attesterar en handling.")
    if len({person.pk for person in attestants}) != len(attestants):
        raise InvalidContent("Samma person kan inte attestera två gånger.")
    writers = writers_of(paper) | {actor.pk}
    for person in attestants:
        if person.pk in writers:
            raise InvalidContent(f"{person}: {WROTE_IT[:1].lower()}{WROTE_IT[1:]}")
        if not person.is_active or not may_attest(person, paper):
            raise InvalidContent(f"{person} är inte chef i {paper.namnd}.")


def _tell_next(paper: Paper, version: PaperVersion, person: User, actor: User) -> None:
    if not person.email or person == actor:
        return
    post_mail(
        key=f"attest:{version.pk}:{person.pk}",
        person=person,
        subject=f"Att attestera: {version.title or version.subtitle}",
        body=f"{actor} ber dig läsa och attestera version {version.number} av en handling till "
        f"{paper.namnd}.\n\nLogga in i Samlad: den ligger överst på din startsida.",
        posted_by=actor,
        scope=paper.namnd.code,
    )


def _tell_sender(paper: Paper, actor: User, *, subject: str, body: str) -> None:
    sent = Event.objects.about(paper).filter(verb=Action.SEND_TO_ATTEST.value).first()
    person = sent.actor if sent else None
    version = current_version(paper)
    if not isinstance(person, User) or not person.email or person == actor:
        return
    post_mail(
        key=f"attest:{paper.pk}:{paper.revision}:{person.pk}",
        person=person,
        subject=f"{version.title or version.subtitle} {subject}",
        body=f"{body}\n\nLogga in i Samlad för att se handlingen.",
        posted_by=actor,
        scope=paper.namnd.code,
    )
