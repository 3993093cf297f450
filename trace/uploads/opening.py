"""The checks that every file from outside passes, in the order of what they cost."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from trace.uploads.archive import UnsafeArchive, check_archive
from trace.uploads.kinds import KNOWN_EXTENSIONS, MEGABYTE, OLE2, ZIP, FileKind, what_it_looks_like

MAX_NAME = 200
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What a PDF says of itself outside of what is packed in it.
PDF_LOCKED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
PDF_ACTS = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia)\b")


class UnsafeFile(ValueError):
    """The file is not opened. The message is Swedish, and says what to do."""


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be parsed. name: without folders. data: all of its bytes."""

    name: str
    kind: FileKind
    data: bytes


def open_upload(name: str, data: bytes, kinds: Sequence[FileKind]) -> CheckedFile:
    """The file, when it is safe to parse and of one of `kinds`.

    Looks at the name (one extension, nothing hidden in it), the size, the first bytes and, for a
    zip container, its directory and the head of each part, before anything is unpacked whole.
    Raises UnsafeFile.
    """
    name = _checked_name(name)
    kind = _kind_of(name, kinds)
    if not data:
        raise UnsafeFile(f"Filen ”{name}” är tom. Välj en fil med innehåll.")
    if len(data) > kind.max_bytes:
        raise UnsafeFile(
            f"Filen ”{name}” är större än {kind.max_bytes // MEGABYTE} MB, som är gränsen. "
            "Ta bort bilder och blad som inte behövs, eller dela upp filen."
        )
    if kind.is_container:
        _check_container(name, data, kind)
    elif kind.signature:
        _check_pdf(name, data, kind)
    else:
        _check_text(name, data, kind)
    return CheckedFile(name, kind, data)


def open_file(path: Path, kinds: Sequence[FileKind]) -> CheckedFile:
    """`open_upload` for a file on this machine; never reads more than may be read.

    Raises UnsafeFile, also for what is not there and what may not be read.
    """
    kind = _kind_of(_checked_name(path.name), kinds)
    try:
        with path.open("rb") as file:
            data = file.read(kind.max_bytes + 1)
    except OSError as error:
        why = "finns inte" if isinstance(error, FileNotFoundError) else "går inte att läsa"
        raise UnsafeFile(f"Filen ”{path}” {why}. Kontrollera namnet och mappen.") from error
    return open_upload(path.name, data, kinds)


def _checked_name(name: str) -> str:
    """The last part of the name. What is invisible, or turns the reading, is refused."""
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in name):
        raise UnsafeFile("Filens namn har osynliga tecken. Byt namn på filen och försök igen.")
    last = PurePosixPath(name.replace("\\", "/")).name
    if not last or len(last) > MAX_NAME:
        raise UnsafeFile(
            f"Filens namn är tomt eller längre än {MAX_NAME} tecken. Ge filen ett kortare namn."
        )
    return last


def _kind_of(name: str, kinds: Sequence[FileKind]) -> FileKind:
    allowed = [extension for kind in kinds for extension in kind.extensions]
    parts = name.lower().rsplit(".")
    extension = f".{parts[-1].strip()}" if len(parts) > 1 else ""
    kind = next((kind for kind in kinds if extension in kind.extensions), None)
    if kind is None:
        if extension in (".xlsm", ".xlsb", ".xltm", ".xlam", ".docm", ".dotm", ".pptm"):
            raise UnsafeFile(
                f"Filen ”{name}” kan ha makron och tas inte emot. "
                f"Spara den som {' eller '.join(allowed)} utan makron."
            )
        if extension == ".xls" and ".xlsx" in allowed:
            raise UnsafeFile(
                f"Filen ”{name}” är i det gamla Excel-formatet. Öppna den i Excel och spara den "
                "som Excel-arbetsbok (.xlsx)."
            )
        raise UnsafeFile(
            f"Filen ”{name}” är av ett slag som inte tas emot här. Välj en fil som slutar på "
            f"{_either(allowed)}."
        )
    if any(part.strip() in KNOWN_EXTENSIONS for part in parts[1:-1]):
        raise UnsafeFile(
            f"Filen ”{name}” har två filändelser. Byt namn så att den bara slutar på {extension}."
        )
    return kind


def _check_container(name: str, data: bytes, kind: FileKind) -> None:
    if not data.startswith(ZIP):
        if data.startswith(OLE2):
            if ENCRYPTED in data:
                raise UnsafeFile(
                    f"Filen ”{name}” är skyddad med lösenord. Ta bort lösenordet "
                    "(Arkiv, Info, Skydda) och spara filen igen."
                )
            raise UnsafeFile(
                f"Filen ”{name}” är i det gamla Office-formatet, fast den slutar på "
                f"{kind.extensions[0]}. Öppna den och spara den på nytt som {kind.extensions[0]}."
            )
        raise UnsafeFile(_not_what_it_says(name, data, kind))
    try:
        check_archive(
            data,
            main_part=kind.main_part,
            content_type=kind.content_type,
            max_unpacked=kind.max_unpacked,
        )
    except UnsafeArchive as why:
        raise UnsafeFile(f"Filen ”{name}” öppnas inte: {why}") from why


def _check_pdf(name: str, data: bytes, kind: FileKind) -> None:
    if not data.startswith(kind.signature):
        if kind.signature in data[:1024]:
            raise UnsafeFile(
                f"Filen ”{name}” har något före sin början. Spara den på nytt som PDF."
            )
        raise UnsafeFile(_not_what_it_says(name, data, kind))
    if b"%%EOF" not in data[-2048:]:
        raise UnsafeFile(f"Filen ”{name}” är inte hel. Hämta eller spara den på nytt.")
    if PDF_LOCKED.search(data):
        raise UnsafeFile(
            f"Filen ”{name}” är skyddad med lösenord eller låst för ändringar. "
            "Spara den som PDF utan skydd och försök igen."
        )
    if PDF_ACTS.search(data):
        raise UnsafeFile(
            f"Filen ”{name}” innehåller något som körs när den öppnas. "
            "Skriv ut den som en ny PDF och försök igen."
        )


def _check_text(name: str, data: bytes, kind: FileKind) -> None:
    if what_it_looks_like(data):
        raise UnsafeFile(_not_what_it_says(name, data, kind))
    if b"\x00" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise UnsafeFile(
            f"Filen ”{name}” är inte en textfil, fast den slutar på {kind.extensions[0]}. "
            "Öppna den i det program där den gjordes och spara den som ren text."
        )


def _not_what_it_says(name: str, data: bytes, kind: FileKind) -> str:
    looks_like = what_it_looks_like(data)
    what = f"ser ut att vara {looks_like}" if looks_like else f"är inte {kind.name}"
    return (
        f"Filen ”{name}” {what}, fast namnet slutar på {kind.extensions[0]}. "
        f"Att byta namn gör inte om en fil: spara den som {kind.name} i stället."
    )


def _either(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} eller {words[-1]}"
