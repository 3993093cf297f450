"""Kinds of nämnd and roles, with the Swedish words that people see."""

from django.db.models import TextChoices


class NamndKind(TextChoices):
    KOMMUNSTYRELSEN = "kommunstyrelsen", "Kommunstyrelsen"
    STADSDELSNAMND = "stadsdelsnamnd", "Stadsdelsnämnd"
    FACKNAMND = "facknamnd", "Facknämnd"
    MODERBOLAG = "moderbolag", "Moderbolag (svarar för bolagen samlat)"
    BOLAG = "bolag", "Bolag"


class NamndGroup(TextChoices):
    """A responsibility laid on many at once; who that is follows from the date."""

    STADSDELSNAMNDER = "stadsdelsnamnder", "Alla stadsdelsnämnder"
    NAMNDER = "namnder", "Alla nämnder"
    ALLA = "alla", "Alla nämnder och bolag"
    BOLAGEN = "bolagen", "Bolagen samlat"


# Boards of companies, their parent among them: what is said of nämnder is said of them as well.
COMPANY_KINDS: tuple[str, ...] = (NamndKind.MODERBOLAG, NamndKind.BOLAG)


class Role(TextChoices):
    UPPGIFTSLAMNARE = "uppgiftslamnare", "Uppgiftslämnare"
    GRANSKARE = "granskare", "Granskare"
    NAMNDSEKRETERARE = "namndsekreterare", "Nämndsekreterare"
    CHEF = "chef", "Chef"
    LASARE = "lasare", "Läsare"
    LEDAMOT = "ledamot", "Ledamot"
    SAMORDNARE = "samordnare", "Samordnare"
    REMITTENT = "remittent", "Handläggare hos remittenten"
    SYSTEMFORVALTARE = "systemforvaltare", "Systemförvaltare"


# Who takes part in a nämnd's unfinished work. Members (ledamöter) see a paper first when it is
# sent out to them. The programme's coordinator and the remitter's officer work for the whole
# city: of what has not left a nämnd they see state and due date, also in the nämnd where they sit.
INSIDE_ROLES: tuple[str, ...] = (
    Role.UPPGIFTSLAMNARE,
    Role.GRANSKARE,
    Role.NAMNDSEKRETERARE,
    Role.CHEF,
    Role.LASARE,
)


class MeetingKind(TextChoices):
    ORDINARIE = "ordinarie", "Ordinarie"
    EXTRA = "extra", "Extra"


class DecisionOutcome(TextChoices):
    """What a nämnd did with what its förvaltning proposed. Blank means that it is not known."""

    ENLIGT = "enligt", "Enligt förslaget"
    ANDRAT = "andrat", "Ändrat"
    BORDLAGT = "bordlagt", "Bordlagt"
    ATERREMITTERAT = "aterremitterat", "Återremitterat"
    AVSTAR = "avstar", "Avstår"


# Outcomes after which the matter comes back to the nämnd.
POSTPONED: tuple[str, ...] = (DecisionOutcome.BORDLAGT, DecisionOutcome.ATERREMITTERAT)


class StatementKind(TextChoices):
    """What some members of a nämnd lay beside its decision."""

    RESERVATION = "reservation", "Reservation"
    SARSKILT_UTTALANDE = "sarskilt-uttalande", "Särskilt uttalande"


class ApiScope(TextChoices):
    """What a key to the API may read."""

    PROGRAM = "program", "Program, mål och aktiviteter"
    INDIKATORER = "indikatorer", "Indikatorer med definitioner"
    UPPFOLJNING = "uppfoljning", "Stadens och nämndernas siffror"
    RAPPORTER = "rapporter", "Hur långt rapporterna har kommit"
    REMISSER = "remisser", "Remisser och var svaren är"
