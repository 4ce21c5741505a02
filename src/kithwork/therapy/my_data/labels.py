"""What kinds of record and their fields are called in the copy to read, in the order in which they stand there."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.ipt import (
    contract,
    cycle_steps,
    diary,
    ending,
    first,
    formulation,
    inventory,
    letters,
    safety,
    timeline,
    weighing,
)
from kithwork.ipt.course_life import reasons_for_pausing
from kithwork.ipt.goals import endings, occasions
from kithwork.ipt.problem_areas import dispute_stages, problem_areas
from kithwork.ipt.shelf import Labelled
from kithwork.ipt.worksheets import words_of_all, worksheets
from kithwork.ipt.workspaces import ways_of_losing
from kithwork.therapy.checkins.queries import origins, raters
from kithwork.therapy.ending.queries import REVIEW_PROMPTS
from kithwork.therapy.focus.kinds import kinds as focus_kinds
from kithwork.therapy.focus.models import FocusNote, RoleItem

# kind of record: the heading under which it stands. What is not named stands at the end, under its own name.
HEADINGS = {
    "formulation": gettext_noop("What we agreed"),
    "goal": gettext_noop("Goals"),
    "goalrating": gettext_noop("Goals, as they went"),
    "contract": gettext_noop("How many sessions"),
    "signature": gettext_noop("Signatures"),
    "focus": gettext_noop("What we work on"),
    "entry": gettext_noop("My diary"),
    "person": gettext_noop("My people"),
    "placement": gettext_noop("Where people were placed"),
    "event": gettext_noop("What happened, and when"),
    "episode": gettext_noop("Earlier times"),
    "firstpicture": gettext_noop("How it began"),
    "symptom": gettext_noop("How it has been"),
    "putdown": gettext_noop("What I can put down for now"),
    "cyclestep": gettext_noop("How it goes round"),
    "weighing": gettext_noop("Four kinds of difficulty"),
    "answers": gettext_noop("Check-ins"),
    "enteredscore": gettext_noop("Scores from elsewhere"),
    "therapysession": gettext_noop("Sessions"),
    "agendaitem": gettext_noop("Things to talk about"),
    "weeklink": gettext_noop("The week"),
    "tryout": gettext_noop("Something to try"),
    "safetyplan": gettext_noop("My safety plan"),
    "safecontact": gettext_noop("Reaching me"),
    "endingreview": gettext_noop("What changed"),
    "warningsign": gettext_noop("Early signs"),
    "staywellplan": gettext_noop("Staying well"),
    "comment": gettext_noop("What we said about it"),
    "letter": gettext_noop("Letters"),
    "letterpiece": gettext_noop("What stands in letters"),
    "letteranswer": gettext_noop("What I said about letters"),
    "pause": gettext_noop("A pause"),
    "stopwish": gettext_noop("Wishing to stop"),
    "courseending": gettext_noop("The ending"),
    "worksheet": gettext_noop("Sheets"),
    "disputestage": gettext_noop("Where the conflict stood"),
    "option": gettext_noop("What could be done"),
    "focusnote": gettext_noop("What we work on: pieces"),
    "roleitem": gettext_noop("Before and now"),
    "helper": gettext_noop("Who could help"),
    "griefdate": gettext_noop("Days that matter"),
    "reconnect": gettext_noop("Coming back, a little"),
    "contactstep": gettext_noop("Small steps"),
    "attempt": gettext_noop("What was tried"),
}
# Structure that says nothing by itself to somebody who reads; it is in the copy for other programs.
FOR_PROGRAMS = frozenset(
    {
        "version",
        "schedule",
        "checkin",
        "techniqueused",
        "snapshot",
        "line",
        "link",
        "flag",
        "keepsake",
        "focusmark",
        "sessioncorrection",
        "letteropened",
        "correction",
        "mailedlink",
        "mailedcode",
        "cycleorder",
        "cycleversion",
        "seed",
        "picked",
    }
)

FIELDS = {
    "words": gettext_noop("In my words"),
    "label": gettext_noop("Name"),
    "mood": gettext_noop("Mood"),
    "on": gettext_noop("Day"),
    "on_my_own": gettext_noop("On my own"),
    "people": gettext_noop("With"),
    "relation": gettext_noop("Relation"),
    "ring": gettext_noop("Ring"),
    "planned_at": gettext_noop("When"),
    "n": gettext_noop("Session"),
    "rating": gettext_noop("Rating, 0 to 10"),
    "sessions": gettext_noop("Sessions"),
    "note": gettext_noop("Note"),
    "summary": gettext_noop("Summary"),
    "how_it_is": gettext_noop("How it is"),
    "with_people": gettext_noop("With people"),
    "area": gettext_noop("About"),
    "total": gettext_noop("Total"),
    "instrument": gettext_noop("Questions"),
    "item": gettext_noop("What"),
    "what": gettext_noop("What"),
    "how_it_went": gettext_noop("How it went"),
    "title": gettext_noop("What"),
    "effect": gettext_noop("What it did"),
    "rather_not": gettext_noop("Rather not written down"),
    "in_our_words": gettext_noop("In our words"),
    "state": gettext_noop("How it stands"),
    "year": gettext_noop("Year"),
    "answered_on": gettext_noop("Day"),
    "check_in": gettext_noop("Check-in"),
    "since": gettext_noop("Since"),
    "until": gettext_noop("Until"),
    "party": gettext_noop("Who"),
    "minutes": gettext_noop("Minutes"),
    "said": gettext_noop("In my words"),
    "answer": gettext_noop("My answer"),
    "quote": gettext_noop("Words"),
    "sender": gettext_noop("From"),
    "address": gettext_noop("To"),
    "greeting": gettext_noop("Beginning"),
    "farewell": gettext_noop("End"),
    "sent_on": gettext_noop("Sent on"),
    "sent_how": gettext_noop("How it went"),
    "kind": gettext_noop("Kind"),
    "opening": gettext_noop("Opening"),
    "reason": gettext_noop("Why"),
    "how": gettext_noop("How"),
    "over_at": gettext_noop("Went on"),
    "what_comes": gettext_noop("What comes next"),
    "why": gettext_noop("Why"),
    "about": gettext_noop("About"),
    "choice": gettext_noop("What kind of loss"),
    "occasion": gettext_noop("When"),
    "by_session": gettext_noop("By session"),
    "by_day": gettext_noop("By"),
    "ended_as": gettext_noop("How it ended"),
    "role": gettext_noop("When"),
    "side_of_it": gettext_noop("Good or hard"),
    "done_on": gettext_noop("Done on"),
    "text": gettext_noop("In my words"),
    "more": gettext_noop("More about that day"),
    "extras": gettext_noop("One more about the questions before"),
    "rated_on": gettext_noop("Rated on"),
    "rated_by": gettext_noop("Who rated"),
    "came_from": gettext_noop("Where the score comes from"),
    "no_mail": gettext_noop("Please send me no e-mail at all"),
    "fits": weighing.QUESTION,
    "link": gettext_noop("In a sentence"),
    "chosen_at": gettext_noop("Chosen on"),
    "person": gettext_noop("Who"),
    "name": gettext_noop("Name"),
    "present": gettext_noop("Is it like this for you at the moment?"),
    "attendance": gettext_noop("Attendance"),
    "sign": gettext_noop("What you, or others, would notice first"),
    "goal": gettext_noop("Goal"),
    "at": gettext_noop("Day"),
    "view": gettext_noop("Which circles"),
    "station": gettext_noop("Step"),
    "stage": gettext_noop("Where it stands"),
    "lane": gettext_noop("What is it about?"),
    "effect_on_mood": gettext_noop("How was your mood around then?"),
    "part": gettext_noop("Month or season"),
    "day": gettext_noop("Day of the month"),
    "ends_on": gettext_noop("Ends on"),
    "items": gettext_noop("Answers"),
}


def _labels(shelf: Iterable[Labelled]) -> dict[str, str]:
    return {one.key: one.label for one in shelf}


PROMPTS = {
    "person": _labels(inventory.card_fields),
    "formulation": _labels(formulation.sections),
    "safetyplan": _labels(safety.plan_headings),
    "safecontact": _labels(safety.safe_contact),
    "endingreview": _labels(REVIEW_PROMPTS),
    "weighing": {weighing.WHY.key: weighing.WHY.label},
    "letter": {
        **{key: FIELDS[key] for key in ("sender", "address", "greeting", "opening")},
        "picture": gettext_noop("What we have seen together"),
        "work": gettext_noop("What we worked on"),
        "done": gettext_noop("What changed, and what you did"),
        "ahead": gettext_noop("What comes next"),
        "back": gettext_noop("If you want to come back"),
        "farewell": FIELDS["farewell"],
    },
    "staywellplan": _labels(ending.plan_fields),
    "episode": _labels(first.earlier_times),
    "putdown": _labels(first.put_down),
    "symptom": _labels(first.experience_prompts),
    "cyclestep": _labels(cycle_steps.own_prompts),
    "firstpicture": {f"began_{one.key}": one.label for one in first.began}
    | {f"care_{one.key}": one.label for one in first.other_care},
    "worksheet": {key: field.label for key, field in words_of_all().items()},
    **{
        kind.model.__name__.lower(): _labels(kind.words)
        for kind in focus_kinds
        if kind.model not in (FocusNote, RoleItem)
    },
    "contract": _labels(contract.terms) | {"why": "Why, in our words"},
    "comment": {"comment": "What was said", "answer": "What was answered"},
}

CHOICES = {
    ("entry", "mood"): _labels(diary.moods),
    ("person", "relation"): _labels(inventory.relations),
    ("placement", "ring"): _labels(inventory.rings),
    ("placement", "view"): _labels(inventory.views),
    ("event", "lane"): _labels(timeline.lanes),
    ("event", "effect_on_mood"): _labels(timeline.effects),
    ("symptom", "kind"): {one.key: one.label for one in first.experiences},
    ("symptom", "present"): _labels(first.presence),
    ("cyclestep", "station"): {one.key: one.label for one in cycle_steps.stations},
    ("cyclestep", "answer"): _labels(cycle_steps.answers),
    ("weighing", "area"): _labels(problem_areas),
    ("weighing", "fits"): _labels(weighing.fits),
    ("enteredscore", "rated_by"): _labels(raters),
    ("enteredscore", "came_from"): _labels(origins),
    ("focus", "area"): _labels(problem_areas),
    ("disputestage", "stage"): _labels(dispute_stages),
    ("letter", "kind"): _labels(letters.kinds_of_letter),
    ("letter", "sent_how"): _labels(letters.ways_of_sending),
    ("letteranswer", "answer"): _labels(letters.answers),
    ("pause", "reason"): _labels(reasons_for_pausing),
    ("stopwish", "reason"): _labels(ending.reasons_for_ending),
    ("courseending", "how"): _labels(ending.ways_of_ending),
    ("courseending", "what_comes"): _labels(ending.what_next),
    ("worksheet", "kind"): _labels(worksheets),
    ("focusnote", "about"): {kind.key: kind.label for kind in focus_kinds},
    ("focusnote", "choice"): _labels(ways_of_losing),
    ("goal", "area"): _labels(problem_areas),
    ("goal", "ended_as"): _labels(endings),
    ("goalrating", "occasion"): _labels(occasions),
    ("roleitem", "role"): {"old": gettext_noop("Before"), "new": gettext_noop("Now")},
    ("roleitem", "side_of_it"): {"good": gettext_noop("Good"), "hard": gettext_noop("Hard")},
}

# Columns that tell a reader something, for each kind with a heading; none where its words say it all. All others are
# in the copy for other programs.
TELLING: dict[str, tuple[str, ...]] = {
    "entry": ("on", "mood", "people", "on_my_own", "more"),
    "person": ("relation",),
    "placement": ("person", "view", "ring", "on"),
    "event": ("year", "part", "day", "lane", "effect_on_mood", "people"),
    "episode": ("year",),
    "symptom": ("kind", "present"),
    "cyclestep": ("station", "answer"),
    "focus": ("area", "since", "until"),
    "answers": ("check_in", "instrument", "answered_on", "items", "extras", "total"),
    "enteredscore": ("instrument", "total", "rated_on", "rated_by", "came_from"),
    "weighing": ("area", "fits"),
    "safecontact": ("no_mail",),
    "therapysession": ("n", "planned_at", "attendance"),
    "tryout": ("person", "on"),
    "goalrating": ("goal", "rating", "occasion", "at"),
    "contract": ("sessions", "minutes", "ends_on"),
    "signature": ("what", "party", "name"),
    "disputestage": ("stage", "on"),
    "warningsign": (),
    "weeklink": ("person",),
    "letter": ("kind", "sent_on", "sent_how"),
    "letterpiece": (),
    "letteranswer": ("answer",),
    "pause": ("reason", "until", "over_at"),
    "stopwish": ("reason",),
    "courseending": ("how", "what_comes"),
    "worksheet": ("kind", "on", "person"),
    "goal": ("area", "by_session", "by_day", "ended_as"),
    "focusnote": ("about", "choice"),
    "roleitem": ("role", "side_of_it"),
    "griefdate": ("year", "part", "day"),
    "reconnect": ("done_on",),
    "attempt": ("on",),
    "option": ("chosen_at",),
    **dict.fromkeys(
        ("formulation", "comment", "firstpicture", "putdown", "agendaitem", "safetyplan", "endingreview"), ()
    ),
    **dict.fromkeys(("staywellplan", "helper", "contactstep"), ()),
}

LEFT_OUT = {
    "therapysession.note": gettext_noop("{therapist}’s own notes on your sessions"),
    "safetyreview": gettext_noop("What {therapist} noted after asking you about safety"),
    "flag.what": gettext_noop("What somebody at the clinic wrote for a colleague to look at"),
    "concern": gettext_noop("Worries that somebody at the clinic wrote down for colleagues"),
    "person.safety_concern": gettext_noop(
        "Worries about safety with somebody you know, written by the clinic"
    ),
    "review": gettext_noop("What {therapist} decided at a review point, and why"),
    "worksheet": gettext_noop("What {therapist} noted about what happens between you in the sessions"),
}


def field_label(kind: str, name: str) -> str:
    """What a field is called for somebody who reads."""
    asked = PROMPTS.get(kind, {}).get(name) or FIELDS.get(name)
    return asked or name.replace("_", " ").capitalize()


def heading(kind: str) -> str:
    """Under which heading a kind of record stands."""
    return HEADINGS.get(kind, kind.capitalize())


def left_out(places: tuple[str, ...], *, therapist: str) -> list[str]:
    """The places that are not in a copy, in words, each once."""
    said = (
        LEFT_OUT.get(place) or LEFT_OUT.get(place.partition(".")[0]) or _("Notes of the clinic")
        for place in places
    )
    filled = (words.format(therapist=therapist) for words in said)
    return list(dict.fromkeys(words[:1].upper() + words[1:] for words in filled))
