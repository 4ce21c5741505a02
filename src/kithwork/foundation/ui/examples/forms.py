"""Forms for the examples: each kind of control once, with the words that a room might use."""

from __future__ import annotations

from django import forms
from django.utils.html import format_html

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
    WordsField,
    sharing_choices,
)

PEOPLE = [("sam", "Sam"), ("leah", "Leah"), ("dad", "Dad"), ("priya", "Priya"), ("alone", "On my own")]
RINGS = [("1", "Closest"), ("2", "Close"), ("3", "Further away"), ("4", "Distant")]
TRUE_FOR_ME = [
    ("often", "Often"),
    ("sometimes", "Sometimes"),
    ("no", "It goes differently for me"),
    ("", "Rather not say"),
]


class DiaryForm(KithworkForm):
    """Today, in under a minute."""

    mood = forms.TypedChoiceField(
        label="How is today going?",
        choices=MOODS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=TideRadios,
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

    answer = forms.ChoiceField(
        label="Is this true for you?", choices=TRUE_FOR_ME, widget=OptionRadios(columns=2)
    )


class RingForm(KithworkForm):
    """Where a person stands."""

    ring = forms.ChoiceField(
        label="How close does Sam feel these days?", choices=RINGS, widget=OptionRadios(columns=4)
    )


class FocusForm(KithworkForm):
    """Answers with a line below each."""

    area = forms.ChoiceField(
        label="What is most on your mind?",
        choices=[("dispute", "Conflict"), ("transition", "A life change")],
        widget=OptionRadios(
            descriptions={
                "dispute": "Stuck or often tense with somebody",
                "transition": "Something began or ended",
            }
        ),
    )


class EventForm(KithworkForm):
    """Plain fields: text, a date as remembered, a choice, a tick."""

    what = forms.CharField(
        label="What happened?", error_messages={"required": "Write a word or two, or leave this page."}
    )
    when = forms.CharField(
        label="When was it?", help_text="As you remember it: spring 2022, or 12 March.", widget=FuzzyDateInput
    )
    lane = forms.ChoiceField(label="What is it about?", choices=[("family", "Family"), ("work", "Work")])
    show = forms.BooleanField(label="Show this on the timeline", required=False)


class SayForm(KithworkForm):
    """As much as somebody wants to say."""

    hard = WordsField(label="What is hard between you?", help_text="Leave this empty if you like.")
    sharing = forms.ChoiceField(
        label="Who is this for?", choices=sharing_choices("Joan"), widget=SharingRadios(therapist="Joan")
    )


class TogetherForm(KithworkForm):
    """The same at the table, in the therapist's hand."""

    hard = WordsField(label="What is hard between you?")
