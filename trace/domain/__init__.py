"""What the rest of the house asks of the trace."""

from trace.domain.events import record

__all__ = ["record"]
