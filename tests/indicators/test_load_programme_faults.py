"""Every fault of a programme's file is told, with its place and what to do; nothing is changed."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook

from desk.demo.organisation import load_namnder
from indicators.domain.loading.loading import load_programme
from indicators.domain.loading.problems import MAX_KEPT, BadFile
from indicators.domain.loading.tables import TABLES
from programme.models import Programme
from tests.factories import make_activity, make_goal
from tests.indicators.programme_sheets import as_workbook, as_yaml, small
from tests.trace.test_uploads import BAD_WORKBOOKS
from trace.uploads import WORKBOOK, YAML, CheckedFile, open_upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def namnder() -> None:
    load_namnder()


def faults(file: CheckedFile) -> list[str]:
    before = Programme.objects.count()
    with pytest.raises(BadFile) as bad:
        load_programme(file)
    assert Programme.objects.count() == before
    return [str(problem) for problem in bad.value.problems]


def first(file: CheckedFile) -> str:
    """The only fault."""
    (fault,) = faults(file)
    return fault


def edited(change) -> CheckedFile:
    """The small programme as a workbook that somebody has changed by hand."""
    book = load_workbook(io.BytesIO(as_workbook(small()).data))
    change(book)
    written = io.BytesIO()
    book.save(written)
    return open_upload("p.xlsx", written.getvalue(), [WORKBOOK])


def test_a_missing_sheet():
    document = small()
    del document["Ansvar"]
    assert first(as_workbook(document)).startswith("Ansvar: Bladet ”Ansvar” saknas.")
    assert "Skriv ”ansvar: []”" in first(as_yaml(document))


def test_a_sheet_by_almost_its_name():
    def rename(book):
        book["Aktiviteter"].title = "Aktivitet"

    assert "Ska bladet ”Aktivitet” heta så?" in first(edited(rename))


def test_a_missing_column_and_one_that_is_not_known():
    def rename(book):
        book["Mål"]["C1"] = "Källor"

    missing, unknown = sorted(faults(edited(rename)), key=len, reverse=True)
    assert missing.startswith("Mål, rad 1: Kolumnen ”Källa” saknas.")
    assert unknown == "Mål, rad 1, kolumn C: Rubriken ”Källor” känns inte igen. Menar du ”Källa”?"


def test_an_unknown_namnd_with_the_nearest_name():
    document = small()
    document["Ansvar"][2]["Nämnd eller grupp"] = "Södermlams stadsdelsnämnd"
    assert first(as_workbook(document)) == (
        "Ansvar, rad 4, kolumn B (Nämnd eller grupp): Nämnden ”Södermlams stadsdelsnämnd” finns "
        "inte. Menar du ”Södermalms stadsdelsnämnd”? Rätta namnet, eller be systemförvaltaren "
        "lägga till nämnden."
    )


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Järvas stadsdelsnämd", "Menar du ”Järva stadsdelsnämnd”?"),
        ("stadsdelsnämndena", "Menar du gruppen ”Alla stadsdelsnämnder”?"),
        ("Samtliga stadsdelsnämder", "Menar du gruppen ”Alla stadsdelsnämnder”?"),
        ("Stadsbyggnadsnämden", "Menar du ”Stadsbyggnadsnämnden”?"),
    ],
)
def test_the_nearest_of_namnder_and_groups_is_asked_about(written, asked):
    document = small()
    document["Ansvar"][2]["Nämnd eller grupp"] = written
    assert asked in first(as_workbook(document))


def test_a_group_may_be_named_in_the_definite_form():
    document = small()
    document["Ansvar"][0]["Nämnd eller grupp"] = "stadsdelsnämnderna"
    document["Ansvar indikatorer"][0]["Nämnd eller grupp"] = "Samtliga stadsdelsnämnderna"
    load_programme(as_workbook(document))
    assert load_programme(as_yaml(small())).plan.changes == ()


def test_a_namnd_that_had_ceased_names_its_successor():
    document = small()
    document["Ansvar"][2] |= {
        "Nämnd eller grupp": "Rinkeby-Kista",
        "Gäller från": dt.date(2026, 1, 1),
    }
    assert "upphörde 2023-06-30" in first(as_yaml(document))
    assert "Skriv efterträdaren: Järva stadsdelsnämnd." in first(as_yaml(document))


def test_a_namnd_that_had_not_begun():
    document = small()
    document["Ansvar"][2] |= {"Nämnd eller grupp": "Järva", "Gäller till": dt.date(2022, 1, 1)}
    assert "finns först från 2023-07-01" in first(as_yaml(document))


@pytest.mark.parametrize("form", [as_workbook, as_yaml])
def test_a_code_that_stands_twice(form):
    document = small()
    document["Aktiviteter"].append(document["Aktiviteter"][0] | {"Text": "En till."})
    said = first(form(document))
    assert "”fraga” står redan på" in said
    assert "egen kod" in said


def test_a_code_of_another_programme():
    make_activity("fraga", make_goal(1))
    assert "redan en aktivitet i ett annat program" in first(as_yaml(small()))


def test_a_goal_outside_the_programme():
    document = small()
    document["Aktiviteter"][0]["Mål"] = "9"
    document["Indikatorer"][0]["Mål"] = ["1", "3.1"]
    assert faults(as_workbook(document)) == [
        "Aktiviteter, rad 2, kolumn B (Mål): Mål 9 finns inte i bladet Mål. Programmet har målen "
        "1, 2. Rätta numret, eller lägg till målet.",
        "Indikatorer, rad 2, kolumn B (Mål): Mål 3.1 finns inte i bladet Mål. Programmet har "
        "målen 1, 2. Rätta numret, eller lägg till målet.",
    ]


def test_a_delmal_without_its_goal():
    document = small()
    document["Mål"][1]["Mål"] = "5.1"
    document["Aktiviteter"][0]["Mål"] = "1"
    assert "hör till mål 5, som inte finns" in first(as_yaml(document))


def test_days_and_years_backwards():
    document = small()
    document["Program"][0]["Sista år"] = 2020
    document["Ansvar"][1]["Gäller till"] = dt.date(2025, 12, 31)
    years, days = faults(as_workbook(document))
    assert years.startswith("Program, rad 2, kolumn F (Sista år): Sista året 2020 är före")
    assert days.startswith(
        "Ansvar, rad 3, kolumn E (Gäller till): Sista dagen 2025-12-31 är före den första"
    )


def test_a_formula_with_its_sheet_and_cell():
    def change(book):
        book["Årsmål"]["D2"] = "=SUM(1,2)"

    said = first(edited(change))
    assert said.startswith("Årsmål, rad 2, kolumn D (Årsmål): Cellen D2 har en formel.")
    assert "klistra in som värden" in said


def test_an_error_in_a_cell():
    def change(book):
        book["Mål"]["B2"].value = "#REF!"
        book["Mål"]["B2"].data_type = "e"

    assert "Cellen visar felet #REF!" in first(edited(change))


def test_a_number_that_became_a_day():
    def change(book):
        book["Aktiviteter"]["B2"] = dt.date(2026, 2, 4)

    assert "gjort om värdet till ett datum (2026-02-04)" in first(edited(change))


@pytest.mark.parametrize("rows", [5_500, pytest.param(100_000, marks=pytest.mark.deep)])
def test_too_many_rows_in_excel(rows):
    book = Workbook(write_only=True)
    for table in TABLES:
        sheet = book.create_sheet(table.title)
        sheet.append([column.title for column in table.columns])
        if table.title == "Aktiviteter":
            for number in range(rows):
                sheet.append([f"a-{number}", "1", "Text"])
    written = io.BytesIO()
    book.save(written)
    said = faults(open_upload("p.xlsx", written.getvalue(), [WORKBOOK]))
    assert any(s.startswith("Aktiviteter: Bladet har fler än 5000 rader.") for s in said)


def test_a_hundred_thousand_rows_in_yaml():
    rows = "".join(f"- {{kod: a-{n}}}\n" for n in range(100_000))
    file = open_upload("p.yaml", f"aktiviteter:\n{rows}".encode(), [YAML])
    assert first_of(file, "för lång för att vara ett program")


def test_six_thousand_rows_in_yaml():
    document = small()
    document["Aktiviteter"] = [
        {"Kod": f"a-{n}", "Mål": "1", "Text": "T", "Exempel": True} for n in range(6000)
    ]
    assert first_of(as_yaml(document), "Listan har 6000 rader, fler än 5000")


def first_of(file: CheckedFile, words: str) -> bool:
    return any(words in said for said in faults(file))


def can_be_on_a_disk(name: str) -> bool:
    return name.isprintable() and len(name) <= 200


@pytest.mark.parametrize(
    "case", [c for c, bad in BAD_WORKBOOKS.items() if can_be_on_a_disk(bad[0])]
)
def test_a_file_that_is_unsafe_or_another_is_refused_by_the_command(case, tmp_path):
    name, data, _ = BAD_WORKBOOKS[case]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CommandError):
        call_command("load_programme", str(tmp_path / name))
    assert not Programme.objects.exists()


CELLS = [
    ("Mål", 0, "Mål", "första", "är inte ett målnummer"),
    ("Aktiviteter", 0, "Kod", "Fråga Ålänningar", "till exempel fraga-alanningar"),
    ("Aktiviteter", 0, "Källa", "x" * 251, "Texten har 251 tecken"),
    ("Aktiviteter", 0, "Källa", "", "Källan saknas"),
    ("Aktiviteter", 0, "Text", "Ring 19121212-1212.", "ser ut som ett personnummer"),
    ("Aktiviteter", 0, "Våldstyper", ["hott"], "Menar du ”hot”?"),
    ("Aktiviteter", 0, "Exempel", "kanske", "Skriv ja eller nej"),
    ("Aktiviteter", 0, "Ordning", "först", "är inte ett heltal"),
    ("Ansvar", 0, "Aktivitet", "fragga", "Menar du ”fraga”?"),
    ("Ansvar", 0, "Ansvar", "ansvrig", "Menar du ”ansvarig”?"),
    ("Ansvar", 1, "Gäller från", "1 januari 2026", "Skriv det som 2025-01-31"),
    ("Ansvar", 1, "Gäller från", "2026-02-30", "Dagen 2026-02-30 finns inte"),
    ("Lydelser", 0, "Beslut", "", "Beslut saknas"),
    ("Lydelser", 0, "Mål", "1", "inte båda"),
    ("Indikatorer", 0, "Mål", ["1,2"], "Skilj mål åt med semikolon"),
    ("Definitioner", 0, "Sammanläggning", "medel", "Skriv något av: summa, kvot"),
    ("Definitioner", 0, "Täljare", "", "En kvot behöver ord för sin täljare"),
    ("Årsmål", 0, "Årsmål", "1.000", "kan betyda"),
    ("Årsmål", 0, "Årsmål", 12.345, "högst 2 decimaler"),
    ("Årsmål", 0, "År", 26, "från 1990 till 2100"),
    ("Årsmål", 0, "Indikator", "annan", "finns inte i bladet Indikatorer"),
]


@pytest.mark.parametrize("form", [as_workbook, as_yaml])
@pytest.mark.parametrize(("sheet", "row", "column", "value", "says"), CELLS)
def test_a_bad_cell_has_a_place_and_an_advice(form, sheet, row, column, value, says):
    document = small()
    document[sheet][row][column] = value
    said = faults(form(document))
    here = [s for s in said if says in s or "kan betyda" in s or "decimaler" in s]
    assert here, said
    assert "rad " in here[0]


def test_responsibilities_that_overlap():
    document = small()
    document["Ansvar"].append(
        {
            "Aktivitet": "fraga",
            "Nämnd eller grupp": "Socialnämnden",
            "Gäller från": dt.date(2027, 12, 31),
        }
    )
    assert "Raden överlappar rad 3 om samma sak" in first(as_workbook(document))


def test_definitions_in_the_wrong_order():
    document = small()
    document["Definitioner"].append(document["Definitioner"][0] | {"Version": 2})
    assert "En senare version måste börja senare" in first(as_yaml(document))


def test_an_indicator_without_a_definition():
    document = small()
    document["Definitioner"] = []
    assert "har ingen definition" in first(as_yaml(document))


def test_a_personnummer_in_a_sheet_that_is_not_read():
    def change(book):
        book.create_sheet("Anteckningar")["B3"] = "Ring 191212121212"

    assert first(edited(change)).startswith("Anteckningar, rad 3, kolumn B: Cellen innehåller")


def test_all_faults_are_told_at_once_in_the_order_of_the_file():
    document = small()
    document["Årsmål"][0]["År"] = "x"
    document["Program"][0]["Namn"] = ""
    document["Mål"][2]["Exempel"] = "kanske"
    places = [said.split(",")[0] for said in faults(as_workbook(document))]
    assert places == ["Program", "Mål", "Årsmål"]


def test_a_fault_in_one_row_is_not_told_again_for_those_that_point_at_it():
    document = small()
    document["Mål"][0]["Exempel"] = "kanske"
    document["Indikatorer"][0]["Källa"] = "x" * 300
    assert len(faults(as_yaml(document))) == 2


def test_of_very_many_faults_the_first_are_told():
    document = small()
    document["Aktiviteter"] = [
        {"Kod": f"a-{n}", "Mål": "1", "Text": "", "Exempel": True} for n in range(MAX_KEPT + 9)
    ]
    with pytest.raises(BadFile) as bad:
        load_programme(as_yaml(document))
    assert len(bad.value.problems) == MAX_KEPT
    assert bad.value.left_out >= 9


YAML_TEXTS = {
    "no mapping": (b"- a\n- b\n", "Filen har inget program"),
    "nothing": (b"# bara en kommentar\n", "Filen har inget program"),
    "a tab": (b"program:\n\tadress: a\n", "inte tabb"),
    "an open quote": (b'program:\n  namn: "a\n', "citattecken"),
    "a tag": (b"program: !!python/object/apply:os.system [ls]\n", "Taggar (!) läses inte"),
    "an anchor": (b"program: &a {adress: x}\n", "Ankare"),
    "a bomb of aliases": (b"a: &a [x,x]\nb: [*a,*a]\n", "Ankare"),
    "very deep": (b"program: " + b"[" * 5000, "för många nivåer"),
    "two documents": (b"program: {}\n---\nprogram: {}\n", "flera dokument"),
    "another alphabet": ("program: \u00e5".encode("latin-1"), "inte skriven i UTF-8"),
    "a sign that nothing shows": (b"program: \x07\n", "går inte att läsa som YAML"),
    "a part twice": (b"ansvar: []\nansvar: []\n", "finns redan på rad 1"),
    "an unknown part": (b"ansvarr: []\n", "Menar du ”ansvar”?"),
    "no list": (b"ansvar: {a: b}\n", "ska en lista stå"),
    "words in a list": (b"ansvar:\n  - a\n", "namn och värden"),
    "a name twice": (b"ansvar:\n  - aktivitet: a\n    aktivitet: b\n", "står två gånger"),
    "an unknown name": (b"ansvar:\n  - aktivitett: a\n", "Menar du ”aktivitet”?"),
    "a list for a word": (b"ansvar:\n  - aktivitet: [a]\n", "ett enda värde"),
}


@pytest.mark.parametrize("case", YAML_TEXTS)
def test_bad_yaml_is_refused_with_its_line(case):
    data, says = YAML_TEXTS[case]
    said = faults(open_upload("p.yaml", data, [YAML]))
    assert any(says in line for line in said), said
