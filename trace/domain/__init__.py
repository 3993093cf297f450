"""What the rest of the house asks of the trace."""

from trace.domain.acting import acting
from trace.domain.events import record
from trace.domain.reading import log_read
from trace.enums import ReadKind

__all__ = ["ReadKind", "acting", "log_read", "record"]
