"""Kinds of the programme's things, with the Swedish words that people see."""

from django.db.models import TextChoices


class ProgrammeKind(TextChoices):
    STAD = "stad", "Stadens program"
    REFERENS = "referens", "Program att jämföra med"


class ResponsibilityKind(TextChoices):
    """Who is responsible does it and accounts for it; who takes part is asked for no report."""

    ANSVARIG = "ansvarig", "Ansvarig"
    MEDVERKANDE = "medverkande", "Medverkande"
