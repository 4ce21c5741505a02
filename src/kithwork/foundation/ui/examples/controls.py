"""Forms: each control, each state."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html

from kithwork.foundation.ui.examples.example import Example, Group
from kithwork.foundation.ui.forms import (
    MOODS,
    ChipCheckboxes,
    FuzzyDateInput,
    KithworkForm,
    OptionRadios,
    SharingRadios,
    TideButtons,
    TideRadios,
    WordsBox,
    sharing_choices,
)

PEOPLE = [("sam", "Sam"), ("leah", "Leah"), ("dad", "Dad"), ("priya", "Priya"), ("alone", "On my own")]
RINGS = [("1", "Closest"), ("2", "Close"), ("3", "Further away"), ("4", "Distant")]
TRUE_FOR_ME = [("often", "Often"), ("sometimes", "Sometimes"), ("no", "It goes differently for me"), ("", "Rather not say")]


class DiaryForm(KithworkForm):
    """Today, in under a minute."""

    mood = forms.TypedChoiceField(
        label="How is today going?", choices=MOODS, coerce=int, empty_value=None, required=False, widget=TideRadios
    )
    people = forms.MultipleChoiceField(
        label="Who was in your day, or on your mind?", choices=PEOPLE, required=False, widget=ChipCheckboxes
    )
    words = forms.CharField(
        label=format_html('A few words <span class="kw-label__note">{}</span>', "(you can leave this empty)"),
        required=False,
        widget=WordsBox,
    )
    sharing = forms.ChoiceField(
        label="Who is this for?", choices=sharing_choices("Joan"), widget=SharingRadios(therapist="Joan")
    )


class OneTapForm(KithworkForm):
    """One tap saves."""

    mood = forms.ChoiceField(label="How is today going?", choices=MOODS, widget=TideButtons)


class QuestionForm(KithworkForm):
    """One question, large answers."""

    answer = forms.ChoiceField(label="Is this true for you?", choices=TRUE_FOR_ME, widget=OptionRadios(columns=2))


class RingForm(KithworkForm):
    """Where a person stands."""

    ring = forms.ChoiceField(label="How close does Sam feel these days?", choices=RINGS, widget=OptionRadios(columns=4))


class FocusForm(KithworkForm):
    """Answers with a line below each."""

    area = forms.ChoiceField(
        label="What is most on your mind?",
        choices=[("dispute", "Conflict"), ("transition", "A life change")],
        widget=OptionRadios(
            descriptions={"dispute": "Stuck or often tense with somebody", "transition": "Something began or ended"}
        ),
    )


class EventForm(KithworkForm):
    """Plain fields: text, a date as remembered, a choice, a tick."""

    what = forms.CharField(label="What happened?", error_messages={"required": "Write a word or two, or leave this page."})
    when = forms.CharField(
        label="When was it?", help_text="As you remember it: spring 2022, or 12 March.", widget=FuzzyDateInput
    )
    lane = forms.ChoiceField(label="What is it about?", choices=[("family", "Family"), ("work", "Work")])
    show = forms.BooleanField(label="Show this on the timeline", required=False)


def _form(kind: type[KithworkForm], name: str, data: dict[str, Any] | None = None, **initial: Any) -> dict[str, Any]:
    return {"form": kind(data, auto_id=f"{name}-%s", prefix=name, initial=initial)}


def diary() -> dict[str, Any]:
    words = "Sam was quiet at breakfast and I didn’t ask why. Felt shut out."
    return _form(DiaryForm, "diary", mood=2, people=["sam"], words=words, sharing="just-me")


def wrong() -> dict[str, Any]:
    return _form(EventForm, "wrong", {"wrong-lane": "family"})


GROUP = Group(
    "Controls",
    "Native inputs with a label, a hint and a message beside them. Nothing is marked as required, and nothing is lost.",
    (
        Example(
            "Diary",
            """
            <form class="kw-card" method="post" data-kw-once>{{ form }}
              <div class="kw-actions"><button class="kw-button kw-button--primary kw-button--wide" type="button">Save</button></div>
            </form>
            """,
            context=diary,
        ),
        Example(
            "With a message",
            '<form class="kw-card" method="post">{{ form }}</form>',
            note="The summary takes focus, and each line leads to its field. “Error:” comes first in the page title.",
            context=wrong,
        ),
        Example(
            "One tap saves",
            '<form class="kw-card" method="post">{% field form.mood %}</form>',
            note="Buttons, so that one tap is enough also without JavaScript.",
            context=lambda: _form(OneTapForm, "tap", mood=4),
        ),
        Example(
            "Question",
            '<form class="kw-card" method="post">{{ form }}</form>',
            context=lambda: _form(QuestionForm, "question", answer="sometimes"),
        ),
        Example(
            "Four answers",
            '<form class="kw-card" method="post">{{ form }}</form>',
            context=lambda: _form(RingForm, "ring", ring="2"),
        ),
        Example(
            "Answers explained",
            '<form class="kw-card" method="post">{{ form }}</form>',
            context=lambda: _form(FocusForm, "focus"),
        ),
        Example(
            "Plain fields",
            '<form class="kw-card" method="post">{{ form }}</form>',
            context=lambda: _form(EventForm, "event", what="Moved house", when="spring 2022"),
        ),
        Example(
            "Who is this for",
            '<form class="kw-card" method="post">{% field form.sharing %}</form>',
            context=lambda: _form(DiaryForm, "sharing", sharing="shared"),
        ),
        Example(
            "A form by hand",
            """
            <form class="kw-card kw-form" method="post" data-kw-once>{% form_key %}
              <div class="kw-field"><label class="kw-label" for="by-hand">What shall we talk about?</label><input id="by-hand" name="words" type="text"></div>
              <div class="kw-actions"><button class="kw-button kw-button--primary" type="button">Add</button></div>
            </form>
            """,
        ),
    ),
)
