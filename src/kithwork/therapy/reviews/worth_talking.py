"""Worth a conversation: the rule that one course meets, with its arithmetic. A reason to talk, never a verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.change import Curve, Point, Reason, worth_a_conversation
from kithwork.foundation.passages.audience import Audience
from kithwork.therapy.checkins.queries import scores
from kithwork.therapy.checkins.queries.reading import ScorePoint
from kithwork.therapy.course.models import Course
from kithwork.therapy.reviews.arithmetic import reliable_points
from kithwork.therapy.reviews.slots import usual

# measures.md, section 8: what to go through together when a rule is met.
PROMPTS = (
    gettext_noop("Is the focus still the right one?"),
    gettext_noop("What became of the things to try, and of practising conversations?"),
    gettext_noop("Is it clear to both when it ends?"),
    gettext_noop("Has safety been asked about aloud?"),
    gettext_noop("Has something happened lately?"),
    gettext_noop("How is it going between the two of you?"),
)
RULES = {
    "worse": gettext_noop(
        "{now} − {first} = {difference}: a rise of {points} points or more is a reliable change by the national rule."
    ),
    "little-change": gettext_noop(
        "Session {session}: {first} − {now} = {difference}, and a fall under {points} points may be chance."
    ),
    "above-usual": gettext_noop(
        "Session {session}: {now}. Of the past courses here that began between {lowest} and {highest}, nine in ten stood"
        " at {bound} or below; {behind} courses are behind that number."
    ),
}


@dataclass(frozen=True)
class Standing:
    """Whether a rule is met, and against which edition of the clinic's curves, if there is one for this course."""

    rule: str
    version: int | None
    made_at: datetime | None
    curve: Curve | None

    @property
    def has_curve(self) -> bool:
        return self.curve is not None


def worth_talking(audience: Audience, course: Course) -> Standing | None:
    """What staff see of it; None before there are two whole PHQ-9."""
    line = by_session(scores(audience, "phq9"))
    given = [total for total in line if total is not None]
    if len(given) < 2:
        return None
    edition = usual.newest(course.clinic_id)
    curve = _curve_for(given[0], edition.curves if edition else ())
    points = reliable_points("phq9")
    reason = worth_a_conversation(
        [float("nan") if total is None else total for total in line], curves=(curve,) if curve else (),
        reliable_change=points,
    )  # fmt: skip
    return Standing(
        rule=_told(reason, points, curve) if reason else "", version=edition.version if edition else None,
        made_at=edition.made_at if edition else None, curve=curve,
    )  # fmt: skip


def by_session(points: Iterable[ScorePoint]) -> list[int | None]:
    """The newest total before each session, from session 1 on. A check-in that was for none is passed over."""
    found = {point.session: point.total for point in points if point.session and point.total is not None}
    return [found.get(n) for n in range(1, max(found, default=0) + 1)]


def _curve_for(first: int, curves: Iterable[Curve]) -> Curve | None:
    return next((one for one in curves if one.points and one.lowest <= first <= one.highest), None)


def _told(reason: Reason, points: int, curve: Curve | None) -> str:
    there: Point | None = None
    if curve:
        there = next((point for point in curve.points if point.session == reason.session), None)
    return _(RULES[reason.why]).format(
        session=reason.session, first=f"{reason.first:g}", now=f"{reason.now:g}", points=points,
        difference=f"{abs(reason.now - reason.first) if reason.why == 'worse' else reason.first - reason.now:g}",
        bound=f"{reason.bound or 0:.1f}", behind=there.courses if there else "",
        lowest=curve.lowest if curve else "", highest=curve.highest if curve else "",
    )  # fmt: skip
