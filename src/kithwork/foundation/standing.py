"""A question that many pages ask in the same words: its SQL is put together once and only its values change.

Django puts a query together anew each time, which costs more than a course's few rows do.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache, cached_property, lru_cache, partial, wraps
from typing import Any, Generic, TypeVar

from django.db import connections, models, router
from django.db.models.base import ModelState

from kithwork.foundation.once import once_a_page

M = TypeVar("M", bound=models.Model)

_JSON = json.JSONDecoder()
REMEMBERED = 64  # numbers of ids, for each question

Row = Sequence[Any]
Convert = Callable[[Iterable[Any], Any], list[Any]]  # a column, with the connection that it came by


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
        self._converters = [
            (place, _converter(convert, column, self._alias))
            for place, (converts, column) in compiler.get_converters(columns).items()
            for convert in converts
        ]

    def ask(self, values: Iterable[Any]) -> list[Row]:
        """The rows for these values in the place of those that it was put together with."""
        connection = _connection(self._alias)
        adapt = connection.ops.adapt_datetimefield_value
        given = [adapt(one) if isinstance(one, datetime) else one for one in values]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, given)
            rows: list[Row] = cursor.fetchall()
        return self._converted(rows, connection) if rows and self._converters else rows

    def _converted(self, rows: list[Row], connection: Any) -> list[Row]:
        """The database's rows as Python has their values: column by column, since there are few of those."""
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        for place, convert in self._converters:
            columns[place] = convert(columns[place], connection)
        return list(zip(*columns, strict=True))


@once_a_page
def _connection(alias: str) -> Any:
    """Django looks it up anew for each question, in what belongs to this thread."""
    return connections[alias]


def _converter(convert: Callable[..., Any], column: Any, alias: str) -> Convert:
    """Django's way from a column as the database has it to Python's values.

    SQLite needs one for moments, days and truths too, but only where a column is not what a table declares.
    """
    if getattr(convert, "__func__", None) is models.JSONField.from_db_value:
        return partial(_read_as, str, json_from)
    ops = connections[alias].ops
    for name, (written_as, way) in FROM_SQLITE.items():
        if convert == getattr(ops, name, None):
            return partial(_read_as, written_as, way)
    return lambda values, connection: [convert(value, column, connection) for value in values]


def _read_as(
    written_as: type, way: Callable[[Any], Any], values: Iterable[Any], _connection: Any
) -> list[Any]:
    return [way(value) if isinstance(value, written_as) else value for value in values]


def moment_from(text: str) -> datetime:
    """A moment as text. SQLite writes it without a zone, in UTC as all moments are kept."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def json_from(text: str) -> Any:
    """What Django has written as JSON."""
    return _JSON.raw_decode(text)[0]


FROM_SQLITE: dict[str, tuple[type, Callable[[Any], Any]]] = {
    "convert_datetimefield_value": (str, moment_from),
    "convert_datefield_value": (str, date.fromisoformat),
    "convert_booleanfield_value": (int, bool),
}


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


@cache
def column_names(model: type[models.Model]) -> tuple[str, ...]:
    """What a record of this kind is made of."""
    return tuple(field.attname for field in model._meta.concrete_fields)


database_of = cache(router.db_for_read)  # the same for a model as long as the process lives


def as_records(model: type[M], rows: Iterable[Row]) -> list[M]:
    """Rows that hold all columns of a model, as its records.

    Not by ``from_db``, which sets one column after the other and sends two signals that nobody here listens to: that
    takes longer than the reading.
    """
    names, alias = column_names(model), database_of(model)
    return [as_record(model, alias, names, row) for row in rows]


def as_record(model: type[M], alias: str, names: Iterable[str], row: Row) -> M:
    """One record of these of its columns, as read from this database; the others are read when they are asked for."""
    record = model.__new__(model)
    record._state = ModelState()
    record._state.adding, record._state.db = False, alias
    record.__dict__.update(zip(names, row, strict=True))
    return record
