"""The formats that the follow-up can be had in."""

from collections.abc import Callable
from dataclasses import dataclass

from indicators.domain.figures import Followup
from indicators.exports.followup_csv import followup_csv
from indicators.exports.followup_document import followup_document
from indicators.exports.followup_json import followup_json
from indicators.exports.followup_xlsx import followup_xlsx
from papers.documents.pdf import write_pdf
from papers.documents.word import write_docx


@dataclass(frozen=True)
class FileFormat:
    """How a follow-up becomes a file of one format."""

    name: str
    """As in "Ladda ner som …"."""
    content_type: str
    write: Callable[[Followup], bytes]


def followup_pdf(followup: Followup) -> bytes:
    """The follow-up as PDF/UA-1 and PDF/A. Raises NotForOthers for any audience but others."""
    return write_pdf(followup_document(followup))


def followup_docx(followup: Followup) -> bytes:
    """The follow-up as Word, to go on writing in: headings, lists and tables are real ones.

    Raises NotForOthers for any audience but others.
    """
    return write_docx(followup_document(followup))


FORMATS = {
    "pdf": FileFormat("PDF", "application/pdf", followup_pdf),
    "docx": FileFormat(
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        followup_docx,
    ),
    "xlsx": FileFormat(
        "Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        followup_xlsx,
    ),
    "csv": FileFormat("CSV", "text/csv; charset=utf-8", followup_csv),
    "json": FileFormat("JSON", "application/json", followup_json),
}


def file_name(followup: Followup, file_format: str) -> str:
    """ "uppfoljning-2025-T1.pdf"."""
    return f"uppfoljning-{followup.period_code}.{file_format}"
