"""The clinic's usual curves: worked out once a year by the worker, kept as counts and percentiles, read by rooms."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from kithwork.change import Curve, Point, usual_curves
from kithwork.clinic.outcomes.models import UsualCurves
from kithwork.foundation.accounts.models import Clinic
from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.checkins.models import Answers
from kithwork.therapy.course.models import Course, CourseState
from kithwork.therapy.reviews.slots import Usual

HOLDS_FOR = timedelta(days=365)
ASKS_AGAIN = timedelta(days=30)  # while no group has enough courses
CONTACTS = 2  # of a finished course, by the national definitions


def newest(clinic: str) -> Usual | None:
    """The edition that holds."""
    row = UsualCurves.objects.filter(clinic=clinic).order_by("-version").first()
    return None if row is None else Usual(row.version, row.made_at, tuple(map(_curve, row.curves)))


def usual_here() -> Usual | None:
    """The same of the clinic that this installation serves."""
    return newest(Clinic.objects.get().id)


def work_out_when_due(*, now: datetime) -> int:
    """Make a new edition where the newest is a year old, or a month while it has no curve. Returns how many."""
    return sum(_work_out(clinic, now) for clinic in Clinic.objects.all())


def _work_out(clinic: Clinic, now: datetime) -> bool:
    found = newest(clinic.id)
    if found and now - found.made_at < (HOLDS_FOR if any(one.points for one in found.curves) else ASKS_AGAIN):
        return False
    curves = usual_curves(table_of(finished(clinic.id)))
    version = found.version + 1 if found else 1
    made = UsualCurves(clinic=clinic, version=version, made_at=now, curves=[_kept(one) for one in curves])
    # Several workers may find it due at once: the first one's edition stands.
    UsualCurves.objects.bulk_create([made], ignore_conflicts=True)
    return True


def finished(clinic: str) -> Iterable[tuple[str, int, int]]:
    """Every whole PHQ-9 of the clinic's finished courses: the course, the session it was for, the total."""
    over = Course.objects.filter(clinic=clinic, state=CourseState.ENDED, held__gte=CONTACTS)
    answers = Answers._base_manager.filter(
        course__in=over, instrument="phq9", total__isnull=False, check_in__state="sent",
        check_in__for_session__gte=1, sharing=Sharing.SHARED,
    )  # fmt: skip
    rows = answers.order_by("answered_on", "created_at", "pk")
    for course, session, total in rows.values_list("course_id", "check_in__for_session", "total"):
        if session and total is not None:  # as was asked; the columns may be empty
            yield course, session, int(total)


def table_of(scores: Iterable[tuple[str, int, int]]) -> Any:
    """One row a course and one column a session; the later of two forms for one session stands."""
    rows: dict[str, dict[int, int]] = defaultdict(dict)
    for course, session, total in scores:
        rows[course][session] = total
    widest = max((session for row in rows.values() for session in row), default=1)
    table = np.full((len(rows), widest), np.nan)
    for place, row in enumerate(rows.values()):
        for session, total in row.items():
            table[place, session - 1] = total
    return table


def _kept(curve: Curve) -> dict[str, Any]:
    """A group with too few courses keeps no count either."""
    return asdict(curve) if curve.points else {**asdict(curve), "courses": 0}


def _curve(kept: dict[str, Any]) -> Curve:
    points = tuple(Point(**point) for point in kept["points"])
    return Curve(kept["lowest"], kept["highest"], kept["courses"], points)
