"""Django's ``{% load i18n %}``, with sentences put together once a language instead of once a page.

The settings name this library ``i18n``, so templates are written as everywhere in Django. Two things are added:
a sentence of the template is looked up once for each language, and ``{% translate words %}`` translates what
comes from the method (``ipt``), where strings stand plain.
"""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.conf import settings
from django.template import Context, Node, NodeList
from django.template.base import (
    FilterExpression,
    Parser,
    TextNode,
    Token,
    VariableNode,
    render_value_in_context,
)
from django.templatetags import i18n
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation
from django.utils.functional import Promise
from django.utils.safestring import SafeData, SafeString, mark_safe

from kithwork.foundation.ui.language import reading_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)

PLACE = re.compile(r"%\(([\w.]+)\)s")


class Phrase(TranslateNode):
    """``{% translate "…" %}``, and ``{% translate words %}`` for a sentence that comes from elsewhere."""

    def __init__(self, node: TranslateNode) -> None:
        super().__init__(node.filter_expression, node.noop, node.asvar, node.message_context)
        literal = self.filter_expression.var.literal
        plain = isinstance(literal, str) and not self.filter_expression.filters
        self.literal: str | None = str(literal) if plain else None
        self._said: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> str:
        said = self._said_as_it_stands(context) if self.literal is not None else self._said_of(context)
        if not self.asvar:
            return said
        context[self.asvar] = said
        return ""

    def _said_as_it_stands(self, context: Context) -> SafeString:
        language = reading_language()
        if language not in self._said:
            # Percent signs of a template stand doubled in a catalogue, as Django's own makemessages writes them.
            words = self._look_up((self.literal or "").replace("%", "%%"), context).replace("%%", "%")
            self._said[language] = mark_safe(words)  # noqa: S308 -- the template's own words, or their translation
        return self._said[language]

    def _said_of(self, context: Context) -> SafeString:
        words = self.filter_expression.resolve(context)
        if isinstance(words, Promise):
            words = str(words)
        if isinstance(words, str) and words:
            said = self._look_up(words, context)
            words = mark_safe(said) if isinstance(words, SafeData) else said  # noqa: S308 -- as safe as it was
        return SafeString(render_value_in_context(words, context))

    def _look_up(self, words: str, context: Context) -> str:
        if self.noop:
            return words
        if self.message_context:
            return translation.pgettext(self.message_context.resolve(context), words)
        return translation.gettext(words)


class Sentence(BlockTranslateNode):
    """``{% blocktranslate %}``: the translated sentence becomes text and variables once, like a template."""

    def __init__(self, node: BlockTranslateNode) -> None:
        super().__init__(
            node.extra_context, node.singular, node.plural, node.countervar, node.counter,
            node.message_context, node.trimmed, node.asvar,
        )  # fmt: skip
        self.pattern, self.places = self.render_token_list(self.singular)
        self.many, places = self.render_token_list(self.plural) if self.plural else ("", [])
        self.places = list(dict.fromkeys([*self.places, *places]))
        self.values: dict[str, FilterExpression] = {}
        self._by_language: dict[str | None, NodeList] = {}
        self._by_pattern: dict[str, NodeList] = {}

    def render(self, context: Context, nested: bool = False) -> SafeString:  # noqa: ARG002 -- Django's own signature
        said = self._nodes(context).render(context)
        if not self.asvar:
            return said
        context[self.asvar] = said
        return SafeString("")

    def _nodes(self, context: Context) -> NodeList:
        if self.counter or self.message_context:
            pattern = self._look_up(context)
            if pattern not in self._by_pattern:
                self._by_pattern[pattern] = self._put_together(pattern)
            return self._by_pattern[pattern]
        language = reading_language()
        if language not in self._by_language:
            self._by_language[language] = self._put_together(self._look_up(context))
        return self._by_language[language]

    def _look_up(self, context: Context) -> str:
        about = self.message_context.resolve(context) if self.message_context else None
        if not self.counter:
            return translation.pgettext(about, self.pattern) if about else translation.gettext(self.pattern)
        count = self.counter.resolve(context)
        if not isinstance(count, int | float):
            raise template.TemplateSyntaxError(
                f"{self.countervar!r} must be a number: a sentence is said of it."
            )
        if about:
            return translation.npgettext(about, self.pattern, self.many, count)
        return translation.ngettext(self.pattern, self.many, count)

    def _put_together(self, pattern: str) -> NodeList:
        """Text and variables in the translation's order; a place that the sentence does not know spoils it."""
        pieces = PLACE.split(pattern)
        if set(pieces[1::2]) - set(self.values):
            return self._put_together(self.many if pattern != self.pattern and self.many else self.pattern)
        nodes = NodeList()
        for n, piece in enumerate(pieces):
            node: Node = VariableNode(self.values[piece]) if n % 2 else TextNode(piece.replace("%%", "%"))
            nodes.append(_at(node, self))
        return nodes


def _at(node: Node, parent: Node) -> Node:
    """Where a node stands in its template, for messages about faults."""
    for name in ("token", "origin"):
        if hasattr(parent, name):
            setattr(node, name, getattr(parent, name))
    return node


def _phrase(parser: Parser, token: Token) -> Node:
    phrase = Phrase(i18n.do_translate(parser, token))
    if phrase.literal is None or phrase.asvar or settings.USE_I18N:
        return phrase
    return TextNode(phrase.literal)  # with one language it is what it says


def _sentence(parser: Parser, token: Token) -> Sentence:
    made = Sentence(i18n.do_block_translate(parser, token))
    known: dict[str, Any] = dict(made.extra_context)
    if made.countervar and made.counter:
        known[made.countervar] = made.counter
    made.values = {name: known.get(name) or parser.compile_filter(name) for name in made.places}
    return made


for _name in ("translate", "trans"):
    register.tag(_name, _phrase)
for _name in ("blocktranslate", "blocktrans"):
    register.tag(_name, _sentence)
