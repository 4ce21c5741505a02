"""Every page has its landmarks, its way out and its receipts."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import engines

from kithwork.foundation.ui.arc import Arc
from kithwork.foundation.ui.ways import NavItem

PAGE = """
{% extends kw.shell %}
{% block title %}Today{% endblock %}
{% block page_name %}today{% endblock %}
{% block content %}<h1>Today</h1>{% endblock %}
"""
SHELLS = ("ui/client.html", "ui/staff.html", "ui/plain.html", "ui/print.html", "ui/bare.html")


def item(label: str, *, current: bool = False) -> NavItem:
    return NavItem(label, "/x/", icon="sun", current=current)


def context(**others: Any) -> dict[str, Any]:
    kw = {
        "shell": "ui/client.html",
        "nav": [item("Today", current=True), item("People")],
        "viewer": SimpleNamespace(name="Joan Hale", kind="staff", note="Working hours 9 to 6."),
        "demo": False,
        "leave_quickly": True,
        "course": None,
    }
    return {"kw": SimpleNamespace(**{**kw, **others}), "csrf_token": "token"}


def page(source: str = PAGE, **others: Any) -> str:
    return engines["django"].from_string(source).render(context(**others))


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_one_main_with_its_name_a_skip_link_and_a_live_region(shell: str) -> None:
    html = page(shell=shell)

    assert html.count("<main") == 1
    assert 'id="main" tabindex="-1" data-kw="page:today"' in html
    assert '<a class="kw-skip__link" href="#main">' in html
    assert 'role="status" id="kw-status"' in html
    assert len(re.findall(r"<h1", html)) == 1


@pytest.mark.parametrize("shell", SHELLS)
def test_titles_are_neutral(shell: str) -> None:
    assert "<title>Today · Kithwork</title>" in page(shell=shell)


def test_the_demo_says_so_in_title_and_page() -> None:
    html = page(demo=True)

    assert "<title>Today · Kithwork demo</title>" in html
    assert "Demo. Everything here is invented." in html


def test_a_form_that_needs_another_look_says_error_first_in_the_title() -> None:
    form = SimpleNamespace(errors={"what": ["…"]})
    html = engines["django"].from_string(PAGE).render({**context(), "form": form})

    assert "<title>Error: Today · Kithwork</title>" in html


def test_leave_quickly_is_a_form_and_has_a_second_way_for_the_keyboard() -> None:
    html = page()

    assert 'id="kw-leave" method="post" action="/leave/"' in html
    assert '<button class="kw-skip__link" type="submit" form="kw-leave">' in html


def test_leave_quickly_can_be_switched_off() -> None:
    assert "kw-leave" not in page(leave_quickly=False)


def test_the_current_place_is_marked_once() -> None:
    assert page().count('aria-current="page"') == 1


def test_what_was_saved_is_said_in_the_live_region() -> None:
    saved = SimpleNamespace(level_tag="success", tags="saved success", __str__=lambda: "Saved")
    html = page(messages=[saved])

    assert re.search(r'role="status" id="kw-receipts"><div class="kw-receipt" data-kw="saved">', html)


def test_a_course_shows_its_client_its_arc_its_tabs_and_that_looking_is_seen() -> None:
    course = SimpleNamespace(
        client_name="Maya Ellis",
        line="Conflict with another person",
        arc=Arc(current=5, total=16, groups=(4, 8, 4), done=4),
        tabs=[item("Overview", current=True), item("Circles")],
        seen_notice="Maya can see that you opened her record",
        action=item("Start session 5"),
    )
    html = page(shell="ui/staff.html", course=course)

    for words in (course.client_name, course.line, "Session 5 of 16", course.seen_notice, "Start session 5"):
        assert words in html
    assert html.count("kw-tabs__tab") == 2


def test_staff_pages_sign_out_by_post() -> None:
    assert '<form method="post" action="/sign-out/">' in page(shell="ui/staff.html")


def test_a_printed_page_carries_no_script_and_no_navigation() -> None:
    html = page(shell="ui/print.html")

    assert "<script" not in html
    assert "<nav" not in html
