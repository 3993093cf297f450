"""What tests of the register share: a registration as a form would give it."""

import uuid
from typing import Any

from organisation.models import Namnd, User
from remisser.domain.own_dnr import NO_NUMBER, OwnDnr
from remisser.domain.registering import MatterFacts, OwnPart, RemissInput, register_remiss
from remisser.models import DnrSeries, Remiss
from tests.factories import make_namnd


def a_remiss(
    number: int = 1,
    *,
    namnd: Namnd | None = None,
    series: DnrSeries | None = None,
    key: uuid.UUID | None = None,
    due_on: Any = None,
    asked: bool = True,
    answers: bool = True,
    **more: Any,
) -> RemissInput:
    """Kommunstyrelsen's motion number `number`, registered by `namnd`."""
    namnd = namnd or make_namnd("sodermalm")
    facts = MatterFacts(
        dnr=more.pop("dnr", f"KS 2026/{number}"),
        remitter=more.pop("remitter", "Kommunstyrelsen"),
        title=more.pop("title", f"Motion nummer {number}"),
        **{name: more.pop(name) for name in ("kind", "author", "party") if name in more},
    )
    own = OwnPart(namnd, asked, due_on, OwnDnr(series) if series else NO_NUMBER)
    return RemissInput(
        key=key or uuid.uuid4(),
        by_namnd=namnd,
        facts=facts,
        own=own if answers else None,
        **more,
    )


def registered(given: RemissInput, by: User) -> Remiss:
    return register_remiss(given, actor=by)
