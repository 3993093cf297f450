"""Load the demo content."""

import datetime as dt
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from desk.demo import load_demo


class Command(BaseCommand):
    help = "Läser in demoinnehållet. Kan köras om: det som redan finns läggs inte in igen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="läs in även när DEBUG är avstängt"
        )
        parser.add_argument(
            "--date",
            type=_date,
            default=None,
            metavar="ÅÅÅÅ-MM-DD",
            help="dagen som räknas som i dag",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["force"]:
            raise CommandError(
                "DEBUG är avstängt, så det här kan vara en riktig miljö: demoinnehållet har konton "
                "med ett känt lösenord. Lägg till --force om du ändå vill läsa in det."
            )
        started = time.monotonic()
        load_demo(today=options["date"] or timezone.localdate(), say=self.stdout.write)
        self.stdout.write(f"Demoinnehållet är inläst ({time.monotonic() - started:.1f} s).")


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as wrong:
        raise CommandError(f"”{text}” är inte ett datum. Skriv som 2026-01-31.") from wrong
