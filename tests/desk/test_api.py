"""The API: what is told of it is what it answers, protected, for a key alone."""

import datetime as dt
import json

import jsonschema
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from openapi_spec_validator import validate

from desk import api_urls
from desk.api.openapi import ROOT, document
from desk.api.operations import OPERATIONS
from desk.api.problems import CONTENT_TYPE
from indicators.enums import Category, ReportState
from indicators.models import Period
from organisation.domain.api_tokens import create_token, revoke_token
from organisation.enums import ApiScope, Role
from organisation.models import ApiToken
from tests.factories import (
    make_activity,
    make_answer,
    make_goal,
    make_indicator,
    make_instance,
    make_namnd,
    make_period,
    make_remiss,
    make_report,
    make_user,
    make_value,
)
from trace.models import ReadLog

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2025, 6, 1, 10, tzinfo=dt.UTC)
SECRETS = ("4711", "utkast-ord")
PATHS = {
    "api-programme": {"slug": "vald-2021-2025"},
    "api-indicator": {"code": "i-1"},
    "api-followup": {"period": "2025-T1"},
    "api-remiss": {"slug": "ks-2025-1"},
}


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def keeper():
    return make_user(Role.SYSTEMFORVALTARE)


def key(keeper, *scopes):
    _, secret = create_token(
        actor=keeper,
        name="Power BI",
        namnd=None,
        scopes=scopes or ApiScope.values,
        valid_from=dt.date(2025, 1, 1),
        valid_to=dt.date(2025, 12, 31),
    )
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def head(keeper):
    return key(keeper)


def city():
    """An approved report with a small number, a draft with a large one, and a remiss in work."""
    goal = make_goal(1)
    make_activity("a-1", goal)
    definition = make_indicator(counts_people=True, split_by_sex=True)
    report = make_report(make_namnd("bromma"), make_period(), ReportState.GODKAND)
    make_value(report, definition, 43)
    make_value(report, definition, 40, category=Category.KVINNOR)
    make_value(report, definition, 3, category=Category.MAN)
    draft = make_report(make_namnd("farsta"), make_period(), ReportState.UTKAST)
    make_value(draft, definition, 4711, comment="utkast-ord")
    make_answer(make_instance(make_remiss("KS 2025/1"), make_namnd("farsta")))


def path_of(operation, **query):
    path = ROOT + operation.address.format(**PATHS.get(operation.name, {}))
    given = {p.name: p.example for p in operation.parameters if p.required} | query
    return f"{path}?{'&'.join(f'{k}={v}' for k, v in given.items())}" if given else path


def schema_at(path_and_query):
    """What the document says of the answer of an address."""
    path = path_and_query.partition("?")[0]
    template = next(
        ROOT + one.address for one in OPERATIONS if path_of(one).partition("?")[0] == path
    )
    answer = document()["paths"][template]["get"]["responses"]["200"]
    schema = answer["content"]["application/json"]["schema"]
    return schema | {"components": document()["components"]}


def faults(schema, content):
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    found = jsonschema.Draft202012Validator(schema, format_checker=checker).iter_errors(content)
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in found]


def get(client, path, head=None, **headers):
    return client.get(path, headers={**(head or {}), **headers})


# --- the document ----------------------------------------------------------------------------


def test_the_document_is_openapi_and_open_to_all(client):
    answer = client.get("/api/v1/openapi.json")
    assert answer["Content-Type"] == "application/json"
    told = answer.json()
    validate(told)
    assert told["openapi"] == "3.1.0"


def test_every_address_is_in_the_document_and_the_reverse():
    addresses = {p.name for p in api_urls.urlpatterns} - {
        "api-help",
        "api-index",
        "api-document",
        "api-nowhere",
    }
    told = {about["get"]["operationId"] for about in document()["paths"].values()}
    assert addresses == told == {one.name for one in OPERATIONS}
    resolver = get_resolver()
    for one in OPERATIONS:
        assert resolver.resolve(path_of(one).partition("?")[0]).url_name == one.name


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_every_answer_is_as_the_document_says(client, head, operation):
    city()
    answer = get(client, path_of(operation), head)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    content = answer.json()
    assert faults(schema_at(path_of(operation)), content) == []
    if operation.many:
        assert content["items"]


