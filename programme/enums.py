"""Kinds of programme, with the Swedish words that people see."""

from django.db.models import TextChoices


class ProgrammeKind(TextChoices):
    STAD = "stad", "Stadens program"
    REFERENS = "referens", "Program att jämföra med"
