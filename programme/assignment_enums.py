"""Kinds and states of uppdrag, with the Swedish words that people see."""

from django.db.models import TextChoices


class AssignmentOrigin(TextChoices):
    """Where an uppdrag comes from."""

    BUDGET = "budget", "Budget"
    BESLUT = "beslut", "Beslut"


class AssignmentState(TextChoices):
    PAGAR = "pagar", "Pågår"
    DELREDOVISAT = "delredovisat", "Delredovisat"
    SLUTREDOVISAT = "slutredovisat", "Slutredovisat"
    AVSLUTAT = "avslutat", "Avslutat utan redovisning"


# States in which something is still to be accounted for.
OPEN_STATES: tuple[str, ...] = (AssignmentState.PAGAR, AssignmentState.DELREDOVISAT)


class AccountKind(TextChoices):
    DEL = "del", "Delredovisning"
    SLUT = "slut", "Slutredovisning"


class ObligationKind(TextChoices):
    """What a decision's point obliges to."""

    DELREDOVISA = "delredovisa", "Delredovisa uppdraget"
    SLUTREDOVISA = "slutredovisa", "Slutredovisa uppdraget"
    ANNAT = "annat", "Annat att göra"
