"""Grades and states that were corrected after they had been approved, in words."""

import datetime as dt
from dataclasses import dataclass

from indicators.enums import ActivityState, Grade

NO_GRADE = "ingen bedömning"
NO_STATE = "läge saknas"


@dataclass(frozen=True)
class CorrectedJudgement:
    """What one nämnd said of a goal or an activity, and says now.

    reason: "" where it is not told: it is the reason of the whole correction, and may tell a
    number that is protected.
    """

    about: str
    """ "Mål 4", or what the activity says."""
    namnd_code: str
    namnd: str
    before: str
    now: str
    on: dt.date
    reason: str
    is_example: bool = False

    @property
    def change(self) -> str:
        """ "från uppfylls delvis till uppfylls helt, rättad 2025-06-03: fel mål"."""
        change = f"från {self.before} till {self.now}, rättad {self.on:%Y-%m-%d}"
        return f"{change}: {self.reason}" if self.reason else change

    @property
    def text(self) -> str:
        """The change, and whose it is."""
        return f"{self.namnd}: {self.change}{' (exempeldata)' if self.is_example else ''}"


def grade_in_words(grade: str) -> str:
    """As within a sentence: "uppfylls helt", "ingen bedömning"."""
    return str(Grade(grade).label).lower() if grade else NO_GRADE


def state_in_words(state: str, new_date: dt.date | None = None) -> str:
    """As within a sentence: "genomförd", "avviker, nytt datum 2025-12-01", "läge saknas"."""
    if not state:
        return NO_STATE
    words = str(ActivityState(state).label).lower()
    return f"{words}, nytt datum {new_date:%Y-%m-%d}" if new_date else words
