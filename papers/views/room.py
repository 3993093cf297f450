"""Where a paper stands: the matter around it, as far as the pages of the paper must know it.

An app above that has papers makes a Room for each, and gives the paper the same addresses below
its own: avsnitt/N/, huvud/, ny-version/, word/, pdf/.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from papers.documents.model import Document
from papers.domain.lint import Finding
from papers.domain.papers import CopyMore
from papers.exports.paper_document import paper_document, save_document
from papers.models import Paper, PaperSave, PaperVersion


@dataclass(frozen=True)
class Room:
    paper: Paper
    home: str
    """Address of the page where the paper is read; those of its parts begin with it."""
    name: str
    """The matter in the titles of pages: "svar på KS 2023/553"."""
    it: str
    """The paper in running text: "svaret"."""
    attested: str
    """ "Svaret är attesterat." """
    trail: list[dict[str, str]]
    """The steps above a part of the paper, the paper's own page last."""
    after_opinion: str = ""
    """What follows the text of an opinion by itself, said where that text is written."""
    look: Callable[[Paper], Sequence[Finding]] = lambda _: ()
    """What should be mended in the paper before it is attested."""
    document: Callable[[PaperVersion], Document] = paper_document
    """The version as it is written to a file."""
    document_of_save: Callable[[PaperSave], Document] = save_document
    """What was said at a save, in the same way."""
    file_stem: str = "handling"
    """How the names of files begin."""
    copy_more: CopyMore | None = None
    """What is copied to a new version beside the paper's own sections."""

    @property
    def header(self) -> str:
        return f"{self.home}huvud/"

    def section(self, order: int) -> str:
        return f"{self.home}avsnitt/{order}/"