def test_every_field_and_every_filter_is_told_of_in_words():
    silent = [
        f"{name}.{field}"
        for name, schema in document()["components"]["schemas"].items()
        for field, about in schema["properties"].items()
        if not about["description"].strip()
    ]
    silent += [
        f"{one.name}?{parameter.name}"
        for one in OPERATIONS
        for parameter in one.parameters
        if not parameter.said.strip()
    ]
    assert silent == []


# --- who may ---------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_without_a_key_nothing_is_told_whoever_is_signed_in(client, keeper, operation):
    city()
    client.force_login(make_user(Role.SAMORDNARE, make_namnd("socialnamnden")))
    answer = get(client, path_of(operation))
    assert (answer.status_code, answer["Content-Type"]) == (401, CONTENT_TYPE)
    assert answer["WWW-Authenticate"] == 'Bearer realm="Samlad"'
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (401, "nyckel-saknas")
    told = document()["components"]["schemas"]["Problem"] | {"components": {}}
    assert faults(told, problem) == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_a_key_reads_no_more_than_its_scopes(client, keeper, operation):
    city()
    others = [scope for scope in ApiScope.values if scope != operation.scope]
    assert get(client, path_of(operation), key(keeper, *others)).status_code == 403
    assert get(client, path_of(operation), key(keeper, operation.scope)).status_code == 200


def test_a_key_that_was_taken_back_reads_nothing_more(client, keeper):
    head = key(keeper)
    assert get(client, f"{ROOT}program/", head).status_code == 200
    revoke_token(ApiToken.objects.get(), actor=keeper)
    assert get(client, f"{ROOT}program/", head).status_code == 401


@pytest.mark.parametrize("said", ["Basic YTpi", "Bearer", "Bearer ", "Bearer samlad_x_y", "x"])
def test_what_is_no_key_is_refused(client, said):
    assert get(client, f"{ROOT}program/", {"Authorization": said}).status_code == 401


def test_who_tries_keys_is_stopped_and_does_not_fill_the_log(client):
    statuses = [
        get(client, f"{ROOT}program/", {"Authorization": f"Bearer samlad_{n}_x"}).status_code
        for n in range(33)
    ]
    assert statuses == [401] * 30 + [429] * 3
    assert ReadLog.objects.count() == 30


def test_a_key_sees_nothing_unapproved_and_no_small_number(client, head):
    city()
    for operation in OPERATIONS:
        body = get(client, path_of(operation), head).content.decode()
        assert [secret for secret in SECRETS if secret in body] == []
    rows = get(client, f"{ROOT}varden/?period=2025-T1", head).json()["items"]
    assert [(r["namnd"], r["category"], r["state"], r["value"]) for r in rows] == [
        (None, "totalt", "varde", 43),
        (None, "kvinnor", "skyddad", None),
        (None, "man", "skyddad", None),
        ("bromma", "totalt", "varde", 43),
        ("bromma", "kvinnor", "skyddad", None),
        ("bromma", "man", "skyddad", None),
        ("farsta", "totalt", "saknas", None),
        ("farsta", "kvinnor", "saknas", None),
        ("farsta", "man", "saknas", None),
    ]


def test_of_an_answer_in_work_only_state_and_day_are_told(client, head):
    city()
    (instance,) = get(client, f"{ROOT}remisser/ks-2025-1/", head).json()["instances"]
    assert (instance["namnd"], instance["state"]) == ("farsta", "utkast")
    assert sorted(instance) == ["due_on", "is_late", "name", "namnd", "state"]


# --- the manners -----------------------------------------------------------------------------


