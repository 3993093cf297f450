"""Kinds of what is logged, with the Swedish words that people see."""

from django.db.models import TextChoices


class ReadKind(TextChoices):
    """Readings, and knocks on the door, that leave a mark."""

    EXPORT = "export", "Export"
    DOWNLOAD = "nedladdning", "Nedladdning"
    FOREIGN = "annan-namnd", "Läsning av en annan nämnds handling"
    INSIGHT = "insyn", "Läsning med insyn"
    PROTECTED = "skyddad-uppgift", "Skyddad uppgift öppnad"
    SIGN_IN = "inloggning", "Inloggning"
    SIGN_IN_REFUSED = "nekad-inloggning", "Nekad inloggning"
    SIGN_OUT = "utloggning", "Utloggning"
    REFUSED = "nekad", "Nekad åtkomst"
