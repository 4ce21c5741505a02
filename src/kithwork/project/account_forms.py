"""The forms of signing in, with our words and without text inside the boxes that goes away."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CODE = _("The six digits that your authenticator app shows.")
CODE_OR_RECOVERY = _("The six digits that your authenticator app shows. A recovery code works too, once.")


Words = dict[str, str | Promise]


class Plain:
    """A form without placeholders, whose fields are called what we call them."""

    labels: ClassVar[Words] = {}
    hints: ClassVar[Words] = {}
    missing: ClassVar[Words] = {}
    use_required_attribute = False
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.error_messages["required"] = self.missing.get(name, _("Fill this in."))


class SignIn(Plain, account.LoginForm):  # type: ignore[misc]  # untyped base
    labels: ClassVar[Words] = {"login": _("E-mail address"), "password": _("Password")}
    missing: ClassVar[Words] = {
        "login": _("Write your e-mail address."),
        "password": _("Write your password."),
    }


class ChangePassword(Plain, account.ChangePasswordForm):  # type: ignore[misc]  # untyped base
    labels: ClassVar[Words] = {
        "oldpassword": _("Your password now"),
        "password1": _("A new password"),
        "password2": _("The new one again"),
    }
    hints: ClassVar[Words] = {
        "password1": _("At least 10 characters. A few words together are easy to remember.")
    }


class ForgottenPassword(Plain, account.ResetPasswordForm):  # type: ignore[misc]  # untyped base
    labels: ClassVar[Words] = {"email": _("E-mail address")}
    missing: ClassVar[Words] = {"email": _("Write your e-mail address.")}


class NewPassword(Plain, account.ResetPasswordKeyForm):  # type: ignore[misc]  # untyped base
    labels: ClassVar[Words] = {
        "password1": _("A new password"),
        "password2": _("The new one again"),
    }
    hints: ClassVar[Words] = {
        "password1": _("At least 10 characters. A few words together are easy to remember.")
    }


class PasswordAgain(Plain, account.ReauthenticateForm):  # type: ignore[misc]  # untyped base
    labels: ClassVar[Words] = {"password": _("Your password")}
    missing: ClassVar[Words] = {"password": _("Write your password.")}


class EnterCode(Plain, mfa.AuthenticateForm):  # type: ignore[misc]  # untyped base
    labels: ClassVar[Words] = {"code": _("Code")}
    hints: ClassVar[Words] = {"code": CODE_OR_RECOVERY}
    missing: ClassVar[Words] = {"code": _("Write the code.")}


class CodeAgain(Plain, mfa.ReauthenticateForm):  # type: ignore[misc]  # untyped base
    labels: ClassVar[Words] = {"code": _("Code")}
    hints: ClassVar[Words] = {"code": CODE}
    missing: ClassVar[Words] = {"code": _("Write the code.")}


class SetUpCode(Plain, totp.ActivateTOTPForm):  # type: ignore[misc]  # untyped base
    labels: ClassVar[Words] = {"code": _("Write the code that the app shows")}
    hints: ClassVar[Words] = {"code": _("Six digits. They change every half minute.")}
    missing: ClassVar[Words] = {"code": _("Write the code that the app shows.")}
