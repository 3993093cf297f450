"""Kinds and states of papers, with the Swedish words that people see."""

from django.db.models import TextChoices


class PaperKind(TextChoices):
    REMISSVAR = "remissvar", "Svar på remiss"
    EGET_ARENDE = "eget-arende", "Eget ärende"


class PaperState(TextChoices):
    """Where a paper is on its way from the first word until it is sent."""

    UTKAST = "utkast", "Utkast"
    UNDER_ATTEST = "under-attest", "Under attest"
    ATTESTERAD = "attesterad", "Attesterad"
    UTSKICKAD = "utskickad", "Utskickad till sammanträde"
    BESLUTAD = "beslutad", "Beslutad"
    BORDLAGD = "bordlagd", "Bordlagd"
    ATERREMITTERAD = "aterremitterad", "Återremitterad"
    EXPEDIERAD = "expedierad", "Expedierad"


class AgendaKind(TextChoices):
    """Under which heading a matter stands on the agenda."""

    REMISS = "remiss", "Remisser"
    BESLUT = "beslut", "Beslutsärenden"
    ANMALAN = "anmalan", "Anmälan"


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


class ConsultationKind(TextChoices):
    """Who was consulted, in the order of the form."""

    FORVALTNINGSGRUPP = "forvaltningsgrupp", "Förvaltningsgrupp"
    RAD = "rad", "Råd"
    AVDELNING = "avdelning", "Avdelning eller enhet i förvaltningen"
    FORVALTNING = "forvaltning", "Annan förvaltning eller bolag"


class ConsultationVerb(TextChoices):
    """What happened, in the words that the paper uses. They do not mean the same."""

    BEHANDLAT = "behandlat", "har behandlat ärendet"
    MOJLIGHET = "mojlighet", "har haft möjlighet att behandla ärendet"
    BERETT = "berett", "har berett ärendet"
    SAMRAD = "samrad", "har deltagit i samråd om ärendet"
    SYNPUNKTER = "synpunkter", "har lämnat synpunkter på ärendet"
    AVSTATT = "avstatt", "har avstått från att lämna synpunkter"
