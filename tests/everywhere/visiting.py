"""How a test visits an address as one of the city's people, and leaves no trace of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.test import Client

from tests.everywhere.scenario import City

SIGN_IN = "/logga-in/"


def sign_in(city: City, who: str, **how: Any) -> Client:
    """A browser in which `who` is signed in; nobody, for "anonymous"."""
    client = Client(raise_request_exception=False, **how)
    person = city.people[who]
    if person is not None:
        client.force_login(person)
    return client


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Whatever is asked for in the block, afterwards neither database nor browser knows of it."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def sign_of(response: Any) -> str:
    """One sign for what an answer is; `>` leads to the sign-in page, `r` anywhere else."""
    if response.status_code in (301, 302, 303, 307, 308):
        return ">" if response.headers["Location"].startswith(SIGN_IN) else "r"
    signs = {200: "o", 400: "b", 401: "k", 403: "f", 404: "-", 405: "m", 409: "c", 423: "c"}
    return signs.get(response.status_code, "!")
