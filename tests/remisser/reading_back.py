"""What a paper says, as one run of signs: from the plain text it came in, from Word and from PDF.

Written without the application's own readers and writers, so that a fault in these is seen. The
same normalisation is made on all three, and stated here:

- *Page breaks, lines and spaces*: all white space goes; so do running heads, page numbers and the
  blocks of address that a page break left in the middle of the text.
- *Hyphenation*: hyphens and dashes go. How many are kept is asked apart.
- *Bullets and numbers of lists*, that Word and PDF set themselves, and the asterisks that marked
  italics go.
- *Footnotes* are lifted out of the text, in their order, and counted from one; one that holds
  nothing but a template's left-over text is none.
- *Signatures* stand beside each other, and are compared as a set of signs where they stand.
"""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

import docx
import pypdf
from docx.oxml.ns import qn

LEFT_OVER = "Klicka här och skrivrubrik"
BODY_SIZE = 9.4
"""Points. What is set smaller in a PDF is a running head, a page number or a footnote."""
TITLE_SIZE = 18
_DROPPED = re.compile(r"[\s*\-\u2010-\u2015\ue000-\uf8ff•·]+")
_ADDRESS = re.compile(r"^[^\n]+stadsdelsförvaltning\n\n(?:[^\n]+\n)+?www\.[^\n]+$", re.MULTILINE)
_NOTES = re.compile(r"^ *\n((?:\d [^\n]+\n)(?:[^\s][^\n]*\n)*)(?= )", re.MULTILINE)
_NOTE = re.compile(r"^(\d) ((?:.|\n)+?)(?=^\d |\Z)", re.MULTILINE)
_REFERENCE = re.compile(r"(?:(?<=[^\W\d_])|(?<=[^\W_]\.)|(?<=\)\.))(\d)(?=\s)")
_LIST_NUMBER = re.compile(r"^\s*\d+\.\s", re.MULTILINE)
_FIRST_HEADING = re.compile(r"^ ?(?:Förvaltningens f|F)örslag till beslut *$", re.MULTILINE)
_COLUMNS = re.compile(r"^Namn\s+Datum$", re.MULTILINE)


@dataclass(frozen=True)
class Body:
    """What stands from the first heading on."""

    text: str
    notes: tuple[str, ...] = ()
    hyphens: int = 0
    broken: int = 0

    def without_signatures(self, first: str) -> tuple[str, str, str]:
        """The text before the signatures, theirs in the order of the alphabet, and that after.

        first: the name that stands first in them.
        """
        end = max(self.text.rfind("Bilagor"), self.text.rfind("Bilaga"))
        start = self.text.rindex(squeezed(first), 0, end)
        return self.text[:start], "".join(sorted(self.text[start:end])), self.text[end:]


def squeezed(text: str) -> str:
    return _DROPPED.sub("", text)


def hyphens_in(text: str) -> int:
    """Hyphens and dashes inside words and figures, on one line."""
    return len(re.findall(r"(?<=\w)[\-\u2010-\u2015](?=\w)", text))


def broken_words_in(text: str) -> int:
    """Lines that end in a hyphen: the word may be divided, or have a hyphen just there."""
    return len(re.findall(r"(?<=\w)-[ \t]*\n[ \t]*(?=\w)", text))


def source_body(text: str) -> Body:
    """The paper as it came."""
    found = [note for block in _NOTES.findall(text) for note in _NOTE.findall(block)]
    text = _ADDRESS.sub("", _NOTES.sub("", text))
    kept = [number for number, words in found if words.strip() != LEFT_OVER]
    if found:
        text = _REFERENCE.sub(
            lambda ref: str(kept.index(ref[1]) + 1) if ref[1] in kept else "", text
        )
    notes = tuple(squeezed(words) for number, words in found if number in kept)
    return _body(text, notes)


def word_body(data: bytes) -> Body:
    """The paper read back from Word. Notes must be true footnotes to be found."""
    document = docx.Document(io.BytesIO(data))
    count = 0
    lines = []
    for paragraph in document.element.body.iter(qn("w:p")):
        line = ""
        for part in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:footnoteReference")):
            if part.tag == qn("w:footnoteReference"):
                count += 1
                assert part.get(qn("w:id")) == str(count)
                line += str(count)
            else:
                line += part.text or "\n"
        lines.append(line)
    notes = []
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/footnotes.xml":
            for note in docx.oxml.parse_xml(part.blob).iter(qn("w:footnote")):
                if note.get(qn("w:type")) is None:
                    notes.append(squeezed("".join(t.text or "" for t in note.iter(qn("w:t")))))
    assert len(notes) == count
    return _body("\n".join(lines), tuple(notes))


def pdf_body(data: bytes) -> Body:
    """The paper read back from PDF. What is set in small type at a page's foot is a footnote."""
    body, small = "", ""

    def read(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
        nonlocal body, small
        set_in = abs(size * matrix[3])
        if 0 < set_in < BODY_SIZE:
            small += text
        elif set_in >= TITLE_SIZE:
            # The small type above the title is the letterhead's.
            body, small = body + text, ""
        else:
            body += text

    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        page.extract_text(visitor_text=read)
        body += "\n"
        small += "\n"
    return _body(body, tuple(_notes_of_pdf(small)))


def _notes_of_pdf(small: str) -> Iterable[str]:
    """By their numbers, one after the other; the small type holds running heads too."""
    small = re.sub(r"[^\n]*\bSida \d+ \(\d+\)", "\n", small)
    number, start = 1, small.find("1")
    while start >= 0:
        following = re.search(rf"(?<!\w){number + 1}(?=\w)", small[start + 1 :])
        end = start + 1 + following.start() if following else len(small)
        yield squeezed(small[start + len(str(number)) : end])
        number, start = number + 1, end if following else -1


def _body(text: str, notes: tuple[str, ...]) -> Body:
    place = _FIRST_HEADING.search(text)
    assert place, "no first heading"
    text = text[place.start() :]
    # Word and PDF number the bilagor themselves; the papers do so by hand, or not at all.
    last = max(text.rfind("\nBilagor"), text.rfind("\nBilaga"))
    text = text[:last] + _LIST_NUMBER.sub("", text[last:])
    text = _COLUMNS.sub("Namn\nDatum", text)
    return Body(squeezed(text), notes, hyphens_in(text), broken_words_in(text))
