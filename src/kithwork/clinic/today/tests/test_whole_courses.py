"""Four forms of IPT, each walked from the first session to a course that has ended."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from tests.cast import NOW, browser
from tests.filling import at_table, meet

from kithwork.clinic.today.actions import begin_course
from kithwork.foundation.ui.forms import new_key
from kithwork.ipt.protocol import Phase
from kithwork.ipt.protocol_editing import frame_of, reframed
from kithwork.refusal import Refusal
from kithwork.therapy.checkins.queries import plan_of
from kithwork.therapy.course import contracts
from kithwork.therapy.course import protocols as kept
from kithwork.therapy.course import queries as course_queries
from kithwork.therapy.course.models import Course
from kithwork.therapy.ending import actions as ending
from kithwork.therapy.ending import queries
from kithwork.therapy.sessions.queries import suggested

B, M, E = Phase.BEGINNING, Phase.MIDDLE, Phase.ENDING
WEEK = timedelta(days=7)


@dataclass
class Walk:
    """One course of Joan's, session after session."""

    cast: Any
    course: Course
    at: Any = NOW
    seen: list[Any] = field(
        default_factory=list
    )  # each session's phase, and whether the ending was open in it

    @property
    def joan(self):
        return at_table(self.cast, self.course, self.at)

    def agree(self, sessions, **said):
        self.at += timedelta(minutes=5)
        contract = contracts.offer(by=self.joan, sessions=sessions, **said)
        contracts.sign(by=self.joan, contract=contract, party="therapist")
        contracts.sign(by=self.joan, contract=contract, party="client", manner="in_room")

    def meet(self):
        self.course.refresh_from_db()
        planned = course_queries.agreed_sessions(self.joan, self.course).sessions
        n = self.course.current_session
        assert suggested(self.joan, self.course, n), n
        self.seen.append(
            (self.course.form.phase_of(n, planned), queries.opening(self.joan, self.course).is_open)
        )
        meet(self.cast, self.course, self.at)
        self.at += WEEK

    def end(self, how="as_agreed"):
        ending.finish(by=self.joan, how=how)
        self.course.refresh_from_db()


@pytest.fixture
def begin(cast):
    def begun(protocol):
        who = cast.viewer(cast.joan).who("therapist")
        return Walk(cast, begin_course(by=who, clinic=cast.clinic, name="Ana", protocol=protocol, now=NOW))

    return begun


@pytest.mark.parametrize(
    ("protocol", "phases", "opens", "agreed_in"),
    [
        ("ipt_16", [B] * 4 + [M] * 8 + [E] * 4, 13, 4),
        ("ipt_12", [B] * 3 + [M] * 6 + [E] * 3, 10, 3),
        ("ipc_6", [B] * 2 + [M] * 3 + [E], 5, 1),
    ],
)
def test_a_course_runs_through_its_phases_to_the_end(begin, protocol, phases, opens, agreed_in):
    walk = begin(protocol)
    for n in range(1, len(phases) + 1):
        walk.meet()
        if n == agreed_in:
            walk.agree(len(phases), minutes=50, rhythm="weekly")
    walk.end()

    assert walk.seen == [(phase, n >= opens) for n, phase in enumerate(phases, start=1)]
    assert (walk.course.is_over, walk.course.held, walk.course.ended_how) == (True, len(phases), "as_agreed")
    assert course_queries.arc_of(walk.course, walk.joan).label == f"Ended after {len(phases)} sessions"


def test_monthly_sessions_are_open_until_a_number_is_agreed(begin):
    walk = begin("ipt_m")
    walk.agree(None, minutes=50, rhythm="monthly")
    for _ in range(3):
        walk.meet()
    walk.agree(6, rhythm="monthly", reason="going_well")
    for _ in range(3):
        walk.meet()
    walk.end()

    assert walk.seen == [(B, False), (M, False), (M, False), (M, False), (M, True), (E, True)]
    assert (plan_of(walk.joan, walk.course).how_often, walk.course.held) == ("About every four weeks", 6)


def test_a_shorter_contract_opens_the_ending_sooner(begin):
    walk = begin("ipt_16")
    for _ in range(4):
        walk.meet()
    walk.agree(16)
    walk.agree(7, reason="going_well")
    for _ in range(3):
        walk.meet()

    assert [is_open for _, is_open in walk.seen] == [False] * 5 + [True] * 2


def test_after_a_course_come_monthly_sessions_with_a_contract_of_their_own(cast, begin):
    walk = begin("ipc_6")
    walk.meet()
    with pytest.raises(Refusal) as refused:
        ending.begin_following(by=walk.joan, protocol="ipt_m")
    walk.end()

    following = ending.begin_following(by=walk.joan, protocol="ipt_m", rhythm="monthly", minutes=50)

    joan = at_table(cast, following, walk.at)
    [contract] = course_queries.contracts(joan)
    assert refused.value.code == "course-going-on"
    assert (following.client_id, following.form.key, following.offered) == (
        walk.course.client_id,
        "ipt_m",
        None,
    )
    assert (contract.sessions, contract.rhythm, contract.reason) == (None, "monthly", "first")
    assert [one.pk for one in queries.other_courses(joan)] == [walk.course.pk]
    assert course_queries.client_name(joan) == "Ana"


def test_a_course_keeps_the_version_of_the_clinics_own_form_that_it_began_with(cast, begin):
    by = cast.viewer(cast.ravi).who("lead")
    form = kept.copy(by=by, clinic=cast.clinic, key="ipt_12", title="Ours", now=NOW).form
    early = begin(form.key)
    changed = reframed(form, replace(frame_of(form), sessions=8, ending=2), measures=["phq9", "gad7", "wsas"])
    kept.change(by=by, clinic=cast.clinic, base=1, changed=changed, now=NOW)
    late = begin(form.key)
    early.meet()

    assert [(one.course.form.version, one.course.offered) for one in (early, late)] == [(1, 12), (2, 8)]
    assert course_queries.arc_of(early.course, early.joan).groups == (3, 6, 3)


def test_six_sessions_of_counselling_by_pages(cast):
    page = browser(cast.joan)

    def post(url, **fields):
        answer = page.post(url, {"key": new_key(), **fields})
        assert answer.status_code == 302, (url, answer.content.decode()[:3000])
        return answer["Location"]

    base = post("/clinic/clients/new/", name="Ben Hart", protocol="ipc_6")
    seen = []
    for n in range(1, 7):
        seen.append('data-kw="not-yet"' in page.get(f"{base}ending/").content.decode())
        post(f"{base}sessions/{n}/open/")
        if n == 1:
            post(f"{base}contract/", sessions="6", reason="first", minutes="30", rhythm="weekly")
            course = Course.objects.get(pk=base.split("/")[2])
            [contract] = course_queries.contracts(at_table(cast, course, NOW + WEEK))
            post(f"{base}contract/{contract.pk}/sign/", party="therapist")
            post(f"{base}contract/{contract.pk}/sign/", party="client", manner="on_paper")
        post(f"{base}sessions/{n}/close/", attendance="attended")
    post(f"{base}ending/part/changed/", changed="I ask now.")
    post(f"{base}ending/finish/", how="as_agreed", what_comes="monthly", sure="on")
    text = page.get(f"{base}ending/").content.decode()
    contract_page = post(f"{base}ending/following/", protocol="ipt_m", rhythm="monthly", minutes="50")

    assert seen == [True] * 4 + [False] * 2
    assert "Monthly sessions to stay well, with a new contract" in text
    assert "Ended after 6 sessions" in text
    assert "Once a month" in page.get(contract_page).content.decode()
