"""The one form that belongs to no other room."""

from django import forms

from kithwork.foundation.ui.forms import KithworkForm, WordsBox


class AskForm(KithworkForm):
    """A question about who looked, begun for her; she can say it in her own words."""

    item = forms.CharField(
        label="What would you like to ask?", widget=WordsBox(rows=3), max_length=500,
        error_messages={"required": "Write what you would like to ask."},
    )  # fmt: skip
