"""Maya's story up to the morning of session five: the one that the pictures of Kithwork tell. All of it is invented."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kithwork.clinic.demo import workspaces
from kithwork.clinic.demo.hand import WEEK, Hand
from kithwork.clinic.demo.sheets import kept_to_herself, replayed_together
from kithwork.cycle.diary import ITEMS
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.rather_not import RatherNot
from kithwork.ipt.contract import terms
from kithwork.therapy.checkins import actions as checkins
from kithwork.therapy.course import contracts
from kithwork.therapy.course.actions import set_usual_sharing
from kithwork.therapy.course.models import Contract
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.focus import actions as focus
from kithwork.therapy.formulation import actions as formulation
from kithwork.therapy.formulation import canvas
from kithwork.therapy.letters import actions as letters
from kithwork.therapy.letters import queries as letter_queries
from kithwork.therapy.people import actions as people
from kithwork.therapy.people.models import Person
from kithwork.therapy.safety import actions as safety
from kithwork.therapy.sessions import actions as sessions
from kithwork.therapy.sessions.models import TherapySession
from kithwork.therapy.story import actions as story

SHARED, KEPT, LATER = Sharing.SHARED, Sharing.JUST_ME, Sharing.LATER

# Nine and seven items a week; the totals are 19, 18, 19, 16, 18 and 14, 14, 13, 12, 13.
PHQ9 = (
    [3, 3, 2, 3, 2, 2, 2, 2, 0],
    [3, 2, 2, 3, 2, 2, 2, 2, 0],
    [3, 3, 2, 3, 2, 2, 2, 2, 0],
    [2, 2, 2, 2, 2, 2, 2, 2, 0],
    [2, 2, 2, 3, 2, 2, 2, 2, 1],
)
GAD7 = (
    [2, 2, 2, 2, 2, 2, 2],
    [2, 2, 2, 2, 2, 2, 2],
    [2, 2, 2, 2, 2, 2, 1],
    [2, 2, 2, 2, 2, 1, 1],
    [2, 2, 2, 2, 2, 2, 1],
)
DIFFICULTY = (2, 2, 2, 1, 2)  # asked after the nine, never counted

# name, relation, ring, angle, state, line, size of a group, since
PEOPLE = (
    ("Sam", "partner", 1, 125, "present", "tense", None, None),
    ("Leah", "sibling", 1, 312, "present", "supports", None, None),
    ("Mum", "parent", 1, 41, "died", "lost", None, 2023),
    ("Priya", "friend", 3, 352, "present", "up_and_down", None, None),
    ("Dad", "parent", 2, 218, "present", "up_and_down", None, None),
    ("Tomasz", "work", 3, 260, "present", "supports", None, None),
    ("Ruth", "professional", 3, 150, "present", "supports", None, None),
    ("Old team", "group", 4, 64, "lost_touch", "lost", 5, None),
    ("Nan", "family", None, None, "present", "", None, None),
    ("Chris", "friend", None, None, "present", "", None, None),
)

# days before the session, mood, people, words, who the words are for
DIARY: tuple[tuple[int, int, list[str], str, Sharing], ...] = (
    (27, 2, ["Sam"], "", KEPT),
    (26, 2, ["Dad"], "", KEPT),
    (23, 2, ["Sam"], "Counted the money again in my head all day.", KEPT),
    (20, 2, ["Leah"], "", KEPT),
    (17, 3, ["Leah"], "Leah made pancakes. The kitchen was loud and I liked it.", SHARED),
    (16, 4, ["Leah"], "", KEPT),
    (13, 2, [], "", KEPT),
    (10, 2, ["Sam"], "Nobody said good morning.", KEPT),
    (9, 1, ["Sam"], "", KEPT),
    (8, 2, ["Sam"], "", KEPT),
    (7, 3, ["Leah"], "", KEPT),
    (5, 3, [], "", KEPT),
    (3, 1, ["Sam"], "Big row. He went out. I sat on the stairs and thought, there it is.", SHARED),
    (2, 4, ["Priya"], "Rang Priya. She’d thought I was cross with her.", SHARED),
)

# The five fuller items of those days: low mood, kept away, distant, no good, tension.
FULLER = (
    (7, 6, 7, 6, 5), (6, 6, 6, 5, 4), (7, 7, 7, 7, 6), (6, 4, 4, 5, 2), (4, 2, 3, 4, 1), (3, 2, 2, 3, 1),
    (6, 6, 5, 6, 2), (7, 7, 8, 7, 4), (9, 9, 9, 8, 5), (8, 8, 8, 7, 5), (5, 3, 4, 5, 3), (5, 5, 4, 4, 3),
    (9, 8, 9, 9, 9), (3, 2, 2, 4, 2),
)  # fmt: skip

EVENTS = (
    ("Ella was born", "spring 2024", "relationships", None),
    ("Mum died", "November 2023", "relationships", None),
)

FORMULATION = {
    "symptoms": "Tired, low and cross most days since last autumn. Worst when the house is quiet.",
    "events": "Ella’s first winter. My work stopped, and the messages with it.",
    "people": "Sam, who goes quiet when I do. Leah, who comes when I ask. Mum, who isn’t there to ring.",
    "cycle": (
        "After Ella was born I stopped work and lost my people. Sam and I stopped talking. "
        "The less we talk the lower I get, and the lower I get the less I say."
    ),
    "focus": "The silence between Sam and me, and what each of us hopes the other will do.",
    "strengths": "Leah comes when I ask. Ruth listens. I used to be the one who rang people.",
}

AGREED_BESIDE = {
    "day": "Tuesdays at two.",
    "place": "By video, Ella asleep next door. In the room when Leah can have her.",
    "recording": "Joan may record for her supervision. Maya can say no to any one of them.",
}

# name, question of the card, what was chosen
TURNED_TO = (
    ("Leah", "turn_to", "listening, company"),
    ("Ruth", "turn_to", "listening, advice"),
    ("Ruth", "tags", "support"),
)


@dataclass(frozen=True)
class MayasPlan:
    """After session 4 of 16, with Joan: conflict with Sam."""

    therapist: str = "joan"
    account: str = "maya"
    name: str = "Maya Ellis"
    about: str = "34, she/her"
    protocol: str = "ipt_16"
    sessions: int | None = 16

    def first_session(self, anchor: datetime) -> datetime:
        return anchor - 4 * WEEK

    def walk(self, hand: Hand) -> None:
        """Everything in the order in which it happened."""
        _choose_readers(hand)
        for number in range(1, 5):
            _session(hand, number)
        _since_session_four(hand)


def _choose_readers(hand: Hand) -> None:
    maya = hand.client(hand.days_ago(30))
    set_usual_sharing(by=maya, client=hand.course.client, usual=SHARED, words=KEPT)


def _session(hand: Hand, number: int) -> None:
    at = hand.anchor - (5 - number) * WEEK
    planned = sessions.plan(by=hand.staff(at - 2 * WEEK), at=at, how="video", minutes=50, n=number)
    _check_in(hand, number, at - timedelta(hours=4))
    _diary_before(hand, at)
    sessions.open_room(by=hand.staff(at), session=planned)
    WORK[number](hand, at)
    _write_up(hand, number, planned, at)
    sessions.close_room(by=hand.staff(at + timedelta(minutes=50)), session=planned, attendance="attended")


def _check_in(hand: Hand, number: int, at: datetime) -> None:
    opened = checkins.open_check_in(by=hand.client(at))
    answers = {"phq9": PHQ9[number - 1], "gad7": GAD7[number - 1]}
    difficulty = {"phq9": {"difficulty": DIFFICULTY[number - 1]}}
    checkins.answer_all(by=hand.client(at), check_in=opened, answers=answers, extras=difficulty)
    checkins.send(by=hand.client(at + timedelta(minutes=4)), check_in=opened)


def _diary_before(hand: Hand, until: datetime) -> None:
    written: int = hand.kept.setdefault("diary", 0)
    for (days, mood, names, words, words_for), more in zip(DIARY[written:], FULLER[written:], strict=True):
        at = hand.days_ago(days, 21)
        if at > until:
            break
        with_whom = [hand.kept["people"][name].id for name in names if name in hand.kept.get("people", {})]
        diary.write_entry(
            by=hand.client(at), on=at.date(), mood=mood, people=with_whom, on_my_own=not names, words=words,
            sharing=SHARED, words_sharing=words_for, more=dict(zip(ITEMS, more, strict=True)),
        )  # fmt: skip
        hand.kept["diary"] += 1


def _first(hand: Hand, at: datetime) -> None:
    joan = hand.staff(at)
    for kind in ("sad", "tired", "harsh", "apart", "cross"):
        story.set_symptom(by=joan, kind=kind, present="often", words={"effect": EFFECTS.get(kind, "")})
    story.write_first(by=joan, field="began_when", text="Last autumn, some weeks after I stopped work.")
    story.write_first(
        by=joan, field="began_around", text="Ella was six months old. The team’s messages had stopped."
    )
    story.write_first(by=joan, field="care_medication", text="None at the moment.")
    story.write_first(by=joan, field="care_alcohol", text="A glass at weekends.")
    story.add_episode(
        by=joan, when=f"winter {hand.anchor.year - 16}", before="Once, at nineteen.",
        then="First winter away from home.", helped="Leah, and time.",
    )  # fmt: skip
    story.add_put_down(
        by=joan, what="The big weekly shop", who_could="Sam", keep="Ella’s bath, because I like it",
        who_should_know="Leah",
    )  # fmt: skip
    for title, when, lane, until in EVENTS:
        story.add_event(by=joan, title=title, when=when, lane=lane, until=until, sharing=SHARED)


EFFECTS = {
    "sad": "I leave the room so nobody asks.",
    "apart": "I watch everybody through glass.",
    "cross": "I snap, then I say nothing for the rest of the day.",
}


def _second(hand: Hand, at: datetime) -> None:
    joan, drawn = hand.staff(at), {}
    for name, relation, ring, angle, state, line, size, since in PEOPLE:
        drawn[name] = people.add_person(
            by=joan, label=name, relation=relation, ring=ring, angle=angle, state=state, line=line,
            is_group=size is not None, group_size=size, since_year=since, sharing=SHARED,
        )  # fmt: skip
    hand.kept["people"] = drawn
    people.take_snapshot(by=hand.staff(at + timedelta(minutes=40)))
    story.add_event(
        by=joan,
        title="Row about money",
        effect="lower",
        when=hand.day(24).isoformat(),
        lane="relationships",
        people=[drawn["Sam"].id],
    )


def _third(hand: Hand, at: datetime) -> None:
    joan, sam = hand.staff(at), _person(hand, "Sam")
    for field, text in (
        ("good", "He makes me laugh. Great with the baby."),
        ("hard", "We stop talking for days after a row."),
    ):
        people.write_card(by=joan, person=sam, field=field, text=text, sharing=SHARED)
    for name, field, text in TURNED_TO:
        people.write_card(by=joan, person=_person(hand, name), field=field, text=text, sharing=SHARED)
    story.add_event(
        by=joan, title="Stayed the weekend", effect="better", when=hand.day(17).isoformat(), lane="relationships",
        people=[_person(hand, "Leah").id],
    )  # fmt: skip
    evening = hand.client(at + timedelta(hours=7))
    wish = "That he’d ask how I am before I fall apart."
    people.write_card(by=evening, person=sam, field="wish", text=wish, sharing=KEPT)
    people.write_card(
        by=evening, person=sam, field="hope_from_me", text="That I stop counting.", sharing=LATER
    )
    people.write_card(by=evening, person=sam, field="cannot_talk", text=RatherNot(), sharing=SHARED)
    for station, answer in (("mood_drops", "often"), ("pull_away", "sometimes")):
        story.set_cycle_step(by=evening, station=station, answer=answer, sharing=KEPT)
    story.weigh(
        by=evening, area="dispute", fits="a_lot", why="Sam and I have stopped talking.", sharing=SHARED
    )
    story.weigh(by=evening, area="grief", fits="not_sure", why="I never really cried for Mum.", sharing=LATER)


def _fourth(hand: Hand, at: datetime) -> None:
    joan, maya, sam = hand.staff(at), hand.client(at + timedelta(minutes=40)), _person(hand, "Sam")
    formulation.open_formulation(by=joan)
    for section, text in FORMULATION.items():
        # From what had been shared, and then in their own words.
        pieces = canvas.seed(joan).get(section, [])[:2]
        begun = formulation.write_section(by=joan, section=section, text="", pieces=pieces)
        formulation.write_section(by=joan, section=section, text=text, base=begun.base if begun else "")
    formulation.share(by=joan)
    said = formulation.comment(by=maya, section="people", kind="change", text="Dad isn’t in it.")
    later = hand.staff(at + timedelta(minutes=41))
    formulation.answer(by=later, comment=said, text="Shall we see after Easter, when you have been there?")
    formulation.settle(by=later, comment=said)
    version = formulation.make_version(by=joan)
    formulation.sign_version(by=joan, version=version, party="therapist", manner="signed_in")
    formulation.sign_version(by=maya, version=version, party="client", manner="signed_in")
    chosen = focus.choose(
        by=joan, area="dispute", person=sam, in_our_words="The silence after a row.", since=at.date()
    )
    replayed_together(joan, hand, sam, chosen)
    contract = contracts.offer(
        by=joan, sessions=16, minutes=50, rhythm="weekly", reason="first", ends_on=hand.day(-77),
        terms={term.key: term.usual for term in terms if term.usual} | AGREED_BESIDE,
    )  # fmt: skip
    _sign_contract(hand, at, contract)
    workspaces.write(hand, 4, at)
    for text, then, now in (("Say what I need to Sam", 2, 4), ("See a friend each week", 3, 3)):
        goal = formulation.add_goal(by=joan, goal=text, area="dispute")
        formulation.rate_goal(by=joan, goal=goal, rating=then, occasion="start")
        hand.kept.setdefault("goals", []).append((goal, now))
    story.add_event(
        by=joan, title="3 days silent", effect="lower", when=hand.day(10).isoformat(), lane="relationships",
        people=[sam.id], until=hand.day(8),
    )  # fmt: skip

    hand.look_back(
        at + timedelta(minutes=48), looked_at=["safety", "frightened", "focus", "attendance"],
        reason="Early days: the picture was only agreed today. Safe at home, asked alone. Look again at session 8.",
    )  # fmt: skip


def _letter(hand: Hand, at: datetime) -> None:
    """Joan has begun the letter that follows the picture; nobody else has seen it."""
    joan = hand.staff(at)
    letter = letters.begin(by=joan, kind="formulation")
    stands = letter_queries.shown(joan, letter)
    opening = next(part.words for part in stands.parts if part.part.key == "opening" and part.words)
    text = "In session 4 we read aloud what we have seen so far, and you changed two words. This is for you to keep."
    kept = [quote.source for part in stands.parts for quote in part.quotes]
    letters.write(by=joan, letter=letter, texts={"opening": text}, bases={"opening": opening.base}, kept=kept)


def _sign_contract(hand: Hand, at: datetime, contract: Contract) -> None:
    contracts.sign(by=hand.staff(at), contract=contract, party="therapist", manner="signed_in")
    contracts.sign(
        by=hand.client(at + timedelta(minutes=41)), contract=contract, party="client", manner="signed_in"
    )


def _write_up(hand: Hand, number: int, session: TherapySession, at: datetime) -> None:
    joan = hand.staff(at + timedelta(minutes=45))
    note, summary = NOTES[number]
    if number > 1:
        which, name = LINKED_BY[number]
        sessions.link_week(
            by=joan, session_n=number, text=LINKS[number], which=which, person=_person(hand, name).id
        )
    sessions.use_techniques(by=joan, session_n=number, techniques=TECHNIQUES[number])
    sessions.write_note(by=joan, session=session, note=note, summary=summary)
    sessions.share_summary(by=joan, session=session)
    if number == 3:
        _tried(hand, at)


def _tried(hand: Hand, at: datetime) -> None:
    """What was chosen in the third session, and how it went before the fourth."""
    leah = _person(hand, "Leah")
    chosen = sessions.add_try_out(
        by=hand.staff(at),
        what="Tell Leah one true thing",
        person=leah.id,
        on=at.date() + timedelta(days=4),
        session_n=3,
    )
    sessions.try_out_outcome(
        by=hand.client(at + timedelta(days=5)), try_out=chosen, effect="lighter",
        how_it_went="Told her that I don’t sleep. She stayed on the phone till I did.",
    )  # fmt: skip


def _safety_plan(hand: Hand, at: datetime) -> None:
    for heading, text, sharing in (
        ("by_myself", "Out of the flat, along the canal. The radio on.", SHARED),
        ("ask", "Priya: “Can you stay on the phone?”", SHARED),
        ("surroundings", "Ruth keeps what I don’t need in the flat.", KEPT),
    ):
        safety.write_plan(by=hand.client(at), heading=heading, text=text, sharing=sharing)


def _since_session_four(hand: Hand) -> None:
    """The week in which the pictures are set."""
    sam, priya = _person(hand, "Sam"), _person(hand, "Priya")
    after = hand.staff(hand.anchor - WEEK + timedelta(minutes=55))
    sessions.plan(by=after, at=hand.anchor, how="video", minutes=50)
    sessions.add_try_out(by=after, what="Ring Priya on Sunday", person=priya.id, on=hand.day(2), session_n=4)
    sessions.add_agenda_item(by=after, text="Ringing Priya: how did it go?", session_n=5)
    _diary_before(hand, hand.anchor)
    friday, saturday = hand.client(hand.days_ago(4, 21, 14)), hand.client(hand.days_ago(3, 22))
    diary.write_entry(
        by=friday, on=hand.day(4), mood=2, people=[sam.id],
        words="Sam was quiet at breakfast and I didn’t ask why. Felt shut out.", sharing=KEPT, words_sharing=KEPT,
        more={"low_mood": 7, "kept_away": 6, "felt_distant": 8},
    )  # fmt: skip
    people.place(by=saturday, person=sam, ring=2, angle=96)
    story.add_event(
        by=saturday,
        title="Row",
        effect="lower",
        when=hand.day(3).isoformat(),
        lane="relationships",
        people=[sam.id],
        sharing=SHARED,
    )
    story.add_event(
        by=hand.client(hand.days_ago(5)), title="Return-to-work letter", when=hand.day(5).isoformat(), lane="work",
        people=[], sharing=SHARED,
    )  # fmt: skip
    sessions.add_agenda_item(
        by=hand.client(hand.days_ago(2)), text="The row on Saturday", session_n=5, sharing=SHARED
    )
    _letter(hand, hand.days_ago(6, 11))
    kept_to_herself(hand.client(hand.days_ago(3, 22, 30)), hand, sam)
    _safety_plan(hand, hand.days_ago(2, 21))
    _rate_goals(hand)
    _check_in(hand, 5, hand.days_ago(1, 21, 14))


def _rate_goals(hand: Hand) -> None:
    for goal, now in hand.kept["goals"]:
        formulation.rate_goal(by=hand.client(hand.days_ago(1, 21)), goal=goal, rating=now)


def _person(hand: Hand, name: str) -> Person:
    found: Person = hand.kept["people"][name]
    return found


WORK = {1: _first, 2: _second, 3: _third, 4: _fourth}
NOTES = {
    1: (
        "Came by video, Ella asleep next door. Named depression; relieved that it has a name. No thoughts of dying.",
        "We talked about how it has been since the autumn, and gave it its name. You are putting down the big shop.",
    ),
    2: (
        "Drew the circles. Long pause at Mum. Old team placed at the edge without a word.",
        "We drew who is around you. Sam, Leah and Mum are closest.",
    ),
    3: (
        "Sam’s card. Pattern after rows: both go silent, she waits to be asked. No fear of him; asked alone.",
        "We looked at what happens between you and Sam after a row, and at what you wish for.",
    ),
    4: (
        "Read the formulation aloud, changed two words, both signed. Focus: conflict. Sixteen sessions agreed.",
        "We agreed what we work on: the silence between you and Sam. Sixteen sessions, every Tuesday.",
    ),
}
LINKS = {
    2: "The row about money and the lowest evenings fell together.",
    3: "Leah’s weekend and two better days tended to go together.",
    4: "Three silent days with Sam, and the mood lowest in the middle of them.",
}
LINKED_BY = {2: ("worst", "Sam"), 3: ("best", "Leah"), 4: ("worst", "Sam")}
TECHNIQUES = {
    1: ["psychoeducation", "exploration"],
    2: ["exploration"],
    3: ["clarification", "affect"],
    4: ["clarification"],
}
PLAN = MayasPlan()
