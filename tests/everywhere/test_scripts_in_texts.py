"""Whatever stands in a text, no page, document or sheet carries it out.

Every column of text in every table of work is filled with script, markup and formulas, past all
commands: a page relies on nobody having cleaned what it shows.
"""

import email
import email.policy
import io
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import connection, models
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from indicators.domain.reminders import BODY, DAY, NAMND, PERIOD, SUBJECT, remind
from indicators.models import Period
from organisation.models import Namnd, User
from papers.models import Section
from tests.everywhere.addresses import ADDRESSES, ADMIN, table_addresses, tables
from tests.everywhere.scenario import ONE_AND_THE_OTHERS, OPEN, City
from tests.everywhere.visiting import sign_in
from tests.factories import triggers_asleep
from trace.domain.outbox import post_mail, send_mail_that_waits

pytestmark = pytest.mark.django_db

LONG = (
    "=1+1\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
    '<a href="javascript:alert(3)">l</a><svg/onload=alert(4)> #panic("typst") {{ 7*7 }}'
)
SHORTER = ["=1\"'><script>alert(1)</script>", '"><b onclick=a()>', "=1+1<b>", "<"]
WORK = ("organisation", "papers", "programme", "indicators", "remisser", "trace")
# What addresses and rules are made of: letters, digits and hyphens only, or one of a few words;
# of `website` the database itself takes nothing but an address of the web, a digest is of what
# stands beside it, and a key's beginning is drawn by lot.
NOT_TEXT = {
    "code", "password", "scope", "subject", "verb", "kind", "through", "source", "sort_key",
    "website", "sha256", "prefix", "pattern",
}  # fmt: skip

# What the database allows a text in only where something else is said too.
ONLY_WHERE = {
    "due_as_written": "due_on IS NOT NULL",
    "organisation.Decision.reason": "corrects_id IS NOT NULL",
    "programme.Assignment.closed_reason": "state = 'avslutat'",
    "papers.AgendaItem.title": "kind = 'anmalan'",
    "papers.AgendaItem.asked": "decision_id IS NOT NULL",
    "remisser.RemissFile.removed_reason": "removed_at IS NOT NULL",
    "papers.Consultation.file_name": "file_name <> ''",
    "papers.PaperSave.name": "named_by_id IS NOT NULL",
    "programme.AssignmentPartner.name": "name <> ''",
    "programme.Obligation.done_note": "done_on IS NOT NULL",
    "programme.GoalWording.reason": "is_correction",
    "programme.ActivityWording.reason": "is_correction",
}


def is_text(column: models.Field) -> bool:
    return (
        isinstance(column, models.CharField | models.TextField)
        and not isinstance(column, models.SlugField)
        and not column.choices
        and not getattr(column, "generated", False)
        and column.name not in NOT_TEXT
    )


def is_unique(column: models.Field) -> bool:
    together = [getattr(each, "fields", ()) for each in column.model._meta.constraints]
    return column.unique or any(column.name in names for names in together)


def payload(column: models.Field) -> str:
    room = (column.max_length or 10_000) - (12 if is_unique(column) else 0)
    return next(text for text in (LONG, *SHORTER) if len(text) <= room)


def fill_with_scripts() -> dict[str, int]:
    """Every text in every row; answers how many rows of each table. History is left alone."""
    filled = {}
    with triggers_asleep(), connection.cursor() as cursor:
        for model in apps.get_models():
            label = model._meta.app_label
            if label not in WORK or model.__name__.endswith("Change") or not model._meta.managed:
                continue
            for column in filter(is_text, model._meta.concrete_fields):
                end = f" || {model._meta.pk.column}" if is_unique(column) else ""
                name = f"{model._meta.label}.{column.name}"
                where = ONLY_WHERE.get(name) or ONLY_WHERE.get(column.name) or "true"
                cursor.execute(
                    f'UPDATE "{model._meta.db_table}" SET "{column.column}" = %s{end} '
                    f"WHERE {where}",
                    [payload(column)],
                )
                filled[name] = cursor.rowcount
    return filled


