"""Rulebook: when the ending opens, how it is spoken of, and what a clinic may change of a form of IPT."""

from dataclasses import replace

import pytest

from kithwork.ipt import protocols
from kithwork.ipt.ending import Manner, Wording, keepsake_parts, plan_fields, sections, ways_of_ending
from kithwork.ipt.protocol import Arc, Phase, Protocol
from kithwork.ipt.protocol_editing import ProtocolRefused, copied, frame_of, reframed, with_session
from kithwork.ipt.tasks import tasks

ipt_16, ipc_6, ipt_m = (protocols.get(key) for key in ("ipt_16", "ipc_6", "ipt_m"))
MEASURES = ("phq9", "gad7", "wsas")


@pytest.mark.parametrize(
    ("key", "opens"),
    [
        ("ipt_16", 13),
        ("ipt_12", 10),
        ("ipt_a", 10),
        ("ipt_b", 7),
        ("ipc_6", 5),
        ("ipc_3", 2),
        ("ipt_group", 7),
    ],
)
def test_the_ending_opens_two_to_four_sessions_before_the_last(key: str, opens: int) -> None:
    assert protocols.get(key).ending_opens_at() == opens


@pytest.mark.parametrize(("agreed", "opens"), [(1, 1), (2, 1), (6, 5), (8, 7), (12, 10), (16, 13), (20, 17)])
def test_it_moves_with_the_number_that_is_agreed(agreed: int, opens: int) -> None:
    assert ipt_16.ending_opens_at(agreed) == opens


@pytest.mark.parametrize("key", protocols.keys())
def test_it_is_open_in_every_session_of_the_endings_own_phase(key: str) -> None:
    protocol = protocols.get(key)
    for agreed in range(2, 31):
        in_phase = [n for n in range(1, agreed + 1) if protocol.phase_of(n, agreed) is Phase.ENDING]
        assert all(protocol.ending_is_open(n, agreed) for n in in_phase)


def test_a_session_beyond_the_agreed_number_is_still_part_of_the_ending() -> None:
    assert ipt_16.ending_is_open(17)


def test_an_open_course_has_an_ending_once_a_number_is_agreed() -> None:
    assert (ipt_m.ending_opens_at(), ipt_m.ending_is_open(30)) == (None, False)
    assert ipt_m.ending_opens_at(12) == 11


def test_monthly_sessions_ask_for_a_check_in_about_every_four_weeks() -> None:
    assert (ipt_m.every_days, ipt_16.every_days) == (28, 7)


def test_an_ending_is_as_agreed_early_unplanned_or_handed_on() -> None:
    by_manner = {manner: [way.key for way in ways_of_ending if way.manner is manner] for manner in Manner}

    assert by_manner == {
        Manner.AGREED: ["as_agreed"],
        Manner.EARLY: ["earlier_together", "earlier_alone"],
        Manner.UNPLANNED: ["no_contact", "moved", "died"],
        Manner.HANDED_ON: ["handed_on", "other_care"],
    }


def test_no_ending_is_told_to_a_client_as_her_failing() -> None:
    told = " ".join(way.to_client for way in ways_of_ending).casefold()

    assert [word for word in ("fail", "drop", "missed", "should have", "unfortunately") if word in told] == []
    assert all(way.to_client for way in ways_of_ending if way.key != "died")


def test_a_conclusion_keeps_the_way_back_open_and_a_termination_says_goodbye() -> None:
    assert "come back" in Wording.CONCLUDE.way_back
    assert "goodbye" in Wording.TERMINATE.opening
    assert "come back" not in Wording.TERMINATE.way_back


def test_looking_back_asks_what_helped_and_what_you_did() -> None:
    assert {"changed", "helped", "feelings", "warning_signs", "stressors"} <= set(sections.keys())
    assert plan_fields.keys() == ("if_i_notice", "i_will", "tell", "come_back")


def test_the_keepsake_can_hold_what_the_two_made() -> None:
    assert keepsake_parts.keys() == (
        "agreed", "then_and_now", "circles", "changed", "tried", "cycle", "warning_signs", "plan", "words",
    )  # fmt: skip


def own(protocol: Protocol = ipt_16) -> Protocol:
    return copied(protocol, key=f"{protocol.key}-own-1", title="  Ours,  at the clinic ")


def test_a_copy_is_the_same_but_for_its_name() -> None:
    made = own()

    assert made == replace(ipt_16, key="ipt_16-own-1", title="Ours, at the clinic")
    assert [(row.phase, row.aim, row.review) for row in made.rows] == [
        (row.phase, row.aim, row.review) for row in reframed(made, frame_of(made), measures=MEASURES).rows
    ]


def test_a_phase_that_shrinks_or_grows_keeps_what_it_suggests() -> None:
    made = own()
    shorter = reframed(made, replace(frame_of(made), sessions=10, beginning=2, ending=2), measures=MEASURES)

    assert (shorter.arc(), shorter.version) == (Arc(2, 6, 2), 2)
    for phase in Phase:
        assert {task for row in shorter.rows if row.phase is phase for task in row.tasks} == {
            task for row in made.rows if row.phase is phase for task in row.tasks if task != tasks["review"]
        } | {task for row in shorter.rows if row.phase is phase and row.review for task in (tasks["review"],)}


def test_reviews_and_questionnaires_stand_where_the_clinic_puts_them() -> None:
    made = own(ipc_6)
    frame = replace(frame_of(made), reviews=(3,), each_time=("phq9",), at_reviews=("gad7",))

    changed = reframed(made, frame, measures=MEASURES)

    assert changed.reviews() == (3,)
    assert [row.measures for row in changed.rows] == [
        ("phq9", "gad7"), ("phq9",), ("phq9", "gad7"), ("phq9",), ("phq9",), ("phq9", "gad7"),
    ]  # fmt: skip


def test_the_clinic_says_when_the_ending_opens() -> None:
    made = own()

    assert reframed(made, replace(frame_of(made), ending_opens=6), measures=MEASURES).ending_opens_at() == 11


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sessions": 2}, "from 3 to 60 sessions"),
        ({"beginning": 12}, "none is left for a phase"),
        ({"ending_opens": 17}, "The ending opens with 1 session left at the latest"),
        ({"ending_opens": 0}, "The ending opens with 1 session left at the latest"),
        ({"minutes": 5}, "from 10 to 240 minutes"),
        ({"reviews": (4, 17)}, "Session 17 is not one of the 16"),
        ({"each_time": ("tarot",)}, "not one of the questionnaires"),
        ({"title": " "}, "needs a name"),
        ({"sessions": None}, "How many sessions?"),
    ],
)
def test_what_could_not_be_carried_out_is_refused_in_plain_words(
    changed: dict[str, object], said: str
) -> None:
    made = own()

    with pytest.raises(ProtocolRefused) as refused:
        reframed(made, replace(frame_of(made), **changed), measures=MEASURES)  # type: ignore[arg-type]

    assert said in refused.value.sentence
    assert refused.value.next_step


def test_one_session_is_changed_by_itself() -> None:
    made = with_session(own(), 5, aim=" The focus. ", chosen=["focus_work", "technique"])

    assert (made.rows[4].aim, [task.key for task in made.rows[4].tasks]) == (
        "The focus.", ["focus_work", "technique"]
    )  # fmt: skip
    assert made.rows[:4] + made.rows[5:] == ipt_16.rows[:4] + ipt_16.rows[5:]
