"""What is asked in the sessions' room. Nothing is required that the act can do without."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

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
from kithwork.foundation.ui.said import in_words
from kithwork.ipt import fidelity
from kithwork.ipt.course_life import (
    attendance,
    session_kinds,
    techniques,
    try_effects,
    ways_of_meeting,
    week_days,
)

NOON = time(12)
PLANNABLE = ("planned", "review", "extra", "conjoint", "parent")


def _kind_field(**more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("What kind of session"),
        choices=lambda: in_words((key, session_kinds.get(key).label) for key in PLANNABLE),
        **more,
    )


class PlanForm(KithworkForm):
    """When the next session is, and how the two meet. Times are those of the client's clock."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    at = forms.TimeField(label=_("Time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    how = forms.ChoiceField(
        label=_("How you meet"),
        choices=lambda: in_words(ways_of_meeting.choices()),
        widget=OptionRadios(columns=2),
    )
    minutes = forms.IntegerField(
        label=_("How many minutes"), min_value=5, max_value=480,
        widget=forms.NumberInput(attrs={"class": "kw-input--short"}),
    )  # fmt: skip
    kind = _kind_field()

    def moment(self, zone: ZoneInfo) -> datetime:
        """Day and time together, on the client's clock."""
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"], tzinfo=zone)


class AgendaForm(KithworkForm):
    """Something to talk about. The client is asked who it is for; at the table it is shared."""

    item = forms.CharField(label=_("What shall we talk about?"), max_length=500, strip=False)
    sharing = forms.ChoiceField(label=_("Who is this for?"), required=False, widget=SharingRadios)

    def __init__(self, *args: Any, therapist: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_sharing(self, "sharing", therapist)

    def clean_sharing(self) -> Sharing:
        return Sharing(self.cleaned_data["sharing"] or Sharing.JUST_ME)


class LinkForm(KithworkForm):
    """The week in one line."""

    which = forms.ChoiceField(
        label=_("Which day"),
        required=False,
        choices=lambda: [("", _("Neither")), *in_words(week_days.choices())],
    )
    answers = forms.ChoiceField(label=_("A score"), required=False)
    event = forms.ChoiceField(label=_("Something that happened, or a day"), required=False)
    person = forms.ChoiceField(label=_("Who was around"), required=False)
    link = forms.CharField(
        label=_("In a sentence"), required=False, strip=False, max_length=1000, widget=WordsBox(rows=2)
    )
    link_base = forms.CharField(required=False, widget=forms.HiddenInput)
    row = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Mapping[str, list[Any]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="link-%s", **kwargs)
        for name, found in choices.items():
            self.fields[name].choices = [("", _now("None")), *found]  # type: ignore[attr-defined]


class WorkForm(KithworkForm):
    """What was done."""

    techniques = forms.MultipleChoiceField(
        label=_("What you used"),
        required=False,
        choices=lambda: in_words(techniques.choices()),
        widget=ChipCheckboxes,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="work-%s", **kwargs)


class TryForm(KithworkForm):
    """Something to try before next time. The client is asked who it is for; at the table it is shared."""

    what = forms.CharField(label=_("What"), max_length=500, strip=False)
    person = forms.ChoiceField(label=_("With whom"), required=False)
    on = forms.DateField(
        label=_("When, roughly"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    sharing = forms.ChoiceField(label=_("Who is this for?"), required=False, widget=SharingRadios)

    def __init__(self, *args: Any, people: list[tuple[str, str]], therapist: str = "", **kwargs: Any) -> None:
        super().__init__(*args, auto_id="try-%s", **kwargs)
        _offer_sharing(self, "sharing", therapist)
        self.fields["person"].choices = [("", _now("Nobody in particular")), *people]  # type: ignore[attr-defined]

    def clean_sharing(self) -> Sharing:
        return Sharing(self.cleaned_data["sharing"] or Sharing.JUST_ME)


class OutcomeForm(KithworkForm):
    """How it went."""

    how_it_went = WordsField(label=_("How did it go?"), rows=2)
    effect = forms.ChoiceField(
        label=_("And mood?"), required=False,
        choices=lambda: [("", _("Leave it open")), *in_words(try_effects.choices())],
        widget=OptionRadios(columns=2),
    )  # fmt: skip
    sharing = forms.ChoiceField(label=_("Who is this for?"), required=False, widget=SharingRadios)
    how_it_went_base = forms.CharField(required=False, widget=forms.HiddenInput)
    effect_base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, therapist: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_sharing(self, "sharing", therapist)

    def clean_sharing(self) -> Sharing:
        return Sharing(self.cleaned_data["sharing"] or Sharing.JUST_ME)


class RatherNotForm(KithworkForm):
    """What had better not be written down."""

    rather_not = forms.CharField(
        label=_("Anything you’d rather not have written down?"),
        help_text=_("Ask this at the end. A word is enough to know what to leave out; both of you can read it."),
        required=False, strip=False, widget=WordsBox(rows=2),
    )  # fmt: skip
    rather_not_base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="rather-%s", **kwargs)


class CloseForm(KithworkForm):
    """How the session ended, or that it did not take place."""

    attendance = forms.ChoiceField(
        label=_("Attendance"), choices=lambda: in_words(attendance.choices()), widget=OptionRadios
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="close-%s", **kwargs)


class CorrectForm(KithworkForm):
    """What was recorded of a session, to be put right; ``shown`` names the newest correction that stands beside it."""

    attendance = forms.ChoiceField(
        label=_("Attendance"), choices=lambda: in_words(attendance.choices()), widget=OptionRadios
    )
    kind = _kind_field()
    shown = forms.CharField(required=False, widget=forms.HiddenInput)


class TypedInForm(KithworkForm):
    """A session that was held on paper, entered afterwards. Times are those of the client's clock."""

    on = forms.DateField(
        label=_("Held on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    at = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    attendance = forms.ChoiceField(
        label=_("Attendance"), choices=lambda: in_words(attendance.choices()), widget=OptionRadios
    )
    kind = _kind_field(required=False)

    def moment(self, zone: ZoneInfo) -> datetime:
        """Day and time together, on the client's clock; without a time, the middle of the day."""
        at = self.cleaned_data["at"] or NOON
        return datetime.combine(self.cleaned_data["on"], at, tzinfo=zone)


class RatingsForm(KithworkForm):
    """How much of the method was in a session. Every line can be left."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="rating-%s", **kwargs)
        open_ = fidelity.DOES_NOT_APPLY
        choices = [(open_.key, _(open_.label)), *in_words(fidelity.anchors.choices())]
        for item in fidelity.items:
            self.fields[item.key] = forms.ChoiceField(
                label=_(item.label), help_text=_(item.help), required=False, choices=choices
            )

    @property
    def ratings(self) -> dict[str, int | None]:
        """Each line's number; None where it was left."""
        given = {item.key: self.cleaned_data[item.key] for item in fidelity.items}
        return {key: int(value) if value else None for key, value in given.items()}


class PickForm(KithworkForm):
    """What somebody else may see. Nothing is picked until one of the two picks it."""

    pieces = forms.MultipleChoiceField(label=_("What is shown"), required=False)

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="pick-%s", **kwargs)
        self.fields["pieces"].choices = offered  # type: ignore[attr-defined]


class NoteForm(KithworkForm):
    """The note, which stays with staff, and the summary, which the client reads once it is shared."""

    note = forms.CharField(label=_("Note"), required=False, strip=False, widget=WordsBox(rows=8))
    summary = forms.CharField(label=_("Summary"), required=False, strip=False, widget=WordsBox(rows=6))
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
