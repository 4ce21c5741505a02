"""Everything that may be done to the story, one module for each part of the room."""

from kithwork.therapy.story.actions.cycle import (
    add_step,
    bring_back_step,
    keep_version,
    leave_out_step,
    move_step,
    set_cycle_step,
    share_order,
)
from kithwork.therapy.story.actions.events import add_event, change_event, move_event
from kithwork.therapy.story.actions.first_picture import (
    add_episode,
    add_put_down,
    change_episode,
    change_put_down,
    set_symptom,
    write_first,
    write_part,
)
from kithwork.therapy.story.actions.links import link, unlink
from kithwork.therapy.story.actions.taking_out import remove, take_out
from kithwork.therapy.story.actions.weighing import weigh

__all__ = [
    "add_episode",
    "add_event",
    "add_put_down",
    "add_step",
    "bring_back_step",
    "change_episode",
    "change_event",
    "change_put_down",
    "keep_version",
    "leave_out_step",
    "link",
    "move_event",
    "move_step",
    "remove",
    "set_cycle_step",
    "set_symptom",
    "share_order",
    "take_out",
    "unlink",
    "weigh",
    "write_first",
    "write_part",
]
