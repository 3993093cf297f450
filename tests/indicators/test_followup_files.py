"""The follow-up as files: read back, protected for others, and the same bytes every time."""

import datetime as dt
import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from pypdf import PdfReader

from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.enums import Aggregation, Category, ReportState
from indicators.exports.charts import grade_bar, trend_chart, trend_specification, trend_text
from indicators.exports.files import FORMATS, followup_pdf
from indicators.exports.followup_document import NotForOthers, followup_document
from indicators.exports.followup_xlsx import followup_xlsx
from indicators.models import ReportVersion
from organisation.enums import Role
from tests.factories import (
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)
from tests.indicators.reading import pdf_text, unzipped

pytestmark = pytest.mark.django_db


def approved(code, period="2025-T1", **fields):
    return make_report(make_namnd(code), make_period(period), ReportState.GODKAND, **fields)


def followup(period="2025-T1"):
    return consolidate(make_period(period), audience=Audience.OTHERS)


def small_world():
    """Totals that may be shown with parts that may not, and a ratio that may not at all."""
    definition = make_indicator(counts_people=True, split_by_sex=True)
    for code, kvinnor, man in (("bromma", 40, 3), ("farsta", 20, 7)):
        report = approved(code)
        make_value(report, definition, kvinnor + man, comment=f"Ord från {code}")
        make_value(report, definition, kvinnor, category=Category.KVINNOR)
        make_value(report, definition, man, category=Category.MAN)
    ratio = make_indicator(
        "i-2", counts_people=True, aggregation=Aggregation.RATIO, unit="%", order=1
    )
    make_value(approved("kista"), ratio, numerator=9779, denominator=9781)


SECRETS = ("9779", "9781", "9 779", "9 781", "9\xa0779", "9\xa0781", "99,98", "99.97", "99.98")


