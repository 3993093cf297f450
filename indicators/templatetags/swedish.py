"""Template filters for Swedish numbers."""

from decimal import Decimal

from django import template

from indicators.domain.numbers import format_number

register = template.Library()


@register.filter
def number(value: Decimal | int | None, decimals: int | None = None) -> str:
    """12345.5 → "12 345,5" with no-break spaces; None → "" ."""
    return "" if value is None else format_number(value, decimals=decimals)
