"""Where Django looks for the engine: its own for SQLite, with one method of our own."""

from datetime import UTC, datetime
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations


class Operations(DatabaseOperations):
    """What becomes of values on their way."""

    def convert_datetimefield_value(
        self, value: datetime | str | None, _expression: Any, _connection: Any
    ) -> datetime | None:
        """Say of a moment that it is in UTC, as every moment in the database is.

        Django looks up settings for each one, and ``replace`` is slow; a list reads a thousand.
        """
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return datetime.combine(moment, moment.time(), UTC)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection."""

    ops_class = Operations