def workbook(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(sheet, first=1):
    return [list(row) for row in sheet.iter_rows(min_row=first, values_only=True)]


# --- Excel -----------------------------------------------------------------------------------


def test_the_workbook_has_a_sheet_for_each_goal_and_the_data():
    make_goal(2)
    make_value(approved("bromma"), make_indicator(source="Kolada"), 1234)

    book = workbook(followup_xlsx(followup()))

    assert book.sheetnames == ["Mål 1", "Mål 2", "Data"]
    sheet = book["Mål 1"]
    assert sheet["A1"].value == "Mål 1. Mål nummer 1."
    header = next(n for n, row in enumerate(rows(sheet), 1) if row[0] == "Indikator")
    assert sheet.freeze_panes == f"B{header + 1}"
    assert rows(sheet)[header][:4] == [
        "Indikator i-1 (exempel)",
        "antal",
        1234,
        "delas inte på kön",
    ]
    figure = sheet.cell(header + 1, 3)
    assert (figure.data_type, figure.number_format) == ("n", "[$-41D]#,##0")


def test_the_data_is_in_long_form():
    definition = make_indicator(aggregation=Aggregation.RATIO, unit="%")
    make_value(approved("bromma"), definition, numerator=1, denominator=3)
    make_value(approved("farsta"), definition, missing="mats-inte", comment="Först i höst.")

    sheet = workbook(followup_xlsx(followup()))["Data"]

    assert sheet.freeze_panes == "A2"
    name = "Indikator i-1"
    about = ["2025-T1", "1", "i-1", name, "%"]
    city = ["Staden", None, "Totalt", 33.333333, 1, 3, 1, 2, None, None, None, "nej"]
    bromma = ["Bromma stadsdelsnämnd", "bromma", "Totalt", 33.333333, 1, 3]
    farsta = ["Farsta stadsdelsnämnd", "farsta", "Totalt", "uppgift saknas", None, None]
    why = ["Mäts inte denna period".lower(), "Först i höst.", None, "nej"]
    never_corrected = [None, None]
    assert rows(sheet, 2) == [
        [*about, *city, *never_corrected],
        [*about, *bromma, None, None, None, None, None, "nej", *never_corrected],
        [*about, *farsta, None, None, *why, *never_corrected],
    ]
    assert sheet["I2"].number_format == "[$-41D]#,##0.0"


def test_text_that_looks_like_a_formula_is_text():
    definition = make_indicator(name="=1+1", unit="@SUM(A1)")
    make_namnd("bromma", name='=HYPERLINK("http://x")')
    make_value(approved("bromma"), definition, 12, comment="=cmd|'/c calc'!A1\x07")

    content = followup_xlsx(followup())

    assert "<f>" not in unzipped(content)
    book = workbook(content)
    kinds = {c.data_type for sheet in book for row in sheet.iter_rows() for c in row if c.value}
    assert kinds == {"s", "n"}
    assert rows(book["Data"], 3)[0][3:7] == ["=1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "bromma"]
    assert rows(book["Data"], 3)[0][14] == "=cmd|'/c calc'!A1"


def test_the_workbook_protects_small_numbers_cell_by_cell():
    small_world()
    content = followup_xlsx(followup())
    data = rows(workbook(content)["Data"], 2)
    hidden = "skyddad uppgift"
    assert [(row[5], row[7], *row[8:11], row[14]) for row in data] == [
        ("Staden", "Totalt", 70, None, None, None),
        ("Staden", "Kvinnor", 60, None, None, None),
        ("Staden", "Män", 10, None, None, None),
        ("Bromma stadsdelsnämnd", "Totalt", 43, None, None, None),
        ("Bromma stadsdelsnämnd", "Kvinnor", hidden, None, None, None),
        ("Bromma stadsdelsnämnd", "Män", hidden, None, None, None),
        ("Farsta stadsdelsnämnd", "Totalt", 27, None, None, None),
        # Hidden for the sake of Bromma's three, which the city's ten would give away.
        ("Farsta stadsdelsnämnd", "Kvinnor", hidden, None, None, None),
        ("Farsta stadsdelsnämnd", "Män", hidden, None, None, None),
        ("Kista stadsdelsnämnd", "Totalt", "uppgift saknas", None, None, None),
        ("Kista stadsdelsnämnd", "Kvinnor", "uppgift saknas", None, None, None),
        ("Kista stadsdelsnämnd", "Män", "uppgift saknas", None, None, None),
        ("Staden", "Totalt", hidden, None, None, None),
        ("Bromma stadsdelsnämnd", "Totalt", "uppgift saknas", None, None, None),
        ("Farsta stadsdelsnämnd", "Totalt", "uppgift saknas", None, None, None),
        ("Kista stadsdelsnämnd", "Totalt", hidden, None, None, None),
    ]
    text = unzipped(content)
    assert [secret for secret in SECRETS if secret in text] == []


def test_the_workbook_names_no_one_and_is_the_same_every_time():
    make_value(approved("bromma"), make_indicator(), 12)
    ReportVersion.objects.update(approved_at=dt.datetime(2025, 5, 28, 12, tzinfo=dt.UTC))

    content = followup_xlsx(followup())

    properties = workbook(content).properties
    assert "creator" not in unzipped(content)
    assert properties.lastModifiedBy is None
    assert properties.title == "Samlad uppföljning 2025-T1"
    assert properties.modified == properties.created == dt.datetime(2025, 5, 28)  # noqa: DTZ001
    assert content == followup_xlsx(followup())


# --- PDF -------------------------------------------------------------------------------------


def test_the_pdf_reads_back_with_title_language_and_header_cells():
    make_value(approved("bromma"), make_indicator(), 1234)
    make_namnd("farsta")

    content = followup_pdf(followup())

    reader = PdfReader(io.BytesIO(content))
    assert reader.metadata.title == "Samlad uppföljning, tertialrapport 1 2025"
    assert reader.metadata.author is None
    assert reader.trailer["/Root"]["/Lang"] == "sv-SE"
    headers = header_cells(reader.trailer["/Root"]["/StructTreeRoot"])
    # Columns and rows of the three tables: judgements, indicators, and nämnd by nämnd.
    assert headers == {"/Column": 6 + 7 + 2, "/Row": 1 + 1 + 2}
    text = pdf_text(content)
    assert "1 av 2 nämnder har godkänd rapport." in text
    assert "Inte inlämnade än: Farsta stadsdelsnämnd." in text
    assert re.search(r"Indikator i-1, antal \(exem-? ?pel\) 1 234 – – – – 1 av 2", text)


def header_cells(element):
    """How many header cells the structure tree has, by scope."""
    counts = {}
    waiting = [element]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            if node.get("/S") == "/TH":
                attributes = node.get("/A")
                attributes = attributes if isinstance(attributes, list) else [attributes]
                scopes = [a.get_object().get("/Scope") for a in attributes]
                scope = next(s for s in scopes if s)
                counts[scope] = counts.get(scope, 0) + 1
            waiting.append(node.get("/K", []))
    return counts


def test_the_pdf_protects_small_numbers():
    small_world()
    result = followup()
    content = followup_pdf(result)
    text = pdf_text(content)
    assert [secret for secret in SECRETS if secret in text] == []
    (cells,) = [
        [cell.runs[0].text for cell in row]
        for block in followup_document(result).blocks
        if getattr(block, "caption", "").startswith("Indikatorer")
        for row in block.rows
        if row[0].runs[0].text.startswith("Indikator i-2")
    ]
    assert cells[1] == "skyddad uppgift"
    assert re.search(r"Indikator i-2.{0,60}skyddad uppgift", text)


def test_the_pdf_is_the_same_every_time_and_says_what_is_made_up():
    make_value(approved("bromma", is_example=True), make_indicator(), 12)
    content = followup_pdf(followup())
    assert content == followup_pdf(followup())
    assert "Exempeldata: siffrorna i den här uppföljningen är påhittade." in pdf_text(content)


def test_an_empty_follow_up_can_be_written_too():
    make_indicator()
    assert "Målet berör ingen nämnd den här perioden." in pdf_text(followup_pdf(followup()))
    assert workbook(followup_xlsx(followup())).sheetnames == ["Mål 1", "Data"]


@pytest.mark.parametrize("audience", [Audience.COORDINATOR, Audience.OWN_NAMND])
def test_a_file_refuses_figures_that_others_may_not_see(audience):
    make_indicator()
    result = consolidate(make_period(), audience=audience)
    for made in FORMATS.values():
        with pytest.raises(NotForOthers):
            made.write(result)


# --- the page's links, and the command -------------------------------------------------------


@pytest.mark.parametrize("role", [Role.SAMORDNARE, Role.LASARE])
def test_a_downloaded_file_is_protected_whoever_asks(client, role):
    small_world()
    client.force_login(make_user(role, make_namnd("bromma")))

    pdf = client.get(reverse("followup-export", args=["2025-T1", "pdf"]))
    xlsx = client.get(reverse("followup-export", args=["2025-T1", "xlsx"]))

    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    assert pdf["Content-Disposition"] == 'attachment; filename="uppfoljning-2025-T1.pdf"'
    assert xlsx["Content-Disposition"] == 'attachment; filename="uppfoljning-2025-T1.xlsx"'
    assert pdf.content == followup_pdf(followup())
    assert xlsx.content == followup_xlsx(followup())


def test_the_command_writes_the_file_and_says_so(tmp_path, capsys):
    make_value(approved("bromma"), make_indicator(), 12)
    target = tmp_path / "ut.xlsx"
    target.write_text("gammalt")

    call_command("export_followup", "2025-T1", "--format", "xlsx", "--output", str(target))

    assert target.read_bytes() == followup_xlsx(followup())
    assert [path.name for path in tmp_path.iterdir()] == ["ut.xlsx"]
    assert capsys.readouterr().out.startswith(f"Skrev {target} (")


@pytest.mark.parametrize(
    ("period", "file_format", "message"),
    [
        (
            "2025-T4",
            "pdf",
            "Perioden ”2025-T4” finns inte. Skriv den som 2025-T1, 2025-T2 eller 2025-VB.",
        ),
        (
            "2025-T1",
            "exe",
            "Formatet ”exe” finns inte. Välj pdf, docx, xlsx, csv eller json.",
        ),
    ],
)
def test_the_command_refuses_in_one_line(tmp_path, period, file_format, message):
    make_indicator()
    make_period()
    target = tmp_path / "ut"
    with pytest.raises(CommandError) as refused:
        call_command("export_followup", period, "--format", file_format, "--output", str(target))
    assert str(refused.value) == message
    assert refused.value.returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_one_line(tmp_path):
    make_indicator()
    make_period()
    target = tmp_path / "finns-inte" / "ut.pdf"
    with pytest.raises(CommandError) as refused:
        call_command("export_followup", "2025-T1", "--format", "pdf", "--output", str(target))
    assert str(refused.value) == (
        f"Kan inte skriva {target}. Finns mappen, och får du skriva i den?"
    )


# --- charts ----------------------------------------------------------------------------------


def years(numbers, **fields):
    definition = make_indicator(counts_people=True, **fields)
    for year, number in enumerate(numbers, start=2021):
        report = approved("bromma", f"{year}-T1")
        if number is not None:
            make_value(report, definition, number)
    return followup(f"{2020 + len(numbers)}-T1").goals[0].indicators[0]


def test_what_is_missing_or_protected_is_a_gap_in_the_line():
    result = years([10, None, 3, 20, 1234])

    rows = trend_specification(result, size=(344, 190))["layer"][0]["data"]["values"]

    assert [row["value"] for row in rows] == [10, None, None, 20, 1234]
    assert trend_text(result) == (
        "Linjediagram. Indikator i-1, antal: T1 2021 10; T1 2022 uppgift saknas; "
        "T1 2023 skyddad uppgift; T1 2024 20; T1 2025 1\xa0234."
    )
    svg = trend_chart(result)
    assert ">1\xa0234<" in svg
    assert ">1\xa0000<" in svg
    assert " style=" not in svg
    assert 'role="img"' in svg


def test_too_few_points_are_no_chart():
    assert trend_chart(years([10, None, 3, 20])) == ""


def test_only_zeros_can_be_drawn():
    assert trend_chart(years([0, 0, 0])).startswith("<svg ")


def test_the_bar_of_grades_says_its_counts():
    make_value(approved("bromma"), make_indicator(), 12)
    (goal,) = followup().goals
    assert 'aria-label="Stapel. bedömning saknas: 1."' in grade_bar(goal.grades)


def test_decimals_of_a_sum_are_shown_as_they_are():
    definition = make_indicator()
    make_value(approved("bromma"), definition, "12.50")
    make_value(approved("farsta"), definition, "0.25")
    (goal,) = followup().goals
    assert goal.indicators[0].cells.total.value == Decimal("12.75")
    assert str(goal.indicators[0].cells.total) == "12,75"
