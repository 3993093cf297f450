"""A programme of its real size, loaded by one command and taken back."""

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from organisation.enums import NamndKind
from organisation.models import Namnd
from tests.indicators.programme_sheets import as_workbook, real_size

NAMNDER = 45
LOAD_BAR_MS = 20_000


def loaded() -> Callable[[], None]:
    """The command, on a workbook of 4 101 rows. The nämnder are there: they are a register of
    their own."""
    names = list(Namnd.objects.order_by("code").values_list("name", flat=True))[:NAMNDER]
    for number in range(len(names), NAMNDER):
        name = f"Programmets nämnd {number}"
        Namnd.objects.create(
            code=f"programmets-{number}",
            name=name,
            short_name=name,
            kind=NamndKind.FACKNAMND,
            valid_from=dt.date(2020, 1, 1),
        )
        names.append(name)
    folder = tempfile.mkdtemp(prefix="samlad-bench-")
    path = Path(folder) / "program.xlsx"
    path.write_bytes(as_workbook(real_size(names)).data)

    def load() -> None:
        with transaction.atomic():
            with path.with_suffix(".log").open("w") as said:
                call_command("load_programme", str(path), stdout=said)
            transaction.set_rollback(True)

    return load
