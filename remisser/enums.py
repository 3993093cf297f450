"""Kinds and stances of remisser and answers, with the Swedish words that people see."""

from django.db.models import TextChoices


class RemissKind(TextChoices):
    MOTION = "motion", "Motion"
    PROGRAM = "program", "Program"
    BETANKANDE = "betankande", "Betänkande"
    SKRIVELSE = "skrivelse", "Skrivelse"


class Stance(TextChoices):
    """A nämnd's stance on one proposal (att-sats), or on all of them together."""

    TILLSTYRKER = "tillstyrker", "Tillstyrker"
    POSITIV = "positiv", "Positiv"
    POSITIV_FORBEHALL = "positiv-forbehall", "Positiv med förbehåll"
    INGET_ATT_ERINRA = "inget-att-erinra", "Inget att erinra"
    TILLGODOSETT = "tillgodosett", "Tillgodosett eller pågår redan"
    SVART_ATT_YTTRA_SIG = "svart-att-yttra-sig", "Svårt att yttra sig"
    AVSTYRKER = "avstyrker", "Avstyrker"
    AVSTAR = "avstar", "Avstår"
