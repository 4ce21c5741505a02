"""What every act in this room keeps to."""

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.trail import actions as trail
from kithwork.refusal import Refusal


def record(by: Audience, act: str, *, page: str = "session") -> None:
    """Add the act to the course's trail."""
    trail.record(act, by=by.who, at=by.now, course=by.course, page=page)


def check(by: Audience, *, staff_only: bool = False) -> None:
    """Refuse when the course is over, or when it is not this person's to do."""
    if not by.may_write:
        raise Refusal("This course has ended. What was written stays here to read.", code="course-ended")
    if staff_only and by.is_client:
        raise Refusal("Your therapist does this.", next_step="Tell them in your session.", code="not-yours")
