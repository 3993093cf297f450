"""A zip container (.xlsx, .docx) looked through before anything in it is opened.

The directory of a zip file says how large everything becomes; Python's reader never gives more
than it says. So a bomb is seen before it goes off. Each part is then unpacked once, piece by
piece, to look for what an XML reader would follow.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from trace.uploads.kinds import MEGABYTE

MAX_ENTRIES = 1000
MAX_RATIO = 100
# Short parts of few words are rightly packed hard; the ratio speaks of what is larger.
RATIO_SPEAKS_FROM = MEGABYTE
PIECE = 64 * 1024
OVERLAP = 16

MACROS = re.compile(
    r"(^|/)(vbaproject[^/]*\.bin|vbadata\.xml|macrosheets/.*|dialogsheets/.*|activex/.*)$", re.I
)
EMBEDDED = re.compile(r"(^|/)embeddings/", re.I)
ENCRYPTED_FLAG = 0x1
XML = (".xml", ".rels", ".vml")
DECLARATION = re.compile(rb"<!(doctype|entity)", re.I)
CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class Office:
    """How a kind of file is spoken of to the one who sent it.

    less: what there may be less of. folder: where the other kind has its parts; other: what to do
    with such a file.
    """

    program: str
    maker: str
    one: str
    a: str
    a_plain: str
    a_new: str
    saved_as: str
    extension: str
    less: str
    folder: str
    other: str


WORKBOOK = Office(
    program="Excel",
    maker="kalkylprogram",
    one="arbetsbok",
    a="en arbetsbok",
    a_plain="en vanlig arbetsbok",
    a_new="en ny arbetsbok",
    saved_as="Excel-arbetsbok",
    extension=".xlsx",
    less="bilder och blad",
    folder="word/",
    other="den är ett Word-dokument. Lägg innehållet i mallen i stället.",
)
TEXT_DOCUMENT = Office(
    program="Word",
    maker="ordbehandlingsprogram",
    one="text",
    a="ett Word-dokument",
    a_plain="ett vanligt Word-dokument",
    a_new="ett nytt dokument",
    saved_as="Word-dokument",
    extension=".docx",
    less="bilder",
    folder="xl/",
    other="den är en Excel-arbetsbok. Spara den som PDF i stället.",
)


class UnsafeArchive(ValueError):
    """Why the container is not opened: a Swedish sentence that says what to do."""


def check_archive(data: bytes, *, main_part: str, content_type: str, max_unpacked: int) -> None:
    """Raises UnsafeArchive for a container that would be dangerous, or is another one.

    main_part: the part that must be there. content_type: what the list of contents must call it;
    it is there that a workbook with macros says that it is one.
    max_unpacked: the most bytes that all parts may become together.
    """
    office = TEXT_DOCUMENT if main_part.startswith("word/") else WORKBOOK
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_directory(entries, max_unpacked, office)
            _check_parts(entries, main_part, office)
            for entry in entries:
                if entry.filename.lower().endswith(XML):
                    _check_xml(archive, entry, office)
            contents = archive.read(CONTENT_TYPES)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        NotImplementedError,
        OSError,
        RuntimeError,
        UnicodeError,
        ValueError,
    ) as error:
        if isinstance(error, UnsafeArchive):
            raise
        raise UnsafeArchive(
            f"den är skadad. Öppna den i {office.program}, spara den under ett nytt namn och "
            "försök igen."
        ) from error
    if b"macroEnabled" in contents:
        raise UnsafeArchive(_no_macros(office))
    if content_type.encode() not in contents:
        raise UnsafeArchive(f"den är inte {office.a_plain}. Spara den som {office.saved_as}.")


def _no_macros(office: Office) -> str:
    return f"den har makron. Spara den som {office.saved_as} ({office.extension}) utan makron."


def _check_directory(entries: list[zipfile.ZipInfo], max_unpacked: int, office: Office) -> None:
    if len(entries) > MAX_ENTRIES:
        raise UnsafeArchive(
            f"den har {len(entries)} delar, fler än {MAX_ENTRIES}. En {office.one} har ett tiotal. "
            f"Kopiera innehållet till {office.a_new}."
        )
    names = [entry.filename for entry in entries]
    for name in names:
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\x00" in name:
            raise UnsafeArchive(
                f"den har delar som pekar utanför filen. Så gör inget {office.maker}: "
                "använd den inte, och meddela systemförvaltaren."
            )
    if len({name.lower() for name in names}) != len(names):
        raise UnsafeArchive(
            f"två av dess delar har samma namn. Öppna den i {office.program} och spara den på nytt."
        )
    if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
        raise UnsafeArchive("den är skadad eller skyddad med lösenord. Ta bort lösenordet.")
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > max_unpacked:
        raise UnsafeArchive(
            f"uppackad blir den {total // MEGABYTE} MB, mer än {max_unpacked // MEGABYTE} MB. "
            f"Ta bort {office.less} som inte behövs."
        )
    for size, small in [(total, packed), *((e.file_size, e.compress_size) for e in entries)]:
        if size > RATIO_SPEAKS_FROM and size > MAX_RATIO * max(small, 1):
            raise UnsafeArchive(
                "den är packad på ett sätt som fyller minnet när den öppnas (en zip-bomb). "
                f"Är den din egen: kopiera innehållet till {office.a_new}."
            )


def _check_parts(entries: list[zipfile.ZipInfo], main_part: str, office: Office) -> None:
    names = {entry.filename for entry in entries}
    if any(MACROS.search(name) for name in names):
        raise UnsafeArchive(_no_macros(office))
    if any(EMBEDDED.search(name) for name in names):
        raise UnsafeArchive("den har andra filer inbäddade. Ta bort dem och spara den igen.")
    if CONTENT_TYPES not in names or main_part not in names:
        if any(name.startswith(office.folder) for name in names):
            raise UnsafeArchive(office.other)
        raise UnsafeArchive(f"den är en zip-fil, inte {office.a}. Spara den som {office.saved_as}.")


def _check_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, office: Office) -> None:
    """No document type, which could make a reader fetch files or blow a word up to gigabytes."""
    end = b""
    with archive.open(entry) as part:
        while piece := part.read(PIECE):
            # In UTF-16 the words below would hide behind zeros; office programs write UTF-8.
            if b"\x00" in piece:
                raise UnsafeArchive(
                    f"en del av den är inte skriven i UTF-8. Spara den i {office.program}."
                )
            if DECLARATION.search(end + piece):
                raise UnsafeArchive(
                    f"den har en dokumenttyp (DOCTYPE), som ingen {office.one} ska ha. "
                    f"Kopiera innehållet till {office.a_new}."
                )
            end = piece[-OVERLAP:]
