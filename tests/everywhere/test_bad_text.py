"""Bad text at every address that something is sent to: refused in words, or made alike; never 500.

What is refused is said with 400, or at the field. What is saved holds none of it.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test import RequestFactory

from organisation.text_middleware import TextMiddleware
from papers.models import PaperVersion
from tests.everywhere.addresses import ADDRESSES, ADMIN, Address, table_addresses, tables
from tests.everywhere.scenario import PEOPLE, City
from tests.everywhere.test_permissions import TABLE
from tests.everywhere.test_scripts_in_texts import WORK
from tests.everywhere.visiting import sign_in, undone

pytestmark = pytest.mark.django_db

# As bytes of UTF-8: half a pair of UTF-16 is no text, and a browser would not send it.
BAD = {
    "nul": b"ord\x00ord",
    "control": b"ord\x1b[2Jord",
    "turned around": "ord\u202edro".encode(),
    "isolated": "ord\u2066ord".encode(),
    "half a pair": b"ord\xed\xa0\x80ord",
    "no text": b"ord\xff\xfeord",
    "not a sign": "ord\ufffford".encode(),
}
MADE_ALIKE = {
    "nfd": "A\u030asa Lo\u0308f".encode(),
    "zero width": "o\u200brd\ufeff o\u200dr\u00add\u200e".encode(),
}
LONG = {"long": b"a" * 1_048_576}

# Where something is sent, and who may send it there (the first in the table that may).
FORM = "application/x-www-form-urlencoded"


def senders() -> Iterator[tuple[Address, str]]:
    for address in (*ADDRESSES, *ADMIN):
        signs = TABLE[address.label][1]
        if set(signs) <= {"m", "-", ">"}:
            continue
        may = [who for who, sign in zip(PEOPLE, signs, strict=True) if sign in "ro"]
        yield address, may[-1] if may else "secretary"


SENDERS = list(senders())


def encoded(fields: dict[str, Any], name: str, value: bytes) -> str:
    pairs = []
    for key, given in {**fields, name: value}.items():
        for one in given if isinstance(given, list) else [given]:
            raw = one if isinstance(one, bytes) else str(one)
            pairs.append(f"{quote(key)}={quote(raw)}")
    return "&".join(pairs)


def fields_of(address: Address, city: City) -> list[str]:
    """What the page's own form would send, or something, when it sends nothing."""
    return list(address.fields(city)) or ["next"]


