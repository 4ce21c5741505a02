"""What a therapist fills in to begin with somebody, and to invite them."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kithwork.clinic.today.actions import MOST_SESSIONS, check_referral
from kithwork.clinic.today.ways import FILTERS, FOCUSES, ORDERS, View
from kithwork.foundation.ui.forms import KithworkForm, OptionRadios, WordsBox
from kithwork.foundation.ui.said import said
from kithwork.ipt.protocol import Protocol
from kithwork.refusal import Refusal

USUAL = "ipt_16"


class NewClientForm(KithworkForm):
    """Somebody new: only what to call them is needed."""

    name = forms.CharField(
        label=_("What you call them"), max_length=200,
        help_text=_("A first name, a full name or initials. It is sealed like everything that is written here."),
        error_messages={"required": _("Write what you call them.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    about = forms.CharField(
        label=_("A line about them"), max_length=200, required=False,
        help_text=_("Optional. For example: 34, she/her."), widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("How to reach them"), max_length=500, required=False, strip=False,
        help_text=_("Optional. The two of you both see this."), widget=WordsBox(rows=2),
    )  # fmt: skip
    protocol = forms.ChoiceField(label=_("Form of IPT"), initial=USUAL, widget=OptionRadios)
    offered = forms.IntegerField(
        label=_("Sessions offered"), required=False, min_value=1, max_value=MOST_SESSIONS,
        help_text=_("Leave it empty for the usual number. It stays “to be agreed” until you have both signed."),
        widget=forms.NumberInput(attrs={"class": "kw-input--short", "inputmode": "numeric"}),
    )  # fmt: skip
    referred_on = forms.DateField(
        label=_("Referred on"), required=False,
        help_text=_("Leave it empty if you don’t know the day. How long people wait for a first session is counted "
                    "from it, under Outcomes."),
        error_messages={"invalid": _("Give a day, or leave it empty.")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "kw-input--date"}),
    )  # fmt: skip

    def __init__(self, *args: Any, offered: list[Protocol], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field: Any = self.fields["protocol"]
        field.choices = [(protocol.key, protocol.title) for protocol in offered]
        field.widget.descriptions = {protocol.key: _sized(protocol) for protocol in offered}

    def clean_referred_on(self) -> date | None:
        """Said beside the field; the action would refuse it too."""
        given: date | None = self.cleaned_data["referred_on"]
        try:
            check_referral(given, today=self.today)
        except Refusal as refusal:
            raise forms.ValidationError(str(said(refusal))) from refusal
        return given

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        taken = ("name", "about", "contact", "protocol", "offered", "referred_on")
        return {name: self.cleaned_data[name] for name in taken}


class InviteForm(KithworkForm):
    """Where the link goes."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("Ask which address is safe: somebody close to them may read it too. The message does not say "
                    "what Kithwork is."),
        error_messages={
            "required": _("Write the address."), "invalid": _("That does not look like an e-mail address."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


def _sized(protocol: Protocol) -> str:
    if protocol.usual is None:
        return f"{_('As many sessions as you agree.')} {_(protocol.differs)}"
    usually = ngettext("%(n)s session usually.", "%(n)s sessions usually.", protocol.usual)
    return f"{usually % {'n': protocol.usual}} {_(protocol.differs)}"


class PutOffForm(KithworkForm):
    """One thing on Today's list, put off until tomorrow or put back."""

    kind = forms.CharField(widget=forms.HiddenInput)
    back = forms.CharField(required=False, widget=forms.HiddenInput)


class ViewForm(KithworkForm):
    """One view of the caseload, to keep or to let go."""

    show = forms.ChoiceField(choices=list(FILTERS.items()), widget=forms.HiddenInput)
    focus = forms.ChoiceField(choices=list(FOCUSES.items()), widget=forms.HiddenInput)
    sort = forms.ChoiceField(choices=list(ORDERS.items()), widget=forms.HiddenInput)
    let_go = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def view(self) -> View:
        """The view that is meant."""
        given = self.cleaned_data
        return View(given["show"], given["focus"], given["sort"])
