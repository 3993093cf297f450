"""The key that seals are signed with. It is nowhere in the database, nor in the settings."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

DEVELOPMENT_KEY = "samlad-seal-only-for-development"
MINIMUM_LENGTH = 32


def read_seal_key() -> bytes:
    """The key from AUDIT_SEAL_KEY, or from the file that AUDIT_SEAL_KEY_FILE names.

    Read when it is needed: what serves the pages has no use for it and need not have it.
    Raises CommandError, in one line, when there is none or it is too short; with DEBUG on a
    missing key is the development one.
    """
    key, why = _look()
    if why:
        raise CommandError(why)
    return key


def why_no_key() -> str:
    """What is wrong with the key, in one line; "" when nothing is."""
    return _look()[1]


def _look() -> tuple[bytes, str]:
    key, name = os.environ.get("AUDIT_SEAL_KEY", "").strip(), "AUDIT_SEAL_KEY"
    file = os.environ.get("AUDIT_SEAL_KEY_FILE", "").strip()
    if not key and file:
        name = "AUDIT_SEAL_KEY_FILE"
        try:
            key = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return b"", f"{name}: filen går inte att läsa ({file})."
    if not key and settings.DEBUG:
        return DEVELOPMENT_KEY.encode(), ""
    if not key:
        return b"", f"{name} saknas; sätt en slumpad nyckel på minst {MINIMUM_LENGTH} tecken."
    if not settings.DEBUG and (len(key) < MINIMUM_LENGTH or key == DEVELOPMENT_KEY):
        return b"", f"{name} är för svag; sätt en slumpad nyckel på minst {MINIMUM_LENGTH} tecken."
    return key.encode(), ""
