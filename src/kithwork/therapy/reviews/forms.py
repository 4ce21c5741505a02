"""A review: what was gone through, what was decided, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.ui.forms import KithworkForm, WordsBox
from kithwork.foundation.ui.said import in_words
from kithwork.ipt.review import decisions, looks


class ReviewForm(KithworkForm):
    """Nothing is ticked and nothing chosen beforehand."""

    looked_at = forms.MultipleChoiceField(
        label=_("Gone through"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: in_words(looks.choices()),
        help_text=_("Tick what you looked at. None of it has to be."),
    )  # fmt: skip
    decisions = forms.MultipleChoiceField(
        label=_("What you decided"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: in_words(decisions.choices()), help_text=_("Choose one or more. Nothing is preset."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why"), required=False, strip=False, widget=WordsBox(rows=4),
        help_text=_("A sentence is enough. Only staff see it."),
    )  # fmt: skip

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The two lists, in the order of the work: first what to go through, then what is decided."""
        return [self["looked_at"], self["decisions"]]
