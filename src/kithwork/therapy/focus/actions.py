"""Everything that may be done with the focus and its workspace."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import KEPT, Sharing, readers_of_all
from kithwork.foundation.trail import actions as trail
from kithwork.ipt import workspaces
from kithwork.ipt.problem_areas import check_focus
from kithwork.ipt.workspaces import step_states
from kithwork.refusal import Refusal
from kithwork.therapy.focus import queries
from kithwork.therapy.focus.access import check_may_remove
from kithwork.therapy.focus.kinds import SORTS_INTO, Kind, kind_of, kinds
from kithwork.therapy.focus.models import Focus, FocusItem, FocusMark, FocusNote
from kithwork.therapy.people.models import Person
from kithwork.therapy.people.queries import labels

PAGE = "focus"


class AtRest(Refusal):
    """A focus that has come to rest is there to be read."""

    code = "focus-at-rest"

    def __init__(self) -> None:
        super().__init__(
            "The work is not on this any more: it has come to rest, or another is in its place.",
            next_step="Copy your words, and put them where the work is now.",
        )


class TakenAway(Refusal):
    """Something in a workspace that somebody took from every page."""

    code = "taken-away"

    def __init__(self) -> None:
        super().__init__(
            "This was taken away while you wrote.",
            next_step="Copy your words, and put them where you would like them now.",
        )


def choose(
    *,
    by: Audience,
    area: str,
    person: Person | None = None,
    in_our_words: str = "",
    reason: str = "",
    reason_words: str = "",
    since: date | None = None,
) -> Focus:
    """Choose what the work is on. One is usual; a second one says why."""
    with transaction.atomic():
        trail.lock(by.course)
        standing = {one.area for one in queries.standing(by)}
        focus = _begin(by, standing, area=area, person=person, reason=reason, since=since or _today(by))
        _word(by, focus, in_our_words, reason_words)
        _record("chosen", by)
    return focus


def replace(
    *,
    by: Audience,
    focus: Focus,
    area: str,
    person: Person | None = None,
    in_our_words: str = "",
    reason: str = "",
    reason_words: str = "",
    since: date | None = None,
) -> Focus:
    """Put another focus in the place of one: the old one ends on the day on which the new one begins."""
    day = since or _today(by)
    with transaction.atomic():
        trail.lock(by.course)
        check_stands(by=by, focus=focus)
        standing = {one.area for one in queries.standing(by) if one.id != focus.id}
        made = _begin(by, standing, area=area, person=person, reason=reason, since=day)
        _word(by, made, in_our_words, reason_words)
        _end(focus, day)
        _record("replaced", by)
    return made


def end(*, by: Audience, focus: Focus, on: date | None = None) -> Focus:
    """Let a focus come to rest. What was written in it stays to be read."""
    _check_open(by)
    with transaction.atomic():
        trail.lock(by.course)
        _end(focus, on or _today(by))
        _record("ended", by)
    return focus


def change(*, by: Audience, focus: Focus, person: Person | None, in_our_words: str, base: str) -> Focus:
    """Say it in other words, or say with whom."""
    _check_open(by)
    _check_person(by, person)
    with transaction.atomic():
        trail.lock(by.course)
        check_stands(by=by, focus=focus)
        passages.write(by, record=focus, field="in_our_words", text=in_our_words, base=base)
        # Somebody whom the writer doesn't know of was not taken off by leaving the field empty.
        if person is not None or focus.person_id in labels(by):
            focus.person = person
            focus.save(update_fields=["person"])
        _record("changed", by)
    return focus


def add_item(
    *,
    by: Audience,
    focus: Focus,
    kind: Kind,
    words: Mapping[str, str],
    sharing: Sharing = Sharing.JUST_ME,
    **columns: Any,
) -> FocusItem:
    """Write one thing into the workspace. In the therapist's hand it is written together, so it is shared.

    Whether the work is still on it is asked before (``check_stands``): what is saved as it comes to rest can be read.
    """
    _check_item(by, kind, words, columns)
    state = _readers(by, sharing, words, columns)
    with transaction.atomic():
        trail.lock(by.course)
        item = _make(by, focus, kind, words, state, **_with_choice(by, None, columns))
        _record("item_added", by)
    return item


def change_item(
    *,
    by: Audience,
    item: FocusItem,
    words: Mapping[str, str],
    bases: Mapping[str, str],
    sharing: Sharing = Sharing.JUST_ME,
    **columns: Any,
) -> FocusItem:
    """Change one thing, or who it is for. Raises Changed, with both texts, when somebody else was first."""
    _check_item(by, kind_of(item), words, columns)
    state = _readers(by, sharing, words, columns)
    with transaction.atomic():
        trail.lock(by.course)
        if queries.find_removed(by, kind_of(item), item.id):
            raise TakenAway
        for field, text in words.items():
            base = bases.get(field, "")
            passages.write(by, record=item, field=field, text=text, sharing=state, base=base)
        for name, value in {**_with_choice(by, item, columns), "sharing": state}.items():
            setattr(item, name, value)
        item.save()
        _record("item_changed", by)
    return item


def sort_story(*, by: Audience, story: FocusNote, pieces: Sequence[tuple[str, str]]) -> list[FocusItem]:
    """Put pieces of a story where they belong, each as (list, words). The story itself stays as it was told.

    A piece is for whom the story is for; it can be shared by itself afterwards.
    """
    _check_open(by)
    if not pieces:
        raise Refusal(
            "Nothing was put anywhere yet.", next_step="Choose a place for a part, or leave it as it is.",
            code="nothing-sorted",
        )  # fmt: skip
    sharing, together = Sharing(story.sharing), kinds.get("story")
    with transaction.atomic():
        trail.lock(by.course)
        made: list[FocusItem] = []
        for key, text in pieces:
            kind = kinds.get(key)
            if kind.area != together.area or key not in SORTS_INTO:
                raise Refusal("A part of the story can't go there.", code="not-a-place")
            made.append(_make(by, story.focus, kind, {"text": text}, sharing, story=story))
        _record("story_sorted", by)
    return made


def mark_steps(*, by: Audience, focus: Focus, states: Mapping[str, str]) -> list[FocusMark]:
    """Say how suggestions stand between the two. Only what changed is kept."""
    _check_open(by)
    steps = workspaces.get(focus.area).steps
    with transaction.atomic():
        trail.lock(by.course)
        stands = queries.marks(by, focus.id)
        changed = {step: state for step, state in states.items() if stands.get(step, "open") != state}
        made = [
            FocusMark.make(
                by, sharing=Sharing.SHARED, focus=focus, step=steps.get(step).key, state=step_states.get(state).key
            )
            for step, state in changed.items()
        ]  # fmt: skip
        _record("marked", by)
    return made


def remove_item(*, by: Audience, item: FocusItem) -> FocusItem:
    """Take one thing from every page. What the client wrote herself only she takes away."""
    _check_open(by)
    check_may_remove(by, item)
    with transaction.atomic():
        trail.lock(by.course)
        item.removed_at = by.now
        item.save(update_fields=["removed_at"])
        _record("item_removed", by)
    return item


def check_stands(*, by: Audience, focus: Focus) -> None:
    """Refuse to write into a focus that the work is no longer on, or once the course has ended."""
    _check_open(by)
    now = queries.find(by, focus.id)  # as it is by now, under the course's lock
    if now is None or now.until is not None:
        raise AtRest


def _with_choice(by: Audience, item: FocusItem | None, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the moment at which a possibility was chosen; taking the choice back empties it."""
    known = dict(columns)
    if "chosen" in known:
        before = getattr(item, "chosen_at", None)
        known["chosen_at"] = (before or by.now) if known.pop("chosen") else None
    return known


