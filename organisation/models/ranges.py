"""Range expressions for constraints against overlaps, without any extension of the database."""

from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, IntegerRangeField
from django.db.models import F, Func, Value
from django.db.models.expressions import Combinable

RANGES = {"int8range": BigIntegerRangeField, "int4range": IntegerRangeField}


def one(expression: Combinable, function: str) -> Func:
    """The range that holds a single number.

    GiST compares ranges by itself; `=` on plain numbers and texts would need the extension
    btree_gist, which a municipality's database server may not have. Two ranges of one number each
    overlap exactly when the numbers are equal. Works alike on PostgreSQL 15 to 18.
    """
    return Func(
        expression,
        expression,
        Value("[]"),
        function=function,
        output_field=RANGES[function](),
    )


def days() -> Func:
    """The days from `valid_from` to `valid_to`, both included; without one, open at that end."""
    return Func(
        F("valid_from"),
        F("valid_to"),
        Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )
