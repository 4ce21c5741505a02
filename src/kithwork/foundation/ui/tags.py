"""Template tags of the look. They are built in: no template needs to load them."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from django import template
from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html, linebreaks
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from kithwork.foundation.rather_not import RatherNot
from kithwork.foundation.ui.arc import arc_drawn
from kithwork.foundation.ui.choices import chips
from kithwork.foundation.ui.dates import date_filter, say_date, time_filter
from kithwork.foundation.ui.forms import error_summary as summarise
from kithwork.foundation.ui.icons import icon
from kithwork.foundation.ui.said import listed
from kithwork.foundation.ui.said import said as refusal_said
from kithwork.foundation.ui.sharing import STATES
from kithwork.foundation.ui.tide import MOODS, mood_words, tide_svg
from kithwork.foundation.ui.ways import nav_items, tabs
from kithwork.foundation.ui.widgets import new_key
from kithwork.foundation.ui.wording import printed
from kithwork.refusal import Refusal

register = template.Library()
register.filter("date", date_filter, expects_localtime=True, is_safe=False)
register.filter("flat", flatatt)
register.filter("listed", listed)
register.filter("time", time_filter, expects_localtime=True, is_safe=False)
register.simple_tag(arc_drawn, name="arc")
register.simple_tag(chips)
register.simple_tag(icon)
register.simple_tag(nav_items)
register.simple_tag(tabs)


@register.simple_tag
def sharing_badge(state: str, label: str = "", on: datetime | None = None) -> SafeString:
    """Show who can see something: ``just-me``, ``later``, ``shared``, ``agreed``, ``therapist``, ``supervision``.

    ``on`` says since when it has been shared as it stands.
    """
    shown = STATES[state]
    if on and state == "shared":
        label = f"{shown.words} {say_date(localtime(on), 'j F')}"
    return format_html(
        '<span class="kw-badge kw-badge--{}" data-kw="sharing" data-state="{}">{}{}</span>',
        state,
        state,
        icon(shown.icon, size=16),
        label or shown.words,
    )


@register.simple_tag
def tide(mood: int | str | None, size: int = 24, hidden: bool = False) -> SafeString:
    """Draw a mood from 1 to 5 as a circle that fills; None is a dashed circle."""
    return tide_svg(int(mood) if mood else None, size=size, hidden=hidden)


@register.simple_tag
@cache
def tide_symbols() -> SafeString:
    """Every mood once, for a drawing that uses it many times as ``#kw-tide-3``."""
    return SafeString(
        "".join(
            f'<symbol id="kw-tide-{mood}" viewBox="0 0 24 24"><circle class="chart-tide-back" cx="12" cy="12" r="11"/>'
            f"{tide_svg(mood, hidden=True)}</symbol>"
            for mood, _words in MOODS
        )
    )


@register.filter
def mood_name(mood: int | None) -> str:
    """Say a mood in words."""
    return mood_words(mood)


@register.simple_tag
@cache
def goal_bars(now: int | None, was: int | None = None) -> SafeString:
    """Draw a goal's rating from 0 to 10, with a ring around where it began; None leaves the bars empty."""
    bars = "".join(_goal_bar(full=now is not None and n <= now, was=n == was) for n in range(1, 11))
    return SafeString(f'<div class="kw-goal__bars" aria-hidden="true">{bars}</div>')


def _goal_bar(*, full: bool, was: bool) -> str:
    marks = (" kw-goal__bar--full" if full else "") + (" kw-goal__bar--was" if was else "")
    return f'<span class="kw-goal__bar{marks}"></span>'


@register.filter
def said(refusal: Refusal) -> str:
    """The sentence of a refusal, in the reader's language."""
    return refusal_said(refusal).sentence


@register.simple_tag
def error_summary(form: BaseForm | None) -> SafeString:
    """List what needs another look above the form, each line a link to its field; nothing when all is well."""
    return summarise(form)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Show one field with its label, hint and message."""
    return bound.as_field_group()


@register.simple_tag
def form_key() -> SafeString:
    """Give a hand-written form its one-effect key."""
    return SafeString(f'<input type="hidden" name="key" value="{new_key()}">')


@register.simple_tag
def words(text: str, inline: bool = False) -> SafeString:
    """Set somebody's own words in the serif voice, line by line; markup in them is shown, never obeyed.

    A refusal is no words of hers: it is said in our voice.
    """
    if isinstance(text, RatherNot):
        return format_html('<{0} class="kw-muted">{1}</{0}>', "span" if inline else "p", text)
    shown = conditional_escape(text)
    if inline:
        return SafeString(f'<span class="kw-words">{shown}</span>')
    body = linebreaks(shown) if "\n" in shown or "\r" in shown else f"<p>{shown}</p>"
    return SafeString(f'<div class="kw-words">{body}</div>')


def initials_of(name: str) -> str:
    """Shorten a name to at most two letters: "Maya Ellis" becomes "ME", "Sam" becomes "S"."""
    parts = name.replace("-", " ").split()
    letters = [part[0] for part in parts if part[0].isalnum()]
    return "".join(letters[:1] + letters[1:][-1:]).upper()


register.simple_tag(initials_of, name="initials")
register.filter("initials", initials_of)
register.simple_tag(printed)
