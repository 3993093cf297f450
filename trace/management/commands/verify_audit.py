"""Find out whether the trace is whole."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from trace.domain.keys import read_seal_key
from trace.domain.seal import Verdict, name_of, verify

SHOWN = 50


class Command(BaseCommand):
    help = "Kontrollerar att spåret är helt, och säger vad som annars är fel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seal",
            default="",
            metavar="NUMMER:AVTRYCK",
            help="en försegling som ska finnas, som seal_audit skrev ut den",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        shown = 0
        for found in verify(read_seal_key(), expected=options["seal"]):
            if isinstance(found, Verdict):
                self._conclude(found)
                if found.faults:
                    sys.exit(1)
            elif shown < SHOWN:
                shown += 1
                self.stdout.write(f"FEL  {found}")

    def _conclude(self, verdict: Verdict) -> None:
        if verdict.faults > SHOWN:
            self.stdout.write(f"… och {verdict.faults - SHOWN} fel till.")
        for table, columns in verdict.lost:
            self.stdout.write(
                f"OBS  {table}: kolumnen {', '.join(columns)} finns inte längre, så äldre rader "
                "kan inte räknas om."
            )
        whole = f"Spåret är inte helt: {verdict.faults} fel" if verdict.faults else "Spåret är helt"
        self.stdout.write(f"{whole}. {verdict.links} länkar kontrollerade.")
        if verdict.seal is None:
            self.stdout.write("Spåret är inte förseglat än: kör seal_audit.")
            return
        when = timezone.localtime(verdict.seal.sealed_at)
        since = verdict.links - verdict.sealed
        self.stdout.write(
            f"Förseglat till och med {when:%Y-%m-%d %H:%M:%S} (försegling "
            f"{name_of(verdict.seal)}, {verdict.sealed} länkar). "
            f"Länkar som har kommit till sedan dess: {since}."
        )
