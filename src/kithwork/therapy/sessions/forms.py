"""What is asked in the sessions' room. Nothing is required that the act can do without."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import (
    ChipCheckboxes,
    KithworkForm,
    OptionRadios,
    SharingRadios,
    WordsBox,
    WordsField,
    sharing_choices,
)
from kithwork.ipt.course_life import attendance, session_kinds, techniques, ways_of_meeting

PLANNABLE = ("planned", "review", "extra", "conjoint", "parent")


class PlanForm(KithworkForm):
    """When the next session is, and how the two meet. Times are those of the client's clock."""

    on = forms.DateField(label="Day", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    at = forms.TimeField(label="Time", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    how = forms.ChoiceField(
        label="How you meet", choices=ways_of_meeting.choices(), widget=OptionRadios(columns=2)
    )
    minutes = forms.IntegerField(
        label="How many minutes", min_value=5, max_value=480,
        widget=forms.NumberInput(attrs={"class": "kw-input--short"}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="What kind of session", choices=[(key, session_kinds.get(key).label) for key in PLANNABLE]
    )

    def moment(self, zone: ZoneInfo) -> datetime:
        """Day and time together, on the client's clock."""
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"], tzinfo=zone)


class AgendaForm(KithworkForm):
    """Something to talk about. The client is asked who it is for; at the table it is shared."""

    item = forms.CharField(label="What shall we talk about?", max_length=500, strip=False)
    sharing = forms.ChoiceField(label="Who is this for?", required=False, widget=SharingRadios)

    def __init__(self, *args: Any, therapist: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_sharing(self, "sharing", therapist)

    def clean_sharing(self) -> Sharing:
        return Sharing(self.cleaned_data["sharing"] or Sharing.JUST_ME)


class LinkForm(KithworkForm):
    """The week in one line."""

    answers = forms.ChoiceField(label="A score", required=False)
    event = forms.ChoiceField(label="Something that happened, or a day", required=False)
    person = forms.ChoiceField(label="Who was around", required=False)
    link = forms.CharField(
        label="In a sentence", required=False, strip=False, max_length=1000, widget=WordsBox(rows=2)
    )
    link_base = forms.CharField(required=False, widget=forms.HiddenInput)
    row = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Mapping[str, list[Any]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="link-%s", **kwargs)
        for name, found in choices.items():
            self.fields[name].choices = [("", "None"), *found]  # type: ignore[attr-defined]


class WorkForm(KithworkForm):
    """What was done."""

    techniques = forms.MultipleChoiceField(
        label="What you used", required=False, choices=techniques.choices(), widget=ChipCheckboxes
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="work-%s", **kwargs)


class TryForm(KithworkForm):
    """Something to try before next time."""

    what = forms.CharField(label="What", max_length=500, strip=False)
    person = forms.ChoiceField(label="With whom", required=False)
    on = forms.DateField(
        label="When, roughly",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="try-%s", **kwargs)
        self.fields["person"].choices = [("", "Nobody in particular"), *people]  # type: ignore[attr-defined]


class OutcomeForm(KithworkForm):
    """How it went."""

    how_it_went = WordsField(label="How did it go?", rows=2)
    sharing = forms.ChoiceField(label="Who is this for?", required=False, widget=SharingRadios)
    how_it_went_base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, therapist: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_sharing(self, "sharing", therapist)

    def clean_sharing(self) -> Sharing:
        return Sharing(self.cleaned_data["sharing"] or Sharing.JUST_ME)


class RatherNotForm(KithworkForm):
    """What had better not be written down."""

    rather_not = forms.CharField(
        label="Anything you’d rather not have written down?",
        help_text="Ask this at the end. A word is enough to know what to leave out; both of you can read it.",
        required=False, strip=False, widget=WordsBox(rows=2),
    )  # fmt: skip
    rather_not_base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="rather-%s", **kwargs)


class CloseForm(KithworkForm):
    """How the session ended, or that it did not take place."""

    attendance = forms.ChoiceField(label="Attendance", choices=attendance.choices(), widget=OptionRadios)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="close-%s", **kwargs)


class NoteForm(KithworkForm):
    """The note, which stays with staff, and the summary, which the client reads once it is shared."""

    note = forms.CharField(label="Note", required=False, strip=False, widget=WordsBox(rows=8))
    summary = forms.CharField(label="Summary", required=False, strip=False, widget=WordsBox(rows=6))
    note_base = forms.CharField(required=False, widget=forms.HiddenInput)
    summary_base = forms.CharField(required=False, widget=forms.HiddenInput)


class ShareForm(KithworkForm):
    """Share exactly what the preview showed."""

    summary_base = forms.CharField(required=False, widget=forms.HiddenInput)


class ActForm(KithworkForm):
    """A button: no words, only its key."""


def _offer_sharing(form: forms.Form, name: str, therapist: str) -> None:
    if not therapist:
        del form.fields[name]
        return
    form.fields[name].choices = sharing_choices(therapist)  # type: ignore[attr-defined]
    form.fields[name].widget.therapist = therapist
