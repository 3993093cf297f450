"""Finding personnummer in free text, where none may stand.

Samlad holds no personal data about the people that the programme is for. A number counts as a
personnummer (or samordningsnummer, whose day is 60 higher) when it has the form, its date has been
and its check digit is right; so diary numbers, telephone numbers, bankgiro numbers and
organisationsnummer, whose third digit is at least 2, pass.
"""

import datetime as dt
import html
import re
import unicodedata

from django.utils import timezone

_HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"
_NUMBER = re.compile(
    rf"(?<![0-9])(?P<century>18|19|20)?(?P<date>[0-9]{{6}})"
    rf"(?: ?(?P<sign>[{_HYPHENS}+]) ?| )?(?P<last>[0-9]{{4}})(?![0-9]|[.,][0-9])"
)
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|td|th|tr|blockquote|ol|ul|table)>|<br ?/?>", re.I)
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r'href="([^"]*)"')
SAMORDNING = 60


def find_personnummer(text: str) -> str | None:
    """The first personnummer or samordningsnummer in plain text as it stands there, or None.

    With or without century, hyphen and space. What only the eye passes over (zero-width signs,
    other hyphens, full-width or Arabic digits) hides nothing.
    """
    for match in _NUMBER.finditer(_plain(text)):
        digits = match["date"] + match["last"]
        if _check_digit_is_right(digits) and _has_been(match["century"], match["date"]):
            return match[0]
    return None


def text_of_html(body: str) -> str:
    """What clean rich text says, a line for each block, and then where its links lead.

    A tag inside a word does not part it.
    """
    text = _TAG.sub("", _BLOCK_END.sub("\n", body))
    return html.unescape("\n".join([text, *_LINK.findall(body)]))


def why_not_personnummer(text: str, what: str = "Texten") -> str:
    """Why a text cannot be saved, as a Swedish sentence that names the place; "" when it can.

    what: begins the sentence. The last four digits are not said again: messages get about.
    """
    found = find_personnummer(text)
    if found is None:
        return ""
    return (
        f"{what} innehåller något som ser ut som ett personnummer ({found[:-4]}NNNN). "
        "Personnummer får inte stå i Samlad. Ta bort det. "
        "Är det ett annat nummer, skriv det med mellanrum."
    )


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() else sign
        for sign in folded
        if unicodedata.category(sign) != "Cf"
    )


def _check_digit_is_right(digits: str) -> bool:
    """Luhn over all ten, the last being the check digit."""
    total = 0
    for place, digit in enumerate(digits):
        doubled = int(digit) * (2 - place % 2)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0


def _has_been(century: str | None, date: str) -> bool:
    """Whether there has been such a day: in its century, or without one in any of three."""
    year, month, day = int(date[:2]), int(date[2:4]), int(date[4:])
    if day > SAMORDNING:
        day -= SAMORDNING
    for each in (century,) if century else ("18", "19", "20"):
        try:
            born = dt.date(int(each) * 100 + year, month, day)
        except ValueError:
            continue
        if born <= timezone.localdate():
            return True
    return False
