"""Save values from a file in the nämnder's reports, or show what that would mean."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from indicators.domain.importing.bulk import KINDS, Imported, import_values
from indicators.domain.importing.long_table import COLUMNS
from indicators.domain.loading.problems import BadFile
from indicators.exports.values_template import values_template
from trace.uploads import UnsafeFile, open_file


class Command(BaseCommand):
    help = (
        "Läser in värden (.csv eller .xlsx) i nämndernas rapporter för en period. Hela filen "
        "granskas först; finns ett fel ändras ingenting. Rapporterna lämnas som utkast."
    )

    def create_parser(self, *arguments: Any, **more: Any):
        columns = "\n".join(f"  {column.title:<12}{column.help}" for column in COLUMNS)
        epilog = (
            f"Kolumner, i valfri ordning:\n{columns}\n\n"
            "En rad utan uppgift hoppas över. Tomma celler för kommentar och prognos lämnar det "
            "som står i rapporten.\nCsv skiljs med semikolon, komma eller tabb, i UTF-8 eller "
            "Windows-1252. En nämnds egen arbetsbok, hämtad\nfrån rapportens sida, läses också."
        )
        return super().create_parser(
            *arguments, epilog=epilog, formatter_class=RawDescriptionHelpFormatter, **more
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL")
        parser.add_argument("--period", required=True, metavar="2025-T1")
        parser.add_argument(
            "--namnd", default="", metavar="KOD", help="den enda nämnd som filen får gälla"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="visa vad som skulle ändras, ändra ingenting"
        )
        parser.add_argument(
            "--template",
            action="store_true",
            help="skriv en mall till FIL, med en rad för allt som perioden begär",
        )

    def handle(
        self, *, file: Path, period: str, namnd: str, dry_run: bool, template: bool, **_: Any
    ) -> None:
        try:
            if template:
                self._template(file, period, namnd)
                return
            done = import_values(
                open_file(file, KINDS),
                period,
                namnd_code=namnd,
                dry_run=dry_run,
                say=self.stderr.write,
            )
        except UnsafeFile as unsafe:
            raise CommandError(str(unsafe)) from unsafe
        except BadFile as bad:
            raise CommandError("\n".join(_faults(file.name, bad))) from bad
        self.stdout.write("\n".join(_lines(file.name, done, dry_run=dry_run)))

    def _template(self, file: Path, period: str, namnd: str) -> None:
        if file.suffix.lower() not in (".csv", ".xlsx"):
            raise CommandError("Mallen skrivs som .csv eller .xlsx. Ge filen ett sådant namn.")
        content = values_template(period, namnd_code=namnd, file_format=file.suffix.lower()[1:])
        try:
            with file.open("xb") as target:
                target.write(content)
        except FileExistsError as there:
            raise CommandError(f"”{file}” finns redan och skrivs inte över.") from there
        except OSError as mistake:
            raise CommandError(f"”{file}” går inte att skriva: {mistake.strerror}.") from mistake
        self.stdout.write(f"Skrev mallen {file}.")


def _faults(name: str, bad: BadFile) -> list[str]:
    many = len(bad.problems) + bad.left_out
    lines = [f"{name}: {many} fel. Ingenting har ändrats."]
    lines += [f"- {problem}" for problem in bad.problems]
    if bad.left_out:
        lines.append(f"… och {bad.left_out} fel till. Rätta de första och försök igen.")
    return lines


def _lines(name: str, done: Imported, *, dry_run: bool) -> list[str]:
    lines = list(done.notes)
    if done.empty:
        lines.append(f"{done.empty} rader utan uppgift hoppades över.")
    if not done.changed:
        return [*lines, f"{name}: inga ändringar. Filen säger detsamma som rapporterna."]
    did = "Skulle ändra" if dry_run else "Ändrade"
    if dry_run:
        lines += [f"  {change}" for change in done.changes]
        if len(done.changes) < done.changed:
            lines.append(f"  … och {done.changed - len(done.changes)} ändringar till.")
    lines += [f"  {code}: {many}" for code, many in done.namnder.items()]
    reports = len(done.namnder)
    lines.append(
        f"{did} {done.changed} uppgifter i {reports} {'rapport' if reports == 1 else 'rapporter'} "
        f"ur {name}. {'Inget är sparat.' if dry_run else 'Rapporterna är utkast.'}"
    )
    return lines
