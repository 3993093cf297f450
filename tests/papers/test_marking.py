"""The words that a comment is about are marked in the text, and the text stays as it was."""

import re

import pytest

from papers.domain.marking import Quote, mark_quotes
from papers.domain.saves import plain


def marked(html: str, words: str, occurrence: int = 1) -> str:
    found = mark_quotes(html, [Quote(7, words, occurrence)])
    assert re.sub(r"</?mark[^>]*>", "", found) == html
    return found.replace(' class="commented"', "")


@pytest.mark.parametrize(
    ("html", "words", "expected"),
    [
        ("<p>Ett två tre</p>", "två", '<p>Ett <mark id="citat-7">två</mark> tre</p>'),
        ("<p>A &amp; B</p>", "& B", '<p>A <mark id="citat-7">&amp; B</mark></p>'),
        (
            "<p>Ett <em>två</em> tre</p>",
            "två tre",
            '<p>Ett <em><mark id="citat-7">två</mark></em><mark> tre</mark></p>',
        ),
        (
            "<p>Ett</p>\n<p>två</p>",
            "Ett två",
            '<p><mark id="citat-7">Ett</mark></p>\n<p><mark>två</mark></p>',
        ),
        (
            "<p>Ett<br>två</p>",
            "Ett två",
            '<p><mark id="citat-7">Ett</mark><br><mark>två</mark></p>',
        ),
        ("<p>Ett</p>", "saknas", "<p>Ett</p>"),
        ("<p>Ett</p>", "", "<p>Ett</p>"),
        (
            '<p><a href="https://p.se">p</a></p>',
            "p",
            '<p><a href="https://p.se"><mark id="citat-7">p</mark></a></p>',
        ),
    ],
)
def test_the_words_are_marked_where_they_stand(html, words, expected):
    assert marked(html, words) == expected


def test_of_several_alike_it_is_the_one_that_is_meant_or_the_last_that_is_left():
    html = "<p>ord ord ord</p>"
    assert marked(html, "ord", 2) == '<p>ord <mark id="citat-7">ord</mark> ord</p>'
    assert marked(html, "ord", 9) == '<p>ord ord <mark id="citat-7">ord</mark></p>'


def test_two_comments_on_the_same_words_are_both_marked():
    found = mark_quotes("<p>Ett två tre</p>", [Quote(1, "Ett två"), Quote(2, "två tre")])
    assert plain(found) == "Ett två tre"
    assert [int(pk) for pk in re.findall(r'id="citat-(\d)"', found)] == [1, 2]
