"""Charts as PNG, for formats that hold no SVG."""

import re
from functools import lru_cache

import vl_convert

from papers.documents.pdf import FONT_DIRECTORY

PNG_SCALE = 3  # pixels per point: sharp in print


@lru_cache(maxsize=1)
def _fonts() -> None:
    """Lets the charts' own font be found: a machine without it draws no text at all."""
    vl_convert.register_font_directory(str(FONT_DIRECTORY))


def drawn(svg: str) -> bytes:
    """The chart as PNG on white, so that it is read on a dark page too."""
    _fonts()
    opening = re.match(r"<svg [^>]*>", svg)
    if opening is not None:
        white = '<rect width="100%" height="100%" fill="#ffffff"/>'
        svg = opening[0] + white + svg[opening.end() :]
    return vl_convert.svg_to_png(svg, scale=PNG_SCALE)
