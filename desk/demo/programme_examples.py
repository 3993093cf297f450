"""Samlad's own examples around the programme's goals: what must be in place, tags, and one
activity whose text was changed. None of it is the programme's words, and all of it is marked so."""

import datetime as dt

from programme.models import (
    Activity,
    ActivityPerspective,
    ActivityWording,
    Goal,
    Perspective,
    Precondition,
    Programme,
    ViolenceType,
)

PUBLIC = "Publik sida om programmet 2021–2025"
PERSPECTIVES = {
    "jamstalldhet": "jämställdhet",
    "jamlikhet": "jämlikhet",
    "barnratt": "barnrätt",
    "ratten-till-utbildning": "rätten till utbildning",
    "normmedvetenhet": "normmedvetenhet",
    "arbetsgivarperspektiv": "arbetsgivarperspektiv",
}
PRECONDITIONS = (
    (1, "Det finns någon i varje förvaltning som håller ihop det förebyggande arbetet."),
    (1, "Skolor och fritidsverksamheter har tid avsatt för samtal om våld och normer."),
    (2, "Personalen vet vart den som vill sluta använda våld kan vända sig."),
    (3, "Det går att fråga i enskildhet, med tolk när det behövs."),
    (3, "Den som frågar vet vad nästa steg är om svaret är ja."),
    (4, "Det finns skyddade platser också för den som har husdjur, missbruk eller många barn."),
    (5, "Handläggare och polis har en känd väg till varandra."),
    (6, "Nya medarbetare får grundutbildning under sitt första år."),
    (7, "Insatser beskrivs så att det går att följa vad som faktiskt gjordes."),
)
TAGGED = {
    "stadens-medarbetare": ((), ("arbetsgivarperspektiv",)),
    "vald-i-skolan": ((), ("ratten-till-utbildning", "normmedvetenhet")),
    "barn-i-skydd": (("vald-i-nara-relationer",), ("barnratt", "ratten-till-utbildning")),
    "barn-som-vittnar": ((), ("barnratt",)),
    "foraldrastod-om-vald": (("vald-i-nara-relationer",), ("barnratt", "jamstalldhet")),
}
TAGGED_LATER = ("vald-i-skolan", "barnratt", dt.date(2024, 1, 1))
REWORDED = "skydd-samma-dag"
NEW_WORDING = (
    "Kunna ordna skydd samma dag som någon ber om det, alla dagar på året, också med husdjur "
    "eller vuxna barn."
)
REWORDED_ON = dt.date(2024, 1, 1)
DECISION = "Exempel: ett påhittat beslut av socialnämnden i december 2023"


def load_programme_examples(programme: Programme, goals: dict[int, Goal]) -> str:
    """Preconditions, perspectives, tags and a changed text. Answers what they are, in words."""
    perspectives = {
        code: Perspective.objects.update_or_create(
            code=code, defaults={"name": name, "order": order, "source": PUBLIC}
        )[0]
        for order, (code, name) in enumerate(PERSPECTIVES.items(), start=1)
    }
    programme.perspectives.set(perspectives.values())
    for order, (number, text) in enumerate(PRECONDITIONS, start=1):
        Precondition.objects.get_or_create(
            goal=goals[number], text=text, defaults={"is_example": True, "order": order}
        )
    activities = {a.code: a for a in Activity.objects.filter(code__in=[*TAGGED, REWORDED])}
    kinds = {kind.code: kind for kind in ViolenceType.objects.order_by("order")}
    for code, (its_kinds, its_perspectives) in TAGGED.items():
        activities[code].violence_types.add(*(kinds[kind] for kind in its_kinds))
        activities[code].perspectives.add(*(perspectives[p] for p in its_perspectives))
    code, perspective, since = TAGGED_LATER
    ActivityPerspective.objects.get_or_create(
        activity=activities[code],
        perspective=perspectives[perspective],
        defaults={"valid_from": since, "source": DECISION},
    )
    ActivityWording.objects.get_or_create(
        activity=activities[REWORDED],
        valid_from=REWORDED_ON,
        defaults={"text": NEW_WORDING, "decision": DECISION},
    )
    return f"{len(PRECONDITIONS)} förutsättningar"
