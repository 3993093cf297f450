"""The kinds of file that a paper is written as, and the writing."""

from enum import Enum

from papers.documents.model import Document
from papers.documents.pdf import write_pdf
from papers.documents.word import write_docx


class FileFormat(Enum):
    """What a paper can be written as; the value is the file's extension."""

    WORD = "docx"
    PDF = "pdf"

    @property
    def content_type(self) -> str:
        if self is FileFormat.PDF:
            return "application/pdf"
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


# What stands last in the address of an export.
IN_ADDRESS = {"word": FileFormat.WORD, "pdf": FileFormat.PDF}


def write_document(document: Document, file_format: FileFormat) -> bytes:
    """The document as a file."""
    write = write_pdf if file_format is FileFormat.PDF else write_docx
    return write(document)
