"""Files from outside: nothing is parsed here before it has been found safe to open.

The one road in is `open_upload` (bytes with a name) or `open_file` (a path); a web form uses
`UploadField`. Workbooks are read by `read_workbook`, in a process of its own.
"""

from trace.uploads.kinds import CSV, LONG_WORKBOOK, PDF, TEXT, WORD, WORKBOOK, YAML, FileKind
from trace.uploads.opening import CheckedFile, UnsafeFile, open_file, open_upload

__all__ = [
    "CSV",
    "LONG_WORKBOOK",
    "PDF",
    "TEXT",
    "WORD",
    "WORKBOOK",
    "YAML",
    "CheckedFile",
    "FileKind",
    "UnsafeFile",
    "open_file",
    "open_upload",
]
