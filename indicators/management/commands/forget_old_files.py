"""Forget the content of uploaded files that nobody has confirmed in time."""

from typing import Any

from django.core.management.base import BaseCommand

from indicators.domain.importing.review import forget_old
from indicators.domain.loading.review import discard_aged


class Command(BaseCommand):
    help = (
        "Kastar innehållet i uppladdade filer som ingen har bekräftat i tid: arbetsböcker efter en "
        "vecka, program efter två."
    )

    def handle(self, **_: Any) -> None:
        waited = f"Kastade {forget_old()} arbetsböcker"
        self.stdout.write(f"{waited} och {discard_aged()} program som hade väntat för länge.")
