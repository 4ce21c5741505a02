"""What the two can agree about the course as a whole."""

from typing import Any

from django import forms

from kithwork.foundation.ui.forms import KithworkForm, OptionRadios, WordsBox
from kithwork.ipt.contract import FIRST, NOT_GOING_ON, reasons, rhythms

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
