"""A clinic's worth of other courses: simulated clients, whose outcomes are like those of IPT in England."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from kithwork.clinic.demo.caseload import PlainPlan
from kithwork.cycle.service import Attendance, Service, simulate_service

BY_NAME = 12  # so many of the clients asked for are Maya and those of `caseload`
WEEKS = 18  # sixteen sessions, after two weeks of waiting
AREAS = {"dispute": 4, "transition": 4, "grief": 2, "sensitivity": 1}
PICTURES = {
    "dispute": "Two people who had stopped asking each other.",
    "transition": "A change that took more with it than it brought.",
    "grief": "A death that had been walked around.",
    "sensitivity": "A long time without anybody to tell.",
}
FIRST = (
    "Ana",
    "Ben",
    "Cara",
    "Dan",
    "Esra",
    "Finn",
    "Grace",
    "Hugo",
    "Iris",
    "Jonas",
    "Kezia",
    "Luis",
    "Mei",
    "Nils",
)
LAST = (
    "Abbot",
    "Bello",
    "Costa",
    "Dunne",
    "Ferro",
    "Grant",
    "Hoang",
    "Ivers",
    "Jansen",
    "Khan",
    "Lowe",
    "Moss",
)


@dataclass(frozen=True)
class SimulatedPlan(PlainPlan):
    """A course whose check-ins were simulated: answers by session, nothing where there was no check-in."""

    check_ins: tuple[dict[str, list[int | None]], ...] = ()

    def answers(self, number: int) -> dict[str, list[int | None]]:
        return self.check_ins[number - 1]


def invented(chance: random.Random, clients: int, months: int) -> Iterator[SimulatedPlan]:
    """As many more clients as are asked for."""
    many = max(0, clients - BY_NAME)
    if not many:
        return
    # Twice as many as are needed: some never come to a session, and have no course.
    service = simulate_service(2 * many, WEEKS, seed=chance.getrandbits(31))
    came = (service.attendance == Attendance.ATTENDED).any(1)
    for number in map(int, np.flatnonzero(came)[:many]):
        check_ins = tuple(_check_ins(service, number))
        held, area = len(check_ins), chance.choices([*AREAS], weights=[*AREAS.values()])[0]
        yield SimulatedPlan(
            f"{chance.choice(FIRST)} {chance.choice(LAST)}", f"{chance.randint(19, 70)}", area, held,
            therapist="mira", picture=PICTURES[area], sessions=int(service.agreed[number]),
            ended="earlier_alone" if service.left_early[number] else "as_agreed",
            ended_days_ago=chance.randint(10, max(11, months * 30 - held * 7)), weekday_shift=number % 5,
            check_ins=check_ins,
        )  # fmt: skip


def _check_ins(service: Service, number: int) -> Iterator[dict[str, list[int | None]]]:
    """Session after session that was held."""
    for session in np.flatnonzero(service.attendance[number] == Attendance.ATTENDED):
        forms = {"phq9": service.phq9[number, session], "gad7": service.gad7[number, session]}
        given = {name: [None if np.isnan(one) else int(one) for one in form] for name, form in forms.items()}
        yield given if _any(given) else {}


def _any(given: dict[str, list[Any]]) -> bool:
    return any(one is not None for form in given.values() for one in form)
