"""What the numbers of a diary may say about how it goes round, in words that its reader would use.

Every sentence is about answers. None says why, or what will be; none puts one person beside another, and that
nothing shows is never told as "there is no link". When each may be said is for `kithwork.cycle.loop` to decide.
"""

from types import MappingProxyType

NOT_ENOUGH = "Not enough days yet to say what follows what"
SOMETHING_SHOWS = "What tended to follow what"
NOTHING_CLEAR = "Nothing clear to say about what follows what"

# Below fourteen days, and after that.
BELOW_FOURTEEN = (
    "Below {fewest} days with answers to “More about today”, chance alone can look like a pattern. So until then there "
    "is only the picture. Any number of days is fine, and none is fine too."
)
BELOW_FORTY = (
    "What tends to follow what from one day to the next can only be looked at from {fewest} days on. Until then these "
    "answers can say what the days were like, and what tended to go together on the same day. There is no hurry."
)

# What each item is called in the middle of a sentence.
things = MappingProxyType(
    {
        "low_mood": "low mood",
        "kept_away": "keeping away from people",
        "felt_distant": "feeling distant or unwanted",
        "felt_no_good": "feeling no good at anything",
        "argument": "tension or arguing",
    }
)

SCALE = "The numbers go from 0, not at all, to 10, very much."
USUAL = "On most days, {thing} was between {low} and {high}."
USUAL_SAME = "On most days, {thing} was {low}."
TOGETHER = (
    "On {same} of {days} days, {one} and {other} went the same way: both more than usual, or both less. They "
    "tended to go together on the same day."
)
TOGETHER_UNCLEAR = "What goes together on the same day, these answers don’t show clearly so far."
TOGETHER_BY_CHANCE = (
    "{one} and {other}: the same way on {same} of {days} days; by chance alone about {chance}."
)
TOGETHER_NOTE = "That doesn’t say which led to which."

# One arrow between the two sides of the loop, each in both directions of its sign.
arrows = MappingProxyType(
    {
        "mood_to_people": "The day after a lower day, there tended to be more distance or tension between people.",
        "mood_to_people_less": "The day after a lower day, there tended to be less distance or tension between people.",
        "people_to_mood": "The day after more distance or tension between people, mood tended to be lower.",
        "people_to_mood_less": "The day after more distance or tension between people, mood tended to be less low.",
    }
)
MOSTLY_OWN = "This comes mostly from this diary."
MOSTLY_OTHERS = (
    "This comes partly from this diary, and mostly from what is known from other people’s diaries."
)
ONLY_A_PATTERN = (
    "This is a pattern in these answers. It doesn’t show that one led to the other, and it says nothing about "
    "tomorrow."
)

# Why no arrow is shown.
reasons = MappingProxyType(
    {
        "few_pairs": "There are enough days, but too few that come one straight after the other.",
        "too_even": "Some of the answers are nearly the same every day, so one day can’t be told from the next.",
        "drifting": (
            "Over these weeks the answers have moved as a whole. While they do, it can’t be told what follows what "
            "from one day to the next."
        ),
        "unclear": "There are enough days to look, and these answers don’t show clearly what follows what.",
        "not_worked_out": "This time it could not be worked out.",
    }
)
NOT_NO_LINK = "That doesn’t mean that there is no link."

# For the therapist, and below that for whoever wants every number.
DAYS = "Days on which both mood and people were answered for: {days}. Days of these straight after another: {pairs}."
RULE = (
    "From {some} days on: what the days were like, and what went together on the same day. From {more} days "
    "and {pairs} pairs of days on: what followed what, where the answers show it clearly."
)
# An arrow between the two sides is the average of the arrows between one answer here and one answer there.
moved = MappingProxyType(
    {
        "mood_to_people": (
            "Mood → between people: the day after one answer about mood was a usual step worse, an answer about "
            "distance or tension was on average {mean} usual steps higher; 90 % interval {low} to {high}."
        ),
        "mood_to_people_less": (
            "Mood → between people: the day after one answer about mood was a usual step worse, an answer about "
            "distance or tension was on average {mean} usual steps lower; 90 % interval {low} to {high}."
        ),
        "people_to_mood": (
            "Between people → mood: the day after one answer about distance or tension was a usual step higher, an "
            "answer about mood was on average {mean} usual steps worse; 90 % interval {low} to {high}."
        ),
        "people_to_mood_less": (
            "Between people → mood: the day after one answer about distance or tension was a usual step higher, an "
            "answer about mood was on average {mean} usual steps better; 90 % interval {low} to {high}."
        ),
    }
)
SHRUNK = (
    "Such estimates are drawn towards nothing while days are few. A strong pattern often lies outside the interval, "
    "on its far side."
)
SINGLE = "{since} → {to}, a day later: {mean} (90 % interval {low} to {high})."
SINGLES_NOTE = (
    "Among so many pairs chance shows one now and then, also where there is no pattern at all. So these are here for "
    "whoever knows how to read them, and for no decision."
)
WORKING = "This is being worked out from the newest answers, and stands here in a moment."