def bad_columns() -> list[str]:
    """Columns of work in which something stands that may not."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            label = model._meta.app_label
            if label not in WORK or not model._meta.managed or model.__name__ == "Link":
                continue
            for column in model._meta.concrete_fields:
                if not isinstance(column, models.CharField | models.TextField):
                    continue
                cursor.execute(
                    f'SELECT count(*) FROM "{model._meta.db_table}" WHERE "{column.column}" ~ '
                    "U&'[\\0001-\\0008\\000b\\000c\\000e-\\001f\\00ad\\200b\\200e\\200f"
                    "\\202a-\\202e\\2066-\\2069\\feff\\fffd\\ffff]'"
                    f' OR "{column.column}" IS NOT NFC NORMALIZED'
                )
                if cursor.fetchone()[0]:
                    found.append(f"{model._meta.label}.{column.name}")
    return found


@pytest.mark.parametrize("bad", [*BAD, *MADE_ALIKE, *LONG])
def test_no_address_breaks_on_it(city: City, bad: str):
    value = {**BAD, **MADE_ALIKE, **LONG}[bad]
    clients = {who: sign_in(city, who) for who in PEOPLE}
    refused = 0
    for address, who in SENDERS:
        path = address.path(city)
        names = fields_of(address, city)
        for name in names:
            body = encoded(address.fields(city), name, value)
            client = clients[who]
            with undone(client):
                answer = client.post(path, body, content_type=FORM)
                where = f"{address.label}, {name}: {answer.status_code}"
                assert answer.status_code < 500, where
                page = answer.content.decode(errors="replace")
                refused += "osynliga tecken" in page or answer.status_code == 400
    assert refused > (20 if bad in BAD else -1)


@pytest.mark.parametrize("bad", [*BAD, *MADE_ALIKE])
def test_what_is_saved_holds_none_of_it(city: City, bad: str):
    """All of it sent in one go and kept, so that one look at the tables tells."""
    value = {**BAD, **MADE_ALIKE}[bad]
    assert bad_columns() == []
    sent = [
        (who, address.path(city), encoded(address.fields(city), name, value))
        for address, who in SENDERS
        for name in fields_of(address, city)
        if name not in ("revision", "seen")
    ]
    for who, path, body in sent:
        sign_in(city, who).post(path, body, content_type=FORM)
    assert bad_columns() == []


@pytest.mark.parametrize("bad", BAD)
def test_a_form_says_it_at_the_field_and_keeps_what_else_was_typed(city: City, bad: str):
    address = next(a for a in ADDRESSES if a.label == "own header")
    fields = {**address.fields(city), "title": "Rubriken står kvar"}
    answer = sign_in(city, "secretary").post(
        address.path(city), encoded(fields, "subtitle", BAD[bad]), content_type=FORM
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Texten innehåller osynliga tecken som inte kan sparas." in page
    assert 'href="#id_subtitle"' in page
    assert "Rubriken står kvar" in page


def test_what_is_typed_on_a_mac_is_found_as_typed_elsewhere(city: City):
    address = next(a for a in ADDRESSES if a.label == "own header")
    client = sign_in(city, "secretary")
    client.post(
        address.path(city),
        encoded(address.fields(city), "title", MADE_ALIKE["nfd"]),
        content_type=FORM,
    )
    assert PaperVersion.objects.filter(title="Åsa Löf").count() == 1


@pytest.mark.parametrize("bad", [*BAD, *MADE_ALIKE])
def test_addresses_with_it_are_refused_or_answered(city: City, bad: str):
    value = quote({**BAD, **MADE_ALIKE}[bad])
    for who in ("anonymous", "secretary", "admin"):
        client = sign_in(city, who)
        paths = [a.path(city) for a in (*ADDRESSES, *ADMIN)]
        if who == "admin":
            paths += [table_addresses(m, city.people[who])["list"] for m, _ in tables()]
        for path in paths:
            for query in (f"q={value}", f"version={value}", f"next={value}", f"{value}=1"):
                with undone(client):
                    status = client.get(f"{path}?{query}").status_code
                assert status < 500, f"{path}?{query}"
                if bad in BAD and who == "secretary":
                    assert status in (302, 400, 404, 405), f"{path}?{query}: {status}"


@pytest.mark.parametrize("bad", [*BAD, *MADE_ALIKE])
@pytest.mark.parametrize(
    "path", ["/remisser/{}/", "/indikatorer/{}/", "/program/{}/", "/uppfoljning/{}/", "/{}/"]
)
def test_pages_of_that_name_are_not_there(city: City, bad: str, path: str):
    value = quote({**BAD, **MADE_ALIKE}[bad])
    answer = sign_in(city, "secretary").get(path.format(value))
    assert answer.status_code in (400, 404)


@pytest.mark.parametrize(("bad", "value"), {**BAD, **MADE_ALIKE}.items())
def test_names_of_files(bad: str, value: bytes):
    name = value.decode(errors="replace") + ".docx"
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("x.docx", b"x")})
    request.FILES["file"]._name = name  # as if a browser had sent it
    middleware = TextMiddleware(lambda _: None)  # type: ignore[arg-type, return-value]
    if bad in BAD:
        with pytest.raises(Exception, match="no text that can be kept"):
            middleware.process_view(request)
    else:
        middleware.process_view(request)
        assert (
            request.FILES["file"].name == {"nfd": "Åsa Löf.docx", "zero width": "ord ord.docx"}[bad]
        )


def test_far_too_much_is_refused(city: City):
    address = next(a for a in ADDRESSES if a.label == "own section")
    body = encoded(address.fields(city), "body", b"a" * 6_000_000)
    answer = sign_in(city, "secretary").post(address.path(city), body, content_type=FORM)
    assert answer.status_code == 400
