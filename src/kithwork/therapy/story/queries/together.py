"""What was written together in a session, across this room, so that any of it can be taken out again."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import read_many
from kithwork.foundation.ui.dates import say_rough
from kithwork.ipt import cycle_steps, first, problem_areas
from kithwork.ipt.timeline import lanes
from kithwork.therapy.story.models import (
    CycleStep,
    Episode,
    Event,
    FirstPicture,
    PutDown,
    StoryRecord,
    Symptom,
    Weighing,
)
from kithwork.therapy.story.queries.first_picture import first_rows
from kithwork.therapy.story.queries.standing import Found, standing

KINDS: tuple[type[StoryRecord], ...] = (Symptom, Episode, PutDown, Event, CycleStep, Weighing)


@dataclass(frozen=True)
class Together:
    """One thing that was written together: a whole record, or one field of it."""

    record: str
    field: str  # empty: the whole record
    label: str
    text: str


def written_together(audience: Audience, session: int | None) -> list[Together]:
    """What was written together in one session, across this room, so that any of it can be taken out again."""
    if session is None:
        return []
    rows: list[StoryRecord | FirstPicture] = [*first_rows(audience)]
    for kind in KINDS:
        rows += standing(audience, kind)
    words = read_many([audience], rows)
    return [item for row in rows for item in _items(row, session, words)]


def _items(row: StoryRecord | FirstPicture, session: int, words: Found) -> list[Together]:
    own = [words[row.id, name] for name in row.words if (row.id, name) in words and words[row.id, name].text]
    here = [one for one in own if one.side == "staff" and one.together_in == session]
    whole = (
        isinstance(row, StoryRecord) and row.side == "staff" and row.together_in == session and here == own
    )
    if whole:
        return [Together(row.id, "", label_of(row), " · ".join(one.text for one in here))]
    return [Together(row.id, one.field, _field_label(row, one.field), one.text) for one in here]


def label_of(row: StoryRecord | FirstPicture) -> str:
    """What a record is about, for a list."""
    if isinstance(row, Symptom):
        return _(first.experiences[row.kind].label)
    if isinstance(row, CycleStep):
        known = row.station in cycle_steps.stations
        step = _(cycle_steps.stations[row.station].label) if known else _("a step of your own")
        return f"{_(cycle_steps.TITLE)}: {step}"
    if isinstance(row, Weighing):
        return _("How far it fits: {name}").format(name=_(problem_areas[row.area].label))
    if isinstance(row, Event):
        lane = _(lanes[row.lane].label)
        return f"{lane}, {say_rough(row.rough)}" if row.rough else lane
    return _("An earlier time") if isinstance(row, Episode) else _(first.PUT_DOWN_TITLE)


FIRST_LABELS = {
    "how_it_is": gettext_noop("What it is like now"),
    "with_people": gettext_noop("What it does to being with people"),
    **{f"began_{prompt.key}": prompt.label for prompt in first.began},
    **{f"care_{prompt.key}": prompt.label for prompt in first.other_care},
}


def _field_label(row: StoryRecord | FirstPicture, name: str) -> str:
    return _(FIRST_LABELS[name]) if isinstance(row, FirstPicture) else label_of(row)
