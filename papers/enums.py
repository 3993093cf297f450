"""Kinds and states of papers, with the Swedish words that people see."""

from django.db.models import TextChoices


class PaperKind(TextChoices):
    REMISSVAR = "remissvar", "Svar på remiss"
    EGET_ARENDE = "eget-arende", "Eget ärende"


class PaperState(TextChoices):
    """The states a paper has today; the way from attest to expediering follows them."""

    UTKAST = "utkast", "Utkast"
    UNDER_ATTEST = "under-attest", "Under attest"
    ATTESTERAD = "attesterad", "Attesterad"


class SectionKind(TextChoices):
    """What stands in a section: running text, or what the header's facts give."""

    TEXT = "text", "Text"
    YTTRANDE = "yttrande", "Yttrande, med svar per att-sats"
    UNDERSKRIFTER = "underskrifter", "Underskrifter"
    BILAGOR = "bilagor", "Bilagor"
    MOTTAGARE = "mottagare", "Beslutet ska skickas till"
    ATTEST = "attest", "Attesterat av"


class AttestSource(TextChoices):
    PAPPER = "papper", "Enligt papperet"
    SAMLAD = "samlad", "Digitalt"


class Origin(TextChoices):
    SKRIVEN = "skriven", "Skriven i Samlad"
    INLAST = "inlast", "Inläst från en fil"


class RequiredFrom(TextChoices):
    """From when a section that is required must be written; in the order of the work."""

    ATTEST = "attest", "Före attest"
    UTSKICK = "utskick", "Före utskick till nämnden"
    EXPEDIERING = "expediering", "Innan svaret skickas"
