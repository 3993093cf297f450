from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from papers.documents.model import (
    Cell,
    Contact,
    Document,
    Footnote,
    Heading,
    Letterhead,
    ListBlock,
    Paragraph,
    Run,
    Table,
    clean_text,
    format_date_long,
    heading,
    paragraph,
    plain,
    runs,
    safe_link,
    table,
)
from papers.documents.normalise import UNTITLED, normalise

DOCUMENT = Document(title="En handling", date=date(2025, 4, 30))


def levels(*wanted: int) -> list[int]:
    blocks = tuple(heading(level, "Rubrik") for level in wanted)
    return [block.level for block in normalise(replace(DOCUMENT, blocks=blocks)).blocks]


def test_heading_levels_never_skip_and_siblings_stay_siblings():
    assert levels(1, 3, 3, 2) == [1, 2, 2, 2]
    assert levels(2, 2, 4, 1) == [1, 1, 2, 1]
    assert levels(9, 0) == [1, 1]


@given(st.lists(st.integers(-1, 7), max_size=12))
def test_levels_are_always_in_order(wanted):
    result = levels(*wanted)
    assert all(1 <= new <= old + 1 for old, new in zip([0, *result], result, strict=False))


@given(st.text())
def test_cleaning_twice_changes_nothing_and_leaves_no_control_characters(text):
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert not [c for c in cleaned if ord(c) < 32 and c not in "\n\t"]


def test_cleaning_composes_letters_and_drops_what_cannot_be_seen():
    assert clean_text("A\u030arsma\u030al\x00\ufeff\u202e\ud800\uffff") == "Årsmål"


def test_only_web_and_mail_addresses_are_links():
    assert safe_link("https://stockholm.se/a?b=c") == "https://stockholm.se/a?b=c"
    assert safe_link("mailto:a@b.se") == "mailto:a@b.se"
    for bad in (
        "javascript:alert(1)",
        "java\nscript:x",
        "data:text/html,x",
        "//a.se",
        "https://a b",
    ):
        assert safe_link(bad) == ""


def test_what_is_empty_is_left_out():
    blocks = (
        heading(1, " "),
        paragraph("", " \n"),
        ListBlock(((paragraph(""),), ())),
        ListBlock(((paragraph("kvar"),), (paragraph(""),))),
    )
    assert normalise(replace(DOCUMENT, blocks=blocks)).blocks == (
        ListBlock(((paragraph("kvar"),),)),
    )


def test_neighbouring_runs_are_joined_and_bad_links_lose_their_address():
    block = Paragraph((Run("a "), Run("b", link="javascript:x"), Run("", bold=True), Run("c")))
    (result,) = normalise(replace(DOCUMENT, blocks=(block,))).blocks
    assert result == paragraph("a bc")


def test_left_over_footnotes_are_not_written():
    block = Paragraph(runs("Text", Footnote((Run("Klicka här"),), left_over=True)))
    (result,) = normalise(replace(DOCUMENT, blocks=(block,))).blocks
    assert result == paragraph("Text")


def test_rows_get_as_many_cells_as_the_table_has_columns():
    block = table(["A", "B"], [["1"], ["1", "2", "3"]], align="lr")
    (result,) = normalise(replace(DOCUMENT, blocks=(block,))).blocks
    assert isinstance(result, Table)
    assert [c.align for c in result.columns] == ["left", "right", "left"]
    assert [len(row) for row in (*result.header, *result.rows)] == [3, 3, 3]
    assert result.rows[0][1:] == (Cell(()), Cell(()))


def test_a_letterhead_with_nothing_in_it_disappears():
    empty = Letterhead(till=" ", handlaggare=(Contact(" "),), address=("",))
    assert normalise(replace(DOCUMENT, letterhead=empty)).letterhead is None


def test_a_missing_title_says_so_and_invents_nothing():
    assert normalise(replace(DOCUMENT, title=" \x00")).title == UNTITLED
    head = Letterhead(kind="Tjänsteutlåtande")
    assert normalise(replace(DOCUMENT, title="", letterhead=head)).title == "Tjänsteutlåtande"


@given(st.lists(st.text(), max_size=6), st.integers(-3, 9))
def test_normalising_twice_changes_nothing(texts, level):
    blocks = (
        Heading(level, runs(*texts)),
        Paragraph(runs(*texts, Footnote(tuple(Run(t) for t in texts)))),
        table(texts or ["A"], [texts]),
    )
    once = normalise(replace(DOCUMENT, title="".join(texts), blocks=blocks))
    assert normalise(once) == once


def test_plain_text_and_dates():
    parts = runs("Text", Footnote((Run("not"),)), Run(" slut", bold=True))
    assert plain(parts) == "Text slut"
    assert plain(parts, footnotes=True) == "Text [not]  slut"
    assert format_date_long(date(2025, 4, 30)) == "30 april 2025"
