"""Django's way to SQLite, where a page asks the same thirty questions again and again.

A question's SQL is brought into SQLite's form once, and a moment is read as what it is, in UTC, in one step.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache, wraps
from sqlite3 import dbapi2
from typing import Any, Self, TypeVar

from django.db.backends.sqlite3 import base

REMEMBERED = 2048  # questions
MOMENTS = 8192

T = TypeVar("T")


@lru_cache(maxsize=MOMENTS)
def _moment(text: bytes) -> datetime:
    return datetime.fromisoformat(f"{text.decode()}+00:00")


# As Django does for the whole process; its own leave the zone to be added to each moment afterwards.
for _declared in ("datetime", "timestamp"):
    dbapi2.register_converter(_declared, _moment)


def _with_djangos_errors(ask: Callable[..., T]) -> Callable[..., T]:
    @wraps(ask)
    def asked(cursor: "Cursor", *args: Any) -> T:
        try:
            return ask(cursor, *args)
        except dbapi2.Error:
            with cursor.db.wrap_database_errors:
                raise

    return asked


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that knows the questions it has been asked before.

    It is also what Django puts around a cursor: SQLite's errors become Django's, and nothing is asked in a
    transaction that is broken. Django takes ten calls to that, for each question.
    """

    db: "DatabaseWrapper"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @_with_djangos_errors
    def execute(self, query: str, params: Any = None) -> Any:
        """Ask, with "%s" in the place of values."""
        self.db.validate_no_broken_transaction()
        if params is None or isinstance(params, Mapping):
            return super().execute(query, params)
        return dbapi2.Cursor.execute(self, _in_sqlites_form(query), params)

    @_with_djangos_errors
    def executemany(self, query: str, param_list: Any) -> Any:
        """Ask the same of many values."""
        self.db.validate_no_broken_transaction()
        return super().executemany(query, param_list)

    fetchone = _with_djangos_errors(dbapi2.Cursor.fetchone)
    fetchmany = _with_djangos_errors(dbapi2.Cursor.fetchmany)
    fetchall = _with_djangos_errors(dbapi2.Cursor.fetchall)
    __next__ = _with_djangos_errors(dbapi2.Cursor.__next__)


@lru_cache(maxsize=REMEMBERED)
def _in_sqlites_form(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))


class DatabaseWrapper(base.DatabaseWrapper):
    """The connection that the settings name."""

    def cursor(self) -> Any:
        """A cursor of ours; Django's own where somebody listens to what is asked, or nobody is connected yet."""
        if self.connection is None or self.execute_wrappers or self.force_debug_cursor:
            return super().cursor()
        self.validate_thread_sharing()
        return self.create_cursor()

    def create_cursor(self, name: str | None = None) -> Cursor:
        """A cursor of ours."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.db = self
        return cursor
