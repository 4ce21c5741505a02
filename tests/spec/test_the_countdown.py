"""Rulebook: the end is raised in time, from the number that both signed, and said in plain words."""

import pytest

from kithwork.ipt import protocols
from kithwork.ipt.contract import Agreed
from kithwork.ipt.countdown import Countdown, Stage, countdown

ipt_16 = protocols.get("ipt_16")
SIXTEEN = Agreed(16, to_be_agreed=False)


def stages(key: str, number: int) -> dict[int, tuple[Stage, int]]:
    """From which session on the end is spoken of, how, and how many are left, counting that one."""
    agreed, protocol = Agreed(number, to_be_agreed=False), protocols.get(key)
    said = {n: countdown(n, agreed, protocol) for n in range(1, number + 2)}
    return {n: (one.stage, one.left) for n, one in said.items() if one}


def test_in_sixteen_sessions_it_comes_into_sight_in_the_twelfth_and_is_named_from_the_thirteenth() -> None:
    assert stages("ipt_16", 16) == {
        12: (Stage.IN_SIGHT, 5),
        13: (Stage.NAMED, 4),
        14: (Stage.NAMED, 3),
        15: (Stage.NAMED, 2),
        16: (Stage.LAST, 1),
        17: (Stage.PAST, 0),
    }


@pytest.mark.parametrize(
    ("key", "number", "first_raised"),
    [
        ("ipt_16", 20, 16),
        ("ipt_16", 12, 9),
        ("ipt_12", 12, 9),
        ("ipt_b", 8, 7),
        ("ipc_6", 6, 5),
        ("ipc_3", 3, 2),
    ],
)
def test_when_it_is_raised_follows_the_form_of_ipt_and_the_number_agreed(
    key: str, number: int, first_raised: int
) -> None:
    assert min(stages(key, number)) == first_raised


def test_an_extension_moves_the_end_out_of_sight_again() -> None:
    assert countdown(13, SIXTEEN, ipt_16) == Countdown(Stage.NAMED, 13, 16, 4)
    assert countdown(13, Agreed(20, to_be_agreed=False), ipt_16) is None


def test_an_offered_number_is_counted_down_as_an_agreed_one_is() -> None:
    assert countdown(16, Agreed(16, to_be_agreed=True), ipt_16) == countdown(16, SIXTEEN, ipt_16)


def test_an_open_course_has_no_countdown() -> None:
    assert countdown(30, Agreed(None, to_be_agreed=False), protocols.get("ipt_m")) is None


@pytest.mark.parametrize("key", protocols.keys())
def test_every_form_raises_the_end_at_least_two_sessions_ahead(key: str) -> None:
    number = protocols.get(key).usual or 12

    assert max(left for _, left in stages(key, number).values()) >= 2
