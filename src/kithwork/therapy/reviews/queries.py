"""Reading the reviews of a course, and at which point it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kithwork.foundation.accounts.names import account_names
from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import read_many
from kithwork.instruments import get
from kithwork.ipt import review as rules
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.queries import agreed_sessions
from kithwork.therapy.reviews.little_change import FROM_CHECK_IN
from kithwork.therapy.reviews.models import Review


@dataclass(frozen=True)
class ShownReview:
    """One review as staff read it."""

    id: str
    point: int | None
    session: int
    at: datetime
    by: str
    decisions: tuple[str, ...]
    looked_at: tuple[str, ...]
    scores: tuple[str, ...]
    reason: str


@once_a_page
def rows(audience: Audience) -> list[Review]:
    """Every review that this audience may know of, oldest first. The client's side has none."""
    return Review.seen.all_of(audience)


def reviews(audience: Audience) -> list[ShownReview]:
    """The reviews with their reasons, newest first."""
    found = rows(audience)
    words = read_many([audience], found)
    names = account_names(row.reviewer for row in found)
    return [
        ShownReview(
            id=row.id, point=row.point, session=row.session, at=row.created_at, by=names.get(row.reviewer, ""),
            decisions=_labels(rules.decisions, row.decisions), looked_at=_labels(rules.looks, row.looked_at),
            scores=tuple(_score(one) for one in row.scores),
            reason=words[row.id, "reason"].text if (row.id, "reason") in words else "",
        )
        for row in reversed(found)
    ]  # fmt: skip


def latest(audience: Audience) -> ShownReview | None:
    """The last review, if there was one."""
    return next(iter(reviews(audience)), None)


def due(audience: Audience, course: Course) -> int | None:
    """The review point that the course has come to and that no review has answered; None where there is none."""
    if course.is_over:
        return None
    planned = agreed_sessions(audience, course).sessions
    point = rules.point_reached(course.form, course.current_session, planned)
    return None if point is None or point in {row.point for row in rows(audience)} else point


def rests(made_on: Iterable[date], answered_on: Iterable[date]) -> bool:
    """Whether little change has been looked at lately.

    Rule: it rests from a review on, until on later days as many whole check-ins have come in as it takes to say
    anything at all.
    """
    last = max(made_on, default=None)
    return last is not None and sum(on > last for on in answered_on) < FROM_CHECK_IN


def _labels(shelf: Any, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(_(shelf.get(key).label) for key in keys if key in shelf)


def _score(kept: Mapping[str, Any]) -> str:
    return f"{get(kept['instrument']).short_title} {kept['first']} → {kept['last']}"
