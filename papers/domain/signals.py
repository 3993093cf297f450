"""What papers tell apps above, that they know nothing of."""

from django.dispatch import Signal

# Sent inside the transaction of the change, with `paper` and `actor`: it names another meeting.
meeting_chosen = Signal()
