"""Everything `make demo` does after installing: migrate, load the demo content, serve."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """One process from migration to serving, so that the embedded database starts once."""

    help = "Skapar tabellerna, läser in demoinnehållet och startar Samlad på den egna datorn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        if not 1 <= port <= 65535:
            raise CommandError(f"Porten {port} finns inte; välj ett tal från 1 till 65535.")
        call_command("migrate", verbosity=0)
        call_command("load_demo")
        self.stdout.write(f"Samlad: http://127.0.0.1:{port}  (avsluta med Ctrl+C)")
        call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)
