"""Papers under attest in the to-do list: the turn of one head, and what the others wait for."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from organisation.enums import Role
from organisation.models import User
from papers.enums import PaperState
from papers.models import (
    Attestant,
    Attestation,
    DraftShare,
    Paper,
    PaperVersion,
    SectionTask,
)


@dataclass(frozen=True)
class AttestTask:
    title: str
    detail: str
    url: str
    is_mine: bool
    due_on: dt.date | None
    paper: Paper


def papers_at_hand(user: User) -> QuerySet[Paper]:
    """Papers under attest in the person's own nämnder, those with a section given to them, and
    those of which another nämnd has sent them a draft; and accounts that wait to be sent.

    Of all of them in one go: the list of what is to be done is asked for on every visit.
    """
    given = SectionTask.objects.open().filter(person=user)
    received = DraftShare.objects.open_to(user).filter(version__paper__answer__isnull=False)
    own = Paper.objects.inside(user).filter(
        Q(state=PaperState.UNDER_ATTEST, namnd_id__in=user.access.namnd_ids())
        | Q(state=PaperState.UTKAST, pk__in=given.order_by().values("paper_id"))
        # Decided accounts, which no list of what is left to account for holds any longer.
        | Q(
            state=PaperState.BESLUTAD,
            account__isnull=False,
            namnd_id__in=user.access.namnd_ids(Role.NAMNDSEKRETERARE),
        )
    )
    return (
        Paper.objects.filter(
            Q(pk__in=own.order_by().values("pk"))
            | Q(pk__in=received.order_by().values("version__paper_id"))
        )
        .select_related("namnd", "current", "answer__instance__remiss", "account__assignment")
        .prefetch_related(
            Prefetch("current__attestants", Attestant.objects.select_related("person")),
            Prefetch("current__attestations", Attestation.objects.filter(by__isnull=False)),
            Prefetch("tasks", given, to_attr="given_to_user"),
            Prefetch(
                "versions",
                PaperVersion.objects.filter(pk__in=received.order_by().values("version_id")),
                to_attr="received_by_user",
            ),
            Prefetch(
                "received_by_user__shares",
                received.select_related("to_namnd"),
                to_attr="with_user",
            ),
        )
        .order_by("pk")
    )


def received_drafts(papers: Iterable[Paper]) -> list[tuple[Paper, PaperVersion, DraftShare]]:
    """What the person's nämnder were sent for comment, newest first.

    papers: of `papers_at_hand`.
    """
    found = [
        (paper, version, share)
        for paper in papers
        for version in paper.received_by_user  # type: ignore[attr-defined]  # by papers_at_hand
        for share in version.with_user
    ]
    return sorted(found, key=lambda one: (one[2].at, one[2].pk), reverse=True)


def attest_tasks(user: User, papers: Iterable[Paper]) -> Iterator[AttestTask]:
    """Those of the papers that are under attest. papers: of `papers_at_hand`."""
    for paper in papers:
        url = attest_url(paper)
        version = paper.current
        mine = paper.namnd_id in user.access.namnd_ids()
        if paper.state != PaperState.UNDER_ATTEST or not mine or not url or version is None:
            continue
        done = {attest.by_id for attest in version.attestations.all()}
        left = [one.person for one in version.attestants.all() if one.person_id not in done]
        yield AttestTask(
            title=f"Attest, {version.title or version.subtitle}, {paper.namnd.short_name}",
            detail=f"Version {version.number}. "
            + (f"{left[0]} står på tur" if left else "Alla har attesterat"),
            url=url,
            is_mine=bool(left) and left[0] == user,
            due_on=paper.answer.instance.due_on
            if hasattr(paper, "answer")
            else paper.account.due_on,
            paper=paper,
        )


def attest_url(paper: Paper) -> str:
    """Where the paper is attested; "" for one that belongs to nothing."""
    if hasattr(paper, "answer"):
        return reverse("answer-attest", args=[paper.answer.instance.remiss.slug, paper.namnd.code])
    if hasattr(paper, "account"):
        return reverse("account-attest", args=[paper.account.assignment.slug, paper.account.number])
    return ""
