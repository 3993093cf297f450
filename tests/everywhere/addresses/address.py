"""What an address is in the tables."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

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

    return [
        Address(f"{whose} {it} saves", f"{name}-saves", values()),
        Address(f"{whose} {it} save", f"{name}-save", values(revision=0)),
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
    ]
