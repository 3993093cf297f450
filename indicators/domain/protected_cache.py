"""Where what was worked out of hidden figures is kept for the next process: the cache of that name.

A full disk, or one that is only read, costs time and no more.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

logger = logging.getLogger("samlad.protection")

CACHE = "protection"


@contextmanager
def tolerated() -> Iterator[None]:
    try:
        yield
    except OSError:
        logger.warning("the cache of what was worked out cannot be used", exc_info=True)
