import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.documents.html import blocks_to_html, html_to_blocks, sanitise, text_to_html
from papers.documents.model import (
    Footnote,
    Heading,
    ListBlock,
    Paragraph,
    Run,
    paragraph,
    runs,
    table,
)

ALLOWED = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote"}


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("hej <b>du</b> <i>där</i><br>nu", "<p>hej <strong>du</strong> <em>där</em><br>nu</p>"),
        ("före<script>alert(1)</script> efter", "<p>före efter</p>"),
        ("<style>p{color:red}</style><p style='x' class=MsoNormal>a</p>", "<p>a</p>"),
        ("<p onclick=x()>a<!--[if gte mso 9]><xml>b</xml><![endif]--></p>", "<p>a</p>"),
        ("<xml><w:View>Normal</w:View></xml><p>a<o:p></o:p></p>", "<p>a</p>"),
        ('<a href="javascript:alert(1)">x</a>', "<p>x</p>"),
        ('<a href="JAVA&#10;SCRIPT:alert(1)">x</a>', "<p>x</p>"),
        (
            '<a href="https://a.se/?b=1&amp;c=2" target=_blank>x</a>',
            '<p><a href="https://a.se/?b=1&amp;c=2">x</a></p>',
        ),
        ("<h1>a</h1><h6>b</h6>", "<h2>a</h2>\n<h4>b</h4>"),
        ("<div>a</div><div>b</div>", "<p>a</p>\n<p>b</p>"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "<p>1 2</p>"),
        ("a\x00b\x07c\u202ed", "<p>abcd</p>"),
        ("<p></p><p> <br> </p>", ""),
        ("<p>a</p><p>&nbsp;</p>", "<p>a</p>"),
        ("<ol start=3><li>a</ol>", '<ol start="3"><li><p>a</p></li></ol>'),
        ("<li>lös", "<p>lös</p>"),
        ("&lt;script&gt; ]]&gt;", "<p>&lt;script&gt; ]]&gt;</p>"),
        ("<img src=x onerror=alert(1)>text<svg><text>y</text></svg>", "<p>text</p>"),
    ],
)
def test_rich_text_from_outside_is_cleaned(dirty, clean):
    assert sanitise(dirty) == clean


TAGS = ("p", "ul", "li", "ol", "b", "em", "h3", "blockquote", "div", "td", "a", "script")
PIECES = st.sampled_from(
    [
        *(f"<{tag}>" for tag in TAGS),
        *(f"</{tag}>" for tag in TAGS),
        *("<br>", "<ol start=2>", "<a href='https://a.se'>", "<!--"),
        *("[Fotnot: ", "]", "[", "&amp;", "&lt;b&gt;", " ", "\n", "ord", "å"),
    ]
)


pages = given(st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join))


@settings(max_examples=30)
@pages
def test_clean_html_stays_the_same_and_holds_only_the_small_set(html):
    check_that_it_is_clean(html)


@pytest.mark.deep
@settings(max_examples=500)
@pages
def test_however_it_is_written_it_is_cleaned_once_for_all(html):
    check_that_it_is_clean(html)


def check_that_it_is_clean(html):
    once = sanitise(html)
    assert sanitise(once) == once
    narrow = nh3.clean(
        once, tags=ALLOWED, attributes={"a": {"href"}, "ol": {"start"}}, link_rel=None
    )
    assert nh3.clean(once, tags=set()) == nh3.clean(narrow, tags=set())
    assert "<script" not in once


def test_blocks_of_every_kind():
    html = (
        "<h2>Mål</h2><p>Text <strong>fet</strong></p><ul><li>a<ol><li>b</li></ol></li></ul>"
        "<blockquote><p>citat</p></blockquote>"
    )
    assert html_to_blocks(html) == (
        Heading(2, runs("Mål")),
        Paragraph((Run("Text "), Run("fet", bold=True))),
        ListBlock(((paragraph("a"), ListBlock(((paragraph("b"),),), ordered=True)),)),
        paragraph("citat", style="quote"),
    )


def test_a_footnote_in_running_text_goes_both_ways():
    html = "<p>Ord [Fotnot: se <em>boken</em> [1] s. 3] slut</p>"
    blocks = html_to_blocks(html)
    note = Footnote((Run("se "), Run("boken", italic=True), Run(" [1] s. 3")))
    assert blocks == (Paragraph((Run("Ord "), note, Run(" slut"))),)
    assert blocks_to_html(blocks) == html


def test_a_bracket_in_a_footnote_does_not_end_it_and_left_over_notes_are_left_out():
    block = Paragraph((Run("a"), Footnote((Run("b] c"),)), Footnote((Run("Klicka"),), True)))
    assert blocks_to_html([block]) == "<p>a[Fotnot: b) c]</p>"


def test_plain_text_is_never_markup():
    assert text_to_html(["a < b", "", "<b>x</b>"]) == "<p>a &lt; b</p>\n<p>&lt;b&gt;x&lt;/b&gt;</p>"


def test_tables_become_a_paragraph_per_row():
    assert blocks_to_html([table(["A", "B"], [["1", "2"]])]) == "<p>A B</p>\n<p>1 2</p>"
