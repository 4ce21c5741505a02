"""A question that many pages ask in the same words: its SQL is put together once and only its values change.

Django puts a query together anew each time, which costs more than a course's few rows do.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connections, models, router

M = TypeVar("M", bound=models.Model)

# What the database's value of one column goes through, by the column's place in the row.
Converters = list[tuple[int, Callable[..., Any], Any]]


class Standing(Generic[M]):
    """All rows of a model under one condition.

    ``condition`` holds an example for every value, each another; ``ask`` takes the values in the order in which its
    SQL has them. (A truth value is written into the SQL and has no place of its own.)
    """

    def __init__(self, model: type[M], condition: models.Q) -> None:
        self.model, self.condition = model, condition

    def ask(self, values: Iterable[Any]) -> list[M]:
        """The rows for these values, in no order."""
        connection = connections[self._alias]
        sql, names, converters = self._asked
        with connection.cursor() as cursor:
            cursor.execute(sql, list(values))
            rows: list[Sequence[Any]] = cursor.fetchall()
        if converters:
            rows = [converted(row, converters, connection) for row in rows]
        return [self.model.from_db(self._alias, names, row) for row in rows]

    @cached_property
    def _alias(self) -> str:
        return router.db_for_read(self.model)

    @cached_property
    def _asked(self) -> tuple[str, list[str], Converters]:
        compiler = models.QuerySet(self.model).filter(self.condition).query.get_compiler(self._alias)
        sql, _ = compiler.as_sql()
        columns = [column for column, *_ in compiler.select]
        converters = [
            (place, convert, column)
            for place, (converts, column) in compiler.get_converters(columns).items()
            for convert in converts
        ]
        return sql, [field.attname for field in self.model._meta.concrete_fields], converters


def converted(row: Sequence[Any], converters: Converters, connection: Any) -> list[Any]:
    """A row of the database as Python has its values."""
    values = list(row)
    for place, convert, column in converters:
        values[place] = convert(values[place], column, connection)
    return values
