"""Who is looking, at which client, at which moment, and what that opens. Only the one door makes these."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail.who import Who


@dataclass(frozen=True)
class Audience:
    """One viewer before one client's record, now. Made by ``making.make_audience`` and nowhere else."""

    who: Who
    client: str
    course: str
    sees: frozenset[Sharing]
    now: datetime
    may_write: bool
    # The session in which both sit together while the therapist writes; marks the client's words as such.
    together_in: int | None = None

    def __hash__(self) -> int:
        # A page looks up what it has read under its audience a hundred times, and has one for each client.
        return hash((self.client, self.who.id))

    @cached_property
    def states(self) -> list[str]:
        """What it sees, as columns hold it, in a fixed order."""
        return sorted(state.value for state in self.sees)

    @property
    def side(self) -> Literal["client", "staff"]:
        """Whose side of the table the viewer sits on."""
        return "client" if self.who.kind == "client" else "staff"

    @property
    def is_client(self) -> bool:
        return self.side == "client"
