"""Sections that the person has been given to write, wherever the paper belongs."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from organisation.models import User
from papers.enums import PaperState
from papers.models import Paper, SectionTask


@dataclass(frozen=True)
class GivenSection:
    title: str
    detail: str
    url: str
    due_on: dt.date
    is_example: bool


def given_sections(user: User) -> tuple[GivenSection, ...]:
    """What is left to write of what the person was given; one query."""
    tasks = (
        SectionTask.objects.visible_to(user)
        .open()
        .filter(person=user, paper__state=PaperState.UTKAST)
        .select_related(
            "paper__namnd", "paper__answer__instance__remiss", "paper__account__assignment"
        )
        .order_by("due_on", "pk")
    )
    found = []
    for task in tasks:
        home, matter = _place(task.paper)
        if home:
            found.append(
                GivenSection(
                    title=f"Skriv avsnittet ”{task.heading}”, {task.paper.namnd.short_name}",
                    detail=f"{matter}. {task.unit}{f'. {task.note}' if task.note else ''}",
                    url=f"{home}fordelning/",
                    due_on=task.due_on,
                    is_example=task.paper.is_example,
                )
            )
    return tuple(found)


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
