"""The forms of signing in, with our words and without text inside the boxes that goes away."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp

CODE = "The six digits that your authenticator app shows."


class Plain:
    """A form without placeholders, whose fields are called what we call them."""

    labels: ClassVar[dict[str, str]] = {}
    hints: ClassVar[dict[str, str]] = {}
    missing: ClassVar[dict[str, str]] = {}
    use_required_attribute = False
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.error_messages["required"] = self.missing.get(name, "Fill this in.")


class SignIn(Plain, account.LoginForm):  # type: ignore[misc]  # untyped base
    labels = {"login": "E-mail address", "password": "Password"}
    missing = {"login": "Write your e-mail address.", "password": "Write your password."}


class ChangePassword(Plain, account.ChangePasswordForm):  # type: ignore[misc]  # untyped base
    labels = {
        "oldpassword": "Your password now",
        "password1": "A new password",
        "password2": "The new one again",
    }
    hints = {"password1": "At least 10 characters. A few words together are easy to remember."}


class ForgottenPassword(Plain, account.ResetPasswordForm):  # type: ignore[misc]  # untyped base
    labels = {"email": "E-mail address"}
    missing = {"email": "Write your e-mail address."}


class NewPassword(Plain, account.ResetPasswordKeyForm):  # type: ignore[misc]  # untyped base
    labels = {"password1": "A new password", "password2": "The new one again"}
    hints = {"password1": "At least 10 characters. A few words together are easy to remember."}


class PasswordAgain(Plain, account.ReauthenticateForm):  # type: ignore[misc]  # untyped base
    labels = {"password": "Your password"}
    missing = {"password": "Write your password."}


class EnterCode(Plain, mfa.AuthenticateForm):  # type: ignore[misc]  # untyped base
    labels = {"code": "Code"}
    hints = {"code": f"{CODE} A recovery code works too, once."}
    missing = {"code": "Write the code."}


class CodeAgain(Plain, mfa.ReauthenticateForm):  # type: ignore[misc]  # untyped base
    labels = {"code": "Code"}
    hints = {"code": CODE}
    missing = {"code": "Write the code."}


class SetUpCode(Plain, totp.ActivateTOTPForm):  # type: ignore[misc]  # untyped base
    labels = {"code": "Write the code that the app shows"}
    hints = {"code": "Six digits. They change every half minute."}
    missing = {"code": "Write the code that the app shows."}
