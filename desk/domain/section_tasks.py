"""Sections that the person has been given to write, wherever the paper belongs."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from papers.enums import PaperState
from papers.models import Paper


@dataclass(frozen=True)
class GivenSection:
    title: str
    detail: str
    url: str
    due_on: dt.date
    is_example: bool


def given_sections(papers: Iterable[Paper]) -> Iterator[GivenSection]:
    """What is left to write of what the person was given. papers: of `papers_at_hand`."""
    for paper in papers:
        home, matter = _place(paper)
        if paper.state != PaperState.UTKAST or not home:
            continue
        for task in paper.given_to_user:  # type: ignore[attr-defined]  # by papers_at_hand
            yield GivenSection(
                title=f"Skriv avsnittet ”{task.heading}”, {paper.namnd.short_name}",
                detail=f"{matter}. {task.unit}{f'. {task.note}' if task.note else ''}",
                url=f"{home}fordelning/",
                due_on=task.due_on,
                is_example=paper.is_example,
            )


def _place(paper: Paper) -> tuple[str, str]:
    """The paper's own address, and what matter it is in; "" when it is in none."""
    if hasattr(paper, "answer"):
        remiss = paper.answer.instance.remiss
        return reverse("answer", args=[remiss.slug, paper.namnd.code]), f"Svar på {remiss.dnr}"
    if hasattr(paper, "account"):
        account = paper.account
        args = [account.assignment.slug, account.number]
        return reverse("account-page", args=args), account.assignment.title
    return "", ""
