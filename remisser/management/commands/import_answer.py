"""Take in a tjänsteutlåtande as a nämnd's answer to a remiss."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from papers.domain.errors import Refused
from papers.enums import PaperState
from remisser.domain.import_answer import ImportOutcome, import_answer
from trace.uploads import TEXT, UnsafeFile, open_file


class Command(BaseCommand):
    help = "Läser in ett tjänsteutlåtande (.txt) som en nämnds svar på en remiss."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL")
        parser.add_argument("--namnd", metavar="KOD", help="nämnden, om papperet inte säger det")
        parser.add_argument(
            "--dry-run", action="store_true", help="visa vad som skulle hända, ändra ingenting"
        )
        parser.add_argument(
            "--format", dest="file_format", choices=["text", "json"], default="text"
        )

    def handle(
        self,
        *,
        file: Path,
        namnd: str | None,
        dry_run: bool,
        file_format: str,
        **_: Any,
    ) -> None:
        try:
            data = open_file(file, [TEXT]).data
            outcome = import_answer(data, namnd_code=namnd, dry_run=dry_run, source_name=file.name)
        except UnsafeFile as unsafe:
            raise CommandError(str(unsafe)) from unsafe
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        if file_format == "json":
            self.stdout.write(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_lines(outcome)))


def _lines(outcome: ImportOutcome) -> list[str]:
    which = f"{outcome.remiss}, {outcome.namnd}"
    if not outcome.changed:
        return [f"Filen är redan inläst som version {outcome.version} ({which}). Inget ändrades."]
    did = "Skulle läsa in" if outcome.dry_run else "Läste in"
    state = PaperState(outcome.state).label.lower()
    lines = [f"{did} version {outcome.version} av svaret på {which} ({state})."]
    if outcome.remiss_created:
        lines.append("Remissen fanns inte och registreras ur papperet.")
    if outcome.instance_created:
        lines.append(f"Instansen ”{outcome.instance_as_written}” lades till på remissen.")
    if outcome.proposals_created:
        lines.append(f"Att-satser som lades till: {outcome.proposals_created}.")
    if outcome.due_on:
        lines.append(f"Svar senast: {outcome.due_on}.")
    lines.append(
        "Avsnitt: " + ", ".join(s.heading or "utan rubrik" for s in outcome.sections) + "."
    )
    if outcome.statements:
        lines.append(f"Svar per att-sats: {len(outcome.statements)}.")
    elif outcome.collective:
        lines.append("Att-satserna besvaras samlat.")
    if outcome.warnings:
        lines += ["Att se över:", *(f"- {warning}" for warning in outcome.warnings)]
    return lines
