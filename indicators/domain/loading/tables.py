"""What a programme's file holds: its tables and their columns, the same in Excel and in YAML.

Reading, checking, comparing, writing and the template all go by this list.
"""

from indicators.domain.loading.columns import LISTS, Column, Kind, Table, fold
from indicators.domain.loading.indicator_tables import (
    DEFINITIONS,
    GAPS,
    INDICATOR_GOALS,
    INDICATOR_RESPONSIBILITIES,
    INDICATORS,
    SUCCESSIONS,
    TARGETS,
)
from indicators.domain.loading.programme_tables import (
    ACTIVITIES,
    GOALS,
    LINKS,
    PERSPECTIVES,
    PRECONDITIONS,
    PROGRAMME,
    RESPONSIBILITIES,
    TAGGED,
    VIOLENCE_TYPES,
    WORDINGS,
)

# In the order in which they build on one another.
TABLES = (
    PROGRAMME,
    VIOLENCE_TYPES,
    PERSPECTIVES,
    GOALS,
    WORDINGS,
    PRECONDITIONS,
    LINKS,
    ACTIVITIES,
    TAGGED,
    RESPONSIBILITIES,
    INDICATORS,
    INDICATOR_GOALS,
    DEFINITIONS,
    INDICATOR_RESPONSIBILITIES,
    TARGETS,
    GAPS,
    SUCCESSIONS,
)
# What hangs on an indicator, and goes where it goes.
OF_INDICATORS = (DEFINITIONS, INDICATOR_RESPONSIBILITIES, TARGETS, GAPS, SUCCESSIONS)
# Sheets of the template that are for the reader, and are not read.
GUIDE, CHOICES = "Läs mig", "Listor"

__all__ = [
    "ACTIVITIES",
    "CHOICES",
    "DEFINITIONS",
    "GAPS",
    "GOALS",
    "GUIDE",
    "INDICATORS",
    "INDICATOR_GOALS",
    "INDICATOR_RESPONSIBILITIES",
    "LINKS",
    "LISTS",
    "OF_INDICATORS",
    "PERSPECTIVES",
    "PRECONDITIONS",
    "PROGRAMME",
    "RESPONSIBILITIES",
    "SUCCESSIONS",
    "TABLES",
    "TAGGED",
    "TARGETS",
    "VIOLENCE_TYPES",
    "WORDINGS",
    "Column",
    "Kind",
    "Table",
    "fold",
]
