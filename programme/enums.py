"""Kinds of the programmes' registers, with the Swedish words that people see."""

from django.db.models import TextChoices


class ProgrammeKind(TextChoices):
    STAD = "stad", "Stadens program"
    REFERENS = "referens", "Program att jämföra med"


class ResponsibilityKind(TextChoices):
    """Who is responsible does it and accounts for it; who takes part is asked for no report."""

    ANSVARIG = "ansvarig", "Ansvarig"
    MEDVERKANDE = "medverkande", "Medverkande"


class Provider(TextChoices):
    """Who is behind an operation (huvudman). Blank where no source says it."""

    STAD = "stad", "Staden"
    REGION = "region", "Regionen"
    STAT = "stat", "Staten"
    CIVIL = "civil", "Civilsamhället"


class Audience(TextChoices):
    """Whom an operation is for."""

    UTSATT = "utsatt", "Den som är utsatt"
    UTOVARE = "utovare", "Den som utövar våld eller köper sex"
    ANHORIG = "anhorig", "Anhörig"
    YRKESVERKSAM = "yrkesverksam", "Yrkesverksam"


class Anonymity(TextChoices):
    """Whether one may be anonymous there. Unknown is an answer of its own, and never a yes."""

    JA = "ja", "Ja"
    NEJ = "nej", "Nej"
    OKANT = "okant", "Uppgift saknas"


class Reach(TextChoices):
    """Where in the city an operation is there for people."""

    HELA = "hela", "Hela staden"
    STADSDELAR = "stadsdelar", "Vissa stadsdelar eller nämnder"
    OKANT = "okant", "Uppgift saknas"
