"""What people type about their accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.ui.forms import KithworkForm


class AcceptForm(KithworkForm):
    """A first password."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 10 characters. A few words together are easy to remember."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
    )
