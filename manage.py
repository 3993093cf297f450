#!/usr/bin/env python
"""Samlad's command line. A fault in the environment is one line, never a traceback."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db.utils import OperationalError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        first_line = str(error).strip().splitlines()[0]
        sys.exit(f"Samlad når inte databasen: {first_line} (se DATABASE_URL)")


if __name__ == "__main__":
    main()
