"""Everybody else: Joan's and Mira's clients by name, and a clinic's worth of courses from a seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kithwork.clinic.demo.hand import WEEK, Hand
from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.checkins import actions as checkins
from kithwork.therapy.course import contracts
from kithwork.therapy.ending import actions as ending
from kithwork.therapy.focus import actions as focus
from kithwork.therapy.formulation import actions as formulation
from kithwork.therapy.people import actions as people
from kithwork.therapy.sessions import actions as sessions
from kithwork.therapy.story import actions as story

SHARED = Sharing.SHARED


@dataclass(frozen=True)
class PlainPlan:
    """A course told in a few lines: how far it has come, and how the weeks went."""

    name: str
    about: str
    area: str
    held: int
    therapist: str = "joan"
    account: str = ""
    protocol: str = "ipt_16"
    sessions: int | None = 16
    people: tuple[tuple[str, str, int | None], ...] = ()
    picture: str = ""
    goal: str = ""
    starts: tuple[int, int] = (17, 14)
    weekly_fall: float = 0.6
    ended: str = ""
    ended_days_ago: int = 0
    weekday_shift: int = 1
    missed: frozenset[int] = field(default_factory=frozenset)
    longer: int | None = None  # agreed in session 8, after a gap

    def first_session(self, anchor: datetime) -> datetime:
        last = anchor - timedelta(days=self.ended_days_ago + self.weekday_shift)
        return last - (self.held - 1) * WEEK

    def walk(self, hand: Hand) -> None:
        """Session after session, at the table."""
        first = self.first_session(hand.anchor)
        for number in range(1, self.held + 1):
            self._session(hand, number, first + (number - 1) * WEEK)
        if self.ended:
            self._end(hand, first + self.held * WEEK)
        else:
            self._plan_next(hand, first + self.held * WEEK)

    def _session(self, hand: Hand, number: int, at: datetime) -> None:
        planned = sessions.plan(by=hand.staff(at - WEEK), at=at, how="in_person", minutes=50, n=number)
        sessions.open_room(by=hand.staff(at), session=planned)
        if number not in self.missed:
            answers = {
                "phq9": [*spread(self._score(0, number), 8), 0],
                "gad7": spread(self._score(1, number), 7),
            }
            checkins.enter_for_client(by=hand.staff(at), answers=answers, on=at.date(), source="aloud")
        if number == 1:
            self._first(hand, at)
        if number == 2:
            self._draw(hand, at)
        if number == 4:
            self._agree(hand, at)
        if number == 8 and self.longer:
            self._lengthen(hand, at)
        sessions.write_note(
            by=hand.staff(at), session=planned, note=f"Session {number}. {self.picture}", summary=""
        )
        sessions.close_room(by=hand.staff(at + timedelta(minutes=50)), session=planned, attendance="attended")

    def _score(self, which: int, number: int) -> int:
        # Not a straight line: weeks differ, but the same for a name every time.
        wobble = random.Random(f"{self.name}{which}{number}").choice((-1, 0, 0, 1))  # noqa: S311 -- invented data
        return max(
            0, min((24, 21)[which], round(self.starts[which] - self.weekly_fall * (number - 1)) + wobble)
        )

    def _first(self, hand: Hand, at: datetime) -> None:
        joan = hand.staff(at)
        story.set_symptom(by=joan, kind="sad", present="often", words={})
        story.write_first(by=joan, field="began_around", text=self.picture)

    def _draw(self, hand: Hand, at: datetime) -> None:
        for label, relation, ring in self.people:
            people.add_person(by=hand.staff(at), label=label, relation=relation, ring=ring, sharing=SHARED)

    def _agree(self, hand: Hand, at: datetime) -> None:
        joan = hand.staff(at)
        formulation.open_formulation(by=joan)
        formulation.write_section(by=joan, section="events", text=self.picture)
        formulation.share(by=joan)
        version = formulation.make_version(by=joan)
        formulation.sign_version(by=joan, version=version, party="therapist", manner="signed_in")
        formulation.sign_version(by=joan, version=version, party="client", manner="on_paper")
        focus.choose(by=joan, area=self.area, in_our_words=self.picture, since=at.date())
        contract = contracts.offer(
            by=joan, sessions=self.sessions, minutes=50, rhythm="weekly", reason="first"
        )
        contracts.sign(by=joan, contract=contract, party="therapist", manner="signed_in")
        contracts.sign(by=joan, contract=contract, party="client", manner="in_room")
        if self.goal:
            goal = formulation.add_goal(by=joan, goal=self.goal)
            formulation.rate_goal(by=joan, goal=goal, rating=3)

    def _lengthen(self, hand: Hand, at: datetime) -> None:
        joan = hand.staff(at)
        contract = contracts.offer(
            by=joan, sessions=self.longer, minutes=50, rhythm="weekly", reason="illness_gap",
            why="Three weeks of flu in the middle of it.",
        )  # fmt: skip
        contracts.sign(by=joan, contract=contract, party="therapist", manner="signed_in")
        contracts.sign(by=joan, contract=contract, party="client", manner="on_paper")

    def _plan_next(self, hand: Hand, at: datetime) -> None:
        if self.sessions is None or self.held < self.sessions:
            sessions.plan(by=hand.staff(hand.now - timedelta(hours=2)), at=at, how="in_person", minutes=50)

    def _end(self, hand: Hand, at: datetime) -> None:
        joan = hand.staff(at)
        if self.ended == "as_agreed":
            ending.write(by=joan, field="changed", text="There are people in the week again.", sharing=SHARED)
            ending.write(by=joan, field="who_did_it", text="I rang first, three times.", sharing=SHARED)
            ending.add_warning_sign(by=joan, sign="I stop answering messages.", kind="contact")
        ending.finish(by=hand.staff(at), how=self.ended)


def spread(total: int, items: int) -> list[int]:
    """A total as item answers, as even as they go."""
    each, over = divmod(min(total, 3 * items), items)
    return [each + 1] * over + [each] * (items - over)


def named() -> Iterator[PlainPlan]:
    """The clients whom somebody in the demo clinic would know by name."""
    yield PlainPlan(
        "Carl Lindqvist", "61, he/him", "grief", 6, therapist="mira", account="carl", weekday_shift=2,
        picture="Since Ingrid died the evenings have no shape.", goal="Walk with Olof on Sundays",
        people=(("Ingrid", "partner", 1), ("Olof", "friend", 2), ("Karin", "child", 2)),
    )  # fmt: skip
    yield PlainPlan(
        "Amina Yusuf", "27, she/her", "transition", 2, weekday_shift=3, starts=(15, 12),
        picture="New city, new job, and nobody to eat with.", people=(("Hodan", "sibling", 1), ("Ms Field", "work", 3)),
    )  # fmt: skip
    yield PlainPlan(
        "Tom Brandt", "45, he/him", "grief", 7, weekday_shift=1, starts=(18, 11),
        picture="His brother’s death two winters ago, and a year of not saying his name.",
        goal="Visit the allotment with Jo", people=(("Jo", "partner", 1), ("Rob", "sibling", 1)),
    )  # fmt: skip
    yield PlainPlan(
        "Eleni Kosta", "39, she/her", "sensitivity", 9, weekday_shift=4, starts=(16, 15), weekly_fall=0.3,
        picture="Years of evenings alone; wishes for one person to call.", goal="Say yes once a week", longer=18,
        people=(("Neighbour", "neighbour", 4),),
    )  # fmt: skip
    yield PlainPlan(
        "Gareth Pugh", "52, he/him", "transition", 14, weekday_shift=5, starts=(19, 13), weekly_fall=0.9,
        picture="The works closed. He lost the job and the table he ate at.", goal="Coffee with two from the old shift",
        people=(("Siân", "partner", 1), ("Old shift", "group", 3)),
    )  # fmt: skip
    yield PlainPlan(
        "Hanna Weiss", "58, she/her", "dispute", 11, weekday_shift=6, starts=(16, 9), weekly_fall=0.5,
        picture="Her sister and she had divided the house, and then stopped ringing.", goal="Ring Lotte first, once",
        people=(("Lotte", "sibling", 3), ("Emil", "child", 1)),
    )  # fmt: skip
    yield PlainPlan(
        "Ruta Mikals", "31, she/her", "dispute", 16, weekday_shift=0, starts=(18, 14), weekly_fall=0.8,
        ended="as_agreed", ended_days_ago=28, picture="She and her mother had stopped speaking at the wedding.",
        goal="Say no to Mother and stay in the room", people=(("Mother", "parent", 2), ("Janis", "partner", 1)),
    )  # fmt: skip
    yield PlainPlan(
        "Devon Clarke", "23, they/them", "transition", 5, weekday_shift=0, starts=(14, 10), weekly_fall=0.2,
        ended="earlier_alone", ended_days_ago=40, picture="Back at home after university, and smaller there.",
        people=(("Mum", "parent", 2), ("Ash", "friend", 2)),
    )  # fmt: skip


def invented(chance: random.Random, clients: int, months: int) -> Iterator[PlainPlan]:
    """As many more as are asked for, so that outcomes look like a real clinic's."""
    areas = ("dispute", "transition", "grief", "sensitivity")
    pictures = {
        "dispute": "Two people who had stopped asking each other.",
        "transition": "A change that took more with it than it brought.",
        "grief": "A death that had been walked around.",
        "sensitivity": "A long time without anybody to tell.",
    }
    for number in range(max(0, clients - 10)):
        area = chance.choices(areas, weights=(4, 4, 2, 1))[0]
        held = chance.choice((3, 5, 8, 12, 16, 16, 16))
        yield PlainPlan(
            f"{chance.choice(FIRST)} {chance.choice(LAST)}", f"{chance.randint(19, 70)}", area, held, therapist="mira",
            picture=pictures[area], starts=(chance.randint(10, 23), chance.randint(7, 18)),
            weekly_fall=round(chance.uniform(-0.1, 0.9), 2), ended="as_agreed" if held == 16 else "earlier_alone",
            ended_days_ago=chance.randint(10, max(11, months * 30 - held * 7)), weekday_shift=number % 5,
        )  # fmt: skip


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
