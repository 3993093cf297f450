"""Readings that matter leave a mark: who, what, of which nämnd, why; and nothing of the content."""

import re

import pytest
from django.core.management import call_command

from desk.domain.insight import ask_to_read_answer, ask_to_read_report
from organisation.models import Namnd
from remisser.models import Remiss
from tests.everywhere.addresses import ADDRESSES
from tests.everywhere.scenario import CLOSED, DRAFT, OPEN, City
from tests.everywhere.test_permissions import TABLE
from tests.everywhere.visiting import sign_in
from tests.everywhere.walks import EVERYBODY, Walk
from trace.domain import ReadKind
from trace.models import ReadLog

pytestmark = pytest.mark.django_db

Mark = tuple[str, str, str, str]


def marks(city: City, who: str, label: str) -> list[Mark]:
    """What one look at an address leaves: kind, nämnd, page, reason."""
    address = next(a for a in ADDRESSES if a.label == label)
    client = sign_in(city, who)
    before = set(ReadLog.objects.values_list("pk", flat=True))
    client.get(address.path(city))
    left = ReadLog.objects.exclude(pk__in=before).order_by("pk")
    assert {row.actor for row in left} <= {city.people[who]}
    return [(row.kind, row.scope, row.through, row.reason) for row in left]


DOWNLOADS = [
    ("filler", "follow-up pdf", ReadKind.EXPORT, ""),
    ("stranger", "follow-up xlsx", ReadKind.EXPORT, ""),
    ("stranger", "city's report version pdf", ReadKind.EXPORT, ""),
    ("stranger", "own tertialrapport version pdf", ReadKind.EXPORT, ""),
    ("secretary", "own answer as word", ReadKind.EXPORT, "sodermalm"),
    ("reader", "own answer as pdf", ReadKind.EXPORT, "sodermalm"),
    ("stranger", "their attested answer as word", ReadKind.EXPORT, "bromma"),
]
FOREIGN = [
    ("stranger", "own sent draft", ReadKind.FOREIGN, "sodermalm"),
    ("secretary", "their sent draft", ReadKind.FOREIGN, "bromma"),
]
UNPROTECTED = [
    ("coordinator", "follow-up", ReadKind.PROTECTED, ""),
    ("coordinator", "follow-up's goal", ReadKind.PROTECTED, ""),
    ("coordinator", "follow-up's indicator", ReadKind.PROTECTED, ""),
    ("coordinator", "follow-up's selection", ReadKind.PROTECTED, ""),
    ("coordinator", "indicator", ReadKind.PROTECTED, ""),
    ("coordinator", "own approved report", ReadKind.PROTECTED, "sodermalm"),
    ("coordinator", "their approved report", ReadKind.PROTECTED, "bromma"),
]
REFUSED = [
    ("stranger", "own draft report", ReadKind.REFUSED, "sodermalm"),
    ("coordinator", "own draft report", ReadKind.REFUSED, "sodermalm"),
    ("officer", "own answer", ReadKind.REFUSED, "sodermalm"),
    ("stranger", "own later draft", ReadKind.REFUSED, "sodermalm"),
    ("reader", "own section", ReadKind.REFUSED, "sodermalm"),
    ("reader", "administration", ReadKind.REFUSED, ""),
]


@pytest.mark.parametrize(
    ("who", "label", "kind", "scope"), [*DOWNLOADS, *FOREIGN, *UNPROTECTED, *REFUSED]
)
def test_it_is_logged(city: City, who: str, label: str, kind: str, scope: str):
    name = next(a.name for a in ADDRESSES if a.label == label)
    assert marks(city, who, label) == [(kind, scope, f"sida:{name}", "")]


@pytest.mark.parametrize(
    ("who", "label"),
    [
        ("filler", "own draft report"),
        ("secretary", "own answer"),
        ("stranger", "their answer"),
        ("secretary", "own sent draft"),
        ("reader", "follow-up"),
        ("reader", "their approved report"),
        ("reader", "remiss"),
        ("reader", "start"),
    ],
)
def test_daily_work_is_not_logged(city: City, who: str, label: str):
    assert marks(city, who, label) == []


