"""A review, a heading of the plan, a worry of staff."""

from typing import Any

from django import forms

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import KithworkForm, SharingRadios, WordsBox, sharing_choices
from kithwork.ipt.safety import decisions, review_fields
from kithwork.ipt.shelf import Prompt


class ReviewForm(KithworkForm):
    """What was asked, answered and decided. No decision is chosen beforehand."""

    decisions = forms.MultipleChoiceField(
        label="Decisions", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(choice.key, choice.label) for choice in decisions],
        help_text="Choose one or more. Nothing is preset.",
    )  # fmt: skip
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in review_fields:
            self.fields[field.key] = forms.CharField(
                label=field.label, required=False, strip=False, widget=WordsBox
            )
        self.order_fields(["asked", "answered", "decisions"])

    @property
    def words(self) -> dict[str, str]:
        """The written parts."""
        return {field.key: self.cleaned_data[field.key] for field in review_fields}


class PlanForm(KithworkForm):
    """One heading of the plan, and who it is for."""

    text = forms.CharField(required=False, strip=False, widget=WordsBox(rows=5))
    sharing = forms.ChoiceField(label="Who is this for?", required=False)
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, heading: Prompt, therapist: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self["text"].label, self["text"].help_text = heading.label, heading.help
        field: forms.ChoiceField = self.fields["sharing"]  # type: ignore[assignment]
        field.choices = sharing_choices(therapist)
        field.widget = SharingRadios(therapist=therapist, choices=field.choices)

    def clean_sharing(self) -> Sharing | None:
        chosen = self.cleaned_data["sharing"]
        return Sharing(chosen) if chosen else None


class ConcernForm(KithworkForm):
    """A worry that staff keep among themselves."""

    text = forms.CharField(
        label="A worry to keep among staff", required=False, strip=False, widget=WordsBox(rows=2)
    )
