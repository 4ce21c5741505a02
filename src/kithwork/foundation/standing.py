"""A question that many pages ask in the same words: its SQL is put together once and only its values change.

Django puts a query together anew each time, which costs more than a course's few rows do.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cached_property, lru_cache, wraps
from typing import Any, Generic, TypeVar

from django.db import connections, models

M = TypeVar("M", bound=models.Model)

REMEMBERED = 64  # numbers of ids, for each question

Row = Sequence[Any]


class Question:
    """The SQL of one query of columns (``values_list``), and what its columns go through.

    ``values`` are those that it was put together with, in the order in which its SQL has them. (A truth value is
    written into the SQL and has no place of its own.)
    """

    def __init__(self, rows: models.QuerySet[Any, Any]) -> None:
        self._alias = rows.db
        compiler = rows.query.get_compiler(self._alias)
        self._sql, values = compiler.as_sql()
        self.values = list(values)
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        self._converters: list[tuple[int, Callable[..., Any], Any]] = [
            (place, convert, column)
            for place, (converts, column) in compiler.get_converters(columns).items()
            for convert in converts
        ]

    def ask(self, values: Iterable[Any]) -> list[Row]:
        """The rows for these values in the place of those that it was put together with."""
        connection = connections[self._alias]
        adapt = connection.ops.adapt_datetimefield_value
        given = [adapt(one) if isinstance(one, datetime) else one for one in values]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, given)
            rows: list[Row] = cursor.fetchall()
        return self._converted(rows, connection) if rows and self._converters else rows

    def _converted(self, rows: list[Row], connection: Any) -> list[Row]:
        """The database's rows as Python has their values: column by column, since there are few of those."""
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        for place, convert, column in self._converters:
            columns[place] = [convert(value, column, connection) for value in columns[place]]
        return list(zip(*columns, strict=True))


class Standing(Generic[M]):
    """All rows of a model under one condition.

    ``condition`` holds an example for every value, each another; ``ask`` takes the values in the order in which its
    SQL has them.
    """

    def __init__(self, model: type[M], condition: models.Q) -> None:
        self.model, self.condition = model, condition

    def ask(self, values: Iterable[Any]) -> list[M]:
        """The rows for these values, in no order."""
        return as_records(self.model, self._question.ask(values))

    @cached_property
    def _question(self) -> Question:
        rows: models.QuerySet[M, Any] = models.QuerySet(self.model).filter(self.condition)
        return Question(rows.values_list(*column_names(self.model)))


def asked_of_ids(
    ask: Callable[[list[str]], models.QuerySet[Any, Any]],
) -> Callable[[Sequence[str]], list[Row]]:
    """Turn a function that says which columns belong to some ids, and names nothing else, into one that reads them."""

    @lru_cache(maxsize=REMEMBERED)
    def question(number: int) -> Question:
        return Question(ask([str(place) for place in range(number)]))

    @wraps(ask)
    def read(ids: Sequence[str]) -> list[Row]:
        return question(len(ids)).ask(ids) if ids else []

    return read


def moment_from(text: str) -> datetime:
    """A moment that was read as text: SQLite writes it without a zone, in UTC as all moments are kept."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else datetime.combine(moment, moment.time(), UTC)


def column_names(model: type[models.Model]) -> list[str]:
    """What a record of this kind is made of."""
    return [field.attname for field in model._meta.concrete_fields]


def as_records(model: type[M], rows: Iterable[Row]) -> list[M]:
    """Rows that hold all columns of a model, as its records."""
    names = column_names(model)
    alias = models.QuerySet(model).db
    return [model.from_db(alias, names, row) for row in rows]
