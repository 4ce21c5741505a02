"""A list's question about several clients: written as Django writes it, and its SQL put together once.

For sixty clients Django takes longer to put a question together, and to make records of the rows, than the database
does to answer it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any

from django.db import connections, models

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.passages.standing import Converters, converted

REMEMBERED = 64  # numbers of clients, for each question

Ask = Callable[[list[Any]], models.QuerySet[Any, Any]]
Row = Sequence[Any]


class _Place(str):
    """Stands in SQL's values where one audience's client or course goes."""

    def __new__(cls, number: int, what: str) -> "_Place":
        return super().__new__(cls, f"{what} {number}")

    def __init__(self, number: int, what: str) -> None:
        self.number, self.what = number, what

    def taken_by(self, audiences: Sequence[Audience]) -> str:
        """What goes here."""
        value: str = getattr(audiences[self.number], self.what)
        return value


@dataclass(frozen=True)
class _Example:
    """Asks in an audience's stead, while SQL is put together: it opens nothing."""

    client: str
    course: str
    sees: frozenset[Sharing]


class _Question:
    """One question's SQL for so many audiences, its values, and what the columns go through."""

    def __init__(self, rows: models.QuerySet[Any, Any]) -> None:
        self._alias = rows.db
        compiler = rows.query.get_compiler(self._alias)
        self._sql, self._values = compiler.as_sql()
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        self._converters: Converters = [
            (place, convert, column)
            for place, (converts, column) in compiler.get_converters(columns).items()
            for convert in converts
        ]

    def ask(self, audiences: Sequence[Audience]) -> list[Row]:
        """The rows for these audiences."""
        connection = connections[self._alias]
        values = [one.taken_by(audiences) if isinstance(one, _Place) else one for one in self._values]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, values)
            rows: list[Row] = cursor.fetchall()
        if not self._converters:
            return rows
        return [converted(row, self._converters, connection) for row in rows]


def asked_of_many(ask: Ask) -> Callable[[Sequence[Audience]], list[Row]]:
    """Turn a function that says which columns of which records, by ``values_list``, into one that reads them.

    It is called with examples, once for each number of audiences and what they see, and may look at them only through
    ``visible_in``.
    """

    @lru_cache(maxsize=REMEMBERED)
    def question(seen: tuple[frozenset[Sharing], ...]) -> _Question:
        return _Question(
            ask([_Example(_Place(n, "client"), _Place(n, "course"), sees) for n, sees in enumerate(seen)])
        )

    @wraps(ask)
    def read(audiences: Sequence[Audience]) -> list[Row]:
        if not audiences:
            return []
        return question(tuple(one.sees for one in audiences)).ask(audiences)

    return read
