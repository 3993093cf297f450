"""Whatever is laid, ended and merged: who answers on a day is what a plain model says.

The plain model knows nothing of rows with days: it keeps, for each day, what stands on it.
"""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.domain.expected import expected_in
from indicators.models import ExpectedCell, Period
from organisation.domain.errors import Invalid
from organisation.enums import NamndGroup, NamndKind, Role
from organisation.models import Namnd, NamndSuccession
from programme.domain.responsibility import end_responsibility, lay_responsibility
from programme.domain.succession import carry_over
from programme.enums import ResponsibilityKind
from programme.models import Responsibility
from tests.factories import make_activity, make_namnd, make_period, make_user

# One day a month is enough to tell days apart; the mergers are among them.
DAYS = [dt.date(2023 + month // 12, month % 12 + 1, 1) for month in range(24)]
END = dt.date(2024, 12, 31)
MERGER, SECOND = dt.date(2023, 7, 1), dt.date(2024, 3, 1)
KINDS = {
    "a": NamndKind.STADSDELSNAMND,
    "b": NamndKind.STADSDELSNAMND,
    "ab": NamndKind.STADSDELSNAMND,
    "abc": NamndKind.STADSDELSNAMND,
    "fack": NamndKind.FACKNAMND,
    "moder": NamndKind.MODERBOLAG,
    "bolag": NamndKind.BOLAG,
}
# From (included) and until (not included): a and b become ab, which becomes abc.
LIVES = {
    "a": (None, MERGER),
    "b": (None, MERGER),
    "ab": (MERGER, SECOND),
    "abc": (SECOND, None),
}
HEIR = {"a": "ab", "b": "ab", "ab": "abc"}
MEMBERS = {
    NamndGroup.STADSDELSNAMNDER: {"a", "b", "ab", "abc"},
    NamndGroup.NAMNDER: {"a", "b", "ab", "abc", "fack"},
    NamndGroup.ALLA: set(KINDS) - {"bolag"},
    NamndGroup.BOLAGEN: {"moder"},
}
PERIODS = [f"{year}-{kind}" for year in (2023, 2024) for kind in ("T1", "T2", "VB")]


@dataclass(frozen=True)
class Step:
    """Lay on `who` from one day until another (or on); or end what stands on `first`."""

    who: str
    kind: str
    first: int
    last: int | None
    ends: bool


steps = st.lists(
    st.builds(
        Step,
        who=st.sampled_from([*KINDS, *NamndGroup.values]),
        kind=st.sampled_from(ResponsibilityKind.values),
        first=st.integers(0, 23),
        last=st.one_of(st.none(), st.integers(0, 23)),
        ends=st.booleans(),
    ),
    max_size=8,
)


def lives(code: str, day: dt.date) -> bool:
    begins, until = LIVES.get(code, (None, None))
    return (begins is None or begins <= day) and (until is None or day < until)


def next_month(number: int) -> dt.date:
    return DAYS[number + 1] if number + 1 < len(DAYS) else END + dt.timedelta(days=1)


def who_carries(who: str, day: dt.date) -> str:
    """The nämnd that carries on what was laid on `who`, that day; a group is itself."""
    while who in KINDS and not lives(who, day) and who in HEIR and day >= LIVES[who][1]:
        who = HEIR[who]
    return who


class Plain:
    """kind by (who, month number). Who: a nämnd that lives then, or a group."""

    def __init__(self) -> None:
        self.laid: dict[tuple[str, int], str] = {}

    def lay(self, step: Step) -> bool:
        if step.last is not None and step.last < step.first:
            return False
        if step.who in KINDS and not lives(step.who, DAYS[step.first]):
            return False
        months = range(step.first, len(DAYS) if step.last is None else step.last + 1)
        own = [m for m in months if who_carries(step.who, DAYS[m]) == step.who]
        if any((step.who, m) in self.laid for m in own):
            return False
        for month in months:
            place = (who_carries(step.who, DAYS[month]), month)
            # What the heir already answers for stands.
            self.laid.setdefault(place, step.kind)
        return True

    def answers(self, code: str, month: int) -> str | None:
        if not lives(code, DAYS[month]):
            return None
        kinds = {self.laid.get((code, month))}
        kinds |= {self.laid.get((g, month)) for g, codes in MEMBERS.items() if code in codes}
        found = sorted(kind for kind in kinds if kind)
        return found[0] if found else None


def build() -> None:
    for code, kind in KINDS.items():
        begins, until = LIVES.get(code, (None, None))
        make_namnd(
            code,
            kind=kind,
            valid_from=begins,
            valid_to=until - dt.timedelta(days=1) if until else None,
        )
    for old, new in HEIR.items():
        NamndSuccession.objects.create(
            predecessor=make_namnd(old), successor=make_namnd(new), on=LIVES[old][1]
        )


def check(given_steps: list[Step]) -> None:
    with transaction.atomic():
        build()
        samordnare = make_user(Role.SAMORDNARE, make_namnd("fack"))
        activity = make_activity()
        activity.responsibilities.all().delete()
        plain = Plain()
        for step in given_steps:
            if step.ends:
                _end(step, activity, plain, samordnare)
            else:
                _lay(step, activity, plain, samordnare)
        assert carry_over(Responsibility) == 0
        rows = list(Responsibility.objects.all())
        boards = {n.code: n for n in Namnd.objects.filter(code__in=KINDS)}
        for month, day in enumerate(DAYS):
            for code, namnd in boards.items():
                kinds = sorted(row.kind for row in rows if row.concerns(namnd, day))
                assert (kinds[0] if kinds else None) == plain.answers(code, month), (code, day)
        for code in PERIODS:
            period = make_period(code)
            month = DAYS.index(period.ends_on.replace(day=1))
            wanted = {
                namnd: kind for namnd in KINDS if (kind := plain.answers(namnd, month)) is not None
            }
            cells = ExpectedCell.objects.filter(period=period).order_by()
            found = list(cells.values_list("namnd__code", "kind"))
            assert sorted(found) == sorted(wanted.items())
            asked = {n for n, kind in wanted.items() if kind == ResponsibilityKind.ANSVARIG}
            assert {n.code for n in expected_in(period).namnder.values()} == asked
        Period.objects.all().delete()
        transaction.set_rollback(True)


def _lay(step: Step, activity, plain: Plain, actor) -> None:
    named = {"namnd": make_namnd(step.who)} if step.who in KINDS else {"group": step.who}
    last = None if step.last is None else next_month(step.last) - dt.timedelta(days=1)
    try:
        with transaction.atomic():
            lay_responsibility(
                activity,
                actor=actor,
                kind=step.kind,
                valid_from=DAYS[step.first],
                valid_to=last,
                decision="Beslut",
                **named,
            )
    except Invalid:
        assert not plain.lay(step)
    else:
        assert plain.lay(step)


def _end(step: Step, activity, plain: Plain, actor) -> None:
    """End what `who` answers for on the day: the last day is the last of that month."""
    day = DAYS[step.first]
    named = {"namnd__code": step.who} if step.who in KINDS else {"group": step.who}
    row = activity.responsibilities.valid_on(day).filter(**named).first()
    assert (row is None) == ((step.who, step.first) not in plain.laid)
    if row is None:
        return
    last = next_month(step.first) - dt.timedelta(days=1)
    months = [
        m for m, d in enumerate(DAYS) if d > last and (row.valid_to is None or d <= row.valid_to)
    ]
    end_responsibility(
        row,
        actor=actor,
        last_day=last,
        decision="Beslut",
        expected_valid_to=row.valid_to,
    )
    for month in months:
        del plain.laid[step.who, month]


WORLD = {
    "deadline": None,
    "database": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@pytest.mark.django_db
@settings(max_examples=6, derandomize=True, **WORLD)
@given(steps)
def test_who_answers_on_a_day_is_what_a_plain_model_says(given_steps):
    check(given_steps)
