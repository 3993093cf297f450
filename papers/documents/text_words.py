"""Words and forms that a tjänsteutlåtande is recognised by."""

import datetime as dt
import re

from papers.documents.model import MONTHS

MAX_HEAD = 100  # characters; no heading or line of a letterhead is longer

# Heading as written (lower case) → the key that a section has whatever it is called.
HEADINGS: dict[str, str] = {
    "förslag till beslut": "forslag_till_beslut",
    "sammanfattning": "sammanfattning",
    "sammanfattning av ärendet": "sammanfattning",
    "bakgrund": "bakgrund",
    "bakgrund till ärendet": "bakgrund",
    "ärendet": "arendet",
    "ärendebeskrivning": "arendet",
    "beskrivning av ärendet": "arendet",
    "ärendets beredning": "arendets_beredning",
    "beredning": "arendets_beredning",
    "beredning av ärendet": "arendets_beredning",
    "jämställdhetsanalys": "jamstalldhetsanalys",
    "jämställdhetsperspektiv": "jamstalldhetsanalys",
    "barnrättsperspektiv": "barnrattsperspektiv",
    "barnperspektiv": "barnrattsperspektiv",
    "analys av barnets bästa": "barnrattsperspektiv",
    "synpunkter och förslag": "synpunkter",
    "synpunkter": "synpunkter",
    "yttrande": "yttrande",
    "sammanfattande bedömning": "sammanfattande_bedomning",
    "bilaga": "bilagor",
    "bilagor": "bilagor",
    "beslutet ska skickas till": "skickas_till",
    "beslutet skickas till": "skickas_till",
    "beslut skickas till": "skickas_till",
    "attesterat av": "attest",
    "attest": "attest",
}
# "Förvaltningens …", "Stadsdelsnämndens …", "Hässelby-Vällingby stadsdelsnämnds …"
_OWNER = re.compile(
    r"(?:[\wåäöéü-]+ ){0,2}[\wåäöéü-]*"
    r"(?:förvaltning(?:en)?s|nämnd(?:en)?s|kontorets?|styrelsens?) ",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.? +(?=\D)")


def heading_key(line: str) -> str:
    """The key of the section that a line is the heading of, or ``""``."""
    if len(line) > MAX_HEAD:
        return ""
    text = " ".join(line.split()).rstrip(":").lower()
    text = _NUMBERED.sub("", text, count=1)
    if text in HEADINGS:
        return HEADINGS[text]
    owner = _OWNER.match(text)
    if owner and text[owner.end() :] in HEADINGS:
        key = HEADINGS[text[owner.end() :]]
        return key if key not in ("bilagor", "attest", "skickas_till") else ""
    return ""


# --- dates and registry numbers --------------------------------------------------------------

ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
SWEDISH_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?\b", re.IGNORECASE)
DATE = re.compile(f"{ISO_DATE.pattern}|{SWEDISH_DATE.pattern}", re.IGNORECASE)


def read_date(text: str, year: int | None = None) -> dt.date | None:
    """The first date in a text (ISO, or "2 december 2020"); ``year`` for one without year."""
    match = DATE.search(text)
    if not match:
        return None
    numbers = match.groups()
    try:
        if numbers[0]:
            return dt.date(int(numbers[0]), int(numbers[1]), int(numbers[2]))
        wanted = int(numbers[5]) if numbers[5] else year
        month = MONTHS.index(numbers[4].lower()) + 1
        return dt.date(wanted, month, int(numbers[3])) if wanted else None
    except ValueError:
        return None


KS_DNR = re.compile(r"\bKS\s*\d{4}\s*/\s*\d+\b")
BARE_DNR = re.compile(
    r"\b(?:motion|remiss|dnr|diarienummer|diarienr)\.?:?\s+(\d{4}\s*/\s*\d+)\b", re.IGNORECASE
)
ANY_DNR = re.compile(
    r"\b(?:KS\s*\d{4}/\d+|\d+(?:\.\d+)+\s*[-–]\s*\d+/\d{4}|\d{2,}-\d{4}-\d+(?:\.\d+)*"
    r"|\d{2,}-\d+/\d{4}|\d{4}/\d+)"
)


def normalise_dnr(written: str) -> str:
    """One spelling of a registry number: ``KS 2023/553``, ``3.1.1-730/2020``.

    Kommunstyrelsen's numbers get their ``KS`` when it was left out (``2023/553``); dashes become
    hyphens, and spaces inside the number go.
    """
    text = re.sub(r"[‐‑‒–—−]", "-", " ".join(written.split()))
    text = re.sub(r"^(?:dnr|diarienummer|diarienr)\.?:?\s*", "", text, flags=re.IGNORECASE)
    bare = re.sub(r"\s+", "", re.sub(r"^KS\s*", "", text, flags=re.IGNORECASE))
    is_ks = text.upper().startswith("KS") or re.fullmatch(r"(?:19|20)\d{2}/\d+", bare)
    return f"KS {bare}" if is_ks else bare


# --- letterhead, people ------------------------------------------------------------------------

ADDRESS_SIGNS = re.compile(
    r"^(?:box \d+|(?:växel|fax|telefon|tfn|tel|org\.?nr|e-post)\b.*\d|\d{3} ?\d{2} [A-ZÅÄÖ]"
    r"|\S+@\S+\.\w+$|(?:https?://)?www\.|[\w-]+\.stockholm\.?|[\wåäö .-]*(?:gatan|vägen|gränd|torg"
    r"|torget|plan|allé|backen|väg|gata|kaj)\b.* \d+|besöksadress|postadress)",
    re.IGNORECASE,
)


def is_address_line(line: str) -> bool:
    """A box, street, postal code, telephone, e-mail or web address."""
    return len(line) < MAX_HEAD and bool(ADDRESS_SIGNS.match(line))


FORVALTNING = re.compile(
    r"(?:[A-ZÅÄÖ][\wåäö-]+ )?(?:[\wåäö-]*förvaltning(?:en)?|[\wåäö-]+kontoret)", re.IGNORECASE
)
AVDELNING = re.compile(
    r"(?:avdelning(?:en)?\b.*|enhet(?:en)? för\b.*|[\wåäö ]*(?:avdelningen|enheten|staben|stab))",
    re.IGNORECASE,
)

_MODIFIER = re.compile(
    r"(?:t\.?f\.?|tillförordnad|bitr\.?|biträdande|vik\.?|vikarierande|ställföreträdande)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"[a-zåäö-]*(?:direktör|chef|sekreterare|strateg|utredare)", re.IGNORECASE)
_PARTICLES = {"von", "van", "de", "del", "der", "af", "al", "bin", "el"}


def split_columns(line: str) -> list[str]:
    """Texts that stand side by side: two spaces or more, or a tab, between them."""
    return [part for part in re.split(r"\t+|\s{2,}", line.strip()) if part]


def read_titles(line: str) -> list[str]:
    """Titles on a line of nothing else ("Socialdirektör  Avdelningschef"), else ``[]``."""
    titles: list[str] = []
    waiting: list[str] = []
    for word in line.split():
        if _TITLE.fullmatch(word):
            titles.append(" ".join([*waiting, word]))
            waiting = []
        elif _MODIFIER.fullmatch(word):
            waiting.append(word)
        else:
            return []
    return [] if waiting else titles


def looks_like_names(line: str) -> bool:
    """Two to eight words, all capitalised as in names."""
    words = line.split()
    return 2 <= len(words) <= 8 and all(
        word in _PARTICLES or re.fullmatch(r"[A-ZÅÄÖÉ][\wåäöéüáè'’-]*", word) for word in words
    )


def split_names(line: str, count: int) -> tuple[list[str], bool]:
    """The names of ``count`` people on one line, and whether the division is certain.

    Columns decide when there are any. Otherwise each name but the first begins with a common
    Swedish first name, and has at least two words. When that does not settle it, everything is
    the first name: nothing is made up.
    """
    columns = split_columns(line)
    if len(columns) == count:
        return columns, True
    words = line.split()
    if len(words) == 2 * count:
        return [" ".join(words[i : i + 2]) for i in range(0, len(words), 2)], False
    if count == 2:
        places = [
            i for i in range(2, len(words) - 1) if words[i].split("-")[0].lower() in FIRST_NAMES
        ]
        if len(places) == 1:
            return [" ".join(words[: places[0]]), " ".join(words[places[0] :])], False
    return [" ".join(words)] + [""] * (count - 1), False


_COMMON_NAMES = """
    agneta alexander alexandra amanda anders andreas anette angelica ann anna anne annika anton
    arne axel barbro bengt birgitta björn bo britt camilla carin carina carl caroline cecilia
    charlotta charlotte christer christian christina christine claes dan daniel david eleonor elin
    elisabeth ellen elsa emelie emil emma erik erika eva eric fatima filip fredrik frida gabriel
    gabriella gun gunilla gunnar gustav hanna hans helen helena helene henrik håkan ida inger
    ingrid jakob jan jane jenny jens jessica joakim johan johanna john jonas josefin josefine
    julia jörgen karin karl karolina katarina kenneth kerstin kjell klas kristian kristin kristina
    kristoffer lars leif lena linda linn linnea lisa lisbeth louise ludvig magdalena magnus malin
    margareta maria marianne marie markus martin martina mats matilda mattias michael mikael mona
    monica monika niklas nils nina olle olof oscar oskar ove patrik per peter petra pia pär rebecka
    richard rickard robert robin roger roland rolf sandra sara simon sofia sofie stefan stina
    susanna susanne sven therese thomas tina tobias tomas tommy tony toni torbjörn ulf ulla ulrika
    ulrik urban veronica veronika viktor viktoria william yvonne åke åsa örjan
"""
FIRST_NAMES = frozenset(_COMMON_NAMES.split())
