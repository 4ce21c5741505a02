"""What happened and when, roughly; earlier times; symptoms; what can be put down; the cycle; the weighing.

Where the client keeps something to herself and the therapist writes about the same thing with her, both rows
stand, and only she sees both. So no row here is the only one of its kind in the database: a constraint would
betray what is kept.
"""

from typing import Any, ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField, IdField
from kithwork.foundation.passages.sharing import Field
from kithwork.ipt import cycle_steps, first, weighing
from kithwork.ipt.timeline import USUAL_LINK, FuzzyDate, Season
from kithwork.therapy.course.models import CourseRecord

ABOUT = "about"


class RoughDate(models.Model):
    """A date as well as it is known: from about a year to the day."""

    year = models.PositiveSmallIntegerField(null=True, blank=True)
    part = CodeField(blank=True)  # "spring", the month's number, or "about"
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def rough(self) -> FuzzyDate | None:
        """The date as it was said, or None where none was."""
        if self.year is None:
            return None
        if self.part == ABOUT:
            return FuzzyDate(self.year, about=True)
        month = int(self.part) if self.part.isdecimal() else None
        season = Season(self.part) if self.part and month is None else None
        return FuzzyDate(self.year, month, self.day, season)

    @rough.setter
    def rough(self, said: FuzzyDate | None) -> None:
        for column, value in rough_columns(said).items():
            setattr(self, column, value)


def rough_columns(said: FuzzyDate | None) -> dict[str, Any]:
    """The columns that keep a rough date."""
    if said is None:
        return {"year": None, "part": "", "day": None, "earliest": None, "latest": None}
    part = ABOUT if said.about else said.season.value if said.season else str(said.month or "")
    return {
        "year": said.year,
        "part": part,
        "day": said.day,
        "earliest": said.earliest,
        "latest": said.latest,
    }


class StoryRecord(CourseRecord):
    """A record that can be changed, and removed from every page."""

    changed_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(CourseRecord.Meta):
        abstract = True


class Lasting(RoughDate):
    """Something that may have gone on for a while, until another rough date."""

    until_when = CodeField(blank=True)  # ipt.timeline.FuzzyDate.key: "2022-spring"
    until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def rough_end(self) -> FuzzyDate | None:
        """When it ended, as it was said."""
        return FuzzyDate.parse(self.until_when) if self.until_when else None

    @rough_end.setter
    def rough_end(self, said: FuzzyDate | None) -> None:
        self.until_when, self.until = (said.key, said.latest) if said else ("", None)


class Event(StoryRecord, Lasting):
    """Something that happened. ``lane`` says what it is about, ``effect_on_mood`` how mood was around then."""

    lane = CodeField()  # ipt.timeline.lanes
    effect_on_mood = CodeField(blank=True)  # ipt.timeline.effects; empty: not said
    people = models.JSONField(default=list, blank=True)  # ids of persons

    words: ClassVar[dict[str, Field]] = {"title": Field(longest=200), "effect": Field()}


class Episode(StoryRecord, Lasting):
    """An earlier time of low mood: when it began, and when it eased."""

    words: ClassVar[dict[str, Field]] = {prompt.key: Field() for prompt in first.earlier_times}


class Symptom(StoryRecord):
    """One experience, and what it does to being with people."""

    kind = CodeField()  # ipt.first.experiences
    present = CodeField(blank=True)  # ipt.first.presence; empty: not asked

    words: ClassVar[dict[str, Field]] = {prompt.key: Field() for prompt in first.experience_prompts}


class FirstPicture(CourseRecord):
    """The first session's picture: how it began, and what else matters. Each field carries its own sharing."""

    # Names of their own: "began_when", "care_alcohol".
    words: ClassVar[dict[str, Field]] = {
        "how_it_is": Field(),
        "with_people": Field(),
        **{f"began_{prompt.key}": Field() for prompt in first.began},
        **{f"care_{prompt.key}": Field() for prompt in first.other_care},
    }


class PutDown(StoryRecord):
    """Something I can put down for now."""

    words: ClassVar[dict[str, Field]] = {prompt.key: Field(longest=500) for prompt in first.put_down}


class Link(CourseRecord):
    """Two things that belong together; which came first need not be said. Visible only if both ends are."""

    kind = CodeField(default=USUAL_LINK)  # ipt.timeline.link_kinds
    one_kind = CodeField()
    one = IdField()
    other_kind = CodeField()
    other = IdField()
    removed_at = models.DateTimeField(null=True, blank=True)


class CycleStep(StoryRecord):
    """One step of "How it goes round", as it is for this client."""

    station = CodeField()  # one of ipt.cycle_steps.stations, or the name of a step that somebody added
    answer = CodeField(blank=True)  # ipt.cycle_steps.answers
    could_stop_here = models.BooleanField(default=False)

    words: ClassVar[dict[str, Field]] = {
        **{prompt.key: Field() for prompt in cycle_steps.own_prompts},
        "name": Field(longest=60),
    }


class CycleOrder(StoryRecord):
    """In which order the steps go round, and which are left out. Steps are named by their ``station``."""

    order = models.JSONField(default=list, blank=True)
    left_out = models.JSONField(default=list, blank=True)


class CycleVersion(StoryRecord):
    """The picture as it was on one day: for each step which revisions stood there, never their words.

    So that what is emptied or kept later is gone from here too.
    """

    steps = models.JSONField(default=list)  # queries.cycle_versions.Kept, as a dictionary


class Weighing(StoryRecord):
    """How far one kind of difficulty fits, as the client sees it."""

    area = CodeField()  # ipt.problem_areas
    fits = CodeField(blank=True)  # ipt.weighing.fits; empty: not said

    words: ClassVar[dict[str, Field]] = {weighing.WHY.key: Field(longest=2000)}
