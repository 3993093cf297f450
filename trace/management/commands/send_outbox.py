"""Send the mail that waits in the outbox."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from trace.domain.outbox import send_mail_that_waits


class Command(BaseCommand):
    help = "Skickar det som väntar i utkorgen. Kör det ofta, till exempel var femte minut."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MAIL_IS_SENT:
            self.stdout.write("EMAIL_URL är inte satt: meddelandena ligger kvar i utkorgen.")
            return
        done = send_mail_that_waits(now=timezone.now(), sender=settings.DEFAULT_FROM_EMAIL)
        self.stdout.write(
            f"Skickade: {done.sent}. Försöks igen: {done.put_off}. Gick inte fram: {done.given_up}."
        )
