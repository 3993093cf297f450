"""Every address of Samlad, with something real to ask for at each, and something real to send.

An address may stand here several times: for one's own nämnd, for the other one, for what has left
it. What is sent is what the page's own form would send, so that whoever may do it does it.

Each area lists its own in a file of its own.
"""

from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver

from tests.everywhere.addresses.address import Address
from tests.everywhere.addresses.administration import (
    ADMIN,
    KEPT_FOR_EVER,
    KEPT_IN_ADMIN,
    table_addresses,
    tables,
)
from tests.everywhere.addresses.assignments import ASSIGNMENTS
from tests.everywhere.addresses.desk import API, DESK
from tests.everywhere.addresses.followup_reports import FOLLOWUP_REPORTS
from tests.everywhere.addresses.indicators import PERIODS, PLANS, PROGRAMME_FILES, REGISTER
from tests.everywhere.addresses.programme import PROGRAMMES, SERVICES
from tests.everywhere.addresses.remisser import REMISSER
from tests.everywhere.addresses.reporting import REPORTS, RESPONSIBILITY
from tests.everywhere.addresses.signing_in import SIGNING_IN

__all__ = [
    "ADDRESSES",
    "ADMIN",
    "KEPT_FOR_EVER",
    "KEPT_IN_ADMIN",
    "Address",
    "patterns",
    "table_addresses",
    "tables",
]

ADDRESSES = [
    *DESK,
    *API,
    *SIGNING_IN,
    *PROGRAMMES,
    *SERVICES,
    *REGISTER,
    *PLANS,
    *PROGRAMME_FILES,
    *PERIODS,
    *RESPONSIBILITY,
    *REPORTS,
    *FOLLOWUP_REPORTS,
    *REMISSER,
    *ASSIGNMENTS,
]


def patterns() -> list[tuple[str, str]]:
    """(address, name) of every pattern that the resolver knows."""

    def walk(found: Any, before: str, space: str) -> Iterator[tuple[str, str]]:
        for pattern in found:
            address = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern.url_patterns, address, inner)
            else:
                yield address, f"{space}{pattern.name}" if pattern.name else ""

    return list(walk(get_resolver().url_patterns, "", ""))
