"""Adding people: one, or all who come to mind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import KithworkForm, OptionRadios, SharingRadios, sharing_choices
from kithwork.foundation.ui.said import in_words
from kithwork.ipt.inventory import LABEL_PROMPT, State, read_ring, relations, rings

LEFT_OPEN = ("", _("Leave it open"))
STATES = in_words((state.value, state.label) for state in State)
NUMBER = {"class": "kw-input--short", "inputmode": "numeric"}


class WhoForForm(KithworkForm):
    """A form that asks who may know of somebody; an empty answer is the client's usual one."""

    sharing = forms.ChoiceField(label=_("Who is this for?"), required=False)

    def __init__(self, *args: Any, therapist: str, usual: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual = usual
        self.fields["sharing"].widget = SharingRadios(choices=sharing_choices(therapist), therapist=therapist)
        self.fields["sharing"].choices = sharing_choices(therapist)  # type: ignore[attr-defined]

    def clean_sharing(self) -> Sharing:
        return Sharing(self.cleaned_data["sharing"] or self.usual or Sharing.JUST_ME)


class PersonFields(WhoForForm):
    """What is known of somebody beside the card's words."""

    label = forms.CharField(label=_("What do you call them?"), help_text=LABEL_PROMPT, max_length=80)
    relation = forms.ChoiceField(
        label=_("Who are they to you?"), required=False, choices=[LEFT_OPEN, *in_words(relations.choices())]
    )
    state = forms.ChoiceField(label=_("Are they in your life?"), required=False, choices=STATES)
    since_year = forms.IntegerField(
        label=_("Since which year?"), help_text=_("If they died, or you lost touch. Leave it empty if you like."),
        required=False, min_value=1900, max_value=2100, widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip
    is_group = forms.BooleanField(label=_("This is a group of people"), required=False)
    group_size = forms.IntegerField(
        label=_("How many are they, roughly?"), required=False, min_value=2, max_value=999,
        widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].widget.attrs["autocomplete"] = "off"

    def clean_state(self) -> str:
        return self.cleaned_data["state"] or State.PRESENT.value


class AddForm(PersonFields):
    """Add somebody."""

    ring = forms.ChoiceField(
        label=_("How close do they feel these days?"), required=False, choices=in_words(rings.choices()),
        widget=OptionRadios(columns=2),
    )  # fmt: skip

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        ring = read_ring(data["ring"] or "off")
        names = ("label", "relation", "state", "since_year", "is_group", "group_size", "sharing")
        return {**{name: data[name] for name in names}, "ring": ring}


class SeveralForm(WhoForForm):
    """Everybody who comes to mind, one name a line."""

    labels = forms.CharField(
        label=_("Add the people who come to mind"), required=False, max_length=4000,
        help_text=_("One name a line. A first name, an initial or a nickname will do."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    ring = forms.ChoiceField(
        label=_("Where do they all go?"),
        required=False,
        choices=in_words(rings.choices()),
        widget=OptionRadios(columns=2),
    )

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "labels": data["labels"].splitlines(), "ring": read_ring(data["ring"] or "off"),
            "sharing": data["sharing"],
        }  # fmt: skip
