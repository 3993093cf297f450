"""Forget the content of uploaded workbooks that nobody has confirmed in time."""

from typing import Any

from django.core.management.base import BaseCommand

from indicators.domain.importing.review import forget_old


class Command(BaseCommand):
    help = "Kastar innehållet i uppladdade arbetsböcker som har väntat i mer än en vecka."

    def handle(self, **_: Any) -> None:
        self.stdout.write(f"Kastade {forget_old()} filer som hade väntat för länge.")
