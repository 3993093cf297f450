"""What changed between two texts, on a page."""

from django import template
from django.utils.safestring import SafeString

from trace.domain.wording import word_diff

register = template.Library()


@register.filter
def words_changed(before: str, now: str) -> SafeString:
    """From the one text to the other, word by word."""
    return word_diff(before, now)