def fill_lists_with_scripts() -> None:
    """The header's small lists, which are JSON."""
    with triggers_asleep(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE papers_paperversion SET bilagor = to_jsonb(ARRAY[%(t)s]), "
            "recipients = to_jsonb(ARRAY[%(t)s]), warnings = to_jsonb(ARRAY[%(t)s]), "
            "handlaggare = jsonb_build_array(jsonb_build_object('name', %(t)s::text, "
            "'telephone', %(t)s::text)), signatures = jsonb_build_array(jsonb_build_object("
            "'name', %(t)s::text, 'title', %(t)s::text, 'unit', %(t)s::text))",
            {"t": LONG},
        )


OUR_SCRIPTS = ("/static/", "/admin/jsi18n/")


class Live(HTMLParser):
    """What in a page would run, or lead to something that runs."""

    ADDRESSES = ("href", "src", "action", "formaction", "data", "xlink:href", "poster")
    FOREIGN = ("iframe", "object", "embed", "base", "style", "math", "marquee")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.in_script = False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        values = {name: (value or "").strip().lower() for name, value in attrs}
        self.found += [f"{tag} {name}" for name in values if name.startswith("on")]
        self.found += [f"{tag} style" for name in values if name == "style"]
        for name in self.ADDRESSES:
            picture = tag == "img" and values.get(name, "").startswith("data:image/")
            bad = values.get(name, "").startswith(("javascript:", "data:", "vbscript:"))
            if bad and not picture:  # the square of the second factor; no script runs in an img
                self.found.append(f"{tag} {name}={values[name]}")
        if (
            tag.startswith("svg/")
            or tag in self.FOREIGN
            or (tag == "img" and values.get("src") == "x")
        ):
            self.found.append(tag)
        if tag == "script":
            # What is JSON is read by a script of ours, never run.
            self.in_script = values.get("type") != "application/json"
            if not values.get("src", "/static/").startswith(OUR_SCRIPTS):
                self.found.append(f"script {values['src']}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.in_script = False

    def handle_data(self, data: str) -> None:
        if self.in_script and "alert" in data:
            self.found.append(f"script: {data}")


def live_in(page: str) -> list[str]:
    parser = Live()
    parser.feed(page)
    return parser.found


@pytest.fixture
def infested(city: City) -> City:
    filled = fill_with_scripts()
    fill_lists_with_scripts()
    assert sum(1 for rows in filled.values() if rows) > 50  # columns that pages can show
    return city


def test_the_parser_sees_what_would_run():
    assert set(live_in(LONG)) == {
        "script: alert(1)",
        "img onerror",
        "img",
        "a href=javascript:alert(3)",
        "svg onload",
    }
    assert live_in('<p title="onerror=1">x</p><a href="/remisser/">y</a>') == []


@pytest.mark.parametrize("who", ONE_AND_THE_OTHERS)
def test_no_page_runs_what_stands_in_a_text(infested: City, who: str):
    client = sign_in(infested, who)
    paths = [a.path(infested) for a in (*ADDRESSES, *ADMIN)]
    if who == "admin":
        held = [table_addresses(model, infested.people[who]) for model, _ in tables()]
        paths += [path for each in held for path in each.values()]
    shown = 0
    for path in paths:
        answer = client.get(path)
        assert answer.status_code < 500, path
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            page = answer.content.decode()
            assert live_in(page) == [], path
            shown += "&lt;script&gt;" in page
    assert shown > (0 if who == "anonymous" else 5) or who == "anonymous"


def get(city: City, who: str, label: str) -> bytes:
    address = next(a for a in ADDRESSES if a.label == label)
    answer = sign_in(city, who).get(address.path(city))
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize("label", ["own answer as word", "own account as word"])
def test_a_word_file_holds_it_as_words(infested: City, label: str):
    data = get(infested, "secretary", label)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        everything = {
            name: parts.read(name).decode("utf-8", "replace") for name in parts.namelist()
        }
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in everything["word/document.xml"]
    for name, text in everything.items():
        assert "<script" not in text, name
        if name.endswith(".rels"):
            assert "javascript:" not in text, name
    for field in ("DDE", "INCLUDE", "w:instrText>HYPERLINK"):
        assert field not in everything["word/document.xml"]


@pytest.mark.parametrize(
    ("who", "label"),
    [
        ("secretary", "own answer as pdf"),
        ("secretary", "own account as pdf"),
        ("reader", "follow-up pdf"),
    ],
)
def test_a_pdf_holds_it_as_words(infested: City, who: str, label: str):
    data = get(infested, who, label)
    reader = PdfReader(io.BytesIO(data))
    text = "".join("".join(page.extract_text().split()) for page in reader.pages)
    assert "<script>alert(1)</script>" in text
    assert '#panic("typst")' in text  # data, never markup
    for word in (b"/JavaScript", b"/JS", b"/Launch"):
        assert word not in data
    notes = [note.get_object() for page in reader.pages for note in page.annotations or ()]
    links = [str(note["/A"].get_object().get("/URI", "")) for note in notes if "/A" in note]
    assert [link for link in links if link and not link.startswith("http")] == []


def test_a_sheet_holds_no_formula(infested: City):
    data = get(infested, "reader", "follow-up xlsx")
    book = load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []
    assert any(str(cell.value).startswith("=1") for cell in cells)


# A header, the end of the headers, and a page: what a mail must not be made of.
HEADERS = "N\r\nBcc: spion@example.org\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>"


def _rename_namnd(_: City) -> dict[str, str]:
    Namnd.objects.filter(code="sodermalm").update(name=HEADERS)
    return {}


def _rename_people(_: City) -> dict[str, str]:
    User.objects.update(name=HEADERS)
    return {}


# Every free text that comes into a mail. What a period is called is made of its kind and year.
IN_A_MAIL: dict[str, Callable[[City], dict[str, str]]] = {
    "the nämnd's name": _rename_namnd,
    "the names of people": _rename_people,
    "the subject": lambda _: {"subject": f"{SUBJECT} {HEADERS}"},
    "the text": lambda _: {"body": f"{BODY} {HEADERS}"},
    "what stands for other words": lambda _: {"subject": f"{NAMND}{DAY}{PERIOD}{HEADERS}"},
}


@pytest.mark.parametrize("where", IN_A_MAIL)
def test_a_mail_holds_it_as_words(city: City, mailoutbox: list, where: str):
    User.objects.filter(username="filler").update(email="filler@example.org")
    typed = {"subject": SUBJECT, "body": BODY, **IN_A_MAIL[where](city)}
    coordinator = User.objects.get(username="coordinator")
    period, namnd = Period.objects.get(code=OPEN), Namnd.objects.get(code="sodermalm")
    remind(period, [namnd], actor=coordinator, **typed)
    send_mail_that_waits(now=timezone.now(), sender="samlad@example.org")
    (sent,) = mailoutbox
    read = email.message_from_bytes(sent.message().as_bytes(), policy=email.policy.default)
    assert sent.recipients() == ["filler@example.org"]
    assert not read.is_multipart()
    assert read.get_content_type() == "text/plain"
    assert sorted(name.lower() for name in read) == [
        "content-transfer-encoding",
        "content-type",
        "date",
        "from",
        "message-id",
        "mime-version",
        "subject",
        "to",
    ]
    if where not in ("the names of people",):
        assert "<script>alert(1)</script>" in read["subject"] + read.get_content()
    page = sign_in(city, "coordinator").get("/utkorg/").content.decode()
    assert live_in(page) == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_an_address_that_would_be_a_header_is_not_sent_to_and_stops_nobody(
    city: City, mailoutbox: list
):
    coordinator = User.objects.get(username="coordinator")
    for name, address in (("filler", f"a@b.se{HEADERS}"), ("reader", "reader@example.org")):
        person = User.objects.get(username=name)
        person.email = address[:254]
        post_mail(key=name, person=person, subject="Hej", body="Hej!", posted_by=coordinator)
    done = send_mail_that_waits(now=timezone.now(), sender="samlad@example.org")
    assert (done.sent, done.put_off) == (1, 1)
    assert [mail.recipients() for mail in mailoutbox] == [["reader@example.org"]]


def test_the_example_columns_are_the_ones_meant(city: City):
    """The columns that are left out are those that no free text comes into."""
    left_out = {
        column.name
        for model in apps.get_models()
        if model._meta.app_label in WORK and not model.__name__.endswith("Change")
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField) and not is_text(column)
        if not column.choices and not isinstance(column, models.SlugField)
    }
    assert left_out <= NOT_TEXT
    assert is_text(Section._meta.get_field("body"))
    assert is_text(Namnd._meta.get_field("name"))
