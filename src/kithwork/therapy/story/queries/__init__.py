"""Reading the story, always for one audience: one module for each part of the room."""

from kithwork.therapy.story.queries.cycle import Arrangement, ShownStep, arrangement, cycle
from kithwork.therapy.story.queries.cycle_versions import (
    OldStep,
    ShownVersion,
    kept_steps,
    version_steps,
    versions,
)
from kithwork.therapy.story.queries.diary_says import DiarySays, diary_says
from kithwork.therapy.story.queries.events import MEASURE, ShownEvent, episodes, events, on_the_axis
from kithwork.therapy.story.queries.first_picture import (
    FirstShown,
    ShownRecord,
    first_fields,
    first_picture,
    first_rows,
)
from kithwork.therapy.story.queries.links import ShownLink, find_link, linkable, links, links_of
from kithwork.therapy.story.queries.standing import S, find, row_for, standing, words_of
from kithwork.therapy.story.queries.together import KINDS, Together, written_together
from kithwork.therapy.story.queries.weighing import ShownWeighing, weighed, weighing

__all__ = [
    "KINDS",
    "MEASURE",
    "Arrangement",
    "DiarySays",
    "FirstShown",
    "OldStep",
    "S",
    "ShownEvent",
    "ShownLink",
    "ShownRecord",
    "ShownStep",
    "ShownVersion",
    "ShownWeighing",
    "Together",
    "arrangement",
    "cycle",
    "diary_says",
    "episodes",
    "events",
    "find",
    "find_link",
    "first_fields",
    "first_picture",
    "first_rows",
    "kept_steps",
    "linkable",
    "links",
    "links_of",
    "on_the_axis",
    "row_for",
    "standing",
    "version_steps",
    "versions",
    "weighed",
    "weighing",
    "words_of",
    "written_together",
]
