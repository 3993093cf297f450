"""What has happened with the made-up draft of the demo: saves, comments, a section given out."""

import datetime as dt

from django.utils import timezone

from organisation.models import User
from papers.domain.comments import places_of, reply, resolve, start_thread
from papers.domain.papers import save_section
from papers.domain.preparation import Facts, add_consultation
from papers.domain.saves import name_save, save_at
from papers.domain.tasks import give_section, people_to_ask
from papers.models import Paper

LATER = (
    "<p>Motionen har fem förslag om stöd till barn som har upplevt våld hemma. Förvaltningen "
    "ställer sig bakom de flesta av dem, och vill pröva ett av dem i liten skala först.</p>"
)


def live_on(paper: Paper, author: User) -> None:
    """Write on in a draft that has just been laid in, as its author and a chef would."""
    first = save_at(paper, 0)
    section = paper.current.sections.filter(key="sammanfattning").first() if paper.current else None
    if first is None or section is None:
        return
    name_save(first, actor=author, name="Till förvaltningsgruppen")
    save_section(section, actor=author, expected_version=0, body=LATER)
    paper.refresh_from_db()
    places = {passage.heading: passage.key for passage in places_of(paper)}
    chef = User.objects.filter(username="chef.hasselby").first() or author
    thread = start_thread(
        paper,
        actor=chef,
        place=places["Sammanfattning"],
        quote="ställer sig bakom de flesta av dem",
        text="Kan vi säga vilka vi inte ställer oss bakom?",
    )
    reply(thread, actor=author, text="Ja, när att-sats 3 och 5 är besvarade.")
    done = start_thread(
        paper,
        actor=chef,
        place=places["Bakgrund"],
        text="Hur många instanser var det?",
    )
    reply(done, actor=author, text="Sex. Jag har skrivit in det.")
    resolve(done, actor=author)
    writer = people_to_ask(paper).exclude(pk__in=[author.pk, chef.pk]).first() or chef
    give_section(
        paper,
        key="sammanfattande_bedomning",
        person=writer,
        unit="Enheten för barn och unga",
        due_on=timezone.localdate() + dt.timedelta(days=5),
        note="En halv sida räcker.",
        actor=author,
    )
    for facts in (
        Facts("avdelning", "Avdelningen för individ och familj", "berett"),
        Facts(
            "rad",
            "Rådet för funktionshinderfrågor",
            "mojlighet",
            timezone.localdate() - dt.timedelta(days=1),
            "Rådet hade inga synpunkter.",
        ),
    ):
        add_consultation(paper, facts, actor=author)
