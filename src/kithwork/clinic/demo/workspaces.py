"""What stands in the demo's workspaces: one living example for each of the four difficulties. All of it is invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from kithwork.clinic.demo.hand import Hand
from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.focus import actions as focus
from kithwork.therapy.focus import queries
from kithwork.therapy.focus.kinds import kinds
from kithwork.therapy.focus.rough import read_day

SHARED, KEPT, LATER = Sharing.SHARED, Sharing.JUST_ME, Sharing.LATER
EVENING = timedelta(days=2, hours=6)  # after the session, when somebody writes by herself


@dataclass(frozen=True)
class Piece:
    """One thing that somebody wrote: at the table, or, with readers to choose, by herself two evenings later."""

    kind: str
    words: Mapping[str, str]
    readers: Sharing | None = None
    when: str = ""  # for a day that comes round
    step: str = ""  # the words of the step that was tried
    columns: Mapping[str, Any] = field(default_factory=dict)


def _one(kind: str, text: str, readers: Sharing | None = None, **more: Any) -> Piece:
    return Piece(kind, {kinds.get(kind).lead: text}, readers, **more)


MAYA: dict[int, tuple[Piece, ...]] = {
    4: (
        Piece(
            "stage",
            {
                "issue": "Money, and who decides. We share one account and no talk about it.",
                "i_hope": "That he asks before he books something for both of us.",
                "they_hope": "That I stop checking, I think, and trust him with it.",
                "means": "He has the steady wage. I know where it goes.",
                "tried": "I wrote lists. He said later. After the last row we both stopped.",
            },
            columns={"stage": "impasse"},
        ),
        _one("goes_with", "The day after a silence is worse than the day after a row."),
        Piece(
            "option",
            {
                "option": "Ask him on Sunday morning for half an hour about the account, before anything else.",
                "for_it": "He is calmer then. It would be said.",
                "against": "He may walk out again.",
                "for_them": "Perhaps a relief to know what it is about.",
            },
            columns={"chosen": True},
        ),
        Piece(
            "option",
            {"option": "Let it be until the summer.", "for_it": "No row.", "against": "I go on counting."},
        ),
        _one("option", "Stay at Leah’s for a weekend.", KEPT),
    ),
}

CARL: dict[int, tuple[Piece, ...]] = {
    4: (
        _one(
            "story",
            "We met on the ferry to Gotland. She laughed at my hat.\n"
            "She kept the house loud: radio in every room, and I complained.\n"
            "In the last winter she was tired and we both said it was the dark. It was not the dark.\n"
            "The hospital rang at six in the morning. I had gone home to sleep.\n"
            "Since then the evenings have no shape.",
            SHARED,
        ),
        _one("date", "Her birthday", when="27 March"),
        _one("date", "The day she died", when="9 April 2023"),
    ),
    5: (
        _one("mixed", "I am angry that she did not go to the doctor in autumn. I am not allowed to be."),
        _one("unsaid", "That I heard the radio as a quarrel, and now I put it on.", SHARED),
        _one("unsaid", "That I went home to sleep.", KEPT),
        _one("reconnect", "Walk with Olof on Sunday, the short way."),
    ),
    6: (
        Piece(
            "reconnect", {"step": "Choir, only to listen from the back.", "how_it_went": "Stayed until the break."},
            SHARED,
        ),
        _one("lost", "I would like to tell the night in the hospital in order, once.", LATER),
    ),
}  # fmt: skip

GARETH: dict[int, tuple[Piece, ...]] = {
    4: (
        _one("change", "The works closed in September, after thirty-one years. We were told on a Tuesday."),
        _one("old-good", "A table of nine at half past twelve, and nobody had to be asked."),
        _one("old-good", "People came to me when the line stood still."),
        _one("old-hard", "Nights every third week. I missed the girls growing up."),
        _one("new-hard", "From ten to four nobody speaks to me."),
        _one("losses", "Being expected somewhere.", SHARED),
        _one("feelings", "Ashamed, and under it glad, and ashamed of that.", SHARED),
    ),
    7: (
        _one("new-good", "Breakfast with Siân. Thirty-one years without it."),
        _one("self", "I thought I was the job. I seem to be somebody who can be taught.", SHARED),
        _one("others", "Fewer people turned away than I had been sure would.", SHARED),
        _one("demand", "Writing about myself without the firm’s name in it."),
        _one("skill", "I can explain a machine to anybody. That is worth something on the evening course."),
        Piece(
            "helper",
            {"who": "Dai from the old shift", "how": "He has been through the forms already."},
            SHARED,
        ),
        _one("new-hard", "Telling Mam.", KEPT),
    ),
    13: (_one("new-good", "Two from the old shift come for coffee on Thursdays now.", SHARED),),
}

ELENI: dict[int, tuple[Piece, ...]] = {
    4: (
        _one("easier", "With my aunt on Naxos. She asked twice, and waited."),
        _one("repeats", "I say yes, and on the day I am ill. Afterwards I am too ashamed to write.", SHARED),
    ),
    5: (
        _one("step", "Say good morning to the neighbour, and stop for one sentence.", columns={"place": 1}),
        _one("step", "Answer a message on the day it comes.", columns={"place": 2}),
        _one("step", "Ask the neighbour in for ten minutes.", columns={"place": 3}),
        _one("step", "Write to Dimitra after all these years.", KEPT, columns={"place": 4}),
    ),
    7: (
        _one("attempt", "She asked about the plants. It was four sentences.", SHARED, step="Say good morning"),
        _one("between", "I said sorry three times before I said that I had been cross with you."),
    ),
    8: (
        _one(
            "attempt", "I read it and put it away until night. Then I did answer. She sent a heart.", SHARED,
            step="Answer a message",
        ),
    ),
}  # fmt: skip

PIECES: dict[str, dict[int, tuple[Piece, ...]]] = {
    "Maya Ellis": MAYA,
    "Carl Lindqvist": CARL,
    "Gareth Pugh": GARETH,
    "Eleni Kosta": ELENI,
}
# How the suggestions stand, by session; only what the two said of them.
MARKS: dict[str, dict[int, dict[str, str]]] = {
    "Maya Ellis": {4: {"name": "enough"}},
    "Carl Lindqvist": {5: {"story": "enough", "feelings": "on_it"}},
    "Gareth Pugh": {7: {"losses": "enough"}},
    "Eleni Kosta": {7: {"ladder": "on_it", "between": "on_it"}},
}


def write(hand: Hand, number: int, at: datetime) -> None:
    """What came into the workspace in one session, and in the evenings after it."""
    for minutes, piece in enumerate(PIECES.get(hand.plan.name, {}).get(number, ())):
        _write(hand, piece, at + timedelta(minutes=minutes))
    if states := MARKS.get(hand.plan.name, {}).get(number):
        joan = hand.staff(at + timedelta(minutes=44))
        focus.mark_steps(by=joan, focus=queries.standing(joan)[0], states=states)


def sort_carls_story(hand: Hand, at: datetime) -> None:
    """Two parts of what he told go where they belong."""
    staff = hand.staff(at + timedelta(minutes=30))
    story, on = kinds.get("story"), queries.standing(staff)[0]
    [told] = queries.items(staff, on.id, story)
    parts = queries.paragraphs(staff, told, queries.shown_item(staff, told, story).lead)  # type: ignore[arg-type]
    focus.sort_story(
        by=staff, story=told, pieces=[("together", parts[1].text), ("since", parts[4].text)]  # type: ignore[arg-type]
    )  # fmt: skip


def _write(hand: Hand, piece: Piece, at: datetime) -> None:
    alone = piece.readers is not None
    by = hand.client(min(at + EVENING, hand.now)) if alone else hand.staff(at + timedelta(minutes=33))
    kind, on = kinds.get(piece.kind), queries.standing(by)[0]
    columns: dict[str, Any] = dict(piece.columns)
    if "on" in kind.asks:
        columns["on"] = by.now.date()
    if piece.when:
        columns |= read_day(piece.when)
    if piece.step:
        columns["step_id"] = next(
            step for step, name in queries.step_names(by, on.id).items() if name.startswith(piece.step)
        )
    focus.add_item(by=by, focus=on, kind=kind, words=piece.words, sharing=piece.readers or SHARED, **columns)
