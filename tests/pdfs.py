"""PDF files to send in: real ones, that any reader opens, and such as are to be refused."""

import io

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def blank_pdf(
    *, pages: int = 1, width: int = 200, height: int = 200, password: str = "", script: str = ""
) -> bytes:
    """Empty pages. script: JavaScript that runs when it is opened."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=width, height=height)
    if script:
        action = {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject(script),
        }
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
