"""What a fixed version of the follow-up holds; a draft is shown as the version it would become.

All of it is made for others (Audience.OTHERS), whoever makes it: what is hidden is nowhere in it.
"""

from dataclasses import dataclass
from itertools import groupby

from indicators.domain.figures import Followup, GoalResult
from indicators.enums import Chapter, CityGradeChoice

CITY = ""


@dataclass(frozen=True)
class Place:
    """Where in the follow-up something in a sentence stands."""

    what: str
    """ "rapporter", "bedomning", "indikator" or "aktivitet"."""
    code: str = ""
    """Of the indicator or the activity, or of the goal whose judgements are counted."""
    namnd: str = CITY
    """Code of the nämnd; "" for the city's own cell."""
    period: str = ""
    category: str = ""

    @property
    def anchor(self) -> str:
        """The id of the cell on the report's page."""
        parts = (self.what, self.code.replace(".", "-"), self.namnd, self.period, self.category)
        return "-".join(part for part in parts if part)


@dataclass(frozen=True)
class Sentence:
    """A sentence that Samlad has written, and the cells that it rests on."""

    text: str
    places: tuple[Place, ...] = ()

    @property
    def subject(self) -> tuple[str, str]:
        """What it is about: sentences of one indicator stand together."""
        place = self.places[0] if self.places else Place("")
        return place.what, "" if place.what == "aktivitet" else place.code

    @property
    def anchor(self) -> str:
        """The id of the cell that it rests on most; "" for none."""
        return self.places[0].anchor if self.places else ""


@dataclass(frozen=True)
class OwnGrade:
    """How the city judges a goal, and why."""

    grade: str
    reasons: str

    @property
    def label(self) -> str:
        return str(CityGradeChoice(self.grade).label)


@dataclass(frozen=True)
class ReportChapter:
    """One chapter: what Samlad has written, and people's own words."""

    key: str
    """As in its address: "inledning", "sammanfattning", or the goal's anchor."""
    kind: str
    heading: str
    draft: tuple[Sentence, ...] = ()
    text: str = ""
    grade: OwnGrade | None = None
    analysis: str = ""
    """The nämnd's own, from its report; "" for the city, and where it may tell what is hidden."""

    @property
    def is_goal(self) -> bool:
        return self.kind == Chapter.MAL

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """People's own words, parted at empty lines."""
        return paragraphs_of(self.text)

    @property
    def draft_paragraphs(self) -> tuple[tuple[Sentence, ...], ...]:
        """The sentences, those of one indicator or one activity together."""
        parted = groupby(self.draft, key=lambda sentence: sentence.subject)
        return tuple(tuple(sentences) for _, sentences in parted)


@dataclass(frozen=True)
class Snapshot:
    """The whole report: figures, coverage, who answers for what, chapters, how it was made."""

    title: str
    namnd: str
    """Name of the nämnd whose tertialrapport it is; "" for the city's follow-up."""
    namnd_code: str
    followup: Followup
    chapters: tuple[ReportChapter, ...]
    as_of: str
    notes: tuple[str, ...]
    """How the figures have come about, and what is hidden: in the words of the day it was made."""

    def chapter(self, key: str) -> ReportChapter | None:
        return next((chapter for chapter in self.chapters if chapter.key == key), None)

    def goal_of(self, chapter: ReportChapter) -> GoalResult | None:
        """The goal that the chapter is about; None for the others."""
        return next((goal for goal in self.followup.goals if goal.anchor == chapter.key), None)


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Plain text as paragraphs; lines within one are kept."""
    blocks: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            blocks[-1].append(line.strip())
        elif blocks[-1]:
            blocks.append([])
    return tuple("\n".join(block) for block in blocks if block)
