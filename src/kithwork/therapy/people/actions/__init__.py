"""Everything that may be done with the people in a life."""

from kithwork.therapy.people.actions.adding import Row, add_people, add_person, fill_in
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
from kithwork.therapy.people.actions.placing import place, set_line, take_snapshot

__all__ = [
    "COLUMNS",
    "Piece",
    "Row",
    "add_people",
    "add_person",
    "change_person",
    "delete",
    "fill_in",
    "hide",
    "look_back",
    "place",
    "set_line",
    "show_again",
    "take_snapshot",
    "write_card",
]
