"""Pages that the two can look at in the middle of the room. The shelf's application fills the list."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Look:
    """A page that both sides have: what it is called, and the name of its address."""

    label: str | Promise
    page: str


@dataclass
class TogetherSlot:
    """What can be looked at, in the order of a session."""

    looks: tuple[Look, ...] = ()


together = TogetherSlot()
