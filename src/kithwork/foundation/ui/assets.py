"""Django's ``{% load static %}``, where the address of a file is put together once in the life of a template.

Every page names some twenty, and none changes while the server runs.
"""

from __future__ import annotations

from django import template
from django.template import Context
from django.template.base import Parser, Token
from django.templatetags import static

register = template.Library()
register.tags.update(static.register.tags)


class Asset(static.StaticNode):
    """``{% static "…" %}``: one file, named in the template."""

    address: str | None = None

    def render(self, context: Context) -> str:
        if self.address is None:
            self.address = str(super().render(context))
        return self.address


@register.tag("static")
def _asset(parser: Parser, token: Token) -> static.StaticNode:
    node = static.StaticNode.handle_token(parser, token)
    is_named = isinstance(node.path.var, str) and not node.path.filters and node.varname is None
    return Asset(None, node.path) if is_named else node
