"""What people type about their accounts."""

from django import forms

from kithwork.foundation.ui.forms import KithworkForm


class AcceptForm(KithworkForm):
    """A first password."""

    password = forms.CharField(
        label="Choose a password",
        help_text="At least 10 characters. A few words together are easy to remember.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Choose a password."},
    )
