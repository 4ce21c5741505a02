"""A list's question about several clients: written as Django writes it, and its SQL put together once.

For sixty clients Django takes longer to put a question together, and to make records of the rows, than the database
does to answer it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, TypeVar

from django.db import models

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.standing import Question, Row, as_records, column_names

M = TypeVar("M", bound=models.Model)

REMEMBERED = 64  # numbers of clients, for each question

Ask = Callable[[list[Any]], models.QuerySet[Any, Any]]


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


def asked_of_many(ask: Ask) -> Callable[[Sequence[Audience]], list[Row]]:
    """Turn a function that says which columns of which records, by ``values_list``, into one that reads them.

    It is called with examples, once for each number of audiences and what they see, and may look only at client, course
    and what they see, as ``visible_in`` does.
    """

    @lru_cache(maxsize=REMEMBERED)
    def question(seen: tuple[frozenset[Sharing], ...]) -> Question:
        return Question(
            ask([_Example(_Place(n, "client"), _Place(n, "course"), sees) for n, sees in enumerate(seen)])
        )

    @wraps(ask)
    def read(audiences: Sequence[Audience]) -> list[Row]:
        if not audiences:
            return []
        asked = question(tuple(one.sees for one in audiences))
        return asked.ask(
            one.taken_by(audiences) if isinstance(one, _Place) else one for one in asked.values
        )

    return read


def records_of_many(model: type[M]) -> Callable[[Ask], Callable[[Sequence[Audience]], list[M]]]:
    """The same for a function that says which records: it is read as a list of those."""

    def reading(ask: Ask) -> Callable[[Sequence[Audience]], list[M]]:
        @asked_of_many
        def columns(audiences: list[Any]) -> models.QuerySet[Any, Any]:
            return ask(audiences).values_list(*column_names(model))

        @wraps(ask)
        def read(audiences: Sequence[Audience]) -> list[M]:
            return as_records(model, columns(audiences))

        return read

    return reading
