"""A simulated IPT service: the simulated clients' check-ins, session after session, until they end or leave.

How ill somebody is on a session's day is one number for low mood and one for anxiety. Both start where the person
stands, fall in the course of therapy (quickly or slowly; for some not, and some get worse), and move with the week:
with the diary's mood, and now and then with a difficult week. The items of PHQ-9 and GAD-7 are cut from it in steps
of 0 to 3. Appointments are missed, check-ins left out in runs, single items skipped, and some people stop coming.

Many numbers were searched for (benchmarks/calibrate_service.py) so that first and last scores and the rates of
change agree with the national figures for IPT in England, 2024-25; they say so. The figures themselves come from the
people simulated, scored by the national definitions in `kithwork.change`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kithwork.cycle.blocks import PEOPLE_A_BLOCK, Block, Floats, blocks, runs_of_missing
from kithwork.cycle.parameters import ASSUMPTION, DAILY, MOOD, Params, said
from kithwork.cycle.simulate import WholeBlock, whole_block
from kithwork.cycle.special import ndtr

FOUND = "searched for: NHS England 2024-25, IPT courses"
DAYS_A_WEEK = 7
PHQ9_ITEMS, GAD7_ITEMS, WSAS_MOST = 9, 7, 40
LARGEST_ANSWER = 3
SHORTEST_WAY = 0.25

# How much more or less than usual an item is agreed to; the last of PHQ-9 asks about being better off dead.
PHQ9_OFFSETS = (0.1, 0.2, 0.3, 0.4, 0.0, 0.2, 0.1, -0.4, -0.9)
GAD7_OFFSETS = (0.2, 0.1, 0.2, 0.1, -0.4, 0.2, -0.4)

_PERSON, _WEEKS, _ITEMS, _PROFILE, _COMING, _FORMS, _SKIPS, _WSAS = range(20, 28)


class Attendance(IntEnum):
    """What became of an appointment."""

    NONE = 0  # the course was over, or the client had left
    ATTENDED = 1
    CANCELLED = 2
    NOT_ATTENDED = 3


@dataclass(frozen=True, slots=True)
class ServiceParams:
    """What the check-ins of a simulated service are made of. Severity is on the scale of one item, 0 to 3."""

    depression_start: float = said(1.738, "severity of low mood at the first session", FOUND)
    depression_spread: float = said(0.608, "its SD between people", FOUND)
    depression_well: float = said(0.667, "severity of low mood of somebody who is well again", FOUND)
    anxiety_start: float = said(1.877, "severity of anxiety at the first session", FOUND)
    anxiety_spread: float = said(0.763, "its SD between people", FOUND)
    anxiety_well: float = said(0.11, "severity of anxiety of somebody who is well again", FOUND)
    starts_together: float = said(0.567, "correlation of the two at the start", FOUND)
    answering: float = said(0.743, "share of people who answer to the therapy", FOUND)
    way_of_answering: float = said(1.25, "which part of the way to well they go in a whole course", FOUND)
    way_of_others: float = said(-0.331, "which part the others go", FOUND)
    way_spread: float = said(
        0.15, "its SD between people of either kind; below 0 is worse than before", FOUND
    )
    ways_together: float = said(
        0.862, "correlation of the ways of mood and anxiety among people of one kind", FOUND
    )
    calming: float = said(0.644, "how much of mood’s way anxiety goes", FOUND)
    item_noise: float = said(0.419, "SD of one answer around the severity", FOUND)
    with_diary: float = said(0.60, "correlation of start and fall with those of the diary", ASSUMPTION)
    half_way: float = said(
        3.316, "session by which half of the lasting change has come, at the median", FOUND
    )
    half_way_spread: float = said(0.4, "SD between people of its logarithm", FOUND)
    week: float = said(0.1, "SD of a week's severity around the course", FOUND)
    week_of_diary: float = said(0.25, "severity that an SD of the week's mood adds", ASSUMPTION)
    hard_week: float = said(0.08, "chance of a difficult week", ASSUMPTION)
    hard_week_adds: float = said(0.50, "severity that it adds", ASSUMPTION)
    item_profile: float = said(0.367, "SD between people of their own leaning to an item", FOUND)
    impairment_start: float = said(20.749, "WSAS at the mean severity of the first session", FOUND)
    impairment_slope: float = said(9.022, "points of WSAS a step of severity", FOUND)
    impairment_spread: float = said(7.435, "SD between people of WSAS beyond severity", FOUND)
    agreed_8: float = said(0.20, "share of courses of 8 sessions", ASSUMPTION)
    agreed_12: float = said(0.30, "share of courses of 12 sessions; the rest have 16", ASSUMPTION)
    leaving: float = said(0.035, "chance to leave after a session", ASSUMPTION)
    cancelled: float = said(0.07, "share of appointments cancelled", ASSUMPTION)
    not_attended: float = said(0.05, "share of appointments not attended", ASSUMPTION)
    form_missing: float = said(0.08, "share of sessions without a check-in", ASSUMPTION)
    form_run: float = said(1.5, "mean run of such sessions", ASSUMPTION)
    item_skip: float = said(0.004, "share of single items left out", ASSUMPTION)


SERVICE = ServiceParams()


@dataclass(frozen=True, slots=True)
class Service:
    """The courses of n simulated clients; session k is on day ``session_days[k]`` of the diary.

    Attributes
    ----------
    phq9, gad7 : array of floats, shape (n, sessions, 9) and (n, sessions, 7)
        Answers 0 to 3; not-a-number is missing.
    wsas : array of floats, shape (n, sessions)
        Totals 0 to 40; not-a-number is missing.
    attendance : array of int, shape (n, sessions)
        One of `Attendance`.
    agreed : array of int, shape (n,)
        How many sessions were agreed.
    left_early : array of flags, shape (n,)
        Whether the client stopped coming before the agreed end.
    over : array of flags, shape (n,)
        Whether the course has ended, as agreed or by leaving, within the weeks looked at.
    session_days : array of int, shape (sessions,)
    """

    phq9: Floats
    gad7: Floats
    wsas: Floats
    attendance: npt.NDArray[np.int8]
    agreed: npt.NDArray[np.int64]
    left_early: npt.NDArray[np.bool_]
    over: npt.NDArray[np.bool_]
    session_days: npt.NDArray[np.int64]

    @classmethod
    def of(cls, parts: Sequence["CheckIns"], held: npt.NDArray[np.int64]) -> "Service":
        """Put blocks side by side, or some people of them."""
        whole: list[Any] = [
            np.concatenate([part[at] for part in parts]) for at in range(len(CheckIns._fields))
        ]
        made: Service = cls(*[*whole, held])
        return made

    def totals(self) -> tuple[Floats, Floats]:
        """PHQ-9 and GAD-7 as totals, shape (n, sessions); an incomplete form has none."""
        return self.phq9.sum(2), self.gad7.sum(2)

    def columns(self) -> dict[str, Any]:
        """The columns that `kithwork.change.outcomes` counts: one row a client."""
        phq9, gad7 = self.totals()
        first, last = zip(ends(phq9), ends(gad7), strict=True)
        days = np.datetime64("2024-01-01") + self.session_days
        came = self.attendance == Attendance.ATTENDED
        until = np.where(came.any(1), came.shape[1] - 1 - came[:, ::-1].argmax(1), 0)
        never = np.datetime64("NaT", "D")
        return {
            "therapy": np.full(len(came), "ipt"),
            "treatment_contacts": came.sum(1).astype(np.float64),
            "referred_on": np.full(len(came), days[0] - np.timedelta64(28, "D")),
            "first_treatment_on": np.where(came.any(1), days[came.argmax(1)], never),
            "discharged_on": np.where(self.over, days[until], never),
            "phq9_first": first[0], "phq9_last": last[0],
            "anxiety_measure": np.full(len(came), "gad7"),
            "anxiety_first": first[1], "anxiety_last": last[1],
        }  # fmt: skip


def simulate_service(
    n: int,
    weeks: int,
    params: Params = DAILY,
    service: ServiceParams = SERVICE,
    seed: int = 0,
    *,
    first: int = 0,
) -> Service:
    """Make the check-ins of simulated clients; the same people as `simulate` makes from this seed.

    Parameters
    ----------
    n, weeks : int
        How many people, and how many weeks of diary; sessions are weekly from `params.therapy_from` on, 16 at most.
    params, service
        What days and check-ins are made of.
    seed, first : int
        As in `simulate`.

    Returns
    -------
    Service

    Raises
    ------
    ValueError
        For fewer than one person, or when the weeks end before therapy begins.
    """
    days = DAYS_A_WEEK * weeks
    held = session_days(days, params)
    if n < 1 or not len(held):
        raise ValueError("a service has one client or more, and weeks that reach into therapy")
    parts: list[CheckIns] = []
    for block in blocks(n, seed=seed, first=first):
        whole = whole_block(block, days, params)
        made = check_ins(block, whole, params, service)
        parts.append(made.only(block.wanted))
    return Service.of(parts, held)


def session_days(days: int, params: Params) -> npt.NDArray[np.int64]:
    """The days of the diary on which there is a session."""
    return np.arange(params.therapy_from, days, DAYS_A_WEEK)[: params.therapy_days // DAYS_A_WEEK]


class CheckIns(NamedTuple):
    """Everybody of one block, in the order of `Service`."""

    phq9: Floats
    gad7: Floats
    wsas: Floats
    attendance: npt.NDArray[np.int8]
    agreed: npt.NDArray[np.int64]
    left_early: npt.NDArray[np.bool_]
    over: npt.NDArray[np.bool_]

    def only(self, wanted: slice) -> "CheckIns":
        """Some of the people."""
        some: list[Any] = [part[wanted] for part in self]
        return CheckIns(*some)


def check_ins(block: Block, whole: WholeBlock, params: Params, service: ServiceParams) -> CheckIns:
    """One block's check-ins and attendance, from what its days were like."""
    held = session_days(len(whole.states), params)
    depression, anxiety = _severities(block, whole, held, params, service)
    attendance, agreed, left, over = _coming(block, len(held), service)
    phq9, gad7 = _items(block, depression, anxiety, service)
    draw = block.stream(_WSAS)
    beyond = service.impairment_spread * draw.standard_normal(PEOPLE_A_BLOCK)[:, None]
    wsas = (
        service.impairment_start + service.impairment_slope * (depression - service.depression_start) + beyond
    )
    wsas = np.clip(np.rint(wsas), 0, WSAS_MOST) + 0.0
    absent = attendance != Attendance.ATTENDED
    forms = block.stream(_FORMS).random((len(held), PEOPLE_A_BLOCK))
    absent |= runs_of_missing(forms, service.form_missing, service.form_run).T
    skips = block.stream(_SKIPS)
    for answers in (phq9, gad7):
        answers[absent[:, :, None] | (skips.random(answers.shape) < service.item_skip)] = np.nan
    wsas[absent] = np.nan
    return CheckIns(phq9, gad7, wsas, attendance, agreed, left, over)


