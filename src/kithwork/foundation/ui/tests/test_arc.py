"""The arc shows every agreed session once, whatever their number."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from kithwork.foundation.ui.arc import HEIGHT, LEFT, RIGHT, Arc

SIXTEEN = Arc(current=5, total=16, groups=(4, 8, 4), done=4)


def states(arc: Arc) -> Counter[str]:
    return Counter(dot.state for dot in arc.dots)


@pytest.mark.parametrize("total", range(1, 41))
def test_every_agreed_session_is_one_dot_inside_the_picture(total: int) -> None:
    dots = Arc(current=1, total=total).dots

    assert len(dots) == total
    assert all(LEFT <= dot.x <= RIGHT and 0 < dot.y < HEIGHT for dot in dots)
    assert [dot.x for dot in dots] == sorted({dot.x for dot in dots})


def test_sessions_held_the_next_one_and_those_to_come() -> None:
    assert states(SIXTEEN) == {"done": 4, "current": 1, "to-come": 11}


def test_phases_stand_apart() -> None:
    xs = [dot.x for dot in SIXTEEN.dots]
    steps = [round(right - left, 1) for left, right in itertools.pairwise(xs)]

    assert [number for number, step in enumerate(steps, start=1) if step > min(steps) + 1] == [4, 12]


def test_the_phase_of_the_current_session_is_marked() -> None:
    assert [(phase.name, phase.current) for phase in SIXTEEN.phases] == [
        ("Beginning", False),
        ("Middle", True),
        ("Ending", False),
    ]


def test_groups_that_do_not_add_up_are_left_aside() -> None:
    arc = Arc(current=1, total=6, groups=(4, 8, 4))

    assert len(arc.dots) == 6
    assert [phase.current for phase in arc.phases] == [False, False]


def test_a_course_without_an_agreed_end_has_no_ending() -> None:
    arc = Arc(current=7, total=None, done=6)

    assert states(arc) == {"done": 6, "current": 1, "open": 5}
    assert [phase.name for phase in arc.phases] == ["Beginning"]
    assert arc.words == "Session 7"


def test_a_single_session_has_no_phases() -> None:
    assert Arc(current=1, total=1).phases == ()


def test_a_course_whose_sessions_are_over_says_so() -> None:
    arc = Arc(current=None, total=16, groups=(4, 8, 4), done=16)

    assert arc.words == "16 sessions held"
    assert states(arc) == {"done": 16}


def test_own_words_replace_the_usual_ones() -> None:
    assert (
        Arc(current=1, total=16, label="Session 1 of 16, to be agreed").words
        == "Session 1 of 16, to be agreed"
    )
