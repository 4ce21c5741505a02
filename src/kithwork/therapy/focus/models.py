"""The focus, and what each of the four difficulties records."""

from typing import ClassVar

from django.db import models

from kithwork.foundation.ids import CodeField
from kithwork.foundation.passages.sharing import Field, Owner
from kithwork.therapy.course.models import CourseRecord
from kithwork.therapy.people.models import Person
from kithwork.therapy.story.models import RoughDate


class Focus(CourseRecord):
    """One of the four, from a day. A second one only with a reason."""

    area = CodeField()  # ipt.problem_areas
    why = CodeField(blank=True)  # ipt.problem_areas.second_focus_reasons; empty for the first
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"in_our_words": Field(Owner.JOINT), "reason": Field(Owner.JOINT)}


class FocusItem(CourseRecord):
    """One thing written down in a focus. Taken away, it leaves every page."""

    focus = models.ForeignKey(Focus, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(CourseRecord.Meta):
        abstract = True


class FocusMark(CourseRecord):
    """How a suggestion stands between the two, from a moment. Only added; the newest rules."""

    focus = models.ForeignKey(Focus, on_delete=models.PROTECT, related_name="+")
    step = CodeField()  # ipt.workspaces, a step of the focus's area
    state = CodeField()  # ipt.workspaces.step_states


class FocusNote(FocusItem):
    """One piece of writing about one side of it: a story, a feeling, what repeats."""

    about = CodeField()  # the key of its list in kinds
    choice = CodeField(blank=True)  # where the list asks for one: ipt.workspaces.ways_of_losing
    story = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"text": Field()}


class DisputeStage(FocusItem):
    """Where a conflict stands, from a day."""

    stage = CodeField()
    on = models.DateField()

    words: ClassVar[dict[str, Field]] = {
        "issue": Field(),
        "i_hope": Field(),
        "they_hope": Field(),
        "means": Field(),
        "tried": Field(),
    }


class Option(FocusItem):
    """One thing that could be done about it."""

    chosen_at = models.DateTimeField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {
        "option": Field(),
        "for_it": Field(),
        "against": Field(),
        "for_them": Field(),
    }


class RoleItem(FocusItem):
    """Something good or hard about the old life or the new one."""

    role = CodeField(choices=[("old", "old"), ("new", "new")])
    side_of_it = CodeField(choices=[("good", "good"), ("hard", "hard")])

    words: ClassVar[dict[str, Field]] = {"item": Field()}


class Helper(FocusItem):
    """Somebody who could help in the new life."""

    words: ClassVar[dict[str, Field]] = {"who": Field(longest=200), "how": Field()}


class GriefDate(FocusItem, RoughDate):
    """A day that belongs to somebody, or something, that was lost."""

    words: ClassVar[dict[str, Field]] = {"what": Field(longest=300)}


class Reconnect(FocusItem):
    """A step back towards people and things."""

    done_on = models.DateField(null=True, blank=True)

    words: ClassVar[dict[str, Field]] = {"step": Field(), "how_it_went": Field()}


class ContactStep(FocusItem):
    """A small step towards somebody."""

    place = models.PositiveSmallIntegerField(default=1)

    words: ClassVar[dict[str, Field]] = {"step": Field()}


class Attempt(FocusItem):
    """One try at a step, and what happened."""

    step = models.ForeignKey(ContactStep, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    words: ClassVar[dict[str, Field]] = {"what_happened": Field()}
