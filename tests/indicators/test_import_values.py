"""import_values: many nämnders values from csv and workbooks, all of them or none."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Count
from openpyxl import Workbook, load_workbook

from indicators.domain.importing.long_table import neutral
from indicators.enums import Aggregation, PeriodState, ReportState
from indicators.models import IndicatorVersion, Report, Value
from tests.factories import (
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_value,
)
from tests.indicators.report_book import Book
from trace.domain.history import change_model
from trace.models import Event

pytestmark = pytest.mark.django_db
HEAD = "nämnd;indikator;fördelning;värde;täljare;nämnare;saknas;kommentar"


@pytest.fixture
def world():
    make_indicator(name="=Utbildade", split_by_sex=True)
    make_indicator("kvot", name="Andel", aggregation=Aggregation.RATIO, unit="%", order=1)
    make_indicator("svar", name="Rutin", aggregation=Aggregation.SHARE_YES, order=2)
    make_namnd("bromma")
    return make_namnd(), make_period()


def run(path: Path, *more: str) -> str:
    out = io.StringIO()
    call_command(
        "import_values", path, "--period", "2025-T1", *more, stdout=out, stderr=io.StringIO()
    )
    return out.getvalue()


def refused(path: Path, *more: str) -> list[str]:
    with pytest.raises(CommandError) as error:
        run(path, *more)
    assert not Report.objects.exists()
    return str(error.value).splitlines()


@pytest.fixture
def write(tmp_path):
    def text(*rows: str, head: str = HEAD, encoding: str = "utf-8", name: str = "v.csv") -> Path:
        path = tmp_path / name
        path.write_bytes("\r\n".join([head, *rows]).encode(encoding))
        return path

    return text


GOOD = (
    "sodermalm;i-1;totalt;1 234;;;;Ett",
    "sodermalm;i-1;kvinnor;12,5;;;;",
    "Bromma stadsdelsnämnd;kvot;;;3;4;;",
    "bromma;svar;totalt;ja;;;;",
    "bromma;i-1;Totalt;;;;Mäts inte denna period;",
)


def good(write, **how):
    return write(*GOOD, **how)


def test_all_rows_become_drafts_with_their_event_and_history(world, write):
    said = run(good(write))
    assert said.splitlines() == [
        "Kolumnerna skiljs med semikolon.",
        "  sodermalm: 2",
        "  bromma: 3",
        "Ändrade 5 uppgifter i 2 rapporter ur v.csv. Rapporterna är utkast.",
    ]
    values = {
        (v.version.report.namnd.code, v.definition.indicator.code, v.category): (
            v.number, v.numerator, v.denominator, v.missing, v.comment, v.entered_by,
        )
        for v in Value.objects.all()
    }  # fmt: skip
    assert values == {
        ("sodermalm", "i-1", "totalt"): (1234, None, None, "", "Ett", None),
        ("sodermalm", "i-1", "kvinnor"): (Decimal("12.5"), None, None, "", "", None),
        ("bromma", "kvot", "totalt"): (None, 3, 4, "", "", None),
        ("bromma", "svar", "totalt"): (1, None, None, "", "", None),
        ("bromma", "i-1", "totalt"): (None, None, None, "mats-inte", "", None),
    }
    assert {r.state for r in Report.objects.all()} == {ReportState.UTKAST}
    report = Report.objects.get(namnd__code="sodermalm")
    assert [e.summary for e in Event.objects.about(report)] == [
        "Sparade 1 uppgift ur ”v.csv”",
        "Påbörjade tertialrapport 1 2025",
    ]
    change = change_model(Value).objects.first()
    assert change.pgh_context["through"] == "import:v.csv"


def test_the_same_file_again_changes_nothing(world, write):
    path = good(write)
    run(path)
    events = Event.objects.count()
    assert "inga ändringar" in run(path)
    assert Event.objects.count() == events


def test_a_dry_run_says_what_would_happen_and_saves_nothing(world, write):
    said = run(good(write), "--dry-run").splitlines()
    assert said[1:4] == [
        "  rad 2: sodermalm, i-1, totalt: – → 1\u00a0234, ”Ett”",
        "  rad 3: sodermalm, i-1, kvinnor: – → 12,5",
        "  rad 4: bromma, kvot, totalt: – → 75,0\u00a0% (3 av 4)",
    ]
    assert said[-1] == "Skulle ändra 5 uppgifter i 2 rapporter ur v.csv. Inget är sparat."
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("delimiter", "encoding", "says"),
    [
        (",", "utf-8-sig", "Kolumnerna skiljs med komma."),
        ("\t", "utf-8", "Kolumnerna skiljs med tabb."),
        (";", "cp1252", "Filen lästes som Windows-1252."),
    ],
)
def test_csv_as_different_programs_write_it(world, write, delimiter, encoding, says):
    rows = [HEAD.split(";"), *(row.split(";") for row in (GOOD[0], *GOOD[2:]))]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    lines = text.getvalue().splitlines()
    said = run(write(*lines[1:], head=lines[0], encoding=encoding))
    assert says in said
    assert Value.objects.count() == 4


def test_every_fault_is_said_with_its_row_and_nothing_is_saved(world, write):
    said = refused(
        write(
            "sodermalm;i-1;totalt;12 st;;;;",
            "sodermalm;i-1;kvinnor;1.000;;;;",
            "sodermalm;finns-ej;;1;;;;",
            "sodremalm;i-1;;1;;;;",
            "bromma;kvot;;;5;4;;",
            "bromma;i-1;;1;;;;",
            "bromma;i-1;totalt;1;;;;",
            "bromma;svar;kvinnor;1;;;;",
            "bromma;i-1;kvinnor;1;;;;Ett",
            "bromma;svar;;kanske;;;;",
            "bromma;i-1;män;;;;;850709-9805",
        )
    )
    assert said[0] == "v.csv: 10 fel. Ingenting har ändrats."
    starts = [line.split(":")[0] for line in said[1:]]
    assert starts == [
        "- rad 2, kolumn värde", "- rad 3, kolumn värde", "- rad 4, kolumn indikator",
        "- rad 5, kolumn nämnd", "- rad 6, kolumn täljare", "- rad 8", "- rad 9",
        "- rad 10, kolumn kommentar", "- rad 11, kolumn värde", "- rad 12, kolumn kommentar",
    ]  # fmt: skip
    text = "\n".join(said)
    for words in (
        "”12 st” är inte ett tal",
        "kan betyda 1 000 eller 1,0",
        "ingen indikator med koden ”finns-ej”",
        "Menar du sodermalm?",
        "5 är fler än 4",
        "står redan på rad 7",
        "Perioden begär inte ”Rutin” (kvinnor) av Bromma stadsdelsnämnd.",
        "Kommentaren hör hemma på raden för totalt.",
        "Svara ja eller nej.",
    ):
        assert words in text


def test_one_namnd_only(world, write):
    path = write("i-1;totalt;5", head="indikator;fördelning;värde")
    assert "Kolumnen ”nämnd” saknas" in refused(path)[1]
    run(path, "--namnd", "bromma")
    assert Report.objects.get().namnd.code == "bromma"
    with pytest.raises(CommandError, match="men --namnd säger sodermalm"):
        run(write("bromma;i-1;;5;;;;"), "--namnd", "sodermalm")
    with pytest.raises(CommandError, match="Menar du bromma"):
        run(path, "--namnd", "brama")
    with pytest.raises(CommandError, match="Perioden ”2019-T1” finns inte"):
        call_command("import_values", path, "--period", "2019-T1")


def test_what_is_closed_or_handed_in_is_left_alone(world, write):
    make_report(make_namnd("bromma"), world[1], state=ReportState.INLAMNAD)
    with pytest.raises(CommandError, match="Bromma stadsdelsnämnd: Rapporten är inlämnad"):
        run(good(write))
    assert not Value.objects.exists()
    world[1].state, world[1].lock_reason = PeriodState.LAST, "Redovisad."
    world[1].save()
    with pytest.raises(CommandError, match="är låst"):
        run(good(write))


def test_empty_cells_leave_the_comment_and_empty_rows_are_passed_by(world, write):
    report = make_report(*world)
    definition = IndicatorVersion.objects.get(indicator__code="i-1")
    make_value(report, definition, 5, comment="Står kvar", forecast=Decimal(9))
    said = run(write("sodermalm;i-1;;7;;;;", "sodermalm;kvot;;;;;;"))
    assert "1 rader utan uppgift hoppades över." in said
    value = Value.objects.get()
    assert (value.number, value.comment, value.forecast) == (7, "Står kvar", 9)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "är tom"),
        ("nämnd;indikator;värde\n".encode("utf-16"), "UTF-16"),
        (b"n\x81mnd;indikator\n", "varken UTF-8 eller Windows-1252"),
        (b"%PDF-1.4", "en PDF-fil"),
        ("nämnd;indikator;fel\nx;y;1".encode(), "Rubriken ”fel” känns inte igen"),
        ('nämnd;indikator;värde\n"x;y;1'.encode(), "citattecknen går inte ihop"),
        ("nämnd,indikator,värde\nsodermalm,i-1,12,5".encode(), "inom citattecken"),
    ],
)
def test_files_that_cannot_be_read_are_refused_in_words(world, tmp_path, data, says):
    path = tmp_path / "v.csv"
    path.write_bytes(data)
    assert says in "\n".join(refused(path))


def test_a_workbook_in_long_form(world, tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["board", "indicator", "category", "value", "comment"])
    sheet.append(["sodermalm", "i-1", None, 12, "=1+1"])
    sheet["E2"].data_type = "s"
    path = tmp_path / "v.xlsx"
    book.save(path)
    run(path)
    assert (Value.objects.get().number, Value.objects.get().comment) == (12, "=1+1")
    sheet["D2"] = "=6*7"
    book.save(path)
    with pytest.raises(CommandError, match="rad 2, kolumn D: Cellen D2 har en formel"):
        run(path)


def test_a_namnds_own_workbook_is_read_too(world, tmp_path):
    filled = Book(*world).fill("v-i-1-totalt", utfall=12).fill("g-vald-2021-2025-1", analys="Ja")
    path = tmp_path / "bok.xlsx"
    path.write_bytes(filled.data)
    assert "Ändrade 2 uppgifter i 1 rapport" in run(path)
    assert Value.objects.get().number == 12
    assert "inga ändringar" in run(path)
    Value.objects.update(number=7)
    with pytest.raises(CommandError, match="var tomt när arbetsboken hämtades, är nu 7"):
        run(path)
    with pytest.raises(CommandError, match="Arbetsboken är för Sodermalm"):
        run(path, "--namnd", "bromma")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_template_has_a_row_for_all_that_is_asked_and_says_nothing(world, tmp_path, suffix):
    path = tmp_path / f"mall{suffix}"
    run(path, "--template")
    assert "10 rader utan uppgift hoppades över." in run(path)
    with pytest.raises(CommandError, match="finns redan"):
        run(path, "--template")
    if suffix == ".csv":
        lines = path.read_text("utf-8-sig").splitlines()
        assert (
            lines[0]
            == "nämnd;indikator;namn;fördelning;värde;täljare;nämnare;saknas;kommentar;prognos;"
            "resten utan kön"
        )
        assert lines[1] == "bromma;i-1;'=Utbildade;totalt;;;;;;;"
    else:
        cell = load_workbook(path).active["C2"]
        assert (cell.value, cell.data_type) == ("=Utbildade", "s")


def test_a_text_that_a_spreadsheet_would_compute_is_made_neutral():
    assert [neutral(text) for text in ("=1", "+1", "-1", "@a", "a=1")] == [
        "'=1", "'+1", "'-1", "'@a", "a=1",
    ]  # fmt: skip


def test_many_values_that_change_are_changed_and_not_made_anew(write):
    """More than are written row by row: laid over those that are there, each with its history."""
    make_namnd()
    make_period()
    for number in range(120):
        make_indicator(f"m-{number}", order=number)
    head = "nämnd;indikator;värde"
    run(write(*(f"sodermalm;m-{n};{n}" for n in range(120)), head=head))
    before = dict(Value.objects.values_list("definition__indicator__code", "pk"))
    run(write(*(f"sodermalm;m-{n};{n + 1}" for n in range(119)), head=head))
    now = Value.objects.values_list("definition__indicator__code", "pk", "number")
    assert {code: pk for code, pk, _ in now} == before
    assert {code: number for code, _, number in now} == {
        f"m-{n}": n + 1 if n < 119 else n for n in range(120)
    }
    history = change_model(Value)._default_manager
    labels = history.order_by().values_list("pgh_label").annotate(many=Count("pk"))
    assert dict(labels) == {"insert": 120, "update": 119}
