"""Workbooks that carry nothing of who made them, or when."""

import datetime as dt
import io
import re
import zipfile

# ZIP knows no date before 1980; the file's own stamp carries nothing.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def repeatable(workbook: bytes, day: dt.date) -> bytes:
    """The same workbook without the moment it was made: entries and properties carry `day`."""
    stamp = f"{day.isoformat()}T00:00:00Z".encode()
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, content
                )
            target.writestr(zipfile.ZipInfo(name, ZIP_DATE), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()