def _severities(
    block: Block, whole: WholeBlock, held: npt.NDArray[np.int64], params: Params, service: ServiceParams
) -> Iterator[Floats]:
    """Severity of low mood and of anxiety at each session, as (people, sessions)."""
    draw = block.stream(_PERSON)
    start, kind, way, anxious, calmed = draw.standard_normal((5, PEOPLE_A_BLOCK))
    usual, fell = _of_diary(whole, params)
    start, kind = _mixed(service.with_diary, usual, start), _mixed(service.with_diary, fell, kind)
    anxious = _mixed(service.starts_together, start, anxious)
    calmed = _mixed(service.ways_together, way, calmed)
    mean = np.where(ndtr(kind) > 1 - service.answering, service.way_of_answering, service.way_of_others)
    # Without therapy people get better too, by the share that the diary's model gives to time alone.
    share = (params.natural_fall + params.therapy_fall) / (DAILY.natural_fall + DAILY.therapy_fall)
    pace = service.half_way * np.exp(service.half_way_spread * draw.standard_normal(PEOPLE_A_BLOCK))
    come = share * (1 - 0.5 ** (np.arange(len(held)) / pace[:, None]))
    weeks = _weeks(block, whole, held, service)
    for begins, well, how, much in (
        (service.depression_start + service.depression_spread * start, service.depression_well, way, 1.0),
        (
            service.anxiety_start + service.anxiety_spread * anxious,
            service.anxiety_well,
            calmed,
            service.calming,
        ),
    ):
        # Somebody who begins nearly well has a short way, and not a way back.
        far = np.maximum(begins - well, SHORTEST_WAY)
        yield begins[:, None] - (much * far * (mean + service.way_spread * how))[:, None] * come + weeks


