from trace.models.mail import Mail
from trace.models.trail import Event, EventQuerySet, Link, ReadLog, Seal, Shape

__all__ = ["Event", "EventQuerySet", "Link", "Mail", "ReadLog", "Seal", "Shape"]
