"""What a clinic chooses of a form of IPT."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithwork.foundation.ui.forms import ChipCheckboxes, KithworkForm, WordsBox
from kithwork.instruments import Instrument
from kithwork.instruments import get as get_instrument
from kithwork.ipt.contract import rhythms
from kithwork.ipt.protocol import SessionPlan
from kithwork.ipt.protocol_editing import LONGEST, LONGEST_AIM, LONGEST_TITLE, MOST_SESSIONS, SHORTEST, Frame
from kithwork.ipt.tasks import tasks

SHORT = {"class": "kw-input--short", "inputmode": "numeric"}


class CopyForm(KithworkForm):
    """A form of IPT becomes the clinic's own under a name of its own."""

    title = forms.CharField(
        label=gettext_lazy("What your own one is called"), max_length=LONGEST_TITLE,
        error_messages={"required": gettext_lazy("Write a name that colleagues will know it by.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class FrameForm(KithworkForm):
    """A form of IPT as a whole."""

    title = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sessions = forms.IntegerField(
        label=gettext_lazy("Sessions"),
        min_value=1,
        max_value=MOST_SESSIONS,
        widget=forms.NumberInput(attrs=SHORT),
    )
    beginning = forms.IntegerField(
        label=gettext_lazy("Of these, sessions to begin"), min_value=1, max_value=MOST_SESSIONS,
        widget=forms.NumberInput(attrs=SHORT),
    )  # fmt: skip
    ending = forms.IntegerField(
        label=gettext_lazy("Of these, sessions to end"), min_value=1, max_value=MOST_SESSIONS,
        widget=forms.NumberInput(attrs=SHORT),
    )  # fmt: skip
    ending_opens = forms.IntegerField(
        label=gettext_lazy("The ending’s page opens with so many sessions left"), min_value=1,
        max_value=MOST_SESSIONS, widget=forms.NumberInput(attrs=SHORT),
        help_text=gettext_lazy("Counting the present one. The method asks for two to four at least."),
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), required=False, min_value=SHORTEST, max_value=LONGEST,
        widget=forms.NumberInput(attrs=SHORT),
    )  # fmt: skip
    rhythm = forms.ChoiceField(label=gettext_lazy("How often"), choices=rhythms.choices())
    reviews = forms.CharField(
        label=gettext_lazy("Sessions in which to look at how it is going"), required=False, max_length=200,
        help_text=gettext_lazy("Their numbers, for example: 4, 8"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    each_time = forms.MultipleChoiceField(
        label=gettext_lazy("Questionnaires at every session"), required=False, widget=ChipCheckboxes
    )
    at_reviews = forms.MultipleChoiceField(
        label=gettext_lazy("Further ones at the first session, at reviews and at the last"), required=False,
        widget=ChipCheckboxes,
    )  # fmt: skip
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, frame: Frame, version: int, measures: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        initial = vars(frame) | {"reviews": ", ".join(map(str, frame.reviews)), "base": version}
        super().__init__(*args, initial=initial, **kwargs)
        self.was = frame
        if frame.sessions is None:
            for name in ("sessions", "beginning", "ending"):
                del self.fields[name]
        for name in ("each_time", "at_reviews"):
            field: Any = self.fields[name]
            field.choices = measures

    def clean_reviews(self) -> tuple[int, ...]:
        """The numbers of the sessions, in their order."""
        parts = re.split(r"[\s,;]+", self.cleaned_data["reviews"].strip())
        numbers = {part for part in parts if part}
        if not all(re.fullmatch(r"[0-9]{1,3}", part) for part in numbers):
            raise forms.ValidationError(
                _("Write the numbers of the sessions, with commas between them: 4, 8")
            )
        return tuple(sorted({int(part) for part in numbers}))

    @property
    def frame(self) -> Frame:
        """What was chosen."""
        data = self.cleaned_data
        return Frame(
            title=data["title"], sessions=data.get("sessions", self.was.sessions),
            beginning=data.get("beginning", self.was.beginning), ending=data.get("ending", self.was.ending),
            ending_opens=data["ending_opens"], minutes=data["minutes"], rhythm=data["rhythm"],
            reviews=data["reviews"], each_time=tuple(data["each_time"]), at_reviews=tuple(data["at_reviews"]),
        )  # fmt: skip


class SessionForm(KithworkForm):
    """What one session is usually for."""

    aim = forms.CharField(
        label=gettext_lazy("What it is for"), required=False, max_length=LONGEST_AIM, widget=WordsBox(rows=2)
    )
    do = forms.MultipleChoiceField(
        label=gettext_lazy("What is suggested"), required=False, choices=tasks.choices(), widget=ChipCheckboxes,
        help_text=gettext_lazy("A suggestion, never an order: whatever stands here can be left, or done another time."),
    )  # fmt: skip
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: SessionPlan, version: int, **kwargs: Any) -> None:
        initial = {"aim": row.aim, "do": [task.key for task in row.tasks], "base": version}
        super().__init__(*args, initial=initial, **kwargs)


def measure_choices(on: Iterable[Instrument], frame: Frame) -> list[tuple[str, str]]:
    """The questionnaires that a clinic uses; and those that the form names, which are asked once they are turned on."""
    used = {one.id: one.short_title for one in on}
    off = [key for key in (*frame.each_time, *frame.at_reviews) if key not in used]
    named = {
        key: _("%(title)s (turned off here)") % {"title": get_instrument(key).short_title} for key in off
    }
    return list((used | named).items())
