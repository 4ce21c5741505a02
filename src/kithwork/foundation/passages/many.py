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
    """Stands in SQL's values where one audience's client or course goes: all clients come first, then all courses."""

    def __new__(cls, number: int) -> "_Place":
        return super().__new__(cls, f"place {number}")

    def __init__(self, number: int) -> None:
        self.number = number


@dataclass(frozen=True)
class _Example:
    """Asks in an audience's stead, while SQL is put together: it opens nothing."""

    client: str
    course: str
    sees: frozenset[Sharing]


class _Asked:
    """A question's SQL for so many audiences, and which of its values come from them."""

    def __init__(self, ask: Ask, seen: Sequence[frozenset[Sharing]]) -> None:
        number = len(seen)
        examples = [_Example(_Place(n), _Place(number + n), sees) for n, sees in enumerate(seen)]
        self._question = Question(ask(examples))
        values = self._question.values
        self._same = [one for one in values if not isinstance(one, _Place)]
        fixed = iter(range(2 * number, 2 * number + len(self._same)))
        self._places = [one.number if isinstance(one, _Place) else next(fixed) for one in values]

    def of(self, audiences: Sequence[Audience]) -> list[Row]:
        """The rows for these audiences."""
        values = [*(one.client for one in audiences), *(one.course for one in audiences), *self._same]
        return self._question.ask([values[place] for place in self._places])


def asked_of_many(ask: Ask) -> Callable[[Sequence[Audience]], list[Row]]:
    """Turn a function that says which columns of which records, by ``values_list``, into one that reads them.

    It is called with examples, once for each number of audiences and what they see, and may look only at client, course
    and what they see, as ``visible_in`` does.
    """

    @lru_cache(maxsize=REMEMBERED)
    def asked(seen: tuple[frozenset[Sharing], ...]) -> _Asked:
        return _Asked(ask, seen)

    @wraps(ask)
    def read(audiences: Sequence[Audience]) -> list[Row]:
        return asked(tuple(one.sees for one in audiences)).of(audiences) if audiences else []

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
