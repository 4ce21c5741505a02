"""What a client may bring into this course from the one before it: her early signs, and her plan for staying well.

She ticks each piece, and says who the copies are for. The course that has ended stays as it was.
"""

from dataclasses import dataclass

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.rather_not import RatherNot
from kithwork.therapy.course.access import open_by_client_act
from kithwork.therapy.course.queries import readable_until
from kithwork.therapy.ending.queries import Review, ShownPart, ShownSign, other_courses, review


@dataclass(frozen=True)
class Piece:
    """One thing that could come along. ``field`` is the part of the plan; a sign has none."""

    key: str
    label: str
    text: str
    field: str = ""
    kind: str = ""


def to_bring(audience: Audience) -> list[Piece]:
    """What stands in the course before and not in this one, the signs first. For the client alone."""
    before = _course_before(audience)
    if before is None:
        return []
    then, here = review(before), review(audience)
    return [*_signs(then, here), *_plan(then, here)]


def _course_before(audience: Audience) -> Audience | None:
    """Her own look at the newest of her courses that has ended, as long as she can read it."""
    if not audience.is_client or not audience.may_write:
        return None
    for course in other_courses(audience):
        until = readable_until(course)
        if until is not None and audience.now < until:
            return open_by_client_act(course.client, course, now=audience.now)
    return None


def _signs(then: Review, here: Review) -> list[Piece]:
    standing = {sign.words.text for sign in here.signs}
    return [_sign(one) for one in then.signs if one.words.text not in standing]


def _sign(sign: ShownSign) -> Piece:
    return Piece(sign.id, sign.kind, sign.words.text, kind=sign.kind_key)


def _plan(then: Review, here: Review) -> list[Piece]:
    """The parts that say something, where nothing is written here yet."""
    return [
        _part(one) for one in then.plan.values() if _says_something(one) and here.plan[one.key].words is None
    ]


def _says_something(part: ShownPart) -> bool:
    return bool(part.text) and part.words is not None and not isinstance(part.words.text, RatherNot)


def _part(part: ShownPart) -> Piece:
    return Piece(part.key, part.label, part.text, field=part.key)
