"""A role that has ended opens nothing, and a form sets only what stands in it.

Tried at every address that somebody of one's own nämnd may send something to.
"""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from indicators.models import Report
from organisation.models import Membership, Namnd, User
from papers.models import Paper
from programme.models import Account, Assignment
from tests.everywhere.addresses import ADDRESSES
from tests.everywhere.scenario import PEOPLE, City
from tests.everywhere.test_permissions import TABLE
from tests.everywhere.visiting import sign_in, sign_of, undone

pytestmark = pytest.mark.django_db

# One's own account, and going from one page to another: for whoever is signed in.
FOR_EVERYBODY = ("o", "r")


def sent_by(who: str, *, but_not: str = "stranger") -> list[Any]:
    """Addresses where `who` may send something that somebody of another nämnd may not."""
    mine, theirs = list(PEOPLE).index(who), list(PEOPLE).index(but_not)
    return [
        address
        for address in ADDRESSES
        if TABLE[address.label][1][mine] in FOR_EVERYBODY
        and TABLE[address.label][1][theirs] not in FOR_EVERYBODY
    ]


WORKERS = ("filler", "reviewer", "secretary", "head", "coordinator", "admin")


@pytest.mark.parametrize("who", WORKERS)
def test_a_role_that_has_ended_opens_nothing_at_the_next_request(city: City, who: str):
    client = sign_in(city, who)
    addresses = sent_by(who)
    assert addresses
    assert client.get("/").status_code == 200
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.filter(user=city.people[who]).update(valid_to=yesterday)
    let_in = []
    for address in addresses:
        with undone(client):
            answer = client.post(address.path(city), address.fields(city))
            if sign_of(answer) not in ("-", "f"):
                let_in.append((address.label, answer.status_code))
    assert let_in == []


def test_a_deputy_does_it_in_their_time_and_not_after(city: City):
    """The same addresses, for who stands in for the uppgiftslämnare."""
    today = timezone.localdate()
    deputy = city.someone
    assert deputy is not None
    Membership.objects.create(
        user=deputy,
        namnd=Namnd.objects.get(code="sodermalm"),
        role="uppgiftslamnare",
        deputy_for=city.people["filler"],
        valid_from=today - dt.timedelta(days=9),
        valid_to=today,
    )
    Membership.objects.filter(user=deputy, namnd__code="farsta").delete()
    city.people["deputy"] = deputy
    client = sign_in(city, "deputy")
    for address in sent_by("filler"):
        with undone(client):
            answer = sign_of(client.post(address.path(city), address.fields(city)))
        assert answer in FOR_EVERYBODY, address.label
    yesterday = today - dt.timedelta(days=1)
    Membership.objects.filter(user=deputy).update(valid_to=yesterday)
    for address in sent_by("filler"):
        with undone(client):
            answer = sign_of(client.post(address.path(city), address.fields(city)))
        assert answer in ("-", "f"), address.label


def guarded() -> dict[str, list[Any]]:
    """What no form sets: whose something is, how far it has come, who did it, who may do what."""
    columns = {
        Report: ("namnd__code", "period__code", "state", "approved__number", "is_example"),
        Paper: ("namnd__code", "kind", "state", "is_example"),
        Assignment: ("slug", "state", "is_example"),
        Account: ("assignment__slug", "number", "decision__meeting__date"),
        User: ("username", "is_active", "is_staff", "is_superuser", "identity", "password"),
        Membership: ("user__username", "namnd__code", "role", "deputy_for__username"),
    }
    return {
        model.__name__: sorted(map(repr, model._default_manager.values_list(*names)))
        for model, names in columns.items()
    }


@pytest.mark.parametrize(
    "who",
    [
        "filler",
        *(pytest.param(who, marks=pytest.mark.deep) for who in ("secretary", "reviewer", "head")),
    ],
)
def test_fields_that_do_not_stand_in_the_form_are_not_set_by_posting_them(city: City, who: str):
    client = sign_in(city, who)
    bromma = Namnd.objects.get(code="bromma").pk
    extra = {
        **dict.fromkeys(("namnd_id", "meeting", "paper", "decision", "approved"), bromma),
        **dict.fromkeys(("is_example", "is_staff", "is_superuser", "identity", "password"), "1"),
        **dict.fromkeys(("actor", "by", "entered_by", "created_by", "user", "username"), "admin"),
        **dict.fromkeys(("namnd", "namnd_code", "report", "version", "template_id"), "bromma"),
        **dict.fromkeys(("state", "role", "group", "slug", "id", "pk", "expected_version"), "last"),
    }
    for address in sent_by(who):
        with undone(client):
            fields = address.fields(city)
            first = sign_of(client.post(address.path(city), fields))
            plain = guarded()
        with undone(client):
            fields = address.fields(city)
            also = sign_of(client.post(address.path(city), {**extra, **fields}))
            assert (also, guarded()) == (first, plain), address.label
