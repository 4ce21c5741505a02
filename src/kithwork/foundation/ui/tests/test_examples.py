"""The component page shows every example, and every example stands on its own."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import RequestFactory

from kithwork.foundation.ui.examples import GROUPS, Example
from kithwork.foundation.ui.examples.contexts import CONTEXTS
from kithwork.foundation.ui.views import components

EXAMPLES = [example for group in GROUPS for example in group.examples]
VOID = {
    "input",
    "meta",
    "link",
    "br",
    "hr",
    "img",
    "rect",
    "circle",
    "path",
    "line",
    "polyline",
    "polygon",
    "ellipse",
}


class Balance(HTMLParser):
    """Holds the elements that are still open, and refuses one that closes out of order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.slug)
def test_every_example_renders_whole(example: Example) -> None:
    html = example.render()
    balance = Balance()

    balance.feed(html)

    assert html.strip()
    assert balance.open == []
    assert not re.search(r"\{[{%]", html)


def test_every_context_belongs_to_an_example() -> None:
    assert set(CONTEXTS) <= {example.title for example in EXAMPLES}


def test_examples_have_different_names() -> None:
    slugs = [example.slug for example in EXAMPLES]

    assert len(slugs) == len(set(slugs))


def test_the_page_shows_every_example_and_repeats_no_id() -> None:
    html = components(RequestFactory().get("/components/")).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)

    assert all(f'id="{example.slug}"' in html for example in EXAMPLES)
    assert sorted(ids) == sorted(set(ids))
