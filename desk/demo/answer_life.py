"""What has happened with the made-up draft of the demo: saves and a version with a name."""

from organisation.models import User
from papers.domain.papers import save_section
from papers.domain.saves import name_save, save_at
from papers.models import Paper

LATER = (
    "<p>Motionen har fem förslag om stöd till barn som har upplevt våld hemma. Förvaltningen "
    "ställer sig bakom de flesta av dem, och vill pröva ett av dem i liten skala först.</p>"
)


def live_on(paper: Paper, author: User) -> None:
    """Write on in a draft that has just been laid in, as its author would. For papers only."""
    first = save_at(paper, 0)
    section = paper.current.sections.filter(key="sammanfattning").first() if paper.current else None
    if first is None or section is None:
        return
    name_save(first, actor=author, name="Till förvaltningsgruppen")
    save_section(section, actor=author, expected_version=0, body=LATER)