def _make(
    by: Audience, focus: Focus, kind: Kind, words: Mapping[str, str], sharing: Sharing, **columns: Any
) -> FocusItem:
    item: FocusItem = kind.model.make(by, sharing=sharing, focus=focus, **{**kind.fixed, **columns})
    for field, text in words.items():
        passages.write(by, record=item, field=field, text=text, sharing=sharing)
    return item


def _begin(
    by: Audience, standing: set[str], *, area: str, person: Person | None, reason: str, since: date
) -> Focus:
    _check_open(by)
    check_focus(standing, area, reason=reason or None)
    _check_person(by, person)
    _check_day(by, since)
    why = reason if standing else ""
    made: Focus = Focus.make(by, sharing=Sharing.SHARED, area=area, why=why, since=since, person=person)
    return made


def _word(by: Audience, focus: Focus, in_our_words: str, reason_words: str) -> None:
    passages.write(by, record=focus, field="in_our_words", text=in_our_words)
    passages.write(by, record=focus, field="reason", text=reason_words)


def _end(focus: Focus, on: date) -> None:
    if on < focus.since:
        raise Refusal(
            "It began after that day.", next_step="Choose a later day.", code="ends-before-it-began"
        )
    focus.until = on
    focus.save(update_fields=["until"])


def _today(by: Audience) -> date:
    return by.now.date()


def _check_day(by: Audience, day: date) -> None:
    # A day ahead is somebody's evening on the other side of the world.
    if day > by.now.date() + timedelta(days=1):
        raise Refusal(
            "That day has not come yet.", next_step="Choose today or a day before.", code="day-ahead"
        )


def _check_open(by: Audience) -> None:
    if not by.may_write:
        raise Refusal("This course has ended. What you wrote stays here to read.", code="course-ended")


def _check_person(by: Audience, person: Person | None) -> None:
    if person is not None and person.id not in labels(by):
        raise Refusal("Choose somebody from the list.", code="person-unknown")


def _check_item(by: Audience, kind: Kind, words: Mapping[str, str], columns: Mapping[str, Any]) -> None:
    _check_open(by)
    if not any(text.strip() for text in words.values()) and not (
        columns.get("stage") or columns.get("choice")
    ):
        raise Refusal("There is nothing to keep yet.", next_step="Write a word or two.", code="item-empty")
    if unknown := set(words) - {prompt.key for prompt in kind.words}:
        raise ValueError(f"not fields of {kind.key}: {sorted(unknown)}")


def _who_for(by: Audience, sharing: Sharing) -> Sharing:
    if not by.is_client:
        return Sharing.SHARED
    if sharing not in KEPT | {Sharing.SHARED}:
        raise Refusal("Choose who this is for.", code="state-not-open")
    return sharing


def _readers(by: Audience, sharing: Sharing, words: Mapping[str, str], columns: Mapping[str, Any]) -> Sharing:
    """Who an item is for: where all that was asked is refused, whoever may know of that."""
    state = _who_for(by, sharing)
    return state if any(columns.values()) or not by.is_client else readers_of_all(words.values(), state)


def _record(act: str, by: Audience) -> None:
    trail.record(f"focus.{act}", by=by.who, at=by.now, course=by.course, page=PAGE)
