"""Write the consolidated follow-up of a period to a file."""

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from indicators.domain.consolidation import consolidate, read_periods_until
from indicators.domain.disclosure import Audience
from indicators.exports.files import FORMATS
from indicators.models import Period
from organisation.domain.reading import log_export

ALL = f"{', '.join([*FORMATS][:-1])} eller {[*FORMATS][-1]}"


class Command(BaseCommand):
    help = "Skriver den samlade uppföljningen av en period till en fil (" + ALL + ")."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("period", help="till exempel 2025-T1")
        parser.add_argument("--format", dest="file_format", required=True, help=ALL)
        parser.add_argument("--output", type=Path, required=True, help="filen som ska skrivas")

    def handle(self, *, period: str, file_format: str, output: Path, **options: Any) -> None:
        if file_format not in FORMATS:
            raise CommandError(f"Formatet ”{file_format}” finns inte. Välj {ALL}.")
        try:
            found, history = read_periods_until(period)
        except Period.DoesNotExist:
            raise CommandError(
                f"Perioden ”{period}” finns inte. Skriv den som 2025-T1, 2025-T2 eller 2025-VB."
            ) from None
        # A file is read by others, whoever writes it.
        followup = consolidate(found, audience=Audience.OTHERS, history=history)
        content = FORMATS[file_format].write(followup)
        try:
            write_whole(output, content)
        except OSError:
            raise CommandError(
                f"Kan inte skriva {output}. Finns mappen, och får du skriva i den?"
            ) from None
        log_export(found, reader=None, what=f"uppföljningen av {found.code} som {file_format}")
        self.stdout.write(
            f"Skrev {output} ({len(content) // 1024 + 1} kB). {followup.coverage_sentence}"
        )


def write_whole(path: Path, content: bytes) -> None:
    """Write the file whole or not at all: beside it first, then under its name."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        # mkstemp gives a file that only its owner may read; the result is an ordinary file.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
