"""The kinds of files that Samlad takes, and what other files look like from the outside."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class FileKind:
    """One kind of file.

    name: with its article, as in "en Excel-fil". extensions: lower case, with the point.
    max_bytes: the largest file that is read at all.
    signature: what the file begins with, when it is neither plain text nor a zip container.
    main_part, content_type: of a zip container: the part that must be in it, and what its list
    of contents calls that part; "" for plain text.
    max_unpacked: of a container: the most bytes of all its parts.
    """

    name: str
    extensions: tuple[str, ...]
    max_bytes: int
    main_part: str = ""
    content_type: str = ""
    max_unpacked: int = 40 * MEGABYTE
    signature: bytes = b""

    @property
    def is_container(self) -> bool:
        return bool(self.main_part)


TEXT = FileKind("en textfil", (".txt",), 4 * MEGABYTE)
YAML = FileKind("en YAML-fil", (".yaml", ".yml"), 2 * MEGABYTE)
WORKBOOK = FileKind(
    "en Excel-fil",
    (".xlsx",),
    5 * MEGABYTE,
    main_part="xl/workbook.xml",
    content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
)
WORD = FileKind(
    "en Word-fil",
    (".docx",),
    5 * MEGABYTE,
    main_part="word/document.xml",
    content_type=(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    ),
)
PDF = FileKind("en PDF-fil", (".pdf",), 7 * MEGABYTE, signature=b"%PDF-")
# Many rows, from one who runs commands on the server itself.
CSV = FileKind("en csv-fil", (".csv",), 30 * MEGABYTE)
LONG_WORKBOOK = FileKind(
    WORKBOOK.name,
    WORKBOOK.extensions,
    30 * MEGABYTE,
    main_part=WORKBOOK.main_part,
    content_type=WORKBOOK.content_type,
    max_unpacked=400 * MEGABYTE,
)

# Beginnings of files that people send by mistake, or under another name.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "en PDF-fil"),
    (OLE2, "en fil i det gamla Office-formatet"),
    (b"\x89PNG", "en bild"),
    (b"\xff\xd8\xff", "en bild"),
    (b"GIF8", "en bild"),
    (b"Rar!", "ett packat arkiv"),
    (b"7z\xbc\xaf", "ett packat arkiv"),
    (b"\x1f\x8b", "ett packat arkiv"),
    (b"MZ", "ett program"),
    (b"\x7fELF", "ett program"),
    (b"#!", "ett program"),
    (b"{\\rtf", "ett RTF-dokument"),
)

# Extensions that have no business in the middle of a file's name.
KNOWN_EXTENSIONS = frozenset(
    (
        *("xls", "xlsx", "xlsm", "xlsb", "xlam", "xla", "xlt", "xltx", "xltm", "csv", "ods"),
        *("doc", "docx", "docm", "dot", "dotm", "odt", "rtf", "txt", "pdf", "ppt", "pptx", "pptm"),
        *("htm", "html", "xml", "svg", "js", "json", "yaml", "yml", "png", "jpg", "jpeg", "gif"),
        *("zip", "rar", "gz", "7z", "iso", "exe", "dll", "com", "scr", "msi", "lnk", "jar"),
        *("bat", "cmd", "vbs", "ps1", "sh", "py", "php"),
    )
)


def what_it_looks_like(data: bytes) -> str:
    """What the beginning of a file says that it is, in Swedish with its article; "" if nothing."""
    if data.startswith(ZIP):
        return "en zip-fil"
    for beginning, name in SIGNATURES:
        if data.startswith(beginning):
            return name
    # PDF readers, and so those who hide PDF files, allow some bytes before the mark.
    if b"%PDF-" in data[:1024]:
        return "en PDF-fil"
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html")):
        return "en webbsida"
    return ""
