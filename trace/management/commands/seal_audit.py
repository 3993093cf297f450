"""Seal the trace as it stands."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from trace.domain.keys import read_seal_key
from trace.domain.seal import NothingToSeal, name_of, seal_heads


class Command(BaseCommand):
    help = "Förseglar spåret som det är nu. Spara raden som skrivs ut på ett annat ställe."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            seal = seal_heads(read_seal_key())
        except NothingToSeal:
            self.stdout.write("Inget har skrivits i spåret sedan den senaste förseglingen.")
            return
        when = timezone.localtime(seal.sealed_at)
        self.stdout.write(f"Försegling {name_of(seal)} gjord {when:%Y-%m-%d %H:%M:%S}.")
