"""Everything that may be done in the sessions' room."""

from kithwork.therapy.sessions.actions.agenda import (
    add_agenda_item,
    carry_agenda_item,
    move_agenda_item,
    remove_agenda_item,
    tick_agenda_item,
)
from kithwork.therapy.sessions.actions.correcting import correct
from kithwork.therapy.sessions.actions.notes import (
    drop_drafts,
    keep_draft,
    share_summary,
    take_back_summary,
    write_note,
)
from kithwork.therapy.sessions.actions.planning import (
    change_plan,
    close_room,
    open_next,
    open_room,
    plan,
    take_off_planned,
    type_in,
)
from kithwork.therapy.sessions.actions.showing import pick
from kithwork.therapy.sessions.actions.work import (
    add_try_out,
    drop_try_out,
    link_week,
    rate_session,
    try_out_outcome,
    use_techniques,
    write_rather_not,
)

__all__ = [
    "add_agenda_item",
    "add_try_out",
    "carry_agenda_item",
    "change_plan",
    "close_room",
    "correct",
    "drop_drafts",
    "drop_try_out",
    "keep_draft",
    "link_week",
    "move_agenda_item",
    "open_next",
    "open_room",
    "pick",
    "plan",
    "rate_session",
    "remove_agenda_item",
    "share_summary",
    "take_back_summary",
    "take_off_planned",
    "tick_agenda_item",
    "try_out_outcome",
    "type_in",
    "use_techniques",
    "write_note",
    "write_rather_not",
]
