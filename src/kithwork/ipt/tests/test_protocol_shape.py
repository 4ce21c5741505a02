"""A protocol's shape: it refuses to be built wrong, bends to the number agreed, and is copied whole."""

import json
from dataclasses import replace

import pytest

from kithwork.ipt.protocol import Arc, Phase, Protocol, Range, SessionPlan, Task, UnreadableProtocol, arc_for
from kithwork.ipt.protocols import get, protocols
from kithwork.ipt.sources import Mark
from kithwork.ipt.tasks import tasks

NUMBERED = [protocol for protocol in protocols() if not protocol.open]


@pytest.mark.parametrize("protocol", protocols(), ids=lambda one: one.key)
def test_a_copy_passes_through_json_and_is_equal(protocol: Protocol) -> None:
    copy = json.loads(json.dumps(protocol.to_dict()))

    assert copy == protocol.to_dict()
    assert Protocol.from_dict(copy) == protocol


@pytest.mark.parametrize(
    "damage",
    [
        {"format": 2},
        {"rows": [{"n": 1}]},
        {"rows": []},
        {"sources": [{"mark": "hearsay"}]},
        {"colour": "blue"},
        {"minutes": {"least": 50, "usual": 45, "most": 50}},
    ],
    ids=["newer format", "half a row", "no rows", "unknown mark", "unknown part", "upside-down range"],
)
def test_a_damaged_copy_is_refused(damage: dict[str, object]) -> None:
    with pytest.raises(UnreadableProtocol):
        Protocol.from_dict(get("ipt_16").to_dict() | damage)


def test_an_empty_copy_is_refused() -> None:
    with pytest.raises(UnreadableProtocol):
        Protocol.from_dict({})


@pytest.mark.parametrize("protocol", NUMBERED, ids=lambda one: one.key)
def test_the_phases_of_any_number_add_up_and_come_in_order(protocol: Protocol) -> None:
    for planned in range(1, 41):
        phases = [protocol.phase_of(n, planned) for n in range(1, planned + 1)]

        assert phases == sorted(phases, key=list(Phase).index)
        assert protocol.arc(planned) == Arc(*(phases.count(phase) for phase in Phase))


@pytest.mark.parametrize("protocol", NUMBERED, ids=lambda one: one.key)
def test_no_suggested_task_is_lost_when_another_number_is_agreed(protocol: Protocol) -> None:
    own = {task for row in protocol.rows for task in row.tasks}

    for planned in range(3, 25):
        assert own == {task for n in range(1, planned + 1) for task in protocol.tasks_for(n, planned)}


@pytest.mark.parametrize("protocol", NUMBERED, ids=lambda one: one.key)
def test_the_usual_number_gives_the_rows_as_they_stand(protocol: Protocol) -> None:
    assert tuple(protocol.plan_for(row.n) for row in protocol.rows) == protocol.rows


def test_a_course_of_another_length_is_reviewed_no_more_often() -> None:
    assert max(len(get("ipt_16").reviews(planned)) for planned in range(1, 40)) == 2


def test_an_arc_needs_a_session() -> None:
    with pytest.raises(ValueError, match="at least one session"):
        arc_for(Arc(4, 8, 4), 0)


def test_sessions_are_numbered_from_one() -> None:
    with pytest.raises(ValueError, match="numbered from 1"):
        get("ipt_16").phase_of(0)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((2, Phase.BEGINNING), "numbered from 1"),
        ((1, Phase.MIDDLE), "phases come in order"),
    ],
)
def test_a_protocol_refuses_rows_out_of_order(rows: tuple[int, Phase], why: str) -> None:
    n, phase = rows

    with pytest.raises(ValueError, match=why):
        replace(get("ipt_16"), rows=(SessionPlan(n, phase, ""),), sessions=Range(1, 1, 1))


def test_a_protocol_has_as_many_rows_as_its_usual_number() -> None:
    with pytest.raises(ValueError, match="one row for each"):
        replace(get("ipt_16"), sessions=Range(12, 12, 12))


def test_a_range_reads_as_words() -> None:
    assert [str(Range(16, 16, 16)), str(Range(12, 12, 16))] == ["16", "12 to 16"]


def test_labels_are_words() -> None:
    assert [phase.label for phase in Phase] == ["Beginning", "Middle", "Ending"]
    assert get("ipt_b").label == "Brief IPT (IPT-B), 8 sessions"
    assert all(mark.label for mark in Mark)


def test_every_task_on_the_shelf_is_suggested_somewhere() -> None:
    used = {task for protocol in protocols() for row in protocol.rows for task in row.tasks}

    assert used == set(tasks())
    assert tasks["circles"] == Task("circles", "Begin the closeness circles", "people")
