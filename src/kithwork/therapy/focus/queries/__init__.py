"""Reading the focus and its workspace, for one audience."""

from kithwork.therapy.focus.queries.focuses import (
    ShownFocus,
    current,
    earlier,
    find,
    find_earlier,
    marks,
    standing,
)
from kithwork.therapy.focus.queries.items import (
    DateThatMatters,
    Paragraph,
    ShownItem,
    ShownList,
    dates_that_matter,
    find_item,
    items,
    paragraphs,
    shown_item,
    split,
    step_names,
    steps,
    workspace,
)

__all__ = [
    "DateThatMatters",
    "Paragraph",
    "ShownFocus",
    "ShownItem",
    "ShownList",
    "current",
    "dates_that_matter",
    "earlier",
    "find",
    "find_earlier",
    "find_item",
    "items",
    "marks",
    "paragraphs",
    "shown_item",
    "split",
    "standing",
    "step_names",
    "steps",
    "workspace",
]
