"""Statements that a connection plans once: for what is asked so often that the planning shows."""

import re
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.backends.utils import CursorWrapper

# What each connection of the database's driver has prepared; forgotten with the connection.
_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
_PLACE = re.compile(r"%\((\w+)\)s")


class Prepared:
    """One statement, with `%(name)s` where its values go.

    name: of its own in the whole application. types: PostgreSQL's type of each value, by name.
    Behind a pool that hands a connection to somebody else between transactions nothing can be
    prepared: there (DISABLE_SERVER_SIDE_CURSORS, as Django has it) it is planned every time.
    """

    def __init__(self, name: str, sql: str, types: Mapping[str, str]) -> None:
        self.name, self.sql = name, sql
        used = [key for key in types if f"%({key})s" in sql]
        places = {key: number for number, key in enumerate(used, start=1)}
        numbered = _PLACE.sub(lambda found: f"${places[found[1]]}", sql).replace("%%", "%")
        listed = ", ".join(types[key] for key in used)
        self._prepare = f"PREPARE {name} ({listed}) AS {numbered}"
        self._execute = f"EXECUTE {name} ({', '.join(f'%({key})s' for key in used)})"

    def execute(self, cursor: CursorWrapper, values: Mapping[str, Any]) -> None:
        """Run it with `values`; the rows are the cursor's."""
        if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            cursor.execute(self.sql, dict(values))
            return
        known = _prepared.setdefault(connection.connection, set())
        if self.name not in known:
            cursor.execute(self._prepare)
            known.add(self.name)
        cursor.execute(self._execute, dict(values))
