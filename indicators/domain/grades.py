"""How the nämnder judge a goal: the counts, and the sentence that says them."""

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.enums import Grade

# Swedish practice in running text: words up to twelve, figures from thirteen.
WORDS = (
    *("ingen", "en", "två", "tre", "fyra", "fem", "sex"),
    *("sju", "åtta", "nio", "tio", "elva", "tolv"),
)
# How a grade is said in full and, after a comma, in short.
PHRASES = (
    ("helt", "uppfylls helt", "helt"),
    ("delvis", "uppfylls delvis", "delvis"),
    ("ej", "inte uppfylls", "ej"),
)


@dataclass(frozen=True)
class GradeSummary:
    """How many of the nämnder that a goal concerns judge it how.

    A nämnd that says that the goal does not concern it ("ej berörd") is not among them.
    """

    helt: int = 0
    delvis: int = 0
    ej: int = 0
    ej_uppfoljd: int = 0
    not_judged: int = 0
    """Concerned, but without an approved report, or the approved report says nothing."""

    @property
    def concerned(self) -> int:
        return self.judged + self.ej_uppfoljd + self.not_judged

    @property
    def judged(self) -> int:
        return self.helt + self.delvis + self.ej

    @property
    def counts(self) -> tuple[tuple[str, str, int], ...]:
        """(key, words, count) of every grade, and of those who have not judged."""
        return (
            ("helt", "Uppfylls helt", self.helt),
            ("delvis", "Uppfylls delvis", self.delvis),
            ("ej", "Uppfylls ej", self.ej),
            ("ej-uppfoljd", "Ej uppföljd", self.ej_uppfoljd),
            ("saknas", "Bedömning saknas", self.not_judged),
        )

    @property
    def sentence(self) -> str:
        """ "23 av 30 nämnder bedömer att målet uppfylls helt, sju delvis."

        The number at the head in figures, the others in words up to twelve.
        """
        if self.concerned == 0:
            return "Målet berör ingen nämnd den här perioden."
        sentences = [self._judgement()]
        if self.ej_uppfoljd and self.ej_uppfoljd < self.concerned:
            sentences.append(f"Målet har inte följts upp av {_namnder(self.ej_uppfoljd)}.")
        if self.not_judged and self.not_judged < self.concerned:
            sentences.append(f"Bedömning saknas ännu från {_namnder(self.not_judged)}.")
        return " ".join(sentences)

    def _judgement(self) -> str:
        if self.not_judged == self.concerned:
            if self.concerned == 1:
                return "Den enda berörda nämnden har inte lämnat någon bedömning än."
            return f"Ingen av de {word(self.concerned)} berörda nämnderna har lämnat bedömning än."
        if self.ej_uppfoljd == self.concerned:
            if self.concerned == 1:
                return "Den enda berörda nämnden har inte följt upp målet."
            return f"Ingen av de {word(self.concerned)} berörda nämnderna har följt upp målet."
        given = [(getattr(self, key), full, short) for key, full, short in PHRASES]
        given = [part for part in given if part[0]]
        if not given:
            return f"Ingen av de {word(self.concerned)} berörda nämnderna har bedömt målet."
        (first, full, _), *rest = given
        head = f"{self._subject(first)} bedömer att målet {full}"
        return f"{head}{_tail([f'{word(count)} {short}' for count, _, short in rest])}."

    def _subject(self, count: int) -> str:
        if count < self.concerned:
            return f"{count} av {self.concerned} nämnder"
        if count == 1:
            return "Den enda berörda nämnden"
        return "Båda berörda nämnderna" if count == 2 else f"Alla {word(count)} berörda nämnder"


def summarise(concerned: Iterable[int], grades: dict[int, str]) -> GradeSummary:
    """Counts of one goal.

    concerned: ids of the nämnder that the goal concerns; grades: the grade by nämnd id in the
    approved reports ("" or absent: no judgement).
    """
    given = [grades.get(namnd_id, "") for namnd_id in concerned]
    return GradeSummary(
        helt=given.count(Grade.HELT),
        delvis=given.count(Grade.DELVIS),
        ej=given.count(Grade.EJ),
        ej_uppfoljd=given.count(Grade.EJ_UPPFOLJD),
        not_judged=given.count(""),
    )


def word(count: int) -> str:
    """7 → "sju", 13 → "13"."""
    return WORDS[count] if count < len(WORDS) else str(count)


def _namnder(count: int) -> str:
    return f"{word(count)} {'nämnd' if count == 1 else 'nämnder'}"


def _tail(parts: list[str]) -> str:
    if not parts:
        return ""
    *most, last = parts
    return f", {', '.join(most)} och {last}" if most else f", {last}"
