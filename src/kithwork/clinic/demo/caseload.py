"""Everybody else whom somebody would know: Joan's and Mira's clients by name."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kithwork.clinic.demo import workspaces
from kithwork.clinic.demo.hand import WEEK, Hand
from kithwork.cycle.diary import ITEMS
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.checkins import actions as checkins
from kithwork.therapy.course import contracts
from kithwork.therapy.course.pauses import pause
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.ending import actions as ending
from kithwork.therapy.focus import actions as focus
from kithwork.therapy.focus import queries
from kithwork.therapy.focus.kinds import kinds
from kithwork.therapy.focus.rough import read_day
from kithwork.therapy.formulation import actions as formulation
from kithwork.therapy.formulation.queries import standing_goals
from kithwork.therapy.letters import actions as letters
from kithwork.therapy.letters import queries as letter_queries
from kithwork.therapy.people import actions as people
from kithwork.therapy.safety import actions as safety
from kithwork.therapy.safety.queries import open_flags
from kithwork.therapy.sessions import actions as sessions
from kithwork.therapy.story import actions as story

SHARED = Sharing.SHARED
NEAR_DAYS = 9


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
    comes_along: str = ""  # what the two picked to show somebody who sits in the next session
    missed: frozenset[int] = field(default_factory=frozenset)
    goodbye: str = ""  # how the letter at the end opens; none is written without
    paused: str = ""
    agree_at: int = 4
    why: str = ""
    looks_back: frozenset[int] = frozenset({4, 8})  # the review points at which one was recorded
    day_near: str = ""  # a day that belongs to somebody who died, and is near
    longer: int | None = None  # agreed in session 8, after a gap
    diary_days: int = 0  # before the last session, with the fuller items, all of them shared

    def first_session(self, anchor: datetime) -> datetime:
        last = anchor - timedelta(days=self.ended_days_ago + self.weekday_shift)
        return last - (self.held - 1) * self._gap

    @property
    def _rhythm(self) -> str:
        return "monthly" if self.protocol == "ipt_m" else "weekly"

    @property
    def _gap(self) -> timedelta:
        return 4 * WEEK if self.protocol == "ipt_m" else WEEK

    def walk(self, hand: Hand) -> None:
        """Session after session, at the table."""
        first = self.first_session(hand.anchor)
        for number in range(1, self.held + 1):
            self._session(hand, number, first + (number - 1) * self._gap)
        self._write_days(hand, (first + (self.held - 1) * self._gap))
        if self.ended:
            self._end(hand, first + self.held * self._gap)
        elif self.paused:
            self._pause(hand)
        else:
            self._plan_next(hand, first + self.held * self._gap)

    def _session(self, hand: Hand, number: int, at: datetime) -> None:
        planned = sessions.plan(by=hand.staff(at - WEEK), at=at, how="in_person", minutes=50, n=number)
        sessions.open_room(by=hand.staff(at), session=planned)
        answers = self.answers(number)
        if answers:
            checkins.enter_for_client(by=hand.staff(at), answers=answers, on=at.date(), source="aloud")
            self._ask_aloud(hand, at)
        if number == 1:
            self._first(hand, at)
        if number == 2:
            self._draw(hand, at)
        if number == self.agree_at:
            self._agree(hand, at)
        if number in self.looks_back:
            hand.look_back(at + timedelta(minutes=45), reason=f"Session {number}: it moves, if slowly.")
        workspaces.write(hand, number, at)
        if self.area == "grief" and self.account and number == 5:
            workspaces.sort_carls_story(hand, at)
        if self.goal and number in (8, 12):
            formulation.rate_goal(by=hand.staff(at), goal=hand.kept["goal"], rating=3 + number // 3)
        if number == 8 and self.longer:
            self._lengthen(hand, at)
        sessions.write_note(
            by=hand.staff(at), session=planned, note=f"Session {number}. {self.picture}", summary=""
        )
        sessions.close_room(by=hand.staff(at + timedelta(minutes=50)), session=planned, attendance="attended")

    def _write_days(self, hand: Hand, last: datetime) -> None:
        """A loop as plain as only an invented one is: low days, more distance the day after, some days left out."""
        chance, low = random.Random(self.name), 5  # noqa: S311 -- invented data
        for days in range(self.diary_days, 0, -1):
            far = [_from_0_to_10(5 + 0.35 * (low - 5) + chance.gauss(0, 2.2)) for _ in range(3)]
            low = _from_0_to_10(5 + chance.gauss(0, 2.5))
            more = dict(
                zip(ITEMS, (low, *far[:2], _from_0_to_10(5 + chance.gauss(0, 2.5)), far[2]), strict=True)
            )
            if chance.random() < 0.1:
                continue
            at = last - timedelta(days=days)
            diary.write_entry(by=hand.client(at), on=at.date(), mood=None, more=more, sharing=SHARED)

    def answers(self, number: int) -> dict[str, list[int | None]]:
        """What was answered in a session; nothing where there was no check-in."""
        if number in self.missed:
            return {}
        return {
            "phq9": [*spread(self._score(0, number), 8), 0],
            "gad7": [*spread(self._score(1, number), 7)],
        }

    def _ask_aloud(self, hand: Hand, at: datetime) -> None:
        """An answer above nought to the last question of PHQ-9 is talked about in the same hour."""
        table = hand.staff(at + timedelta(minutes=5))
        for flag in open_flags(table):
            words = {"asked": "What the answer meant, and for how long.", "answered": "Tired of it; no plan."}
            safety.record_review(by=table, flag=flag, decisions=["talked"], words=words)

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
            by=joan, sessions=self.sessions, minutes=50, rhythm=self._rhythm, reason="first"
        )
        contracts.sign(by=joan, contract=contract, party="therapist", manner="signed_in")
        contracts.sign(by=joan, contract=contract, party="client", manner="in_room")
        if self.day_near:
            self._mark_day(hand, at)
        if self.goal:
            goal = formulation.add_goal(by=joan, goal=self.goal, area=self.area)
            formulation.rate_goal(by=joan, goal=goal, rating=3, occasion="start")
            hand.kept["goal"] = goal

    def _mark_day(self, hand: Hand, at: datetime) -> None:
        day = hand.anchor.date() + timedelta(days=NEAR_DAYS)
        focus.add_item(
            by=hand.staff(at), focus=queries.standing(hand.staff(at))[0], kind=kinds.get("date"),
            words={"what": self.day_near}, sharing=SHARED, **read_day(f"{day.day} {day:%B}"),
        )  # fmt: skip

    def _lengthen(self, hand: Hand, at: datetime) -> None:
        joan = hand.staff(at)
        contract = contracts.offer(
            by=joan, sessions=self.longer, minutes=50, rhythm="weekly", reason="illness_gap",
            why="Three weeks of flu in the middle of it.",
        )  # fmt: skip
        contracts.sign(by=joan, contract=contract, party="therapist", manner="signed_in")
        contracts.sign(by=joan, contract=contract, party="client", manner="on_paper")

    def _plan_next(self, hand: Hand, at: datetime) -> None:
        if self._is_in_sight:
            ending.write(
                by=hand.staff(hand.now - timedelta(days=6)), field="changed", text="I go where people are."
            )
            ending.add_warning_sign(
                by=hand.staff(hand.now - timedelta(days=6)), sign="Lunch alone in the van.", kind="contact"
            )
        if self.sessions is None or self.held < self.sessions:
            joan = hand.staff(hand.now - timedelta(hours=2))
            kind = "conjoint" if self.comes_along else "planned"
            planned = sessions.plan(by=joan, at=at, how="in_person", minutes=50, kind=kind)
            if self.comes_along:
                zone = ZoneInfo(hand.course.client.time_zone)
                item = sessions.add_agenda_item(by=joan, text=self.comes_along)
                goals = [f"goal.{goal.id}" for goal in standing_goals(joan)]
                sessions.pick(by=joan, session=planned, pieces=[f"agenda.{item.id}", *goals], zone=zone)

    @property
    def _is_in_sight(self) -> bool:
        return self.sessions is not None and self.sessions - self.held <= 2 < self.held

    def _end(self, hand: Hand, at: datetime) -> None:
        joan = hand.staff(at)
        if self.ended == "as_agreed":
            self._look_back(joan)
        if self.goodbye:
            self._write_letter(hand, at)
        reason = "enough" if self.ended == "as_agreed" else "practical"
        ending.finish(by=hand.staff(at), how=self.ended, reason=reason, why=self.why, what_comes="nothing")

    def _look_back(self, joan: Audience) -> None:
        """What the two wrote at the table in the last sessions."""
        ending.write(by=joan, field="changed", text="There are people in the week again.")
        ending.write(by=joan, field="helped", text="Saying it aloud here first.")
        ending.write(by=joan, field="who_did_it", text="I rang first, three times.")
        ending.add_warning_sign(by=joan, sign="I stop answering messages.", kind="contact")
        ending.add_warning_sign(by=joan, sign="Awake at four.", kind="body")
        ending.write_plan(by=joan, field="i_will", text="Ring before the third day.")
        ending.write_plan(by=joan, field="come_back", text="Two weeks like last autumn.")

    def _pause(self, hand: Hand) -> None:
        joan = hand.staff(hand.now - timedelta(days=2))
        pause(by=joan, reader="", reason=self.paused, note="The desk is there from nine to six.")

    def _write_letter(self, hand: Hand, at: datetime) -> None:
        """The letter at the end: shown in the last session, with a yes to the pieces in it, and given by hand."""
        joan, leaving = hand.staff(at - timedelta(minutes=20)), hand.staff(at - timedelta(minutes=10))
        letter = letters.begin(by=joan, kind="ending")
        stands = letter_queries.shown(joan, letter)
        bases = {
            "opening": next(one.words.base for one in stands.parts if one.part.key == "opening" and one.words)
        }
        kept = [quote.source for part in stands.parts for quote in part.quotes]
        letters.write(by=joan, letter=letter, texts={"opening": self.goodbye}, bases=bases, kept=kept)
        letters.show(by=joan, letter=letter)
        yes = {quote.id: True for quote in stands.asked}
        letters.answer(by=joan, letter=letter, answer="fits", allowed=yes, how="in_room")
        signed = letters.sign_off(by=leaving, letter=letter)
        letters.record_sent(
            by=leaving, letter=signed, how="by_hand", on=leaving.now.astimezone(hand.anchor.tzinfo).date()
        )


def _from_0_to_10(value: float) -> int:
    return min(10, max(0, round(value)))


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
        goal="Visit the allotment with Jo", day_near="Rob’s birthday.",
        people=(("Jo", "partner", 1), ("Rob", "sibling", 1)),
    )  # fmt: skip
    yield PlainPlan(
        "Eleni Kosta", "39, she/her", "sensitivity", 9, weekday_shift=4, starts=(16, 15), weekly_fall=0.3,
        picture="Years of evenings alone; wishes for one person to call.", goal="Say yes once a week",
        looks_back=frozenset({4}), longer=18,
        people=(("Neighbour", "neighbour", 4),),
    )  # fmt: skip
    yield PlainPlan(
        "Gareth Pugh", "52, he/him", "transition", 14, weekday_shift=5, diary_days=98, starts=(19, 13), weekly_fall=0.9,
        picture="The works closed. He lost the job and the table he ate at.", goal="Coffee with two from the old shift",
        people=(("Siân", "partner", 1), ("Old shift", "group", 3)),
    )  # fmt: skip
    yield PlainPlan(
        "Hanna Weiss", "58, she/her", "dispute", 11, weekday_shift=6, starts=(16, 9), weekly_fall=0.5,
        picture="Her sister and she had divided the house, and then stopped ringing.", goal="Ring Lotte first, once",
        comes_along="What Emil can do when the two sisters don’t speak",
        people=(("Lotte", "sibling", 3), ("Emil", "child", 1)),
    )  # fmt: skip
    yield PlainPlan(
        "Ruta Mikals", "31, she/her", "dispute", 16, weekday_shift=0, starts=(18, 14), weekly_fall=0.8,
        ended="as_agreed", ended_days_ago=28, picture="She and her mother had stopped speaking at the wedding.",
        goodbye="We have come to the end that we agreed, sixteen sessions after a wedding at which nobody spoke. "
        "I would like to put down what I saw you do in them.",
        goal="Say no to Mother and stay in the room", people=(("Mother", "parent", 2), ("Janis", "partner", 1)),
    )  # fmt: skip
    yield PlainPlan(
        "Devon Clarke", "23, they/them", "transition", 5, weekday_shift=0, starts=(14, 10), weekly_fall=0.2,
        ended="earlier_alone", ended_days_ago=40, why="Rang to say that the new shifts leave no afternoon.",
        picture="Back at home after university, and smaller there.",
        people=(("Mum", "parent", 2), ("Ash", "friend", 2)),
    )  # fmt: skip
    yield PlainPlan(
        "Paula Reyes", "48, she/her", "transition", 2, therapist="mira", protocol="ipc_6", sessions=6, agree_at=1,
        weekday_shift=9, starts=(13, 10), picture="Her daughter moved out, and then her own knee.",
        paused="illness", people=(("Inés", "child", 1), ("Choir", "group", 3)),
    )  # fmt: skip
    yield PlainPlan(
        "Hal Brook", "66, he/him", "grief", 3, therapist="mira", protocol="ipt_m", sessions=None, agree_at=1,
        weekday_shift=4, starts=(7, 6), weekly_fall=0.1, picture="Three years after May died; once a month to look.",
        people=(("Ned", "sibling", 2),),
    )  # fmt: skip
