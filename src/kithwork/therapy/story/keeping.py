"""What every act of this room does: read a rough date, write a record's words for one set of readers, keep facts."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import read
from kithwork.foundation.passages.sharing import KEPT, OPEN, Sharing
from kithwork.foundation.passages.taken_back import note_readers
from kithwork.ipt.timeline import FuzzyDate, UnclearDate
from kithwork.refusal import Refusal
from kithwork.therapy.story.models import CycleStep, CycleVersion, StoryRecord

Texts = Mapping[str, str]


def read_date(by: Audience, text: str, *, today: date | None = None) -> FuzzyDate:
    """A rough date that has come already; a day ahead may be today on the other side of the world."""
    return FuzzyDate.parse(text, today=today or by.now.date(), latest=by.now.date() + timedelta(days=1))


def span_of(
    by: Audience, when: str, until: str | date | None, *, today: date | None = None
) -> dict[str, FuzzyDate | None]:
    """When it was and until when, as far as either was said."""
    end = until.isoformat() if isinstance(until, date) else (until or "")
    began = read_date(by, when, today=today) if when.strip() else None
    ended = read_date(by, end, today=today) if end.strip() else None
    if began and ended and ended.latest < began.earliest:
        raise UnclearDate("It cannot have ended before it began.", next_step="Check the two dates.")
    return {"rough": began, "rough_end": ended}


def check_said(*texts: str) -> None:
    """Refuse a record in which there is nothing."""
    if not any(text.strip() for text in texts):
        raise Refusal(
            "There is nothing here to keep yet.", next_step="One word is enough.", code="nothing-said"
        )


def write(
    by: Audience, record: StoryRecord, texts: Texts, *, sharing: Sharing, bases: Texts | None = None
) -> None:
    """Write a record's fields for one set of readers; what is not written anew goes with them."""
    for field, text in texts.items():
        base = (bases or {}).get(field, "")
        passages.write(by, record=record, field=field, text=text, sharing=sharing, base=base)
    for field, words in read(by, record).items():
        if field not in texts and words.sharing is not sharing:
            passages.change_sharing(by, record=record, field=field, sharing=sharing)


def keep(by: Audience, record: StoryRecord, *, sharing: Sharing, **facts: Any) -> None:
    """Keep a record's facts, for the same readers."""
    for name, value in facts.items():
        setattr(record, name, value)
    note_readers(before=record.sharing, after=sharing)
    if isinstance(record, CycleStep) and record.sharing in OPEN and sharing in KEPT:
        take_from_pictures(by, record)
    record.sharing, record.changed_at = sharing, by.now
    record.save()


def take_from_pictures(by: Audience, step: CycleStep) -> None:
    """Let a step that is taken back go from every picture kept so far, for all but the client.

    What was ticked in it has no revisions, as words have: so each picture says itself what was taken from it.
    """
    for version in CycleVersion.seen.visible_to(by):
        if any(one["row"] == step.id for one in version.steps):
            version.steps = [
                one | ({"taken_back": True} if one["row"] == step.id else {}) for one in version.steps
            ]
            version.save(update_fields=["steps"])
