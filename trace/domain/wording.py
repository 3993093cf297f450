"""Two texts, and what was added and taken away between them, word by word."""

import re
from difflib import SequenceMatcher
from html import unescape

from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe

AROUND = 8
"""Words of unchanged text that are kept on each side of a change."""
# Above this many words the matcher may take common words for noise, or a page would wait for it.
_EXACT = 4_000
_WORDS = re.compile(r"\w+(?:[-:.,]\w+)*|[^\w\s]|\s+")
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|tr|blockquote)>|<br\s*/?>", re.IGNORECASE)


def plain(text: str) -> str:
    """Running text without its markup; paragraphs become lines."""
    return unescape(strip_tags(_BLOCK_END.sub("\n", text))).strip()


def word_diff(old: str, new: str) -> SafeString:
    """HTML in which <ins> and <del> hold what was added and taken away.

    old, new: plain text or sanitised HTML; what comes out holds no markup of theirs. Each change is
    also said in words for screen readers. Long stretches without a change are cut to an ellipsis.
    """
    before, after = _WORDS.findall(plain(old)), _WORDS.findall(plain(new))
    exact = max(len(before), len(after)) <= _EXACT
    steps = SequenceMatcher(None, before, after, autojunk=not exact).get_opcodes()
    parts: list[SafeString] = []
    for number, (step, a, b, c, d) in enumerate(steps):
        if step == "equal":
            parts.append(_shortened(before[a:b], first=number == 0, last=number == len(steps) - 1))
            continue
        if a < b:
            parts.append(_marked("del", "borttaget:", before[a:b]))
        if c < d:
            parts.append(_marked("ins", "tillagt:", after[c:d]))
    return format_html_join("", "{}", ((part,) for part in parts))


def _marked(tag: str, said: str, words: list[str]) -> SafeString:
    return format_html(
        '<{0}><span class="visually-hidden"> {1} </span>{2}</{0}>',
        mark_safe(tag),  # one of two words of ours
        said,
        "".join(words),
    )


def _shortened(words: list[str], *, first: bool, last: bool) -> SafeString:
    # A word and the space after it are two.
    keep = 2 * AROUND
    if first and last:
        return format_html("{}", "".join(words))
    if first and len(words) > keep:
        return format_html("… {}", "".join(words[-keep:]).lstrip())
    if last and len(words) > keep:
        return format_html("{} …", "".join(words[:keep]).rstrip())
    if not first and not last and len(words) > 2 * keep:
        return format_html(
            "{} … {}", "".join(words[:keep]).rstrip(), "".join(words[-keep:]).lstrip()
        )
    return format_html("{}", "".join(words))
