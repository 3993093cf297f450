"""The accounts of the demo: who they are, and where they have which role.

They exist only where the demo content was loaded, and the sign-in page shows their buttons only
with DEBUG on.
"""

from dataclasses import dataclass

from organisation.enums import Role

DEMO_PASSWORD = "demo"  # noqa: S105 - shown on the demo's sign-in page


@dataclass(frozen=True)
class DemoAccount:
    username: str
    name: str
    title: str
    namnd: str | None
    """Code of the nämnd; None for the systemförvaltare, whose role is the whole system's."""
    roles: tuple[str, ...]
    does: str
    """What the person is there to do, for the sign-in page."""

    @property
    def email(self) -> str:
        """So that mail has somewhere to go: an address that nobody can have (RFC 2606)."""
        return f"{self.username}@samlad.example"

    @property
    def role_label(self) -> str:
        """The first role, in words."""
        return str(Role(self.roles[0]).label)


DEMO_ACCOUNTS = (
    DemoAccount(
        "uppgift.sodermalm",
        "Ulla Uppgift",
        "Controller",
        "sodermalm",
        (Role.UPPGIFTSLAMNARE,),
        "fyller i Södermalms siffror",
    ),
    DemoAccount(
        "granskare.sodermalm",
        "Göran Granskare",
        "Avdelningschef",
        "sodermalm",
        (Role.GRANSKARE,),
        "granskar och godkänner Södermalms rapport",
    ),
    DemoAccount(
        "uppgift.hagersten",
        "Ulf Uppgift",
        "Utvecklingsledare",
        "hagersten-alvsjo",
        (Role.UPPGIFTSLAMNARE,),
        "rättar en rapport som granskaren har skickat tillbaka",
    ),
    DemoAccount(
        "granskare.hagersten",
        "Gunilla Granskare",
        "Enhetschef",
        "hagersten-alvsjo",
        (Role.GRANSKARE,),
        "granskar Hägersten-Älvsjös rapport, rad för rad",
    ),
    DemoAccount(
        "uppgift.hasselby",
        "Urban Uppgift",
        "Controller",
        "hasselby-vallingby",
        (Role.UPPGIFTSLAMNARE,),
        "har tagit tillbaka Hässelby-Vällingbys rapport",
    ),
    DemoAccount(
        "sekreterare.hasselby",
        "Siv Sekreterare",
        "Nämndsekreterare",
        "hasselby-vallingby",
        (Role.NAMNDSEKRETERARE,),
        "skriver Hässelby-Vällingbys remissvar",
    ),
    DemoAccount(
        "chef.hasselby",
        "Christer Chef",
        "Avdelningschef",
        "hasselby-vallingby",
        (Role.CHEF,),
        "läser och följer Hässelby-Vällingbys handlingar",
    ),
    DemoAccount(
        "lasare.hasselby",
        "Lova Läsare",
        "",
        "hasselby-vallingby",
        (Role.LASARE,),
        "läser det som Hässelby-Vällingby får se",
    ),
    DemoAccount(
        "sekreterare.socialnamnden",
        "Sten Sekreterare",
        "Nämndsekreterare",
        "socialnamnden",
        (Role.NAMNDSEKRETERARE,),
        "skriver socialnämndens remissvar",
    ),
    DemoAccount(
        "handlaggare.ks",
        "Hanna Handläggare",
        "Handläggare",
        "kommunstyrelsen",
        (Role.REMITTENT,),
        "ser vilka som ska svara på kommunstyrelsens remisser",
    ),
    DemoAccount(
        "samordnare",
        "Sara Samordnare",
        "Programsamordnare",
        "socialnamnden",
        (Role.SAMORDNARE,),
        "håller ihop programmet och den samlade uppföljningen",
    ),
    DemoAccount(
        "ledamot",
        "Lars Ledamot",
        "Ledamot i socialnämnden",
        "socialnamnden",
        (Role.LEDAMOT,),
        "läser den samlade uppföljningen",
    ),
    DemoAccount(
        "admin",
        "Anna Administratör",
        "Systemförvaltare",
        None,
        (Role.SYSTEMFORVALTARE,),
        "sköter register, personer och roller",
    ),
)
