"""Make a programme what a file says, or show what that would mean."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from indicators.domain.loading.comparing import Change, ChangeKind, Plan
from indicators.domain.loading.loading import KINDS, load_programme, plan_programme
from indicators.domain.loading.problems import BadFile
from trace.uploads import UnsafeFile, open_file

SIGNS = {ChangeKind.ADDED: "+", ChangeKind.CHANGED: "~", ChangeKind.REMOVED: "-"}
MOST = 90


class Command(BaseCommand):
    help = (
        "Läser in ett program (.xlsx eller .yaml): mål, aktiviteter, indikatorer och ansvar. "
        "Hela filen granskas först; finns ett fel ändras ingenting. Nämnderna är ett eget register "
        "och läggs inte upp av filen: de ska finnas i Samlad, och bladet Listor i mallen visar dem."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL")
        parser.add_argument(
            "--dry-run", action="store_true", help="visa vad som skulle ändras, ändra ingenting"
        )

    def handle(self, *, file: Path, dry_run: bool, **_: Any) -> None:
        try:
            checked = open_file(file, KINDS)
            plan = plan_programme(checked) if dry_run else load_programme(checked).plan
        except UnsafeFile as unsafe:
            raise CommandError(str(unsafe)) from unsafe
        except BadFile as bad:
            raise CommandError("\n".join(_faults(file.name, bad))) from bad
        lines = [*_changes(plan)] if dry_run else []
        self.stdout.write("\n".join([*lines, *plan.notes, _summary(plan, dry_run=dry_run)]))


def _faults(name: str, bad: BadFile) -> list[str]:
    many = len(bad.problems) + bad.left_out
    head = f"{name}: {many} fel. Ingenting har ändrats."
    lines = [head, *(f"- {problem}" for problem in bad.problems)]
    if bad.left_out:
        lines.append(f"… och {bad.left_out} fel till. Rätta de första och försök igen.")
    return lines


def _changes(plan: Plan) -> list[str]:
    lines = []
    table = ""
    for change in plan.changes:
        if change.table.title != table:
            table = change.table.title
            lines.append(f"{table}:")
        lines.append(f"  {SIGNS[change.kind]} {_row(change)}")
        lines += [
            f"      {each.label}: {_cut(each.before)} → {_cut(each.after)}"
            for each in change.fields
        ]
    return lines


def _row(change: Change) -> str:
    what = f": {_cut(change.what)}" if change.what else ""
    row = change.new.place.row if change.new else 0
    place = f" (rad {row})" if row else ""
    return f"{change.title}{what}{place}"


def _summary(plan: Plan, *, dry_run: bool) -> str:
    if not plan.changes:
        return (
            f"{plan.name}: filen säger detsamma som Samlad ({plan.unchanged} rader). "
            "Inget ändrades."
        )
    did = "Skulle läsa in" if dry_run else "Läste in"
    return f"{did} {plan.name}: {plan.sentence}. {plan.unchanged} rader är som förut."


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MOST else f"{text[:MOST]}…"
