"""The real papers as these tests use them: read where they lie, never copied."""

import re
from pathlib import Path

from papers.documents.text import ReadPaper, read_text_paper
from tests.papers.documents.words import block_texts, words

HASSELBY = "svar-ks-2023-553-hasselby-vallingby.txt"
SOCIALNAMNDEN = "svar-ks-2023-553-socialnamnden.txt"
SODERMALM = "svar-ks-2020-924-sodermalm.txt"
ANSWERS = {
    HASSELBY: ("ks-2023-553", "hasselby-vallingby"),
    SOCIALNAMNDEN: ("ks-2023-553", "socialnamnden"),
    SODERMALM: ("ks-2020-924", "sodermalm"),
}
_FOOTNOTE = re.compile(r"\[Fotnot:[^\]]*\]")


def read(seeds: Path, name: str) -> ReadPaper:
    return read_text_paper((seeds / name).read_text(encoding="utf-8"))


def paragraphs(paper: ReadPaper) -> list[list[str]]:
    """Every heading, paragraph, list item and cell of the paper's sections, as its words.

    Left out are what the structure says in another way: the head of the attest table's columns
    stands in the export too, and a name with its title is one cell.
    """
    texts = [paper.title, paper.subtitle]
    for section in paper.sections:
        texts.append(section.heading)
        texts += block_texts(section.blocks, footnotes=False)
    for person in paper.signatures:
        texts += [person.name, person.title, person.unit]
    return [found for text in texts if (found := words(text))]


def missing(paper: ReadPaper, text: str) -> list[str]:
    """Paragraphs of the paper that do not stand in `text`, word for word and in one piece.

    Stated normalisation: lower case; signs, digits and hyphens put aside; footnotes apart.
    """
    whole = " ".join(words(_FOOTNOTE.sub(" ", text)))
    return [" ".join(p) for p in paragraphs(paper) if f" {' '.join(p)} " not in f" {whole} "]
