"""The follow-up as Word, CSV and JSON: to go on working with, protected, and told of in full."""

import csv
import io
import json

import docx
import jsonschema
import pytest
from docx.oxml.ns import qn

from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.enums import Aggregation, Category, ReportState
from indicators.exports.csv_text import as_text
from indicators.exports.files import FORMATS, followup_docx
from indicators.exports.followup_csv import followup_csv
from indicators.exports.followup_json import ConsolidatedFollowup, followup_json
from indicators.exports.shapes import Schemas
from tests.factories import (
    make_activity,
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_value,
)

pytestmark = pytest.mark.django_db

HIDDEN = "skyddad uppgift"


def approved(code, period="2025-T1", **fields):
    return make_report(make_namnd(code), make_period(period), ReportState.GODKAND, **fields)


def followup(period="2025-T1"):
    return consolidate(make_period(period), audience=Audience.OTHERS)


def years():
    """Five years of one nämnd, the last of them with a small number of men."""
    definition = make_indicator(counts_people=True, split_by_sex=True)
    for year, number in enumerate((20, 30, 40, 50, 60), start=2021):
        report = approved("bromma", f"{year}-T1")
        man = 3 if year == 2025 else 10
        make_value(report, definition, number, comment="=1+1 sade de")
        make_value(report, definition, number - man, category=Category.KVINNOR)
        make_value(report, definition, man, category=Category.MAN)


# --- Word ------------------------------------------------------------------------------------


def test_the_word_file_has_headings_tables_with_headers_and_charts_with_words():
    years()

    word = docx.Document(io.BytesIO(followup_docx(followup())))

    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "Så bedömer nämnderna målen",
        "Mål 1. Mål nummer 1.",
        "Siffrorna, indikator för indikator",
        "Om uppgifterna",
    ]
    captions = [p.text for p in word.paragraphs if p.style.name == "Caption"]
    assert captions == [
        "Antal nämnder efter bedömning, 2025-T1",
        "Indikatorer för mål 1, 2025-T1",
        "Indikator i-1, i varje period",
        "Indikator i-1, nämnd för nämnd, 2025-T1",
    ]
    repeated = [t.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None for t in word.tables]
    assert repeated == [True] * 4
    (picture,) = word.inline_shapes
    assert picture._inline.docPr.get("descr").startswith("Linjediagram. Indikator i-1, antal: ")
    assert word.core_properties.language == "sv-SE"


def test_the_chart_in_the_word_file_has_its_words():
    """What draws it leaves the text out where it does not find the font."""
    years()
    word = docx.Document(io.BytesIO(followup_docx(followup())))
    picture = next(
        p for p in word.part.package.iter_parts() if p.partname.startswith("/word/media")
    )
    # The line, its grid and all labels; without the labels it is a third of that.
    assert len(picture.blob) > 20_000


def test_the_word_file_is_the_same_every_time():
    years()
    assert followup_docx(followup()) == followup_docx(followup())


# --- CSV -------------------------------------------------------------------------------------


def read_csv(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_csv_has_a_row_for_each_figure_and_words_for_what_is_not_shown():
    years()

    rows = read_csv(followup_csv(followup()))

    now = [row for row in rows if row["Period"] == "2025-T1"]
    assert [(r["Nämnd"], r["Fördelning"], r["Värde"], r["Uppgift"]) for r in now] == [
        ("Staden", "Totalt", "60", ""),
        ("Staden", "Kvinnor", "", HIDDEN),
        ("Staden", "Män", "", HIDDEN),
        ("Bromma stadsdelsnämnd", "Totalt", "60", ""),
        ("Bromma stadsdelsnämnd", "Kvinnor", "", HIDDEN),
        ("Bromma stadsdelsnämnd", "Män", "", HIDDEN),
    ]
    assert len(rows) == 5 * 3 + 3


def test_a_ratio_in_the_csv_has_a_decimal_comma_and_its_parts():
    ratio = make_indicator(aggregation=Aggregation.RATIO, unit="%")
    make_value(approved("bromma"), ratio, numerator=1, denominator=3)
    city = read_csv(followup_csv(followup()))[0]
    assert (city["Värde"], city["Täljare"], city["Nämnare"]) == ("33,333333", "1", "3")
    assert city["Enhet"] == "%"


@pytest.mark.parametrize(
    "text", ["=1+1", "+46", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "\u00a0=1", "＝1+1"]
)
def test_a_text_in_a_csv_is_never_a_formula(text):
    assert as_text(text) == f"'{text}"


def test_what_a_namnd_says_is_no_formula_in_the_csv():
    definition = make_indicator()
    make_value(approved("bromma"), definition, 7, comment="=1+1 sade de")
    assert read_csv(followup_csv(followup()))[1]["Kommentar"] == "'=1+1 sade de"


# --- JSON ------------------------------------------------------------------------------------


def validator():
    schemas = Schemas()
    root = schemas.of(ConsolidatedFollowup)
    schema = root | {"$defs": schemas.named}
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def test_the_json_is_as_it_is_told_of():
    years()
    ratio = make_indicator("i-2", aggregation=Aggregation.RATIO, unit="%", order=1)
    make_value(approved("farsta"), ratio, numerator=1, denominator=3)

    content = json.loads(followup_json(followup()))

    assert [error.message for error in validator().iter_errors(content)] == []
    assert (content["schema_version"], content["period"]) == ("1", "2025-T1")
    (goal,) = content["goals"]
    assert [i["code"] for i in goal["indicators"]] == ["i-1", "i-2"]
    people, share = goal["indicators"]
    assert people["figures"]["men"] == {
        "state": "skyddad",
        "value": None,
        "numerator": None,
        "denominator": None,
        "text": HIDDEN,
        "corrected_on": None,
    }
    assert share["figures"]["total"]["value"] == 33.333333
    assert (share["figures"]["women"], share["figures"]["men"]) == (None, None)


def test_activities_are_in_the_json_with_their_states():
    years()
    make_activity("a-1", make_goal(1))
    content = json.loads(followup_json(followup()))
    assert [error.message for error in validator().iter_errors(content)] == []
    (told,) = content["goals"][0]["activities"]
    assert told["counts"]["saknas"] == 1
    assert [(n["namnd"], n["state"]) for n in told["namnder"]] == [("bromma", None)]


def test_every_field_of_the_json_is_described_in_words():
    schemas = Schemas()
    schemas.of(ConsolidatedFollowup)
    silent = [
        (name, field)
        for name, schema in schemas.named.items()
        for field, about in schema["properties"].items()
        if not about["description"].strip()
    ]
    assert silent == []


def test_the_same_follow_up_gives_the_same_bytes_in_every_format():
    years()
    for made in FORMATS.values():
        assert made.write(followup()) == made.write(followup())
