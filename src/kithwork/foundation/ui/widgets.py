"""Controls: native inputs underneath, so that they work with a keyboard, by touch and without JavaScript."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.widgets import ChoiceWidget
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from kithwork.foundation.ui.choices import Option, chips, sharing_cards, tide_buttons, tide_radios
from kithwork.foundation.ui.sharing import sharing_notes


def new_key() -> str:
    """Make the key under which a form has one effect, however often it is sent."""
    return secrets.token_urlsafe(24)


class KeyInput(forms.HiddenInput):
    """The form's key: a new one for a new form, the same one when the form comes back to be corrected."""

    def __init__(self) -> None:
        # No id, because a page may hold several forms and every one has a key.
        super().__init__({"id": False})

    def format_value(self, value: Any) -> str:
        return str(value) if value else new_key()


class _Written(ChoiceWidget):
    """A list of choices that is written in one step, and not by a template."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002 -- Django's
        groups = self.get_context(name, value, attrs)["widget"]["optgroups"]
        return self.written([option for _group, options, _index in groups for option in options])

    def written(self, options: list[Option]) -> SafeString:
        """Write these options, which stand in their order. None of our lists are in groups."""
        raise NotImplementedError


class TideRadios(_Written, forms.RadioSelect):
    """Mood from 1 to 5 as circles that fill; nothing is chosen until somebody chooses."""

    def written(self, options: list[Option]) -> SafeString:
        return tide_radios(options)


class TideButtons(TideRadios):
    """The same five circles as buttons that send the form: one tap saves, also without JavaScript."""

    def written(self, options: list[Option]) -> SafeString:
        return tide_buttons(options)


class SharingRadios(_Written, forms.RadioSelect):
    """Who is this for? Three cards, and below them what the chosen one means."""

    def __init__(self, *args: Any, therapist: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.therapist = therapist

    def written(self, options: list[Option]) -> SafeString:
        return sharing_cards(options, sharing_notes(self.therapist))


class ChipCheckboxes(_Written, forms.CheckboxSelectMultiple):
    """Several short answers, such as people, as chips that can be switched on."""

    def written(self, options: list[Option]) -> SafeString:
        return SafeString(f'<div class="kw-chips">{chips(options)}</div>')


class OptionRadios(forms.RadioSelect):
    """One answer out of a few, each as large as a thumb. ``descriptions`` adds a line below an answer."""

    template_name = "ui/widgets/option_radios.html"

    def __init__(
        self,
        *args: Any,
        columns: int = 1,
        descriptions: Mapping[str, str | Promise] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        self.descriptions = descriptions or {}

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["columns"] = self.columns
        return context

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        option["description"] = self.descriptions.get(str(value), "")
        return option


class WordsBox(forms.Textarea):
    """Room for somebody's own words, in the voice in which they will be read."""

    def __init__(self, attrs: Mapping[str, Any] | None = None, *, rows: int = 3) -> None:
        super().__init__(
            {"rows": rows, "cols": None, "class": "kw-words-box", "autocomplete": "off", **(attrs or {})}
        )
        self.attrs.pop("cols")


class FuzzyDateInput(forms.TextInput):
    """A date as people remember it: "spring 2022", "March 2023", "12 March 2023"."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"class": "kw-input--date", "autocomplete": "off", **(attrs or {})})
