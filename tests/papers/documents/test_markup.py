"""Plain markup, for a field without an editor: it says what it means, and comes back the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.documents.html import html_to_blocks, sanitise
from papers.documents.markup import from_markup, markup_to_html, to_markup
from papers.documents.model import Heading, Paragraph
from papers.domain.content import clean_body
from papers.forms import as_plain, read_body

WRITTEN = """# Rubrik
Ett stycke med **fet**, *kursiv* och ***båda***.
Ny rad, [en länk](https://stockholm.se) och en fotnot.[Fotnot: Se *boken*, s. 3.]

## Underrubrik
- en punkt
- en till
  1. inre
  2. nästa

> citat"""
RICH = (
    "<h3>Rubrik</h3>\n"
    "<p>Ett stycke med <strong>fet</strong>, <em>kursiv</em> och <strong><em>båda</em></strong>."
    '<br>Ny rad, <a href="https://stockholm.se">en länk</a> och en fotnot.'
    "[Fotnot: Se <em>boken</em>, s. 3.]</p>\n"
    "<h4>Underrubrik</h4>\n"
    "<ul><li><p>en punkt</p></li><li><p>en till</p>"
    "<ol><li><p>inre</p></li><li><p>nästa</p></li></ol></li></ul>\n"
    "<blockquote><p>citat</p></blockquote>"
)


def test_everything_that_the_editor_makes_is_written_without_it():
    assert read_body(WRITTEN) == RICH
    assert read_body(WRITTEN.replace("\n", "\r\n")) == RICH


def test_what_was_made_in_the_editor_is_readable_without_it():
    assert as_plain(RICH) == (
        "# Rubrik\n\nEtt stycke med **fet**, *kursiv* och ***båda***.\n"
        "Ny rad, [en länk](https://stockholm.se) och en fotnot.[Fotnot: Se *boken*, s. 3.]\n\n"
        "## Underrubrik\n\n- en punkt\n- en till\n\n  1. inre\n  2. nästa\n\n> citat"
    )
    assert read_body(as_plain(RICH)) == RICH


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("5 * 3 = 15 och 2*3", "<p>5 * 3 = 15 och 2*3</p>"),
        ("*hela", "<p>*hela</p>"),
        ("a < b och c > d", "<p>a &lt; b och c &gt; d</p>"),
        ("#ämne", "<p>#ämne</p>"),
        ("-5 grader", "<p>-5 grader</p>"),
        (r"1\. Först", "<p>1. Först</p>"),
        (r"C:\mapp\fil", r"<p>C:\mapp\fil</p>"),
        ("[1] och [länk](ej adress)", "<p>[1] och [länk](ej adress)</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        (
            "Så här:\n- ett\n- två",
            "<p>Så här:</p>\n<ul><li><p>ett</p></li><li><p>två</p></li></ul>",
        ),
        ("3. tre\n4. fyra", '<ol start="3"><li><p>tre</p></li><li><p>fyra</p></li></ol>'),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("[Fotnot: ]", "<p>[Fotnot: ]</p>"),
    ],
)
def test_what_is_no_mark_is_text(text, html):
    assert read_body(text) == html
    assert read_body(as_plain(html)) == html


def test_html_that_is_sent_is_read_as_html():
    assert read_body("<p>*a*</p><ul><li>b</ul>") == "<p>*a*</p>\n<ul><li><p>b</p></li></ul>"
    assert as_plain("<p>&lt;b&gt;*a*</p>") == r"\<b>\*a\*"


def test_a_link_of_parentheses_and_a_bracket_in_its_words():
    html = '<p><a href="https://a.se/x_(y)">se [1]</a></p>'
    assert as_plain(html) == r"[se \[1\]](https://a.se/x_\(y\))"
    assert read_body(as_plain(html)) == html


@pytest.mark.parametrize(
    "text", ["- " * 9_000 + "x", "[x](" * 9_000, "[" * 9_000, "*a " * 9_000, "> " * 9_000]
)
def test_what_is_written_to_be_heavy_is_read_all_the_same(text):
    body = read_body(text)
    assert read_body(as_plain(body)) == body


def test_markup_is_blocks_like_others():
    assert from_markup("# A\nb") == (
        Heading(3, from_markup("A")[0].runs),
        Paragraph(from_markup("b")[0].runs),
    )
    assert markup_to_html("") == to_markup(()) == ""


TAGS = ("p", "ul", "li", "ol", "b", "em", "h3", "h4", "blockquote", "br", "td")
PIECES = st.sampled_from(
    [
        *(f"<{tag}>" for tag in TAGS),
        *(f"</{tag}>" for tag in TAGS),
        *("<ol start=2>", "<a href='https://a.se/(b)'>", "</a>", "<li>", "<br><br>"),
        *("[Fotnot: ", "]", "[", "](", "*", "**", "\\", "- ", "1. ", "# ", "> ", "  ", "&nbsp;"),
        *("&amp;", "&lt;b&gt;", " ", "\n", "ord", "å", "_", "`", "1", ".", "(https://a.se)"),
    ]
)
pages = given(st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join))


@settings(max_examples=60)
@pages
def test_whatever_is_saved_comes_back_the_same(html):
    check_there_and_back(html)


@pytest.mark.deep
@settings(max_examples=3000)
@pages
def test_however_it_is_saved_it_comes_back_the_same(html):
    check_there_and_back(html)


def check_there_and_back(html):
    body = clean_body(html)
    assert read_body(as_plain(body)) == body


@settings(max_examples=60)
@given(st.text(max_size=60) | st.lists(PIECES, max_size=20).map("".join))
def test_whatever_is_written_is_read_once_for_all(text):
    body = read_body(text)
    assert clean_body(body) == body
    assert read_body(as_plain(body)) == body
    assert sanitise(body) == body
    assert html_to_blocks(body) == html_to_blocks(sanitise(body))
