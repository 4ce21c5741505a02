"""What is asked before something that cannot be undone, or that leaves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.accounts.actions import is_it_you
from kithwork.foundation.ui.forms import KithworkForm


class PasswordForm(KithworkForm):
    """The password once more."""

    password = forms.CharField(
        label=_("Your password"), strip=False, error_messages={"required": _("Write your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, request: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not is_it_you(self.request.user, password, self.request):
            raise forms.ValidationError(
                _("That is not your password. Try again. After several tries, wait five minutes.")
            )
        return password


class CopyForm(PasswordForm):
    """Which copy. Each has a form of its own on the page, so that taking both is two effects."""

    what = forms.ChoiceField(
        choices=[("readable", "readable"), ("machine", "machine")], widget=forms.HiddenInput
    )


class EraseForm(PasswordForm):
    """The second step: sure, and oneself."""

    sure = forms.BooleanField(label=_("I want everything here erased"), required=False, error_messages={})


class SureForm(KithworkForm):
    """One thing to tick."""

    sure = forms.BooleanField(
        label=_("Yes, take back everything I wrote"),
        error_messages={"required": _("Tick the box if you are sure.")},
    )
