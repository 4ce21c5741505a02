"""Everything that may be done with the people in a life."""

from kithwork.therapy.people.actions.adding import Row, add_people, add_person, fill_in, somebody_called
from kithwork.therapy.people.actions.card import (
    COLUMNS,
    Piece,
    change_person,
    delete,
    hide,
    look_back,
    show_again,
    write_card,
)
from kithwork.therapy.people.actions.checks import OutOfSight, check_in_sight
from kithwork.therapy.people.actions.placing import place, set_line, take_snapshot

__all__ = [
    "COLUMNS",
    "OutOfSight",
    "Piece",
    "Row",
    "add_people",
    "add_person",
    "change_person",
    "check_in_sight",
    "delete",
    "fill_in",
    "hide",
    "look_back",
    "place",
    "set_line",
    "show_again",
    "somebody_called",
    "take_snapshot",
    "write_card",
]
