"""Everything that may be done with the shared picture and the goals."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt import formulation as rules
from kithwork.ipt import goals as goal_rules
from kithwork.ipt.problem_areas import problem_areas
from kithwork.ipt.signing import Manner
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Signature
from kithwork.therapy.course.signing import hash_of, sign
from kithwork.therapy.formulation import canvas, queries
from kithwork.therapy.formulation.models import Comment, Formulation, Goal, GoalRating, Seed, Version
from kithwork.therapy.formulation.pieces import Piece

PAGE = "formulation"


class NotSharedYet(Refusal):
    """The picture is still being written; for the client there is nothing there yet."""

    code = "not-shared-yet"

    def __init__(self) -> None:
        super().__init__(_("You will write this together, around session 4."))


class GoalClosed(Refusal):
    """A goal that was put aside stays as it was, with its ratings."""

    code = "goal-closed"

    def __init__(self) -> None:
        super().__init__(
            "This goal was put aside while you were writing.",
            next_step="Copy your words, then take the goal up again, or add another one.",
        )


def open_formulation(*, by: Audience) -> Formulation:
    """Begin the picture, for staff alone until it is shared. One that is there already is given back."""
    with transaction.atomic():
        trail.lock(by.course)
        found = queries.find(by)
        if found is None:
            found = _begin(by)
            _record("opened", by)
    return found


def write_section(
    *, by: Audience, section: str, text: str, base: str = "", pieces: Iterable[Piece] = ()
) -> Words | None:
    """Write one part, from pieces or in new words. Once shared, every change makes a new version, not signed yet.

    The pieces go below the text. Where they came from is noted as far as both can see that; of what the client keeps
    only the words go in, and the record that they stand in stays hers. Raises Changed, with both texts, when somebody
    else wrote since ``base`` was shown.
    """
    part, pieces = rules.sections.get(section).key, list(pieces)
    text = rules.with_pieces(text, [piece.text for piece in pieces])
    with transaction.atomic():
        trail.lock(by.course)
        formulation = queries.find(by) or _begin(by)
        before = read(by, formulation).get(part)
        words = passages.write(by, record=formulation, field=part, text=text, base=base)
        _note_where_from(by, formulation, part, pieces)
        if formulation.shared_at and words != before:
            _add_version(by, formulation)
        _record("written", by)
    return words


def _note_where_from(by: Audience, formulation: Formulation, part: str, pieces: list[Piece]) -> None:
    shared = {piece.key for piece in canvas.seed(by).get(part, ())} if pieces else set()
    noted = {(row.section, f"{row.record}.{row.field}") for row in Seed.seen.all_of(by)} if pieces else set()
    for piece in pieces:
        if piece.key in shared and (part, piece.key) not in noted:
            Seed.make(
                by, sharing=Sharing(formulation.sharing), formulation=formulation, section=part,
                record=piece.record, field=piece.field,
            )  # fmt: skip


def share(*, by: Audience) -> Formulation:
    """Show the client what has been written. From here on she sees every wording, and this can't be undone."""
    with transaction.atomic():
        trail.lock(by.course)
        formulation = queries.find(by)
        if by.is_client or formulation is None or not read(by, formulation):
            raise Refusal(
                _("There is nothing to share yet."),
                next_step=_("Write a part of it first."),
                code="nothing-here",
            )
        if formulation.shared_at is None:
            _check_open(by)
            formulation.shared_at, formulation.sharing = by.now, Sharing.SHARED
            formulation.save(update_fields=["shared_at", "sharing"])
            for seed in Seed.seen.all_of(by):
                seed.sharing = Sharing.SHARED
                seed.save(update_fields=["sharing"])
            _add_version(by, formulation)
            _record("shared", by)
    return formulation


def make_version(*, by: Audience) -> Version:
    """The wording as it stands, as a version to sign. One that says the same is given back."""
    with transaction.atomic():
        trail.lock(by.course)
        formulation = _shared(by)
        newest = queries.versions(by, formulation)[-1]
        if newest.passages == _revisions(by, formulation):
            return newest
        made = _add_version(by, formulation)
        _record("version_made", by)
    return made


def sign_version(*, by: Audience, version: Version, party: str, manner: str = Manner.SIGNED_IN) -> Signature:
    """Sign the newest version. One that has been changed since can no longer be signed."""
    with transaction.atomic():
        trail.lock(by.course)
        standing = [queries.as_rule(row) for row in queries.versions(by, _shared(by))]
        rules.check_signing(standing, version.id)
        content = queries.content_of(version.number, queries.texts_of(by, version))
        if hash_of(by, content) != bytes(version.content):
            raise Refusal(
                _("This version no longer says what it said when it was made."), code="not-as-it-was"
            )
        return sign(
            by=by, what="formulation", version_id=version.id, content=content, party=party, manner=manner
        )


def comment(*, by: Audience, section: str, kind: str, text: str = "") -> Comment:
    """Say something about a part, or about the whole: it fits, a change, I don't agree, let's talk."""
    if section:
        rules.sections.get(section)
    rules.comment_kinds.get(kind)
    _check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        made: Comment = Comment.make(
            by, sharing=Sharing.SHARED, formulation=_shared(by), section=section, kind=kind
        )
        passages.write(by, record=made, field="comment", text=text)
        _record("commented", by)
    return made


def answer(*, by: Audience, comment: Comment, text: str, base: str = "") -> Words | None:
    """Answer what was said about a part. It stays open until the two have talked about it."""
    with transaction.atomic():
        trail.lock(by.course)
        words = passages.write(by, record=comment, field="answer", text=text, base=base)
        _record("answered", by)
    return words


