"""The sessions of today, each as a row, and what needs a look, each as a card.

Written here and not in a template: with sixty clients there are fifty of them, most of what Today takes to draw.
"""

from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kithwork.clinic.today.looks import Look
from kithwork.clinic.today.queries import TodaysSession
from kithwork.foundation.ui.icons import icon
from kithwork.foundation.ui.tags import form_key

register = template.Library()

# What stands on every card alike: our own words, of a handful of kinds. Nothing that anybody wrote goes through here.
_printed = lru_cache(maxsize=256)(escape)


@register.filter
def session_row(one: TodaysSession) -> SafeString:
    """One session of today: when and with whom, the way to prepare it, and the way to its room."""
    name, is_ahead = escape(one.name), not (one.is_done or one.is_open)
    prepare = _way(one.prepare, _("Prepare"), name, kind="primary", leads=True) if is_ahead else ""
    act = _("Look back") if one.is_done else _("Go on") if one.is_open else _("Session room")
    room = _way(one.room, act, name, kind="primary" if one.is_open else "secondary")
    return SafeString(
        f'<li class="kw-row today-session{" kw-row--done" if one.is_done else ""}" data-kw="session-today"'
        f' data-kw-item><span class="today-session__at">{escape(one.at)}</span><span class="kw-row__body">'
        f'<span class="kw-row__title"><a href="{escape(one.overview)}"{"" if is_ahead else " data-kw-open"}>{name}</a>'
        f'</span> <span class="kw-row__note">{escape(one.note)}</span></span>'
        f'<span class="kw-cluster">{prepare} {room}</span></li>'
    )


def _way(url: str, words: str, name: str, *, kind: str, leads: bool = False) -> str:
    """A button that goes somewhere; ``leads`` marks the one that Enter takes."""
    mark = " data-kw-open" if leads else ""
    return (
        f'<a class="kw-button kw-button--{kind}" href="{escape(url)}"{mark}>{_printed(words)}'
        f'<span class="kw-visually-hidden">, {name}</span></a>'
    )


@register.filter
def card(look: Look, csrf_token: str) -> SafeString:
    """One thing on the list, ``{{ look|card:csrf_token }}``: its reason, whose it is, the one act that closes it."""
    client, label = escape(look.client), escape(look.label)
    tone = f" kw-flag--{look.tone}" if look.tone else ""
    act = _way(look.url, look.act, client, kind="danger" if look.is_safety else "secondary", leads=True)
    return SafeString(
        f'<article class="kw-flag{tone}" data-kw="flag" data-kind="{look.kind}" data-kw-item>'
        f'<h3 class="kw-flag__title">{icon(look.icon)}{_printed(look.title)}</h3>'
        f'<p><a href="{escape(look.overview)}"><strong>{client}</strong></a>, {escape(look.where)}. '
        f"{escape(look.reason)}</p>"
        f'<p class="kw-flag__owner">{escape(look.for_whom)}</p>'
        f'<div class="kw-cluster kw-cluster--spread">{act}'
        f"{_put_off(look, label, csrf_token) if look.may_wait else ''}"
        f'<details class="kw-unfold today-why"><summary>{_printed(_("Why am I seeing this?"))}'
        f'<span class="kw-visually-hidden"> {label}</span></summary><p>{escape(look.why)}</p></details></div></article>'
    )


def _put_off(look: Look, label: str, csrf_token: str) -> str:
    return (
        f'<form method="post" action="{escape(look.waits_at)}" data-kw-put-off>'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(str(csrf_token))}">{form_key()}'
        f'<input type="hidden" name="kind" value="{look.kind}"><button class="kw-button kw-button--link">'
        f'{_printed(_("Put off until tomorrow"))}<span class="kw-visually-hidden">: {label}</span></button></form>'
    )
