"""The formats that the follow-up can be had in."""

from collections.abc import Callable
from dataclasses import dataclass

from indicators.domain.figures import Followup
from indicators.exports.followup_document import followup_document
from indicators.exports.followup_xlsx import followup_xlsx
from papers.documents.pdf import write_pdf


@dataclass(frozen=True)
class FileFormat:
    """How a follow-up becomes a file of one format."""

    content_type: str
    write: Callable[[Followup], bytes]


def followup_pdf(followup: Followup) -> bytes:
    """The follow-up as PDF/UA-1 and PDF/A. Raises NotForOthers for any audience but others."""
    return write_pdf(followup_document(followup))


FORMATS = {
    "pdf": FileFormat("application/pdf", followup_pdf),
    "xlsx": FileFormat(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", followup_xlsx
    ),
}


def file_name(followup: Followup, file_format: str) -> str:
    """ "uppfoljning-2025-T1.pdf"."""
    return f"uppfoljning-{followup.period_code}.{file_format}"