def test_what_has_not_changed_is_not_sent_again(client, head):
    city()
    path = f"{ROOT}varden/?period=2025-T1"
    first = get(client, path, head)
    again = get(client, path, head, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    Period.objects.update(code="2024-T1", year=2024)
    other = get(client, f"{ROOT}perioder/", head, **{"If-None-Match": first["ETag"]})
    assert other.status_code == 200


def test_pages_go_on_until_there_are_no_more_in_an_order_that_stays(client, head):
    city()
    path, rows = f"{ROOT}varden/?period=2025-T1&page_size=4", []
    sizes = []
    while path:
        page = get(client, path, head).json()
        rows += page["items"]
        sizes.append(len(page["items"]))
        path = page["next"]
    assert sizes == [4, 4, 1]
    assert rows == get(client, f"{ROOT}varden/?period=2025-T1", head).json()["items"]


def test_filters_filter(client, head):
    city()

    def found(query):
        return len(get(client, f"{ROOT}{query}", head).json()["items"])

    assert found("varden/?period=2025-T1&namnd=bromma&category=totalt") == 1
    assert found("varden/?period=2025-T1&indicator=annan") == 0
    assert found("varden/?period=2025-T1&goal=vald-2021-2025/1") == 9
    assert found("rapporter/?period=2025-T1&state=godkand") == 1
    assert found("indikatorer/?goal=1") == 1
    assert found("indikatorer/?programme=annat") == 0
    assert found("remisser/?kind=program") == 0


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("varden/", 400, "Ange period, till exempel period=2025-T1."),
        ("varden/?period=2025-T4", 400, "Perioden finns inte."),
        ("varden/?period=2025-T1&category=x", 400, "category är något av: totalt, kvinnor, man."),
        ("program/?sort=x", 400, "Filtret ”sort” finns inte. Här finns: page, page_size."),
        ("program/?page=0", 400, "page är ett heltal, 1 eller mer."),
        ("program/?page_size=1001", 400, "page_size är ett heltal, 1–1000."),
        ("program/?page=²", 400, "page är ett heltal"),
        ("program/annat/", 404, "Det finns inget program med den koden."),
        ("indikatorer/annan/", 404, "Det finns ingen indikator med den koden."),
        ("uppfoljning/2025-T4/", 404, "Perioden finns inte."),
        ("remisser/annan/", 404, "Det finns ingen remiss med den adressen."),
        ("annat/", 404, "Adressen finns inte."),
    ],
)
def test_what_goes_wrong_is_told_in_words(client, head, query, status, words):
    city()
    answer = get(client, ROOT + query, head)
    assert (answer.status_code, answer["Content-Type"]) == (status, CONTENT_TYPE)
    problem = json.loads(answer.content)
    assert problem["status"] == status
    assert words in problem["detail"]


def test_an_address_without_its_last_stroke_is_sent_on(client):
    answer = client.get(f"{ROOT}program?page=2")
    assert (answer.status_code, answer["Location"]) == (301, f"{ROOT}program/?page=2")


def test_only_reading_and_no_cookies(head):
    client = Client(enforce_csrf_checks=True)
    whole = client.get(f"{ROOT}program/", headers=head)
    only_head = client.head(f"{ROOT}program/", headers=head)
    assert (only_head.status_code, only_head.content) == (200, b"")
    assert only_head["ETag"] == whole["ETag"]
    options = client.options(f"{ROOT}program/")
    assert (options.status_code, options["Allow"]) == (204, "GET, HEAD, OPTIONS")
    for asker in (Client(), client):
        for send in (asker.post, asker.put, asker.patch, asker.delete):
            for headers in (head, {}):
                answer = send(f"{ROOT}program/", headers=headers)
                assert (answer.status_code, answer["Content-Type"]) == (405, CONTENT_TYPE)
                assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert not client.cookies


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_as_many_queries_for_three_rows_as_for_one(client, head, operation):
    city()
    with CaptureQueriesContext(connection) as one:
        get(client, path_of(operation), head)
    for number in (2, 3):
        goal = make_goal(number)
        make_activity(f"a-{number}", goal)
        definition = make_indicator(f"i-{number}", goal=goal, counts_people=True)
        code = f"namnd-{number}"
        report = make_report(make_namnd(code), make_period(), ReportState.GODKAND)
        make_value(report, definition, 40 + number)
        remiss = make_remiss(f"KS 2025/{number}")
        make_answer(make_instance(remiss, make_namnd(code)))
        make_period(f"202{number}-T1")
    with CaptureQueriesContext(connection) as three:
        get(client, path_of(operation), head)
    assert len(three) <= len(one)


def test_the_page_tells_of_every_operation(client):
    client.force_login(make_user(Role.LASARE, make_namnd()))
    page = client.get("/api/").content.decode()
    assert [one.address for one in OPERATIONS if f"<code>{one.address}</code>" not in page] == []
    assert "http://testserver/api/v1/" in page
