"""What is said about a cell beside its fields, though it can be saved.

A warning asks for a word of explanation: the comment of the cell, which follows the number from
there on. Each is a whole Swedish sentence with its numbers.
"""

from collections.abc import Mapping

from indicators.domain.checks import ValueInput, check_indicator
from indicators.models import IndicatorVersion, Period


def warnings_for(
    definition: IndicatorVersion, cells: Mapping[str, ValueInput], period: Period
) -> tuple[str, ...]:
    """What to say about one indicator's cells, by category, as they are saved.

    What breaks a rule outright is said here too: content from before the rule is not refused.
    """
    return tuple(problem.message for problem in check_indicator(definition, cells, period))
