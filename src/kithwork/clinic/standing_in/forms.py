"""When somebody is away, and who stands in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.ui.forms import KithworkForm, OptionRadios


class AwayForm(KithworkForm):
    """The first and the last day away, and whom to ask."""

    first = forms.DateField(
        label=_("First day away"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("Last day away"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    stands_in = forms.ChoiceField(
        label=_("Who could stand in?"),
        widget=OptionRadios,
        error_messages={"required": _("Choose somebody to ask.")},
    )

    def __init__(self, *args: Any, others: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stands_in"].choices = [(one.id, one.name) for one in others]  # type: ignore[attr-defined]


class AwayForForm(AwayForm):
    """The same for a colleague who can't enter it."""

    colleague = forms.ChoiceField(
        label=_("Who is away?"),
        widget=OptionRadios,
        error_messages={"required": _("Choose who is away.")},
    )
    field_order = ("colleague", "first", "last", "stands_in")

    def __init__(self, *args: Any, others: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, others=others, **kwargs)
        self.fields["colleague"].choices = [(one.id, one.name) for one in others]  # type: ignore[attr-defined]


class SureForm(KithworkForm):
    """An act that needs nothing but the wish."""
