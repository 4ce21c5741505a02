"""What "stop sharing everything" takes back, and what it must leave."""

from django.apps import apps

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read_many
from kithwork.foundation.passages.sharing import OPEN, Owner, Sharing
from kithwork.ipt import cycle_steps
from kithwork.therapy.course.models import CourseRecord
from kithwork.therapy.diary import worked_out
from kithwork.therapy.diary.models import Entry
from kithwork.therapy.ending.models import EndingReview, StayWellPlan, StopWish, WarningSign
from kithwork.therapy.focus.models import (
    Attempt,
    ContactStep,
    DisputeStage,
    FocusItem,
    FocusNote,
    GriefDate,
    Helper,
    Option,
    Reconnect,
    RoleItem,
)
from kithwork.therapy.focus.worksheets.models import Worksheet
from kithwork.therapy.people.models import Line, Person, Placement, Snapshot
from kithwork.therapy.safety.models import SafeContact, SafetyPlan
from kithwork.therapy.sessions.models import AgendaItem, TryOut
from kithwork.therapy.story.keeping import take_from_pictures
from kithwork.therapy.story.models import (
    CycleStep,
    Episode,
    Event,
    FirstPicture,
    Link,
    PutDown,
    StoryRecord,
    Symptom,
    Weighing,
)

# Kinds whose existence is the client's own to tell. Of all others the record stands, and only her words go.
HERS: tuple[type[CourseRecord], ...] = (
    Entry, Person, Placement, Line, Snapshot, Link, StoryRecord, FocusItem, AgendaItem, TryOut, WarningSign,
    Worksheet,
)  # fmt: skip

# By what a record is known to both. Where staff began it or wrote on it too, that one field stays: without it their
# part of it would stand there with nothing to say what it is about. Each kind with words of hers decides. Nothing,
# where something else says what it is (a station, an area, a date), or where what she wrote is all that it says.
NAMES: dict[type[CourseRecord], str] = {
    Person: "label", Event: "title", CycleStep: "name", PutDown: "what", TryOut: "what",
    Option: "option", Helper: "who", GriefDate: "what", Reconnect: "step", ContactStep: "step",
    **dict.fromkeys((Entry, Worksheet, AgendaItem, Episode, Symptom, Weighing, FirstPicture), ""),
    **dict.fromkeys((DisputeStage, FocusNote, RoleItem, Attempt), ""),
    **dict.fromkeys((WarningSign, EndingReview, StayWellPlan, StopWish, SafetyPlan, SafeContact), ""),
}  # fmt: skip


def take_back(by: Audience) -> None:
    """Make everything that the client wrote herself, and shared, hers alone again; inside the caller's transaction.

    What staff wrote down while she talked, what both signed, and check-ins that were sent stay as they are. So does
    what is ticked or chosen on a record that staff began or wrote on too: who chose it last is kept nowhere, and the
    page says so.
    """
    for model in apps.get_models():
        if issubclass(model, CourseRecord):
            _of_kind(by, model)
    worked_out.ask(by.course, both=True)


def _of_kind(by: Audience, model: type[CourseRecord]) -> None:
    rows = list(model.seen.visible_to(by))
    words: dict[str, list[Words]] = {}
    for (record, _), one in read_many([by], rows).items():
        words.setdefault(record, []).append(one)
    for row in rows:
        found = words.get(row.id, [])
        is_hers = (
            issubclass(model, HERS) and row.side == "client" and all(one.side == "client" for one in found)
        )
        # Where staff wrote on it too, the record stays known, and so does what it is called, where words say that.
        name = "" if is_hers else _name(row)
        _words(by, row, [one for one in found if one.field != name])
        if is_hers:
            _record(by, row)


def _name(row: CourseRecord) -> str:
    if isinstance(row, CycleStep) and row.station in cycle_steps.stations:
        return ""  # a step that we named is known without hers
    return NAMES.get(type(row), "")


def _words(by: Audience, row: CourseRecord, found: list[Words]) -> None:
    for one in found:
        hers = one.side == "client" and row.words[one.field].owner is Owner.CLIENT
        if hers and one.sharing is Sharing.SHARED:
            passages.change_sharing(by, record=row, field=one.field, sharing=Sharing.JUST_ME)


def _record(by: Audience, row: CourseRecord) -> None:
    changed = {"sharing": Sharing.JUST_ME} if row.sharing in OPEN else {}
    if isinstance(row, Entry) and row.facts in OPEN:
        changed["facts"] = Sharing.JUST_ME
    if isinstance(row, CycleStep) and changed:
        take_from_pictures(by, row)
    if changed:
        type(row).seen.visible_to(by).filter(pk=row.id).update(**changed)
