"""How sure a statement of the method is, and where it was read."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How far a statement has been checked."""

    SOURCED = "sourced"
    GENERAL = "general"
    DESIGN = "design"

    @property
    def label(self) -> str:
        """The mark in words, for a therapist who wants to know."""
        return {
            Mark.SOURCED: "Read in the work named",
            Mark.GENERAL: "General knowledge of the field, not looked up",
            Mark.DESIGN: "Kithwork's own proposal",
        }[self]


@dataclass(frozen=True)
class Source:
    """What a statement rests on: which part of it, how sure, and the work."""

    of: str
    mark: Mark
    work: str = ""


def sourced(of: str, work: str) -> Source:
    """A part that was read in a work."""
    return Source(of, Mark.SOURCED, work)


def general(of: str) -> Source:
    """A part that is usual practice, not looked up."""
    return Source(of, Mark.GENERAL)


def design(of: str) -> Source:
    """A part that Kithwork proposes."""
    return Source(of, Mark.DESIGN)
