"""Maya's sheets: a talk that she and Joan went through together, what she keeps to herself, and Joan's own note."""

from kithwork.clinic.demo.hand import Hand
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.focus.models import Focus
from kithwork.therapy.focus.worksheets import actions as worksheets
from kithwork.therapy.focus.worksheets.actions import BelongsTo, Said
from kithwork.therapy.people.models import Person

THE_SILENCE = [
    {
        "speaker": "Me", "words": "Are you going to say anything today?", "tone": "Sharp. I was tired.",
        "meant": "I can’t bear another quiet day.", "heard": "You are doing it wrong.", "felt": "Afraid it won’t stop",
    },
    {
        "speaker": "Sam", "words": "There’s nothing to say.", "tone": "Flat, to the window",
        "meant": "Perhaps: I don’t know how to begin.", "heard": "I am not worth talking to.", "felt": "Shut out",
    },
    {"speaker": "Me", "felt": "Angry, and then nothing at all"},
    {
        "speaker": "Sam", "words": "I’ll sleep downstairs.",
        "meant": "Not to make it worse, he said later.", "heard": "I’m leaving you alone with it.",
    },
]  # fmt: skip


def replayed_together(joan: Audience, hand: Hand, sam: Person, on: Focus) -> None:
    """In session four: the first evening of the three silent days, turn by turn."""
    said = {
        "turns": THE_SILENCE,
        "turning_point": "Where I said nothing. He says he waited for me to shout.",
        "another_way": "“I miss talking to you. I don’t know how to start either.”",
    }
    belongs = BelongsTo(on=hand.day(10), person=sam, focus=on, session=4)
    worksheets.begin(by=joan, kind="conversation", said=Said(answers=said), belongs=belongs)
    own = {
        "pattern": "Goes quiet when I ask about Sam, and says sorry for it.",
        "parallel": "The silence at home.",
    }
    worksheets.begin(by=joan, kind="between_us", said=Said(answers=own), belongs=BelongsTo(session=4))


def kept_to_herself(maya: Audience, hand: Hand, sam: Person) -> None:
    """After the row: words that are for nobody else yet."""
    said = {
        "words": "Small. Furious. Six years old.",
        "body": "My throat.",
        "shown": "Hid it. Did the washing up.",
    }
    worksheets.begin(by=maya, kind="feelings", said=Said(answers=said), sharing=Sharing.JUST_ME)
    moment = {"happened": "He went out and shut the door very quietly.", "before": 4, "during": 9, "after": 7}
    belongs = BelongsTo(on=hand.day(3), person=sam)
    said_of_it = Said(answers=moment)
    worksheets.begin(by=maya, kind="incident", said=said_of_it, belongs=belongs, sharing=Sharing.JUST_ME)
