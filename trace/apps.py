import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pghistory
from django.apps import AppConfig
from django.core.management import get_commands
from django.db import connections
from django.db.models.signals import post_migrate

# Two functions of the libraries, with answers of our own:
# - pgtrigger asks, at each call of each trigger, whether to skip it, and lets any session answer
#   yes by a setting. Nobody skips the trace.
# - pghistory writes what is known of who and why to a table of contexts, and rewrites it while a
#   request goes on. With us it stands in each row of history, so there is nothing to attach.
ANSWERS = {
    "_pgtrigger_should_ignore": ("trigger_name name", "boolean", "SELECT FALSE"),
    "_pgh_attach_context": ("", "uuid", "SELECT NULL::uuid"),
}


class TraceConfig(AppConfig):
    name = "trace"
    verbose_name = "Spår"

    def ready(self) -> None:
        post_migrate.connect(give_answers, sender=self)
        import_module("trace.checks")
        self.command = _name_the_command()


def give_answers(using: str, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver
    """After every migrate: each migration of a trigger writes the libraries' answers anew."""
    with connections[using].cursor() as cursor:
        for name, (arguments, answer, body) in ANSWERS.items():
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION public.{name}({arguments}) RETURNS {answer} "
                f"LANGUAGE sql IMMUTABLE AS $${body}$$"
            )


def _name_the_command() -> "pghistory.context | None":
    """What one of our own commands writes is kept with the command's name.

    Django's commands are left alone (`migrate` among them: what pghistory puts in front of a
    statement is not for the statements of migrations); SQL is kept with the database role.
    Answers the context, which ends when nobody holds it any longer.
    """
    if Path(sys.argv[0]).name != "manage.py" or len(sys.argv) < 2:
        return None
    owner = get_commands().get(sys.argv[1], "django.core")
    if not isinstance(owner, str) or owner.startswith("django."):
        return None
    command = pghistory.context(through=f"kommando:{sys.argv[1]}")
    command.__enter__()
    return command
