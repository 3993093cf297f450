"""Text from outside: what is made alike, what is left out, what is refused."""

import pytest

from organisation.readable import is_readable, made_alike


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("A\u030angstro\u0308m", "Ångström"),
        ("\ufeffRubrik", "Rubrik"),
        ("stads\u00addels\u00adnämnd", "stadsdelsnämnd"),
        ("våld\u200b", "våld"),
        ("vå\u200dld", "våld"),
        ("\u200dvåld", "våld"),
        ("\u200e2025-01-01\u200f", "2025-01-01"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # a joiner where the script needs it
        ("👩\u200d👧", "👩\u200d👧"),
        ("rad\r\nrad\tkolumn", "rad\r\nrad\tkolumn"),
        ("hårt\u00a0mellanslag", "hårt\u00a0mellanslag"),
    ],
)
def test_what_is_made_alike(given: str, kept: str):
    assert made_alike(given) == kept
    assert made_alike(kept) == kept
    assert is_readable(kept)


@pytest.mark.parametrize(
    "sign", ["\x00", "\x0b", "\x1b", "\x85", "\u202e", "\u2066", "\ud800", "\uffff"]
)
def test_what_is_refused(sign: str):
    assert not is_readable(made_alike(f"ord{sign}ord"))
