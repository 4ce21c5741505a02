"""The first session's picture: what it is like now, how it began, other care, and what can be put down.

Most of it is written together while the client talks. The words here are Kithwork's own and are not a
questionnaire; nothing is added up.
"""

from dataclasses import dataclass

from kithwork.ipt.shelf import Choice, Prompt, Shelf

CLOSING_PROMPT = "Anything you'd rather not have written down?"
HELD_BY = "Written together. You can change or take out anything, now or later."


@dataclass(frozen=True)
class Experience:
    """Something that many people notice when they are low, and how to ask what it does among people."""

    key: str
    label: str
    effect: str


experiences = Shelf(
    "experiences",
    (
        Experience("sad", "Sad, flat or numb", "Who notices, and what do they do?"),
        Experience(
            "joyless",
            "Things I used to enjoy leave me cold",
            "What have you stopped doing with other people?",
        ),
        Experience(
            "sleep", "My nights are different", "Does it change your evenings or mornings with anyone?"
        ),
        Experience(
            "tired", "Everything takes more strength than I have", "What do you leave to others, or cancel?"
        ),
        Experience(
            "food", "Food is different: no hunger, or eating for comfort", "Are meals with people different?"
        ),
        Experience("harsh", "I am hard on myself", "Does it change what you let people see?"),
        Experience("foggy", "My mind wanders or goes blank", "Can you follow when people talk?"),
        Experience("pace", "I have slowed down, or can't settle", "Do people remark on it?"),
        Experience("worried", "Worry goes round and round", "Whom do you worry about, or tell?"),
        Experience("cross", "I snap more easily", "With whom, and what happens next?"),
        Experience("tearful", "Tears come easily, or not at all", "Can you cry with anyone?"),
        Experience("apart", "I keep away from people", "Whom do you miss?"),
        Experience("hopeless", "It seems that nothing will change", "Does anyone know?"),
        Experience("body", "Aches, or a heavy body", "What do people see of it?"),
    ),
)

presence = Shelf(
    "answers",
    (
        Choice("often", "Often"),
        Choice("sometimes", "Sometimes"),
        Choice("not_now", "Not at the moment"),
        Choice("rather_not_say", "Rather not say"),
    ),
)

experience_prompts = Shelf(
    "questions about an experience",
    (
        Prompt("since", "Since when?", "A season or a year is enough."),
        Prompt("effect", "What does it do to being with people?"),
        Prompt("own_words", "How would you put it?"),
    ),
)

began = Shelf(
    "questions about the beginning",
    (
        Prompt("when", "When did this begin?", "As far as you can tell. A season is enough."),
        Prompt("around", "What was going on around then?", "At home, at work, with people."),
        Prompt("who", "Who was around, or no longer around?"),
        Prompt("noticed", "Who noticed first?"),
    ),
)

earlier_times = Shelf(
    "questions about earlier times",
    (
        Prompt("before", "Have there been times like this before?"),
        Prompt("then", "What was going on then?"),
        Prompt("helped", "What helped, and who?"),
    ),
)

other_care = Shelf(
    "questions about other care",
    (
        Prompt("medication", "Medication", "What you take, and any change you noticed."),
        Prompt("alcohol", "Alcohol and other drugs", "Asked of everyone. Say as much as you like."),
        Prompt("health", "Health", "Illness, pain, pregnancy, hormones: anything that plays a part."),
        Prompt("others", "Other people who look after you", "A doctor, a nurse, another therapist."),
    ),
)

PUT_DOWN_TITLE = "What I can put down for now"
PUT_DOWN_TEXT = (
    "When you are ill, some things can wait and some can be done by others. That is not giving up. "
    "It leaves strength for getting better."
)
NOT_YOU = "Depression can make it hard to answer calls. That is the illness, not you."

put_down = Shelf(
    "fields of what can be put down",
    (
        Prompt("what", "What I can put down for now"),
        Prompt("who_could", "Who could take it on"),
        Prompt("keep", "What I want to keep doing"),
        Prompt("who_should_know", "Who should know that I am not well"),
    ),
)

sections = Shelf(
    "sections of the first picture",
    (
        Choice("now", "What it is like now"),
        Choice("began", "How it began"),
        Choice("earlier", "Earlier times"),
        Choice("care", "Medication, alcohol and other care"),
        Choice("put_down", PUT_DOWN_TITLE),
        Choice("safety", "Asking about safety"),
    ),
)
