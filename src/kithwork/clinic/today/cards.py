"""What needs a look, each as a card.

Written here and not in a template: with sixty clients there are forty of them, most of what Today takes to draw.
"""

from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kithwork.clinic.today.looks import Look
from kithwork.foundation.ui.tags import form_key, icon

register = template.Library()


@register.filter
def card(look: Look, csrf_token: str) -> SafeString:
    """One thing on the list, ``{{ look|card:csrf_token }}``: its reason, whose it is, the one act that closes it."""
    client, label = escape(look.client), escape(look.label)
    tone = f" kw-flag--{look.tone}" if look.tone else ""
    return SafeString(
        f'<article class="kw-flag{tone}" data-kw="flag" data-kind="{look.kind}" data-kw-item>'
        f'<h3 class="kw-flag__title">{icon(look.icon)}{escape(look.title)}</h3>'
        f'<p><a href="{escape(look.overview)}"><strong>{client}</strong></a>, {escape(look.where)}. '
        f"{escape(look.reason)}</p>"
        f'<p class="kw-flag__owner">{escape(look.for_whom)}</p>'
        f'<div class="kw-cluster kw-cluster--spread">{_act(look, client)}'
        f"{_put_off(look, label, csrf_token) if look.may_wait else ''}"
        f'<details class="kw-unfold today-why"><summary>{escape(_("Why am I seeing this?"))}'
        f'<span class="kw-visually-hidden"> {label}</span></summary><p>{escape(look.why)}</p></details></div></article>'
    )


def _act(look: Look, client: str) -> str:
    kind = "danger" if look.is_safety else "secondary"
    return (
        f'<a class="kw-button kw-button--{kind}" href="{escape(look.url)}" data-kw-open>{escape(look.act)}'
        f'<span class="kw-visually-hidden">, {client}</span></a>'
    )


def _put_off(look: Look, label: str, csrf_token: str) -> str:
    return (
        f'<form method="post" action="{escape(look.waits_at)}" data-kw-put-off>'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(str(csrf_token))}">{form_key()}'
        f'<input type="hidden" name="kind" value="{look.kind}"><button class="kw-button kw-button--link">'
        f'{escape(_("Put off until tomorrow"))}<span class="kw-visually-hidden">: {label}</span></button></form>'
    )