def settle(*, by: Audience, comment: Comment) -> Comment:
    """A comment was talked about: it goes from the page, and stays in the record."""
    _check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        comment.settled_at = by.now
        comment.save(update_fields=["settled_at"])
        _record("comment_settled", by)
    return comment


def add_goal(
    *, by: Audience, goal: str, by_session: int | None = None, by_day: date | None = None, area: str = ""
) -> Goal:
    """Agree a goal: small, with people in it, for the focus that it belongs to. Three are enough at a time."""
    _check_goal(by, goal, area)
    with transaction.atomic():
        trail.lock(by.course)
        standing = queries.standing_goals(by)
        goal_rules.check_one_more(len(standing))
        place = max((one.place for one in standing), default=0) + 1
        made = _make_goal(by, goal, place=place, by_session=by_session, by_day=by_day, area=area)
        _record("goal_added", by)
    return made


def change_goal(
    *,
    by: Audience,
    goal: Goal,
    text: str,
    by_session: int | None,
    base: str,
    by_day: date | None = None,
    area: str = "",
) -> Goal:
    """Word a goal anew; its ratings stay with it."""
    _check_goal(by, text, area)
    with transaction.atomic():
        trail.lock(by.course)
        check_goal_stands(by=by, goal=goal)
        passages.write(by, record=goal, field="goal", text=text, base=base)
        goal.by_session, goal.by_day, goal.area = by_session, by_day, area
        goal.save(update_fields=["by_session", "by_day", "area"])
        _record("goal_changed", by)
    return goal


def close_goal(*, by: Audience, goal: Goal, ended_as: str = "") -> Goal:
    """Put a goal aside, reached or not. Its ratings stay in the record."""
    _check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        _end_goal(by, goal, ended_as)
        _record("goal_closed", by)
    return goal


def replace_goal(
    *, by: Audience, goal: Goal, text: str, by_session: int | None = None, by_day: date | None = None
) -> Goal:
    """Let another goal take the place of one; the old one stays to be read, with its ratings."""
    _check_goal(by, text, goal.area)
    with transaction.atomic():
        trail.lock(by.course)
        check_goal_stands(by=by, goal=goal)
        _end_goal(by, goal, "replaced")
        made = _make_goal(
            by, text, place=goal.place, by_session=by_session, by_day=by_day, area=goal.area, instead_of=goal
        )
        _record("goal_replaced", by)
    return made


def reopen_goal(*, by: Audience, goal: Goal) -> Goal:
    """Take up again what was put aside, where there is room for it."""
    _check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        standing = queries.standing_goals(by)
        goal_rules.check_one_more(len(standing))
        goal.dropped_at, goal.ended_as = None, ""
        goal.place = max((one.place for one in standing), default=0) + 1
        goal.save(update_fields=["dropped_at", "ended_as", "place"])
        _record("goal_reopened", by)
    return goal


def rate_goal(
    *, by: Audience, goal: Goal, rating: int | None, at: datetime | None = None, occasion: str = ""
) -> GoalRating:
    """Say how near a goal is, 0 to 10; None is "rather not say". Ratings are only ever added."""
    _check_open(by)
    goal_rules.check_rating(rating)
    if occasion:
        goal_rules.occasions.get(occasion)
    with transaction.atomic():
        trail.lock(by.course)
        made: GoalRating = GoalRating.make(
            by, sharing=Sharing.SHARED, goal=goal, rating=rating, at=at or by.now, session=by.together_in,
            occasion=occasion,
        )  # fmt: skip
        _record("goal_rated", by)
    return made


def check_goal_stands(*, by: Audience, goal: Goal) -> None:
    """Refuse to change a goal that has been put aside, or any once the course has ended."""
    _check_open(by)
    if queries.find_goal(by, goal.id) is None:
        raise GoalClosed


def _make_goal(by: Audience, text: str, **columns: Any) -> Goal:
    made: Goal = Goal.make(by, sharing=Sharing.SHARED, **columns)
    passages.write(by, record=made, field="goal", text=text)
    return made


def _end_goal(by: Audience, goal: Goal, ended_as: str) -> None:
    goal.ended_as = goal_rules.endings.get(ended_as).key if ended_as else ""
    goal.dropped_at = by.now
    goal.save(update_fields=["dropped_at", "ended_as"])


def _begin(by: Audience) -> Formulation:
    if by.is_client:
        raise NotSharedYet
    _check_open(by)
    made: Formulation = Formulation.make(by, sharing=Sharing.THERAPIST)
    return made


def _shared(by: Audience) -> Formulation:
    formulation = queries.find(by)
    if formulation is None or formulation.shared_at is None:
        raise NotSharedYet
    return formulation


def _revisions(by: Audience, formulation: Formulation) -> dict[str, str]:
    return {field: words.base for field, words in read(by, formulation).items()}


def _add_version(by: Audience, formulation: Formulation) -> Version:
    words = read(by, formulation)
    number = queries.how_many_versions(by, formulation) + 1
    content = queries.content_of(number, {field: one.text for field, one in words.items()})
    made: Version = Version.make(
        by, sharing=Sharing.SHARED, formulation=formulation, number=number, passages=_revisions(by, formulation),
        content=hash_of(by, content),
    )  # fmt: skip
    return made


def _check_open(by: Audience) -> None:
    if not by.may_write:
        raise Refusal(_("This course has ended. What you wrote stays here to read."), code="course-ended")


def _check_goal(by: Audience, text: str, area: str) -> None:
    _check_open(by)
    if area:
        problem_areas.get(area)
    if not text.strip():
        raise Refusal("A goal needs a word or two.", code="goal-empty")


def _record(act: str, by: Audience) -> None:
    trail.record(f"formulation.{act}", by=by.who, at=by.now, course=by.course, page=PAGE)
