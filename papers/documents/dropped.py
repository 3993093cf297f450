"""What a pasted text brings along that the small set of rich text does not hold.

Words are never dropped. What is counted here is what goes: pictures, looks, scripts; and what
becomes something plainer, such as a table whose rows become paragraphs.
"""

import re

_PICTURE = re.compile(r"<(?:img|v:imagedata|svg|object|embed)\b", re.IGNORECASE)
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_REMARK = re.compile(r"mso-comment-reference|class=[\"']?MsoCommentReference", re.IGNORECASE)
_SCRIPT = re.compile(r"<(?:script|iframe)\b|\son[a-z]+\s*=", re.IGNORECASE)
_LOOKS = re.compile(
    r"\sstyle\s*=|\sclass\s*=|<(?:font|style|u|sup|sub|mark)\b|\s(?:bgcolor|align|color)\s*=",
    re.IGNORECASE,
)
_LINK = re.compile(r"<a\b[^>]*\bhref\s*=\s*[\"']?\s*(?!https?:|mailto:|#)[a-z]+:", re.IGNORECASE)


def what_was_dropped(html: str) -> str:
    """In words, what cleaning the text takes away or makes plainer; "" for nothing."""
    gone = [
        *_counted(len(_PICTURE.findall(html)), "1 bild", "{} bilder"),
        *_counted(len(_REMARK.findall(html)), "1 kommentar", "{} kommentarer"),
        *_counted(
            len(_LINK.findall(html)), "1 länk som inte är säker", "{} länkar som inte är säkra"
        ),
        *(["typsnitt, färger och annat utseende"] if _LOOKS.search(html) else []),
        *(["programkod"] if _SCRIPT.search(html) else []),
    ]
    said = []
    if gone:
        said.append(f"Det här följde inte med: {_listed(gone)}.")
    for words in _counted(len(_TABLE.findall(html)), "En tabell", "{} tabeller"):
        said.append(f"{words} blev stycken, en rad i taget.")
    return " ".join(said)


def _counted(number: int, one: str, several: str) -> list[str]:
    return [one if number == 1 else several.format(number)] if number else []


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} och {words[-1]}"