def _of_diary(whole: WholeBlock, params: Params) -> tuple[Floats, Floats]:
    """The diary's usual mood and its fall, in SD between people."""
    between = np.sqrt(params.between_share / (1 - params.between_share))
    own = 1 / np.sqrt(1 - params.between_share)
    mean, spread = own * (params.natural_fall + params.therapy_fall), own * params.fall_spread
    fell = (whole.people.fall - mean) / spread if spread else np.zeros(PEOPLE_A_BLOCK)
    return whole.people.usual[:, MOOD] / (between or 1.0), fell


def _mixed(correlation: float, known: Floats, own: Floats) -> Floats:
    mixed: Floats = correlation * known + np.sqrt(1 - correlation**2) * own
    return mixed


def _weeks(block: Block, whole: WholeBlock, held: npt.NDArray[np.int64], service: ServiceParams) -> Floats:
    """What the week before each session adds, as (people, sessions)."""
    draw, shape = block.stream(_WEEKS), (len(held), PEOPLE_A_BLOCK)
    mood = (whole.states - whole.levels)[:, :, MOOD]
    of_diary = np.stack(
        [mood[max(0, day - DAYS_A_WEEK) : day].mean(0) if day else 0 * mood[0] for day in held]
    )
    own, luck = draw.standard_normal(shape), draw.random(shape)
    hard = service.hard_week_adds * (luck < service.hard_week)
    added: Floats = (service.week * own + service.week_of_diary * of_diary + hard).T
    return added


