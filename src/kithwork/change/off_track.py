"""What a clinic's own past courses looked like, session by session, and when a course lies outside: worth a talk.

Arithmetic with its rule, a reason to look at it together; it says nothing of what will come. Rules and sources:
Delgadillo et al. (2018), Lancet Psychiatry 5, 564-572, for the use of such curves; Saunders et al. (2019),
PMC6428692, for the caution that some people change late.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

FIRST_SCORES = (
    (10, 12),
    (13, 15),
    (16, 18),
    (19, 21),
    (22, 27),
)  # PHQ-9 at the start, from the cut for caseness up
FEWEST_COURSES = 100  # in a group: fewer give no curve
FEWEST_AT_A_POINT = 20  # courses still scored at a session: fewer give no point
FEWEST_SCORES = 3  # of a course that counts
UPPER = 0.90  # about one course in ten lies above
FROM_SESSION = 2
LATE_BY_SESSION = 6

Why = Literal["above-usual", "little-change", "worse"]
RULES: dict[Why, str] = {
    "worse": (
        "The score rose from {first} to {now}, which is more than the questionnaire's own unsteadiness."
    ),
    "above-usual": (
        "At session {session} the score is {now}. Of {courses} past courses here that began at a similar score,"
        " nine in ten stood at {bound} or below."
    ),
    "little-change": (
        "By session {session} the score has gone from {first} to {now}, less than a reliable change."
    ),
}
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Point:
    """One session of a curve: how many courses are behind it, their median, and what nine in ten lay at or below."""

    session: int
    courses: int
    median: float
    bound: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The courses that began with scores from ``lowest`` to ``highest``. No points: not enough courses yet."""

    lowest: int
    highest: int
    courses: int
    points: tuple[Point, ...]

    def point_at(self, session: int) -> Point | None:
        """The point at a session, or None where too few courses reached it."""
        return next((point for point in self.points if point.session == session), None)

    def bound_at(self, session: int) -> float | None:
        """The bound at a session, or None where too few courses reached it."""
        point = self.point_at(session)
        return point.bound if point else None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a course is worth a conversation. All scores in points.

    ``bound``, and ``courses``, the past courses scored at that session, only where a curve gave them.
    """

    why: Why
    session: int
    first: float
    now: float
    bound: float | None = None
    courses: int | None = None

    @property
    def rule(self) -> str:
        """The rule that was met, in one sentence."""
        bound = "" if self.bound is None else f"{self.bound:.1f}"
        return RULES[self.why].format(
            session=self.session,
            first=f"{self.first:g}",
            now=f"{self.now:g}",
            bound=bound,
            courses=self.courses,
        )


def usual_curves(scores: Any, *, groups: tuple[tuple[int, int], ...] = FIRST_SCORES) -> tuple[Curve, ...]:
    """Gather a clinic's finished courses into one curve for each range of first scores.

    Parameters
    ----------
    scores : array of floats, shape (courses, sessions)
        PHQ-9 totals in points at session 1, 2, …; not-a-number is missing. Finished courses only. It may be empty.
    groups : pairs of ints
        Ranges of the first score, both ends included.

    Returns
    -------
    tuple of Curve
        One a group, in their order. A group with fewer than 100 courses has no points, and a session at which fewer
        than 20 of them have a score has none either. Courses that ended early are missing from late sessions, which
        makes late points too hopeful; the number behind each point is part of it.

    Raises
    ------
    ValueError
        When the array has not two dimensions.

    Notes
    -----
    Quantiles are of type 7 (Hyndman and Fan, 1996). A bound or median between two others is then the mean of the
    three, weighted by their courses.
    """
    table = np.asarray(scores, dtype=np.float64)
    if not table.size:  # no course has finished: there is no first session to group by
        return tuple(Curve(low, high, 0, ()) for low, high in groups)
    if table.ndim != 2:
        raise ValueError("scores are one row a course and one column a session")
    counted = table[(~np.isnan(table)).sum(axis=1) >= FEWEST_SCORES]
    return tuple(
        _curve(counted[(counted[:, 0] >= low) & (counted[:, 0] <= high)], low, high) for low, high in groups
    )


def _curve(rows: Floats, low: int, high: int) -> Curve:
    if len(rows) < FEWEST_COURSES:
        return Curve(low, high, len(rows), ())
    behind = (~np.isnan(rows)).sum(axis=0)
    enough = np.flatnonzero(behind >= FEWEST_AT_A_POINT)
    raw = np.nanquantile(rows[:, enough], (0.5, UPPER), axis=0)
    medians, bounds = (_smoothed(line, behind[enough], enough) for line in raw)
    points = (
        Point(int(place) + 1, int(behind[place]), float(median), float(bound))
        for place, median, bound in zip(enough, medians, bounds, strict=True)
    )
    return Curve(low, high, len(rows), tuple(points))


def _smoothed(line: Floats, weights: Any, places: Any) -> Floats:
    """Each point as the weighted mean of itself and its neighbours on both sides; those at the ends stand.

    A mean over one side only would bend a falling line, and the first session is no neighbour: its scores are what
    the group was chosen by.
    """
    out = line.copy()
    for n in range(2, len(line) - 1):
        if places[n - 1] == places[n] - 1 and places[n + 1] == places[n] + 1:
            out[n] = np.average(line[n - 1 : n + 2], weights=weights[n - 1 : n + 2])
    return out


def worth_a_conversation(
    scores: Any, *, curves: tuple[Curve, ...] = (), reliable_change: float = 6
) -> Reason | None:
    """Say whether one course meets a rule for looking at it together, and which.

    Parameters
    ----------
    scores : array of floats, shape (sessions,)
        PHQ-9 totals in points at session 1, 2, … up to now; not-a-number is missing.
    curves : tuple of Curve
        The clinic's own, from `usual_curves`; without one for this first score only the fixed rules apply.
    reliable_change : float
        Points that are more than the questionnaire's own unsteadiness; above 0.

    Returns
    -------
    Reason or None
        Rules, the first that is met: a reliable rise since the first score; above the bound of the clinic's curve,
        from session 2 on; no reliable fall by session 6. None without two scores, and for a first score so low that
        it cannot fall by a reliable amount no rule on falling applies.

    Raises
    ------
    ValueError
        When the array has not one dimension or the change is not above 0.

    Examples
    --------
    >>> worth_a_conversation([19, 18, 19, 16, 18, 18]).why
    'little-change'
    """
    line = np.asarray(scores, dtype=np.float64)
    if line.ndim != 1 or not reliable_change > 0:
        raise ValueError("scores are one row, and a reliable change is above 0")
    given = np.flatnonzero(~np.isnan(line))
    if len(given) < 2:
        return None
    first, now, session = float(line[given[0]]), float(line[given[-1]]), int(given[-1]) + 1
    if now - first >= reliable_change:
        return Reason("worse", session, first, now)
    curve = next((one for one in curves if one.lowest <= first <= one.highest), None)
    point = curve.point_at(session) if curve and session >= FROM_SESSION else None
    if point and now > point.bound:
        return Reason("above-usual", session, first, now, point.bound, point.courses)
    if session >= LATE_BY_SESSION and first >= reliable_change and first - now < reliable_change:
        return Reason("little-change", session, first, now)
    return None
