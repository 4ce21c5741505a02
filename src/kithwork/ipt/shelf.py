"""The small furniture of this package: a choice, a prompt, and a shelf to find them on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from kithwork.refusal import Refusal


class NotOnTheShelf(Refusal):
    """A key was asked for that the method does not have."""

    code = "not-on-the-shelf"


class Labelled(Protocol):
    """Anything with a stable key for the record and a label for a reader."""

    @property
    def key(self) -> str: ...

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen: the key is kept, the label is read."""

    key: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Prompt:
    """One thing that may be asked, in the words it is asked in. It can always be left empty."""

    key: str
    label: str
    help: str = ""


T = TypeVar("T", bound=Labelled)


class Shelf(Generic[T]):
    """Things of one kind in their reading order: call it for all of them, ask it for one by key."""

    def __init__(self, what: str, things: Iterable[T]) -> None:
        self.what = what
        self._things = tuple(things)
        self._by_key = MappingProxyType({thing.key: thing for thing in self._things})
        if len(self._by_key) != len(self._things):
            raise ValueError(f"two of one key among {what}")

    def __call__(self) -> tuple[T, ...]:
        return self._things

    def __iter__(self) -> Iterator[T]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> T:
        return self.get(key)

    def get(self, key: str) -> T:
        """Give the one with this key, or refuse with :class:`NotOnTheShelf`; nothing is guessed."""
        if key not in self._by_key:
            raise NotOnTheShelf("That is not one of these.", next_step="Choose one from the list.")
        return self._by_key[key]

    def keys(self) -> tuple[str, ...]:
        """The keys, in reading order."""
        return tuple(self._by_key)

    def choices(self) -> list[tuple[str, str]]:
        """Pairs of key and label, as a form field wants them."""
        return [(thing.key, thing.label) for thing in self._things]
