"""Write a nämnd's answer to a remiss as Word or PDF."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisation.domain.reading import log_export
from papers.domain.changes import current_version
from papers.exports.files import FileFormat
from remisser.domain.remisser import find_answer
from remisser.exports.answer_document import write_answer


class Command(BaseCommand):
    help = "Skriver en nämnds svar på en remiss som Word eller PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dnr", metavar="DNR", help="remittentens eller nämndens diarienummer")
        parser.add_argument("--namnd", metavar="KOD", required=True)
        parser.add_argument(
            "--format", dest="file_format", choices=[f.value for f in FileFormat], required=True
        )
        parser.add_argument("--output", type=Path, metavar="FIL", required=True)

    def handle(
        self,
        *,
        dnr: str,
        namnd: str,
        file_format: str,
        output: Path,
        **_: Any,
    ) -> None:
        answer = find_answer(dnr, namnd)
        if answer is None:
            raise CommandError(f"Det finns inget svar på ”{dnr}” från nämnden ”{namnd}”.")
        version = current_version(answer.paper)
        data = write_answer(version, FileFormat(file_format))
        try:
            output.write_bytes(data)
        except OSError as error:
            raise CommandError(f"Det går inte att skriva filen ”{output}”.") from error
        log_export(
            answer.paper,
            reader=None,
            namnd=answer.paper.namnd,
            what=f"svaret på {answer.instance.remiss.dnr}, version {version.number}, "
            f"som {file_format}",
        )
        self.stdout.write(f"Skrev {output}.")
