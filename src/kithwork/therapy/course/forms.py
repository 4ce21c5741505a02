"""What the two can agree about the course as a whole."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithwork.foundation.ui.forms import KithworkForm, OptionRadios, WordsBox
from kithwork.ipt.contract import FIRST, NOT_GOING_ON, reasons, rhythms
from kithwork.ipt.course_life import reasons_for_pausing

MINUTES = [("", "Not said"), *((n, f"{n} minutes") for n in (30, 45, 50, 60, 75, 90))]


class OfferForm(KithworkForm):
    """A new contract. The number can stay empty only for a course without an agreed end, or when not going on."""

    sessions = forms.IntegerField(
        label="How many sessions, counting those you have had", required=False, min_value=1, max_value=200,
        widget=forms.NumberInput(attrs={"class": "kw-input--short", "inputmode": "numeric"}),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label="Why now?", widget=OptionRadios, error_messages={"required": "Choose why this is new."}
    )
    minutes = forms.TypedChoiceField(
        label="How long each one is", required=False, coerce=int, empty_value=None, choices=MINUTES
    )
    rhythm = forms.ChoiceField(
        label="How often", required=False, choices=[("", "Not said"), *rhythms.choices()]
    )
    ends_on = forms.DateField(
        label="When you expect to end", required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "kw-input--date"}),
    )  # fmt: skip
    note = forms.CharField(
        label="Anything else that you agree", required=False, strip=False, widget=WordsBox(rows=3),
        help_text="Where you meet, what happens when one of you has to cancel, what stays between you.",
    )  # fmt: skip

    def __init__(self, *args: Any, has_first: bool, held: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reason"]
        field.choices = [one for one in reasons.choices() if not (has_first and one[0] == FIRST)]
        field.widget.descriptions = {NOT_GOING_ON: _where_it_stops(held)}

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "key"}


def _where_it_stops(held: int) -> str:
    return f"The course stops after session {max(held, 1)}. The number above can stay empty."


NOBODY = "nobody"


class PauseForm(KithworkForm):
    """A time without sessions. Who reads meanwhile is the one thing that must be said."""

    reader = forms.ChoiceField(
        label=gettext_lazy("Who reads what is shared in the meantime?"), widget=OptionRadios,
        error_messages={"required": gettext_lazy("Choose who reads in the meantime, or nobody.")},
    )  # fmt: skip
    reason = forms.ChoiceField(label=gettext_lazy("Why?"), required=False)
    until = forms.DateField(
        label=gettext_lazy("When you expect to go on"), required=False,
        help_text=gettext_lazy("Leave it empty, if you don’t know yet. Nothing happens by itself on that day."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "kw-input--date"}),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("A line that you both see"), required=False, strip=False, max_length=2_000,
        widget=WordsBox(rows=2), help_text=gettext_lazy("For example: how to get in touch meanwhile."),
    )  # fmt: skip

    def __init__(self, *args: Any, carers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader: Any = self.fields["reader"]
        reader.choices = [*carers, (NOBODY, _("Nobody"))]
        reader.widget.descriptions = {
            NOBODY: _("Every page says so to your client, and no check-in can be begun until you go on."),
        }
        why: Any = self.fields["reason"]
        why.choices = [("", _("Not said")), *reasons_for_pausing.choices()]

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        reader = "" if data["reader"] == NOBODY else data["reader"]
        return {"reader": reader, "reason": data["reason"], "until": data["until"], "note": data["note"]}
