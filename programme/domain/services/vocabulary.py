"""The words by which people say what they need, and what they stand for in the register.

Patterns are matched against text in small letters. The kinds of violence and the stadsdelar come
from their registers; the words here are added to the names that stand there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from programme.enums import Audience, Provider

_NEAR = (
    r"partner(?:våld)?\w*|relationsvåld(?:et)?(?!\w)|nära\s+relation\w*|familjevåld\w*"
    r"|våld\s+(?:hemma|i\s+hemmet|i\s+familjen|av\s+(?:en\s+)?närstående|från\s+(?:en\s+)?närstående)"
    r"|hustrumisshandel\w*|kvinnomisshandel\w*|kvinnofrid\w*|sambo\w*|pojkvän\w*|flickvän\w*"
    r"|(?:ex)?(?:make|maken|maka|fru|frun|hustru)(?!\w)|ex(?:man|mannen|partner\w*)(?!\w)"
)
_HONOUR = (
    r"heder\w*|tvångsgift\w*|bortgift\w*|barnäktenskap\w*|arrangera\w*\s+äktenskap\w*"
    r"|könsstymp\w*|uppfostringsres\w*|oskuldskontroll\w*"
)
_PROSTITUTION = (
    r"prostit\w*|sex\s+mot\s+(?:ersättning|betalning)|sexköp\w*|sälj\w*\s+sex|köp\w*\s+sex"
    r"|sexhandel\w*|sugardejt\w*|sugardat\w*"
)
_TRAFFICKING = r"människohandel\w*|trafficking\w*|trafficked"
_SEXUAL = (
    r"sexuell\w*\s+(?:våld\w*|övergrepp\w*|trakasseri\w*|ofredande\w*)|sexualbrott\w*|våldtäkt\w*"
    r"|våldtagen|våldtagna|våldtog\w*|grooming\w*|nätövergrepp\w*"
)

# Words beyond the name itself, for the kinds of violence that the city's programmes are about.
# They are tied to the name by a word that stands in it: a register may call a kind what it likes.
VIOLENCE_WORDS: Mapping[str, str] = {
    "nära": _NEAR,
    "heder": _HONOUR,
    "prostitution": _PROSTITUTION,
    "människohandel": _TRAFFICKING,
    "sexuellt våld": _SEXUAL,
}

# Longer phrases first tell who somebody is: who says "slår mig" is the one exposed.
AUDIENCE_WORDS: tuple[tuple[str, str], ...] = (
    (
        Audience.UTSATT,
        r"våldsutsatt\w*|brottsutsatt\w*|brottsoffer\w*|utsatt\w*|offer|offret|slagen|misshandlad\w*"
        r"|slår\s+(?:mig|henne|honom|hen|oss|dem|barnen)|drabbad\w*|våldtagen|hotad",
    ),
    (
        Audience.UTOVARE,
        r"våldsutövare\w*|utövare\w*|utövar(?:\s+(?:själv\s+)?våld)?|förövare\w*|gärningsperson\w*"
        r"|gärningsm[aä]n\w*|sexköpare\w*|köper\s+sex|slår(?!\s+(?:mig|henne|honom|hen|oss|dem))"
        r"|eget\s+våld|våldsam\s+själv",
    ),
    (
        Audience.ANHORIG,
        r"anhörig\w*|närstående\s+till|förälder|föräldern|föräldrar|mamma\s+till|pappa\s+till"
        r"|syskon(?:et)?|vän\s+till|kompis\w*|granne\w*",
    ),
    (
        Audience.YRKESVERKSAM,
        r"yrkesverksam\w*|personal(?:en)?|professionell\w*|socialsekreterare\w*|kurator\w*|lärare\w*"
        r"|skolsköterska\w*|skolsköterskor|handläggare\w*|medarbetare\w*|kolleg(?:a|or)\w*"
        r"|konsultation\w*|jag\s+arbetar",
    ),
)
PROVIDER_WORDS: tuple[tuple[str, str], ...] = (
    (Provider.STAD, r"kommunal\w*|stadens|kommunens"),
    (Provider.REGION, r"regionens?|landsting\w*|sjukvård\w*"),
    (Provider.STAT, r"statlig\w*|statens?|myndighet\w*"),
    (Provider.CIVIL, r"civilsamhäll\w*|ideell\w*|frivilligorganisation\w*"),
)
ANONYMOUS = (
    r"(?:helt\s+|(?:få\s+|kunna\s+)?vara\s+)?anonym\w*"
    r"|utan\s+(?:att\s+(?:säga|uppge|lämna|ange)\s+)?(?:sitt\s+|mitt\s+|sina\s+|mina\s+)?namn(?!\w)"
    r"|utan\s+att\s+säga\s+vem\s+(?:jag|man|hen|hon|han)\s+är"
)
NEGATION = re.compile(
    r"(?<!\w)(?:inte|ej|icke|utan|ingen|inget|inga|aldrig)\s+"
    r"(?:(?:behöver|ska|vill|måste|att|är|vara|något|någon)\s+){0,3}$"
)
# Words that carry nothing to look for.
_CARRY_NOTHING = (
    "alla allt andra att av behov behöver bland blev bli blir blivit bor bort där de dem den denna "
    "deras det detta dig din dina dit du där då efter ej eller en ens enligt ett finns för få får "
    "ganska gammal gamla genom göra ha hade han hans har hela hen hennes hit hjälp hjälpa hon hos "
    "hur här i icke ifrån in ingen inga inget innan inom inte ja jag just kan kontakt kunna "
    "kvinna kvinnor lever man mannen med mellan men mer mig min mina mitt mot många måste ni någon "
    "något några nu när nära och också om oss person personer på samt se sedan sig sin sina sitt "
    "själv ska skulle som stad staden stockholm stockholms stöd söka söker så till tills tjej "
    "tjejer kille killar flicka flickor pojke pojkar under upp ut utan vad var vara varit vart "
    "vem vi vid vill vilka vilken våld våldet vända är åt år över"
)
STOP_WORDS = frozenset(_CARRY_NOTHING.split())


@dataclass(frozen=True)
class District:
    """A stadsdelsnämnd by the names people know it by, and who it is today."""

    code: str
    """Of the nämnd of today."""
    name: str
    """Short name of the nämnd of today."""
    also: tuple[str, ...]
    """The names it is found by: its own, those before it, and the parts of double names."""


@dataclass(frozen=True)
class Vocabulary:
    """What a need can be said with."""

    violence_types: Mapping[str, str]
    """Code → name, in order."""
    districts: tuple[District, ...]

    def finds(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """(start, end, kind, value) of what `text` (in small letters) says; finds may overlap."""
        for kind, value, pattern in self._patterns():
            for match in re.finditer(pattern, text):
                yield *match.span(), kind, value
        plain = fold(text)
        for district in self.districts:
            for name in district.also:
                for match in re.finditer(_place(name), plain):
                    yield *match.span(), "namnd", district.code

    def _patterns(self) -> Iterator[tuple[str, str, str]]:
        for code, name in self.violence_types.items():
            lowered = name.casefold()
            words = [re.escape(lowered)]
            words += [more for key, more in VIOLENCE_WORDS.items() if key in lowered]
            yield "violence_type", code, rf"(?<!\w)(?:{'|'.join(words)})"
        for audience, words_of in AUDIENCE_WORDS:
            yield "audience", audience, rf"(?<!\w)(?:{words_of})(?!\w)"
        for provider, words_of in PROVIDER_WORDS:
            yield "provider", provider, rf"(?<!\w)(?:{words_of})(?!\w)"
        yield "anonymous", "ja", rf"(?<!\w)(?:{ANONYMOUS})"


_FOLDED = str.maketrans("åäöéèü", "aaoeeu")


def small(text: str) -> str:
    """In small letters, sign by sign: as long as it was."""
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


def fold(text: str) -> str:
    """Å, ä and ö as somebody writes who has no such keys; in small letters, as long as it was."""
    return small(text).translate(_FOLDED)


def _place(name: str) -> str:
    """A pattern for a place, in the genitive too, with or without its "stadsdelsnämnd"."""
    words = r"[-\u2010-\u2015\s]+".join(map(re.escape, re.split(r"[-\s]+", fold(name))))
    board = r"(?:stadsdels(?:namnd|forvaltning)\w*|stadsdel(?:en)?|sdf|sdn)"
    return rf"(?<!\w){words}s?(?!\w)(?:\s+{board})?"
