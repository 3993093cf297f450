"""Text as it comes from outside: made alike, or refused when it cannot be kept as it is.

Å is one sign or an A with a ring, depending on the computer that it was typed on; they are made
one (NFC). Signs without width that come along when something is pasted (byte order marks, soft
hyphens, marks of direction) are left out: nobody sees them, and a search would stumble over them.
What would turn the text around, control characters and what was no text at all are refused where
they stand: left out, the text would be another one than the person saw.
"""

import re
import unicodedata

_WITHOUT_WIDTH = re.compile("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff]")
# The two joiners belong in some scripts and in emoji; after Latin letters they only hide.
_JOINER_AFTER_LATIN = re.compile("(^|[\u0000-\u024f\u0300-\u036f])[\u200c\u200d]+")
# U+FFFD stands where bytes were no text: half a pair of UTF-16, a file in another encoding.
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f\ud800-\udfff"
    "\ufff9-\uffff\U000e0000-\U000e007f]"
)

REFUSED = "innehåller osynliga tecken som inte kan sparas. Skriv om den delen."


def made_alike(text: str) -> str:
    """The text in NFC, without signs that have no width. Twice is the same as once."""
    if text.isascii():
        return text
    text = _WITHOUT_WIDTH.sub("", text)
    text = _JOINER_AFTER_LATIN.sub(r"\1", text)
    return unicodedata.normalize("NFC", text)


def is_readable(text: str) -> bool:
    """Whether there is nothing in the text that would have to be refused."""
    return _REFUSED.search(text) is None
