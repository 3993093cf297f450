"""Kinds, rules and states of indicators and reports, with the Swedish words that people see."""

from django.db.models import TextChoices


class IndicatorKind(TextChoices):
    INDIKATOR = "I", "Indikator"
    UTVECKLINGSINDIKATOR = "UI", "Utvecklingsindikator (datakälla saknas ännu)"


class Direction(TextChoices):
    HIGHER = "hogre", "Högre är bättre"
    LOWER = "lagre", "Lägre är bättre"
    NEUTRAL = "ingen", "Ingen riktning"


class Aggregation(TextChoices):
    """How values of several nämnder become the city's."""

    SUM = "summa", "Summa"
    RATIO = "kvot", "Summan av täljarna genom summan av nämnarna"
    SHARE_YES = "andel-ja", "Andel nämnder som svarar ja"
    LATEST = "senaste", "Senaste uppgift från den nämnd som svarar för den"
    NONE = "ingen", "Läggs inte samman"


class Accumulation(TextChoices):
    """What a period's value covers in time."""

    YEAR_TO_DATE = "hittills", "Hittills i år (tertial 2 innehåller tertial 1)"
    POINT_IN_TIME = "tidpunkt", "Läget vid periodens slut"
    YEARLY = "ar", "En gång per år, i verksamhetsberättelsen"


class GapKind(TextChoices):
    """Why an indicator is asked for no longer, or not for a time."""

    PAUSED = "vilar", "Mäts inte"
    NO_SOURCE = "utan-kalla", "Saknar källa"
    ENDED = "upphort", "Har upphört"


class SuccessionKind(TextChoices):
    """How one indicator becomes another, as the earlier one's page says it."""

    SPLIT = "delad", "Delad i flera"
    REPLACED = "ersatt", "Ersatt av"


class Category(TextChoices):
    """Which part of the people a value counts."""

    TOTAL = "totalt", "Totalt"
    KVINNOR = "kvinnor", "Kvinnor"
    MAN = "man", "Män"


class MissingReason(TextChoices):
    FINNS_INTE = "finns-inte", "Uppgiften finns inte"
    MATS_INTE = "mats-inte", "Mäts inte denna period"
    BERORS_EJ = "berors-ej", "Nämnden berörs inte"
    SEKRETESS = "sekretess", "Sekretess"


class Rule(TextChoices):
    """What is looked for in an outcome that can be saved: each asks for a word of explanation."""

    LOWER = "minskat", "Lägre än tidigare i år"
    HISTORY = "egna", "Långt från nämndens egna tidigare värden"
    PEERS = "andra", "Långt från andra nämnder av samma slag"
    TARGET = "arsmal", "Når inte årsmålet"
    ZERO = "noll", "Noll efter många"
    SEX = "kon", "Uppgift om kön saknas för många"


class Grade(TextChoices):
    """A nämnd's own judgement of a goal; the words are the annual report's."""

    HELT = "helt", "Uppfylls helt"
    DELVIS = "delvis", "Uppfylls delvis"
    EJ = "ej", "Uppfylls ej"
    EJ_UPPFOLJD = "ej-uppfoljd", "Ej uppföljd"
    EJ_BERORD = "ej-berord", "Ej berörd"


class ActivityState(TextChoices):
    """How far a nämnd has come with an activity that it answers for."""

    EJ_PABORJAD = "ej-paborjad", "Ej påbörjad"
    PABORJAD = "paborjad", "Påbörjad"
    GENOMFORD = "genomford", "Genomförd"
    AVVIKER = "avviker", "Avviker"


class PeriodKind(TextChoices):
    T1 = "T1", "Tertialrapport 1"
    T2 = "T2", "Tertialrapport 2"
    VB = "VB", "Verksamhetsberättelse"


class PeriodState(TextChoices):
    PLANERAD = "planerad", "Planerad"
    OPPEN = "oppen", "Öppen"
    STANGD = "stangd", "Stängd"
    LAST = "last", "Låst"


class ReportState(TextChoices):
    UTKAST = "utkast", "Utkast"
    INLAMNAD = "inlamnad", "Inlämnad"
    ATERSAND = "atersand", "Återsänd"
    GODKAND = "godkand", "Godkänd"
    LAST = "last", "Låst"


class VersionOrigin(TextChoices):
    """Why a version of a report was opened."""

    NY = "ny", "Den första versionen"
    ATERSAND = "atersand", "Återsänd av granskaren"
    ATERTAGEN = "atertagen", "Återtagen innan den godkändes"
    RATTELSE = "rattelse", "Rättelse av en godkänd rapport"


class RequestState(TextChoices):
    """Of a nämnd's wish to correct a report whose period has closed."""

    VANTAR = "vantar", "Väntar på samordnaren"
    OPPNAD = "oppnad", "Öppnad för rättelse"
    AVSLAGEN = "avslagen", "Avslagen"


class Region(TextChoices):
    """What a reference series describes."""

    STADEN = "staden", "Stockholms stad"
    LANET = "lanet", "Stockholms län"
    RIKET = "riket", "Riket"


class ProgrammeFileState(TextChoices):
    """Of a file that was uploaded: it waits for somebody to look, and then either."""

    VANTAR = "vantar", "Väntar på granskning"
    INLAST = "inlast", "Inläst"
    KASTAD = "kastad", "Kastad"


class ReportFileState(TextChoices):
    """Of a nämnd's workbook that was uploaded: it waits for its person to look, and then either."""

    VANTAR = "vantar", "Väntar på granskning"
    INLAST = "inlast", "Inläst"
    KASTAD = "kastad", "Kastad"
    UTGANGEN = "utgangen", "För gammal"


class Reading(TextChoices):
    """How figures from before an organisation changed are read."""

    RAPPORTERAT = "rapporterat", "Som det rapporterades"
    DAGENS = "dagens", "Dagens nämnder, med föregångarna inräknade"
    SERIE = "serie", "Nämnd för nämnd som serie, med skarv och föregångare"


class FollowupKind(TextChoices):
    """Whose follow-up a report is of."""

    STADEN = "staden", "Hela staden"
    NAMNDEN = "namnden", "En nämnd"


class FollowupState(TextChoices):
    """Of the follow-up as a report."""

    UTKAST = "utkast", "Utkast"
    FASTSTALLD = "faststalld", "Fastställd"
    BESLUTAD = "beslutad", "Beslutad"


class Chapter(TextChoices):
    """Of the follow-up as a report; there is one of MAL for each goal."""

    INLEDNING = "inledning", "Inledning"
    MAL = "mal", "Mål"
    SAMMANFATTNING = "sammanfattning", "Sammanfattning"


class CityGradeChoice(TextChoices):
    """The city's judgement of a goal: as a nämnd's own, but every goal concerns the city."""

    HELT = "helt", "Uppfylls helt"
    DELVIS = "delvis", "Uppfylls delvis"
    EJ = "ej", "Uppfylls ej"
    EJ_UPPFOLJD = "ej-uppfoljd", "Ej uppföljd"