def _items(block: Block, depression: Floats, anxiety: Floats, service: ServiceParams) -> Iterator[Floats]:
    """The answers 0 to 3, as (people, sessions, items)."""
    noise, profile = block.stream(_ITEMS), block.stream(_PROFILE)
    people, sessions = depression.shape
    for severity, offsets in ((depression, PHQ9_OFFSETS), (anxiety, GAD7_OFFSETS)):
        leaning = np.array(offsets) + service.item_profile * profile.standard_normal((people, len(offsets)))
        # Drawn session by session, so that a longer course begins in the same way.
        around = noise.standard_normal((sessions, people, len(offsets))).swapaxes(0, 1)
        answers = severity[:, :, None] + leaning[:, None, :] + service.item_noise * around
        yield np.clip(np.rint(answers), 0, LARGEST_ANSWER) + 0.0  # never -0


def _coming(
    block: Block, sessions: int, service: ServiceParams
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Attendance as (people, sessions), sessions agreed, who left early, and whose course is over."""
    draw = block.stream(_COMING)
    length = draw.random(PEOPLE_A_BLOCK)
    agreed = np.where(
        length < service.agreed_8, 8, np.where(length < service.agreed_8 + service.agreed_12, 12, 16)
    )
    stays = draw.geometric(max(service.leaving, 1e-9), PEOPLE_A_BLOCK)
    luck = draw.random((sessions, PEOPLE_A_BLOCK)).T
    attendance = np.full((PEOPLE_A_BLOCK, sessions), Attendance.ATTENDED, dtype=np.int8)
    attendance[luck < service.cancelled + service.not_attended] = Attendance.CANCELLED
    attendance[luck < service.not_attended] = Attendance.NOT_ATTENDED
    ends = np.minimum(stays, agreed)
    attendance[np.arange(sessions) >= ends[:, None]] = Attendance.NONE
    return attendance, agreed, (stays < agreed) & (stays <= sessions), ends <= sessions


def ends(totals: Floats) -> tuple[Floats, Floats]:
    """First and last score of each course, from (people, sessions); the last is missing where there is only one."""
    there = ~np.isnan(totals)
    rows = np.arange(len(totals))
    first = totals[rows, there.argmax(1)]
    last = totals[rows, totals.shape[1] - 1 - there[:, ::-1].argmax(1)]
    return first, np.where(there.sum(1) > 1, last, np.nan)
