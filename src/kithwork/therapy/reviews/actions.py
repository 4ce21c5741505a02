"""Everything that may be done about a review: to record one."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt import review as rules
from kithwork.ipt.shelf import Shelf
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Course
from kithwork.therapy.reviews.arithmetic import moved
from kithwork.therapy.reviews.models import Review
from kithwork.therapy.reviews.queries import due


def record_review(
    *, by: Audience, course: Course, decisions: Iterable[str], looked_at: Iterable[str] = (), reason: str = ""
) -> Review:
    """Keep what was decided and why, what was gone through, and the numbers as they stood.

    It answers the review point that the course has come to, if one waits. None of the decisions is preset, and without
    one there was no review.
    """
    if by.is_client or not by.may_write:
        raise Refusal(_("This course has ended. Nothing new is written here."), code="course-ended")
    chosen, seen = _known(rules.decisions, decisions), _known(rules.looks, looked_at)
    if not chosen:
        raise Refusal(
            _("Choose what you decided."),
            next_step=_("“Go on as agreed” is a decision too."),
            code="decision-missing",
        )
    with transaction.atomic():
        trail.lock(by.course)
        row: Review = Review.make(
            by, sharing=Sharing.THERAPIST, point=due(by, course), session=course.current_session, looked_at=seen,
            decisions=chosen, scores=[one.kept for one in moved(by)], reviewer=by.who.id,
        )  # fmt: skip
        passages.write(by, record=row, field="reason", text=reason)
        trail.record("review.recorded", by=by.who, at=by.now, course=by.course, page="review")
    return row


def _known(shelf: Shelf[Any], keys: Iterable[str]) -> list[str]:
    """The keys in the shelf's own order; one that is not on it is refused."""
    wanted = {shelf.get(key).key for key in keys}
    return [one.key for one in shelf if one.key in wanted]
