"""Kinds and stances of remisser and answers, with the Swedish words that people see."""

from django.db.models import TextChoices


class RemissKind(TextChoices):
    MOTION = "motion", "Motion"
    PROGRAM = "program", "Program"
    BETANKANDE = "betankande", "Betänkande"
    SKRIVELSE = "skrivelse", "Skrivelse"
    DEPARTEMENT = "departement", "Remiss från departement"


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


class PlanStep(TextChoices):
    """What happens with an answer on its way, in the usual order."""

    UTKAST = "utkast", "Färdigt utkast"
    FORVALTNINGSGRUPP = "forvaltningsgrupp", "Förvaltningsgruppen"
    RAD = "rad", "Råden"
    ATTEST = "attest", "Attest"
    UTSKICK = "utskick", "Utskick till ledamöterna"
    SAMMANTRADE = "sammantrade", "Sammanträde"
    EXPEDIERING = "expediering", "Svaret skickas"
    SVAR = "svar", "Svar senast"


# The steps whose day a rule of the nämnd gives; the others are days that are known.
RULED_STEPS: tuple[PlanStep, ...] = (
    PlanStep.UTKAST,
    PlanStep.FORVALTNINGSGRUPP,
    PlanStep.RAD,
    PlanStep.ATTEST,
    PlanStep.UTSKICK,
    PlanStep.EXPEDIERING,
)


class PlanAnchor(TextChoices):
    """What the working days of a rule are counted from."""

    SAMMANTRADE = "sammantrade", "före sammanträdet"
    UTSKICK = "utskick", "före utskicket"
    EFTER = "efter", "efter sammanträdet"


class ExtensionState(TextChoices):
    BEGART = "begart", "Begärt"
    BEVILJAT = "beviljat", "Beviljat"
    AVSLAGET = "avslaget", "Avslaget"
