"""Django's way to SQLite, where a page asks the same thirty questions again and again.

A question's SQL is brought into SQLite's form once, and a moment is read as what it is, in UTC, in one step.
"""

from datetime import datetime
from functools import lru_cache
from sqlite3 import dbapi2
from typing import Any

from django.db.backends.sqlite3 import base

REMEMBERED = 2048  # questions


def _moment(text: bytes) -> datetime:
    return datetime.fromisoformat(f"{text.decode()}+00:00")


# As Django does for the whole process; its own leave the zone to be added to each moment afterwards.
for _declared in ("datetime", "timestamp"):
    dbapi2.register_converter(_declared, _moment)


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that knows the questions it has been asked before."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        """SQL in SQLite's form: "?" where Django writes "%s"."""
        if param_names is not None:
            return str(super().convert_query(query, param_names=param_names))
        return _in_sqlites_form(query)


@lru_cache(maxsize=REMEMBERED)
def _in_sqlites_form(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))


class DatabaseWrapper(base.DatabaseWrapper):
    """The connection that the settings name."""

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor of ours."""
        return self.connection.cursor(factory=Cursor)
