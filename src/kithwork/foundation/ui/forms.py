"""Forms as everybody meets them: a label, a hint, a message beside the field and a summary above."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django import forms
from django.forms import BaseForm, BoundField
from django.forms import renderers as django_renderers
from django.template.backends.django import DjangoTemplates
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kithwork.foundation.ui.say import WordsField
from kithwork.foundation.ui.sharing import sharing_choices
from kithwork.foundation.ui.tide import MOODS
from kithwork.foundation.ui.widgets import (
    ChipCheckboxes,
    FuzzyDateInput,
    KeyInput,
    OptionRadios,
    SharingRadios,
    TideButtons,
    TideRadios,
    WordsBox,
    new_key,
)

__all__ = [
    "MOODS",
    "ChipCheckboxes",
    "ErrorLine",
    "FuzzyDateInput",
    "KeyInput",
    "KithworkForm",
    "KithworkRenderer",
    "OptionRadios",
    "SharingRadios",
    "TideButtons",
    "TideRadios",
    "WordsBox",
    "WordsField",
    "error_lines",
    "error_summary",
    "new_key",
    "sharing_choices",
]

TEMPLATES = Path(__file__).resolve().parent / "templates"
DJANGO_TEMPLATES = Path(django_renderers.__file__).resolve().parent / "templates"


class KithworkRenderer(django_renderers.DjangoTemplates):
    """Renders every form, field and control with the templates of the look."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"

    @cached_property
    def engine(self) -> DjangoTemplates:
        return _engine()


@cache
def _engine() -> DjangoTemplates:
    """One for all forms: each form makes a renderer of its own, and a template is put together once."""
    return DjangoTemplates(
        {
            "APP_DIRS": True,
            "DIRS": [TEMPLATES, DJANGO_TEMPLATES],
            "NAME": "kithwork-forms",
            "OPTIONS": {
                "builtins": ["kithwork.foundation.ui.tags"],
                "libraries": {"i18n": "kithwork.foundation.ui.translating"},
            },
        }
    )


class ErrorLine(NamedTuple):
    """One line of the summary: the id of the field it leads to, and the message."""

    target: str
    message: str


def error_lines(form: BaseForm) -> list[ErrorLine]:
    """Gather the messages in the order of the fields; those about the form as a whole come first."""
    lines = [ErrorLine("", str(message)) for message in form.non_field_errors()]
    for bound in form:
        lines += [ErrorLine(_target(bound), str(message)) for message in bound.errors]
    return lines


def error_summary(form: BaseForm | None) -> SafeString:
    """List what needs another look, above the form; empty when there is nothing, or when nothing was sent."""
    lines = error_lines(form) if form is not None and form.is_bound else []
    if not lines:
        return SafeString("")
    return SafeString(KithworkRenderer().render("ui/error_summary.html", {"lines": lines}))


def _target(bound: BoundField) -> str:
    if bound.is_hidden:
        return ""
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.auto_id


def _name_what_is_missing(bound: BoundField) -> None:
    """Let the message of an unanswered field name its question, so that it makes sense in the summary."""
    messages = bound.field.error_messages
    if messages.get("required") == forms.Field.default_error_messages["required"]:
        messages["required"] = _("“%(label)s” needs an answer.") % {"label": strip_tags(str(bound.label))}


class KithworkForm(forms.Form):
    """A form that carries its one-effect key, never blocks sending, and explains in its own words."""

    default_renderer = KithworkRenderer
    use_required_attribute = False

    key = forms.CharField(max_length=64, required=False, widget=KeyInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for bound in self:
            _name_what_is_missing(bound)

    def add_prefix(self, field_name: str) -> str:
        """Keep the key's name whatever the form's prefix, because the page has one key a form."""
        return field_name if field_name == "key" else super().add_prefix(field_name)

    @property
    def error_summary(self) -> SafeString:
        """The summary of this form's messages."""
        return error_summary(self)
