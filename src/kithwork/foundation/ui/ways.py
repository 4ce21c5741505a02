"""Ways to go: the lists of links that every page has. Written in one step, since there are twenty of them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString

from kithwork.foundation.ui.icons import icon

HERE = ' aria-current="page"'


class NavItem(NamedTuple):
    """One way to go."""

    label: str
    url: str
    icon: str = ""
    current: bool = False


def nav_items(items: Iterable[NavItem]) -> SafeString:
    """The main ways, each with its icon."""
    return SafeString("".join(map(_nav_item, items)))


def _nav_item(item: NavItem) -> str:
    return (
        f'<li><a class="kw-nav__link" href="{escape(item.url)}"{HERE if item.current else ""}>'
        f'<span class="kw-nav__icon">{icon(item.icon, size=22)}</span> '
        f'<span class="kw-nav__label">{escape(item.label)}</span></a></li>'
    )


def tabs(items: Iterable[NavItem]) -> SafeString:
    """The pages of one course."""
    return SafeString("".join(map(_tab, items)))


def _tab(item: NavItem) -> str:
    here = HERE if item.current else ""
    return f'<li><a class="kw-tabs__tab" href="{escape(item.url)}"{here}>{escape(item.label)}</a></li>'
