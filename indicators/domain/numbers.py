"""Numbers as Swedes write them: one parser for every field, one formatter for every page.

Spaces of all kinds group, both comma and point are decimal signs. "1.000" and "1,000" are
refused: they may mean a thousand or one, and a guess would be wrong for somebody.
"""

import re
from decimal import Decimal

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
MAX_INTEGER_DIGITS = 12
MAX_DECIMALS = 2

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_GROUPED = re.compile(r"[+-]?\d{1,3}( \d{3})+([.,]\d+)?")
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_MANY_SIGNS = re.compile(r"[+-]?\d{1,3}([.,]\d{3})+([.,]\d+)?")


class NumberNotUnderstood(ValueError):
    """The text is not a number that Samlad takes; the message says why, in Swedish."""


def parse_number(text: str) -> Decimal:
    """The number that `text` means.

    Raises NumberNotUnderstood with a Swedish sentence for what is no number, what could mean
    two numbers, and what has more digits than a value can hold (12 before the decimal sign,
    2 after).
    """
    cleaned = _SPACES.sub(" ", text.replace(MINUS, "-")).strip().replace("- ", "-")
    if not cleaned.isascii():
        raise NumberNotUnderstood(f"”{_shorten(text)}” är inte ett tal. Skriv med siffror.")
    if _AMBIGUOUS.fullmatch(cleaned):
        whole, part = re.split(r"[.,]", cleaned)
        raise NumberNotUnderstood(
            f"”{cleaned}” kan betyda {whole} {part} eller {whole},{part.rstrip('0') or '0'}. "
            f"Skriv {whole} {part} eller {whole},{part.rstrip('0') or '0'}."
        )
    bare = cleaned.removesuffix("%").rstrip()
    if bare != cleaned and (_PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare)):
        raise NumberNotUnderstood(f"Skriv talet utan %: {_shorten(bare)}.")
    if not (_PLAIN.fullmatch(cleaned) or _GROUPED.fullmatch(cleaned)):
        if _MANY_SIGNS.fullmatch(cleaned):
            raise NumberNotUnderstood(
                f"”{_shorten(cleaned)}” har flera skiljetecken. Gruppera siffror med mellanslag."
            )
        raise NumberNotUnderstood(f"”{_shorten(text)}” är inte ett tal. Skriv med siffror.")
    number = Decimal(cleaned.replace(" ", "").replace(",", "."))
    if abs(number) >= 10**MAX_INTEGER_DIGITS:
        raise NumberNotUnderstood(
            f"Talet har för många siffror. Det får vara högst {MAX_INTEGER_DIGITS}."
        )
    if number != number.quantize(Decimal(1).scaleb(-MAX_DECIMALS)):
        raise NumberNotUnderstood(f"Talet får ha högst {MAX_DECIMALS} decimaler.")
    return number


def format_number(number: Decimal | int, *, decimals: int | None = None) -> str:
    """`number` with no-break spaces between thousands and a decimal comma.

    decimals: how many to show; None shows those it has, without trailing zeros.
    """
    if decimals is None:
        normal = Decimal(number).normalize()
        decimals = max(0, -int(normal.as_tuple().exponent))
    text = f"{Decimal(number):,.{decimals}f}"
    return (
        text.replace(",", NO_BREAK_SPACE).replace(".", ",").replace("-", MINUS)
        if Decimal(text.replace(",", "")) != 0
        else text.replace(".", ",").replace("-", "")
    )


def _shorten(text: str, *, most: int = 30) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