def test_what_is_read_by_insight_is_logged_with_its_reason(city: City):
    admin, bromma = city.people["admin"], Namnd.objects.get(code="bromma")
    period = city.report("bromma").period
    remiss = Remiss.objects.get(slug=DRAFT)
    ask_to_read_report(bromma, period, actor=admin, reason="Fel i rapporten")
    ask_to_read_answer(bromma, remiss, actor=admin, reason="Fel i svaret")
    assert marks(city, "admin", "their draft report") == [
        (ReadKind.INSIGHT, "bromma", "sida:report", "Fel i rapporten")
    ]
    assert marks(city, "admin", "their answer") == [
        (ReadKind.INSIGHT, "bromma", "sida:answer", "Fel i svaret")
    ]


def test_a_download_by_insight_is_logged_with_its_reason(city: City):
    admin, bromma = city.people["admin"], Namnd.objects.get(code="bromma")
    ask_to_read_answer(bromma, Remiss.objects.get(slug=DRAFT), actor=admin, reason="Felsökning")
    address = next(a for a in ADDRESSES if a.label == "own answer as word")
    path = address.path(city).replace("sodermalm", "bromma")
    assert sign_in(city, "admin").get(path).status_code == 200
    last = ReadLog.objects.order_by("-pk").first()
    assert last is not None
    assert (last.kind, last.scope, last.reason) == (ReadKind.DOWNLOAD, "bromma", "Felsökning")


@pytest.mark.parametrize("who", [each for each in EVERYBODY if each.values != ("anonymous",)])
def test_every_refusal_is_logged_once_and_only_refusals(walked: Walk, who: str):
    for label in (address.label for address in ADDRESSES):
        for answer in (walked.asked[label], walked.sent[label]):
            assert answer.refusals == (answer.status in (403, 404)), label


def test_nobody_who_is_not_signed_in_fills_the_log(city: City):
    before = ReadLog.objects.count()
    client = sign_in(city, "anonymous")
    for address in ADDRESSES:
        if TABLE[address.label][0][0] != "r":
            client.get(address.path(city))
    assert ReadLog.objects.count() == before


def test_an_address_that_leads_nowhere_is_not_logged_and_nothing_typed_is(city: City):
    client = sign_in(city, "reader")
    before = ReadLog.objects.count()
    assert client.get("/finns/inte/").status_code == 404
    assert ReadLog.objects.count() == before
    client.get("/inrapportering/pelle-persson-hemlig/2025-T1/?q=Pelle")
    row = ReadLog.objects.latest("pk")
    assert (row.kind, row.scope, row.summary) == ("nekad", "", "Nekades sidan report (404)")
    everything = " ".join(str(value) for value in vars(row).values())
    assert not re.search("pelle", everything, re.IGNORECASE)


def test_the_log_says_nothing_of_what_was_read(city: City):
    for who, label, _, _ in [*DOWNLOADS, *FOREIGN, *UNPROTECTED]:
        marks(city, who, label)
    said = " ".join(ReadLog.objects.values_list("summary", flat=True))
    assert city.secret not in said


def test_what_commands_take_out_is_logged(city: City, tmp_path):
    before = ReadLog.objects.count()
    call_command(
        "export_followup", CLOSED, "--format", "xlsx", "--output", str(tmp_path / "f.xlsx")
    )
    call_command(
        "export_answer",
        "KS 2025/1",
        "--namnd",
        "sodermalm",
        "--format",
        "docx",
        "--output",
        str(tmp_path / "s.docx"),
    )
    rows = ReadLog.objects.order_by("pk")[before:]
    assert [(r.kind, r.scope, r.actor, r.summary) for r in rows] == [
        ("export", "", None, f"Tog ut uppföljningen av {CLOSED} som xlsx"),
        ("export", "sodermalm", None, "Tog ut svaret på KS 2025/1, version 1, som docx"),
    ]


def test_what_was_refused_to_be_written_leaves_no_file_and_no_mark(city: City, tmp_path):
    before = ReadLog.objects.count()
    with pytest.raises(Exception, match="skriva"):
        call_command(
            "export_followup",
            OPEN,
            "--format",
            "xlsx",
            "--output",
            str(tmp_path / "finns-inte" / "f.xlsx"),
        )
    assert ReadLog.objects.count() == before
