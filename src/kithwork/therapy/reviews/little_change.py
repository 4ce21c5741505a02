"""Little change so far: arithmetic on the check-ins, by a number that the clinic sets. It judges nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

FROM_CHECK_IN = 4  # three weeks are too short to say anything


@dataclass(frozen=True)
class LittleChange:
    """The first total and the last, and how many points the clinic calls change."""

    first: int
    last: int
    points: int
    check_ins: int

    @property
    def went_up(self) -> bool:
        return self.last - self.first >= self.points


def little_change(totals: Sequence[int | None], points: int) -> LittleChange | None:
    """Tell whether the last complete total is still near the first one, or well above it.

    Rule: a rise by ``points`` or more, at any check-in; and, from the fourth complete one on, while the fall is smaller
    than ``points``. A first total below ``points`` can't fall by as much, so of a fall nothing is said. A form that is not complete is left out, not counted as 0.
    Source: a fall of 6 or more on the PHQ-9 is a reliable change in the national definitions of England.
    """
    given = [total for total in totals if total is not None]
    if len(given) > 1 and given[-1] - given[0] >= points:
        return LittleChange(given[0], given[-1], points, len(given))
    if len(given) < FROM_CHECK_IN or given[0] < points or given[0] - given[-1] >= points:
        return None
    return LittleChange(given[0], given[-1], points, len(given))
