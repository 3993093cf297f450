"""A zip container (.xlsx) looked through before anything in it is opened.

The directory of a zip file says how large everything becomes; Python's reader never gives more
than it says. So a bomb is seen before it goes off. Each part is then unpacked once, piece by
piece, to look for what an XML reader would follow.
"""

import io
import re
import zipfile
import zlib

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


class UnsafeArchive(ValueError):
    """Why the container is not opened: a Swedish sentence that says what to do."""


def check_archive(data: bytes, *, main_part: str, content_type: str, max_unpacked: int) -> None:
    """Raises UnsafeArchive for a container that would be dangerous, or is another one.

    main_part: the part that must be there. content_type: what the list of contents must call it;
    it is there that a workbook with macros says that it is one.
    max_unpacked: the most bytes that all parts may become together.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_directory(entries, max_unpacked)
            _check_parts(entries, main_part)
            for entry in entries:
                if entry.filename.lower().endswith(XML):
                    _check_xml(archive, entry)
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
            "den är skadad. Öppna den i Excel, spara den under ett nytt namn och försök igen."
        ) from error
    if b"macroEnabled" in contents:
        raise UnsafeArchive(_NO_MACROS)
    if content_type.encode() not in contents:
        raise UnsafeArchive("den är inte en vanlig arbetsbok. Spara den som Excel-arbetsbok.")


_NO_MACROS = "den har makron. Spara den som Excel-arbetsbok (.xlsx) utan makron."


def _check_directory(entries: list[zipfile.ZipInfo], max_unpacked: int) -> None:
    if len(entries) > MAX_ENTRIES:
        raise UnsafeArchive(
            f"den har {len(entries)} delar, fler än {MAX_ENTRIES}. En arbetsbok har ett tiotal. "
            "Kopiera innehållet till en ny arbetsbok."
        )
    names = [entry.filename for entry in entries]
    for name in names:
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\x00" in name:
            raise UnsafeArchive(
                "den har delar som pekar utanför filen. Så gör inget kalkylprogram: "
                "använd den inte, och meddela systemförvaltaren."
            )
    if len({name.lower() for name in names}) != len(names):
        raise UnsafeArchive(
            "två av dess delar har samma namn. Öppna den i Excel och spara den på nytt."
        )
    if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
        raise UnsafeArchive("den är skadad eller skyddad med lösenord. Ta bort lösenordet.")
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > max_unpacked:
        raise UnsafeArchive(
            f"uppackad blir den {total // MEGABYTE} MB, mer än {max_unpacked // MEGABYTE} MB. "
            "Ta bort bilder och blad som inte behövs."
        )
    for size, small in [(total, packed), *((e.file_size, e.compress_size) for e in entries)]:
        if size > RATIO_SPEAKS_FROM and size > MAX_RATIO * max(small, 1):
            raise UnsafeArchive(
                "den är packad på ett sätt som fyller minnet när den öppnas (en zip-bomb). "
                "Är den din egen: kopiera innehållet till en ny arbetsbok."
            )


def _check_parts(entries: list[zipfile.ZipInfo], main_part: str) -> None:
    names = {entry.filename for entry in entries}
    if any(MACROS.search(name) for name in names):
        raise UnsafeArchive(_NO_MACROS)
    if any(EMBEDDED.search(name) for name in names):
        raise UnsafeArchive("den har andra filer inbäddade. Ta bort dem och spara den igen.")
    if CONTENT_TYPES not in names or main_part not in names:
        if any(name.startswith("word/") for name in names):
            raise UnsafeArchive("den är ett Word-dokument. Lägg innehållet i mallen i stället.")
        raise UnsafeArchive("den är en zip-fil, inte en arbetsbok. Spara den som Excel-arbetsbok.")


def _check_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """No document type, which could make a reader fetch files or blow a word up to gigabytes."""
    end = b""
    with archive.open(entry) as part:
        while piece := part.read(PIECE):
            # In UTF-16 the words below would hide behind zeros; office programs write UTF-8.
            if b"\x00" in piece:
                raise UnsafeArchive("en del av den är inte skriven i UTF-8. Spara den i Excel.")
            if DECLARATION.search(end + piece):
                raise UnsafeArchive(
                    "den har en dokumenttyp (DOCTYPE), som ingen arbetsbok ska ha. "
                    "Kopiera innehållet till en ny arbetsbok."
                )
            end = piece[-OVERLAP:]
