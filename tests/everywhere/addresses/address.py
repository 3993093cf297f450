"""What an address is in the tables."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from papers.domain.preparation import digest_of, preparation_of
from papers.domain.tasks import sections_to_give
from tests.everywhere.scenario import City

Fields = dict[str, Any]
NO_FIELDS: Callable[[City], Fields] = lambda _: {}  # noqa: E731


@dataclass(frozen=True)
class Address:
    """label: the row in the tables. name: of the pattern. values: what stands in the address."""

    label: str
    name: str
    values: Callable[[City], Fields] = NO_FIELDS
    fields: Callable[[City], Fields] = NO_FIELDS

    def path(self, city: City) -> str:
        return reverse(self.name, kwargs=self.values(city) or None)


def given(**values: Any) -> Callable[[City], Fields]:
    return lambda _: values


def someone(city: City) -> Fields:
    assert city.someone is not None
    return {"pk": city.someone.pk}


SLUG = "vald-2021-2025"
HEADER = {"title": "Ny rubrik"}


def of_paper(
    whose: str,
    it: str,
    name: str,
    values: Callable[..., Callable[[City], Fields]],
    paper: Callable[[City], Any],
) -> list[Address]:
    """The addresses that every paper has below its own.

    values: what stands in the address of the matter, and more; paper: the paper of the city.
    """

    def earlier(**fields: Any) -> Callable[[City], Fields]:
        return lambda city: {"revision": paper(city).revision, **fields}

    def of_thread(city: City) -> Fields:
        return values(thread=paper(city).threads.get().pk)(city)

    def of_task(city: City) -> Fields:
        return values(task=paper(city).tasks.get().pk)(city)

    def of_consultation(city: City) -> Fields:
        return values(consultation=paper(city).consultations.get().pk)(city)

    def proposed(city: City) -> Fields:
        return {"choice": "behall", "seen": digest_of(preparation_of(paper(city)).proposal)}

    consulted = {"kind": "rad", "name": "Pensionärsrådet", "verb": "mojlighet", "on": "2025-02-03"}
    return [
        Address(f"{whose} {it} beredning", f"{name}-preparation", values(), given(**consulted)),
        Address(f"{whose} {it} text on beredning", f"{name}-preparation-text", values(), proposed),
        Address(
            f"{whose} {it} consultation",
            f"{name}-consultation",
            of_consultation,
            given(**consulted, revision=0),
        ),
        Address(f"{whose} {it} file of beredning", f"{name}-consultation-file", of_consultation),
        Address(f"{whose} {it} consultation away", f"{name}-consultation-remove", of_consultation),
        Address(f"{whose} {it} saves", f"{name}-saves", values()),
        Address(f"{whose} {it} save", f"{name}-save", values(revision=0)),
        Address(f"{whose} {it} save in Word", f"{name}-save-word", values(revision=0)),
        Address(f"{whose} {it} save as PDF", f"{name}-save-pdf", values(revision=0)),
        Address(
            f"add {whose} {it} section",
            f"{name}-section-add",
            values(),
            given(key="sammanfattning"),
        ),
        Address(
            f"name {whose} {it} save",
            f"{name}-save-name",
            values(revision=0),
            given(name="Till gruppen"),
        ),
        Address(
            f"restore {whose} {it} save",
            f"{name}-save-restore",
            values(revision=0),
            earlier(reason="Det blev fel"),
        ),
        Address(
            f"{whose} {it} comments",
            f"{name}-comments",
            values(),
            lambda city: {"place": paper(city).threads.get().place, "text": "Stämmer det?"},
        ),
        Address(
            f"reply to {whose} {it} comment",
            f"{name}-reply",
            of_thread,
            lambda city: {f"t{paper(city).threads.get().pk}-text": "Ja"},
        ),
        Address(f"resolve {whose} {it} comment", f"{name}-resolve", of_thread),
        Address(f"reopen {whose} {it} comment", f"{name}-reopen", of_thread),
        Address(
            f"{whose} {it} sections given",
            f"{name}-tasks",
            values(),
            lambda city: {
                "key": sections_to_give(paper(city))[1].key,
                "unit": "Enheten",
                "person": paper(city).tasks.get().person_id,
                "due_on": "2031-05-06",
                "note": "Kort",
            },
        ),
        Address(f"{whose} {it} section done", f"{name}-task-done", of_task),
        Address(f"take back {whose} {it} section", f"{name}-task-back", of_task),
    ]
