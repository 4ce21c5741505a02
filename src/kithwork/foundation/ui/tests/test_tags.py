"""Tags draw what they are given, in words as well as in pictures, and obey no markup in it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template import Context, Engine

from kithwork.foundation.ui.arc import Arc
from kithwork.foundation.ui.forms import TEMPLATES

ENGINE = Engine(
    dirs=[str(TEMPLATES)],
    builtins=["kithwork.foundation.ui.tags"],
    libraries={"i18n": "django.templatetags.i18n", "l10n": "django.templatetags.l10n"},
)
STATES = ("just-me", "later", "shared", "agreed", "therapist", "supervision")


def rendered(source: str, **context: Any) -> str:
    return ENGINE.from_string(source).render(Context(context)).strip()


def test_an_icon_is_hidden_from_screen_readers_and_carries_no_style() -> None:
    drawn = rendered('{% icon "door-open" size=24 %}')

    assert drawn.startswith("<svg ")
    assert 'aria-hidden="true"' in drawn
    assert 'width="24" height="24"' in drawn
    assert "style" not in drawn


@pytest.mark.parametrize("state", STATES)
def test_a_sharing_badge_says_its_state_in_words_and_for_programs(state: str) -> None:
    badge = rendered("{% sharing_badge state %}", state=state)

    assert f'data-kw="sharing" data-state="{state}"' in badge
    assert re.search(r"</svg>[A-Z][a-z ]+</span>$", badge)


def test_a_sharing_badge_takes_other_words() -> None:
    badge = rendered('{% sharing_badge "shared" label %}', label="Joan & Sade")

    assert badge.endswith("Joan &amp; Sade</span>")


@pytest.mark.parametrize(
    ("mood", "words"),
    [(1, "Very low"), (2, "Low"), (3, "So-so"), (4, "Good"), (5, "Very good"), (None, "No mood saved")],
)
def test_a_tide_says_its_mood(mood: int | None, words: str) -> None:
    assert f'role="img" aria-label="{words}"' in rendered("{% tide mood %}", mood=mood)
    assert rendered("{{ mood|mood_name }}", mood=mood) == words


def test_a_day_without_a_mood_is_empty_and_dashed() -> None:
    drawn = rendered("{% tide None %}")

    assert "kw-tide--none" in drawn
    assert "kw-tide__water" not in drawn


def test_higher_moods_stand_higher_in_the_circle() -> None:
    drawn = [rendered("{% tide mood %}", mood=mood) for mood in (1, 2, 3, 4)]
    surfaces = [re.search(r'd="M[\d.]+ ([\d.]+)C', each) for each in drawn]
    heights = [float(found.group(1)) for found in surfaces if found]

    assert len(heights) == 4
    assert heights == sorted(heights, reverse=True)


def test_own_words_keep_their_lines_and_lose_their_markup() -> None:
    shown = rendered("{% words text %}", text="One <b>line</b>\nanother")

    assert shown == '<div class="kw-words"><p>One &lt;b&gt;line&lt;/b&gt;<br>another</p></div>'
    assert rendered("{% words text %}", text="<i>") == '<div class="kw-words"><p>&lt;i&gt;</p></div>'


def test_own_words_inside_a_sentence() -> None:
    assert rendered("{% words text inline=True %}", text="<i>") == '<span class="kw-words">&lt;i&gt;</span>'


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Maya Ellis", "ME"),
        ("Sam", "S"),
        ("ana maria de souza", "AS"),
        ("Jean-Luc", "JL"),
        ("", ""),
        ("Élodie", "É"),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert rendered("{% initials name %}", name=name) == initials
    assert rendered("{{ name|initials }}", name=name) == initials


def test_every_form_key_is_new() -> None:
    first, second = rendered("{% form_key %}"), rendered("{% form_key %}")

    assert re.fullmatch(r'<input type="hidden" name="key" value="[\w-]{32}">', first)
    assert first != second


def test_goal_bars_fill_up_to_now_and_ring_where_it_began() -> None:
    bars = rendered("{% goal_bars 4 2 %}")

    assert bars.count("<span") == 10
    assert bars.count("kw-goal__bar--full") == 4
    assert bars.count("kw-goal__bar--was") == 1


def test_a_goal_that_was_never_rated_is_not_zero() -> None:
    assert "kw-goal__bar--" not in rendered("{% goal_bars None %}")


def test_the_arc_is_drawn_with_its_words_and_phases() -> None:
    drawn = rendered(
        "{% arc arc %}", arc=Arc(current=5, total=16, groups=(4, 8, 4), done=4, when="in 4 days")
    )

    assert "Session 5 of 16" in drawn
    assert "in 4 days" in drawn
    assert drawn.count("<circle") == 16
    assert 'kw-arc__phase--current"><span class="kw-visually-hidden">now: </span>Middle' in drawn


def test_the_arc_in_a_header_says_everything_in_one_line() -> None:
    arc = Arc(current=5, total=16, groups=(4, 8, 4), done=4, when="today 2:00 pm")

    assert "Session 5 of 16, today 2:00 pm</strong>" in rendered("{% arc arc compact=True %}", arc=arc)
