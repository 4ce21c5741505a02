"""Lists of choices: chips, moods, and whom something is for. Written in one step, since a page has thirty of them.

Each function takes options as Django's widgets make them (``create_option``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kithwork.foundation.ui.icons import icon
from kithwork.foundation.ui.sharing import STATES
from kithwork.foundation.ui.tide import tide_svg

Option = Mapping[str, Any]


def chips(options: Iterable[Option]) -> SafeString:
    """Short answers that can be switched on and off, to be put among others of the kind."""
    return SafeString("".join(map(_chip, options)))


def _chip(option: Option) -> str:
    face = f"{icon('check', size=18)}<span>{conditional_escape(option['label'])}</span>"
    return (
        f'<label class="kw-choice kw-choice--chip" for="{_id(option)}">'
        f'<input class="kw-choice__input" type="checkbox" {_named(option)}{_checked(option)}>'
        f'<span class="kw-choice__face">{face}</span></label>'
    )


def sharing_cards(options: Iterable[Option], notes: Mapping[str, str]) -> SafeString:
    """A card for each of those that something can be for, and below them what each means."""
    cards = "".join(map(_card, options))
    meanings = "".join(
        f'<p class="kw-sharing__note" data-state="{state}">{conditional_escape(note)}</p>'
        for state, note in notes.items()
    )
    return SafeString(f'<div class="kw-sharing">{cards}{meanings}</div>')


def _card(option: Option) -> str:
    state = STATES[str(option["value"])]
    return (
        f'<input class="kw-sharing__input" type="radio" {_named(option)} data-state="{state.state}"{_checked(option)}>'
        f'<label class="kw-sharing__card" for="{_id(option)}">{icon(state.icon, size=22)}'
        f"<span>{conditional_escape(option['label'])}</span></label>"
    )


def tide_buttons(options: Iterable[Option]) -> SafeString:
    """The five moods, each a button that sends the form."""
    return SafeString(f'<div class="kw-tides">{"".join(map(_tide_button, options))}</div>')


def _tide_button(option: Option) -> str:
    chosen = " kw-choice--chosen" if option["selected"] else ""
    return f'<button class="kw-choice kw-choice--tide{chosen}" type="submit" {_named(option)}>{_mood(option)}</button>'


def tide_radios(options: Iterable[Option]) -> SafeString:
    """The five moods, one of which can be chosen."""
    return SafeString(f'<div class="kw-tides">{"".join(map(_tide_radio, options))}</div>')


def _tide_radio(option: Option) -> str:
    return (
        f'<label class="kw-choice kw-choice--tide" for="{_id(option)}">'
        f'<input class="kw-choice__input" type="radio" {_named(option)}{_checked(option)}>{_mood(option)}</label>'
    )


def _mood(option: Option) -> str:
    drawn = tide_svg(int(option["value"]), size=38, hidden=True)
    words = conditional_escape(_(str(option["label"])))
    return f'<span class="kw-choice__face">{drawn}<span>{words}</span></span>'


def _named(option: Option) -> str:
    return f'name="{escape(option["name"])}" value="{escape(str(option["value"]))}" id="{_id(option)}"'


def _id(option: Option) -> str:
    return escape(option["attrs"]["id"])


def _checked(option: Option) -> str:
    return " checked" if option["selected"] else ""
