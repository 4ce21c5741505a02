"""Rulebook: the forms that a course can take, and its three phases."""

import pytest

from kithwork.ipt import protocols
from kithwork.ipt.protocol import Arc, Phase
from kithwork.ipt.shelf import NotOnTheShelf

ipt_16 = protocols.get("ipt_16")


def test_there_are_ten_forms_of_ipt() -> None:
    assert protocols.keys() == (
        "ipt_16",
        "ipt_12",
        "ipt_a",
        "ipc_6",
        "ipc_3",
        "ipt_b",
        "ipt_group",
        "ipt_m",
        "iipt_guided",
        "ipt_blended",
    )


@pytest.mark.parametrize(
    ("key", "arc"),
    [
        ("ipt_16", (4, 8, 4)),
        ("ipt_12", (3, 6, 3)),
        ("ipt_a", (4, 5, 3)),
        ("ipc_6", (2, 3, 1)),
        ("ipc_3", (1, 1, 1)),
        ("ipt_b", (2, 5, 1)),
        ("ipt_group", (1, 6, 1)),
        ("ipt_m", None),
        ("iipt_guided", (2, 6, 2)),
        ("ipt_blended", (2, 4, 2)),
    ],
)
def test_each_form_has_its_own_beginning_middle_and_ending(
    key: str, arc: tuple[int, int, int] | None
) -> None:
    assert protocols.get(key).arc() == arc


def test_the_full_form_assesses_in_1_to_4_works_in_5_to_12_and_ends_in_13_to_16() -> None:
    phases = [ipt_16.phase_of(n) for n in range(1, 17)]

    assert phases == [Phase.BEGINNING] * 4 + [Phase.MIDDLE] * 8 + [Phase.ENDING] * 4


@pytest.mark.parametrize(
    ("agreed", "arc"),
    [
        (1, (1, 0, 0)),
        (2, (1, 0, 1)),
        (3, (1, 1, 1)),
        (6, (1, 4, 1)),
        (8, (2, 4, 2)),
        (10, (2, 6, 2)),
        (12, (3, 6, 3)),
        (16, (4, 8, 4)),
        (20, (4, 12, 4)),
    ],
)
def test_another_number_keeps_the_proportions_when_shorter_and_lengthens_the_middle_when_longer(
    agreed: int, arc: tuple[int, int, int]
) -> None:
    assert ipt_16.arc(agreed) == Arc(*arc)


def test_an_extension_changes_the_phase_of_no_session_of_the_beginning() -> None:
    assert [ipt_16.phase_of(n, 20) for n in range(1, 5)] == [Phase.BEGINNING] * 4


def test_a_session_beyond_the_agreed_number_belongs_to_the_ending() -> None:
    assert ipt_16.phase_of(17) is Phase.ENDING
    assert ipt_16.phase_of(9, 8) is Phase.ENDING


def test_monthly_sessions_are_open_and_end_only_when_a_number_is_agreed() -> None:
    ipt_m = protocols.get("ipt_m")

    assert ipt_m.open
    assert ipt_m.usual is None
    assert [ipt_m.phase_of(n) for n in (1, 2, 30)] == [Phase.BEGINNING, Phase.MIDDLE, Phase.MIDDLE]
    assert ipt_m.arc(12) == Arc(1, 10, 1)
    assert ipt_m.phase_of(12, 12) is Phase.ENDING


def test_the_first_session_asks_about_safety_aloud_and_offers_to_put_things_down() -> None:
    tasks = {task.key for task in ipt_16.tasks_for(1)}

    assert {"ask_safety", "put_down", "symptoms", "first_check_in"} <= tasks


def test_the_picture_the_focus_the_goals_and_the_number_are_agreed_in_session_4() -> None:
    tasks = {task.key for task in ipt_16.tasks_for(4)}

    assert {"formulation_agree", "agree_focus", "agree_goals", "agree_contract"} <= tasks


def test_every_middle_session_joins_the_weeks_mood_to_the_week() -> None:
    assert all("link_week" in {task.key for task in ipt_16.tasks_for(n)} for n in range(5, 13))


def test_the_ending_is_mentioned_before_it_begins() -> None:
    assert "mention_ending" in {task.key for task in ipt_16.tasks_for(12)}


def test_progress_is_looked_at_in_sessions_4_and_8() -> None:
    assert ipt_16.reviews() == (4, 8)


def test_the_check_in_is_due_at_every_session_and_the_whole_set_first_and_last() -> None:
    assert [ipt_16.measures_for(n) for n in (1, 5, 16)] == [
        ("phq9", "gad7", "wsas"),
        ("phq9", "gad7"),
        ("phq9", "gad7", "wsas"),
    ]


def test_young_people_may_have_up_to_three_sessions_with_a_parent() -> None:
    extra = protocols.get("ipt_a").extras[0]

    assert (extra.kind, extra.least, extra.most) == ("parent", 0, 3)


def test_dynamic_interpersonal_therapy_is_not_a_form_of_ipt() -> None:
    with pytest.raises(NotOnTheShelf):
        protocols.get("dit")
