"""Keys to the API: who makes them, what is kept of them, and that every use is counted."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.domain.api_tokens import (
    MOST_A_MINUTE,
    Refusal,
    create_token,
    everyone,
    revoke_token,
    token_lines,
    use_token,
)
from organisation.domain.errors import Conflict, Invalid, NotAllowed
from organisation.enums import Role
from organisation.models import ApiToken, ApiTokenUse
from tests.factories import make_namnd, make_user
from trace.domain import ReadKind
from trace.models import ReadLog

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 6, 1)
NOON = dt.datetime(2025, 6, 1, 10, tzinfo=dt.UTC)


@pytest.fixture
def keeper():
    return make_user(Role.SYSTEMFORVALTARE)


def made(keeper, **fields):
    given = {
        "name": "Power BI",
        "namnd": None,
        "scopes": ["program", "uppfoljning"],
        "valid_from": DAY,
        "valid_to": DAY + dt.timedelta(days=30),
    }
    return create_token(actor=keeper, **(given | fields))


def test_the_secret_is_kept_nowhere(keeper):
    token, secret = made(keeper)
    assert secret.startswith(f"samlad_{token.prefix}_")
    assert len(secret) > 50
    with connection.cursor() as cursor:
        for table in ("organisation_apitoken", "organisation_apitokenchange", "trace_event"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            kept = cursor.fetchone()[0]
            assert secret.rpartition("_")[2] not in kept
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM organisation_apitokenchange LIMIT 0")
        assert "digest" not in [column.name for column in cursor.description]


@pytest.mark.parametrize("role", [r for r in Role.values if r != Role.SYSTEMFORVALTARE])
def test_nobody_but_the_systemförvaltare_makes_or_takes_back_or_lists(keeper, role):
    token, _ = made(keeper)
    other = make_user(role, make_namnd())
    for act in (
        lambda: made(other),
        lambda: revoke_token(token, actor=other),
        lambda: token_lines(other),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"valid_to": DAY - dt.timedelta(days=1)}, "valid_to"),
        ({"valid_to": DAY + dt.timedelta(days=800)}, "valid_to"),
        ({"scopes": ["allt"]}, "scopes"),
        ({"scopes": []}, ""),
        ({"name": "  "}, ""),
    ],
)
def test_a_key_that_does_not_go_together_is_refused(keeper, fields, field):
    with pytest.raises(Invalid) as refused:
        made(keeper, **fields)
    assert refused.value.field == field
    assert not ApiToken.objects.exists()


def test_the_database_holds_what_always_holds(keeper):
    token, _ = made(keeper)
    for wrong in ({"valid_to": DAY - dt.timedelta(days=1)}, {"scopes": []}, {"name": " "}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiToken.objects.filter(pk=token.pk).update(**wrong)


@time_machine.travel(NOON, tick=False)
def test_a_key_lets_in_where_it_may_and_is_counted(keeper):
    token, secret = made(keeper)
    assert use_token(secret, "program") == token
    assert use_token(secret, "uppfoljning") == token
    assert use_token(secret, "remisser") is Refusal.SCOPE
    (line,) = token_lines(keeper)
    assert (line.uses, line.refused, line.last_at, line.state) == (2, 1, NOON, "gäller")


@pytest.mark.parametrize("change", ["x", "", "samlad_", "samlad_abc", "annan"])
def test_a_secret_that_is_not_the_whole_one_is_none(keeper, change):
    _, secret = made(keeper)
    with time_machine.travel(NOON, tick=False):
        assert use_token(secret[:-1] + ("a" if secret[-1] != "a" else "b"), "program") is (
            Refusal.UNKNOWN
        )
        assert use_token(change, "program") is Refusal.UNKNOWN
    assert not ApiTokenUse.objects.exists()


def test_a_key_holds_from_its_first_day_to_its_last(keeper):
    _, secret = made(keeper, valid_from=DAY, valid_to=DAY)
    for days, holds in ((-1, False), (0, True), (1, False)):
        with time_machine.travel(NOON + dt.timedelta(days=days), tick=False):
            assert (use_token(secret, "program") is not Refusal.UNKNOWN) == holds


@time_machine.travel(NOON, tick=False)
def test_a_key_that_is_taken_back_is_refused_at_once_and_logged(keeper):
    token, secret = made(keeper)
    revoke_token(token, actor=keeper)
    assert use_token(secret, "program") is Refusal.UNKNOWN
    row = ReadLog.objects.latest("pk")
    assert (row.kind, row.subject_id) == (ReadKind.REFUSED, token.pk)
    assert secret not in row.summary
    with pytest.raises(Conflict):
        revoke_token(ApiToken.objects.get(), actor=keeper)


def test_too_many_in_a_minute_are_refused_and_logged_once(keeper):
    token, secret = made(keeper)
    with time_machine.travel(NOON, tick=False):
        for _ in range(MOST_A_MINUTE):
            assert use_token(secret, "program") == token
        assert [use_token(secret, "program") for _ in range(3)] == [Refusal.TOO_MANY] * 3
    assert ReadLog.objects.filter(kind=ReadKind.REFUSED).count() == 1
    with time_machine.travel(NOON + dt.timedelta(minutes=1), tick=False):
        assert use_token(secret, "program") == token
    assert ApiTokenUse.objects.get().uses == MOST_A_MINUTE + 4


def test_everyone_is_signed_in_and_nothing_more():
    reader = everyone()
    assert reader.is_authenticated
    assert reader.access.inside_ids() == frozenset()
    assert (reader.access.is_samordnare, reader.access.is_systemforvaltare) == (False, False)


# --- the pages -------------------------------------------------------------------------------


def test_the_secret_is_shown_once(client, keeper):
    client.force_login(keeper)
    fields = {
        "name": "Power BI",
        "scopes": ["program", "remisser"],
        "valid_from": "2025-06-01",
        "valid_to": "2025-07-01",
    }
    made_page = client.post(reverse("api-token-new"), fields).content.decode()
    token = ApiToken.objects.get()
    assert f"samlad_{token.prefix}_" in made_page
    listed = client.get(reverse("api-token-list")).content.decode()
    assert f"samlad_{token.prefix}_" not in listed
    assert f"API-nyckeln {token.prefix} till Power BI lades till" in listed


def test_what_is_wrong_stands_at_its_field(client, keeper):
    client.force_login(keeper)
    fields = {"name": "X", "valid_from": "2025-06-01", "valid_to": "2025-05-01"}
    page = client.post(reverse("api-token-new"), fields).content.decode()
    assert "Välj minst något som nyckeln får läsa." in page
    fields["scopes"] = ["program"]
    page = client.post(reverse("api-token-new"), fields).content.decode()
    assert "Nyckeln kan inte upphöra innan den har börjat gälla." in page
    assert not ApiToken.objects.exists()


def test_the_list_takes_as_many_queries_for_three_as_for_one(client, keeper):
    client.force_login(keeper)
    made(keeper, namnd=make_namnd())
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("api-token-list"))
    for code in ("farsta", "bromma"):
        made(keeper, namnd=make_namnd(code))
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("api-token-list"))
    assert len(three) == len(one)
