"""How it goes round, made one's own: a step's words, its name, its place, and the picture as it was on a day."""

from collections.abc import Callable

from django.db import transaction

from kithwork.foundation.ids import new_id
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt import cycle_steps
from kithwork.refusal import Refusal
from kithwork.therapy.story import queries
from kithwork.therapy.story.access import check_may_keep
from kithwork.therapy.story.keeping import Texts, keep, write
from kithwork.therapy.story.models import CycleOrder, CycleStep, CycleVersion

Arrangement = tuple[list[str], list[str]]  # the steps in their order, and those left out


def set_cycle_step(
    *,
    by: Audience,
    station: str,
    answer: str = "",
    my_words: str = "",
    help_here: str = "",
    tried: str = "",
    differently: str = "",
    name: str = "",
    could_stop_here: bool = False,
    sharing: Sharing = Sharing.JUST_ME,
    bases: Texts | None = None,
) -> CycleStep:
    """Make one step one's own, and mark where it could stop. A name that we gave it already is not kept."""
    state = check_may_keep(by, sharing)
    _check_known(by, station)
    if answer:
        cycle_steps.answers.get(answer)
    if station in cycle_steps.stations and name.strip() == cycle_steps.stations[station].label:
        name = ""
    texts = {
        "my_words": my_words, "help_here": help_here, "tried": tried, "differently": differently, "name": name.strip()
    }  # fmt: skip
    with transaction.atomic():
        trail.lock(by.course)
        row, _ = queries.row_for(by, CycleStep, station=station)
        step: CycleStep = row or CycleStep.make(by, sharing=state, station=station)
        write(by, step, texts, sharing=state, bases=bases)
        keep(by, step, sharing=state, answer=answer, could_stop_here=could_stop_here)
        trail.record("story.cycle_set", by=by.who, at=by.now, course=by.course, page="cycle")
    return step


def _check_known(by: Audience, station: str) -> None:
    if station not in cycle_steps.stations and queries.row_for(by, CycleStep, station=station)[0] is None:
        raise Refusal("That step is not there any more.", next_step="Choose another.", code="no-such-step")


def add_step(*, by: Audience, name: str, sharing: Sharing = Sharing.JUST_ME) -> CycleStep:
    """Add a step of one's own; it comes last until it is moved."""
    state = check_may_keep(by, sharing)
    if not name.strip():
        raise Refusal("A step needs a name.", next_step="A few words are enough.", code="nothing-said")
    cycle_steps.check_room_for_one_more(len(queries.cycle(by)))
    with transaction.atomic():
        trail.lock(by.course)
        step: CycleStep = CycleStep.make(by, sharing=state, station=new_id(), changed_at=by.now)
        write(by, step, {"name": name.strip()}, sharing=state)
        trail.record("story.cycle_step_added", by=by.who, at=by.now, course=by.course, page="cycle")
    return step


def move_step(*, by: Audience, station: str, places: int) -> CycleOrder:
    """Move one step earlier or later in the round."""

    def rearranged(order: list[str], left_out: list[str]) -> Arrangement:
        _check_in(station, order)
        return cycle_steps.moved(order, station, by=places), [*left_out]

    return _arrange(by, rearranged)


def leave_out_step(*, by: Audience, station: str) -> CycleOrder:
    """Leave a step out of the picture. Its words stay, and it can be brought back."""

    def rearranged(order: list[str], left_out: list[str]) -> Arrangement:
        _check_in(station, order)
        cycle_steps.check_can_spare_one(len(order))
        return [key for key in order if key != station], [*left_out, station]

    return _arrange(by, rearranged)


def bring_back_step(*, by: Audience, station: str) -> CycleOrder:
    """Bring a step back that was left out; it comes last until it is moved."""

    def rearranged(order: list[str], left_out: list[str]) -> Arrangement:
        _check_in(station, left_out)
        cycle_steps.check_room_for_one_more(len(order))
        return [*order, station], [key for key in left_out if key != station]

    return _arrange(by, rearranged)


def _check_in(station: str, steps: list[str]) -> None:
    if station not in steps:
        raise Refusal("That step is not there any more.", next_step="Choose another.", code="no-such-step")


def _arrange(by: Audience, rearranged: Callable[[list[str], list[str]], Arrangement]) -> CycleOrder:
    check_may_keep(by, Sharing.SHARED)
    shown = queries.arrangement(by)
    order, left_out = rearranged(shown.keys, [one.key for one in shown.left_out])
    with transaction.atomic():
        trail.lock(by.course)
        row = _order_row(by)
        # Steps that the writer cannot see keep to their list.
        seen = {one.key for one in shown.all}
        order += [key for key in row.order if key not in seen]
        left_out += [key for key in row.left_out if key not in seen]
        keep(by, row, sharing=Sharing(row.sharing), order=order, left_out=left_out)
        trail.record("story.cycle_arranged", by=by.who, at=by.now, course=by.course, page="cycle")
    return row


def _order_row(by: Audience) -> CycleOrder:
    """The arrangement that stands for the writer; a first one is nobody else's business."""
    row, _ = queries.row_for(by, CycleOrder)
    made: CycleOrder = row or CycleOrder.make(by, sharing=check_may_keep(by, Sharing.JUST_ME))
    return made


def share_order(*, by: Audience, sharing: Sharing) -> CycleOrder:
    """Say who the order of the steps is for."""
    state = check_may_keep(by, sharing)
    with transaction.atomic():
        trail.lock(by.course)
        row = _order_row(by)
        keep(by, row, sharing=state)
        trail.record("story.cycle_order_shared", by=by.who, at=by.now, course=by.course, page="cycle")
    return row


def keep_version(*, by: Audience, sharing: Sharing = Sharing.JUST_ME) -> CycleVersion:
    """Keep the picture as it is today, to look back at. It holds which revisions stood, and no words of its own."""
    state = check_may_keep(by, sharing)
    steps = queries.kept_steps(by)
    with transaction.atomic():
        trail.lock(by.course)
        version: CycleVersion = CycleVersion.make(by, sharing=state, changed_at=by.now, steps=steps)
        trail.record("story.cycle_kept", by=by.who, at=by.now, course=by.course, page="cycle")
    return version
