"""How much I want to say: words, nothing, or "rather not say"; one field, wherever somebody is asked for words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.rather_not import RatherNot
from kithwork.foundation.ui.widgets import SharingRadios, WordsBox


class Both(str):
    """Words, and the choice not to say, in one post: somebody has to say which."""

    __slots__ = ("told",)
    told: bool


class SayBox(WordsBox):
    """Room for words, and below it the choice not to say. Empty is skipped, and needs no choice."""

    template_name = "ui/widgets/say_box.html"
    question = ""
    therapist = ""  # the other reader, who may be told of a refusal; nobody where the two write together

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context | {
            "refuses": isinstance(value, RatherNot | Both), "stands": isinstance(value, RatherNot),
            "told": getattr(value, "told", False), "question": self.question, "therapist": self.therapist,
        }  # fmt: skip

    def format_value(self, value: Any) -> str | None:
        return None if isinstance(value, RatherNot) else super().format_value(value)

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Any:
        text = super().value_from_datadict(data, files, name)
        if f"{name}_rather_not" not in data:
            return text
        told = f"{name}_may_tell" in data
        if not (text or "").strip():
            return RatherNot(told=told)
        both = Both(text)
        both.told = told
        return both


class BoundWords(BoundField):
    """The field on its form: it knows what stands there, and who else might read it."""

    @property
    def data(self) -> Any:
        return settled(super().data, standing=self.initial)

    def as_widget(self, widget: Any = None, attrs: Any = None, only_initial: bool = False) -> SafeString:
        box = widget or self.field.widget
        box.question, box.therapist = strip_tags(gettext(str(self.label))), _other_reader(self.form)
        return super().as_widget(box, attrs, only_initial)


def settled(posted: Any, *, standing: Any) -> Any:
    """What somebody meant who sent words and a refusal: whichever of the two is new; both, if both are."""
    if not isinstance(posted, Both):
        return posted
    if isinstance(standing, RatherNot):
        return str(posted)
    if _lines(posted) == _lines(standing or ""):
        return RatherNot(told=posted.told)
    return posted


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()


def _other_reader(form: BaseForm) -> str:
    """The form's own question "Who is this for?" names the other reader; written together, nobody is asked."""
    asks = (field.widget for field in form.fields.values() if isinstance(field.widget, SharingRadios))
    return next((widget.therapist for widget in asks), "")


class WordsField(forms.CharField):
    """A question that is answered in somebody's own words, skipped, or refused. It is never required.

    Its clean value is the text, or a ``RatherNot``, which a room hands on like any other text.
    """

    widget = SayBox
    default_error_messages = {
        "both": _(
            "Your words are here, and “rather not say” is ticked. Empty the box, or take the tick away."
        ),
    }

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, widget=SayBox(rows=rows), **kwargs)

    def get_bound_field(self, form: BaseForm, field_name: str) -> BoundWords:
        return BoundWords(form, self, field_name)

    def to_python(self, value: Any) -> str:
        if isinstance(value, Both):
            raise forms.ValidationError(self.error_messages["both"], code="both")
        return value if isinstance(value, RatherNot) else super().to_python(value) or ""

    def run_validators(self, value: Any) -> None:
        if not isinstance(value, RatherNot):
            super().run_validators(value)
