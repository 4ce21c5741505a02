"""What kinds of record and their fields are called in the copy to read, in the order in which they stand there."""

from collections.abc import Iterable

from kithwork.ipt import (
    contract,
    cycle_steps,
    diary,
    ending,
    first,
    formulation,
    inventory,
    safety,
    timeline,
)
from kithwork.ipt.problem_areas import dispute_stages, problem_areas
from kithwork.ipt.shelf import Labelled

# kind of record: the heading under which it stands. What is not named stands at the end, under its own name.
HEADINGS = {
    "formulation": "What we agreed", "goal": "Goals", "goalrating": "Goals, as they went",
    "contract": "How many sessions", "signature": "Signatures", "focus": "What we work on",
    "entry": "My diary", "person": "My people", "placement": "Where people were placed",
    "event": "What happened, and when", "episode": "Earlier times", "firstpicture": "How it began",
    "symptom": "How it has been", "putdown": "What I can put down for now", "cyclestep": "How it goes round",
    "answers": "Check-ins", "therapysession": "Sessions", "agendaitem": "Things to talk about",
    "weeklink": "The week", "tryout": "Something to try", "safetyplan": "My safety plan",
    "endingreview": "What changed", "warningsign": "Early signs", "staywellplan": "Staying well",
    "comment": "What we said about it",
}  # fmt: skip
# Structure that says nothing by itself to somebody who reads; it is in the copy for other programs.
FOR_PROGRAMS = frozenset(
    {
        "version",
        "seed",
        "schedule",
        "checkin",
        "techniqueused",
        "snapshot",
        "line",
        "link",
        "flag",
        "keepsake",
    }
)

FIELDS = {
    "words": "In my words", "label": "Name", "mood": "Mood", "on": "Day", "on_my_own": "On my own", "people": "With",
    "relation": "Relation", "ring": "Ring", "planned_at": "When", "n": "Session", "rating": "Rating, 0 to 10",
    "sessions": "Sessions", "note": "Note", "summary": "Summary", "how_it_is": "How it is",
    "with_people": "With people", "area": "About", "total": "Total", "instrument": "Questions", "item": "What",
    "what": "What", "how_it_went": "How it went", "title": "What", "effect": "What it did", "rather_not":
    "Rather not written down", "in_our_words": "In our words", "state": "How it stands", "year": "Year",
    "answered_on": "Day", "since": "Since", "until": "Until", "party": "Who", "minutes": "Minutes",
}  # fmt: skip


def _labels(shelf: Iterable[Labelled]) -> dict[str, str]:
    return {one.key: one.label for one in shelf}


PROMPTS = {
    "contract": _labels(contract.terms) | {"why": "Why, in our words"},
    "comment": {"comment": "What was said", "answer": "What was answered"},
    "person": _labels(inventory.card_fields), "formulation": _labels(formulation.sections),
    "safetyplan": _labels(safety.plan_headings), "staywellplan": _labels(ending.plan_fields),
    "episode": _labels(first.earlier_times), "putdown": _labels(first.put_down),
    "symptom": _labels(first.experience_prompts), "cyclestep": _labels(cycle_steps.own_prompts),
    "firstpicture": {f"began_{one.key}": one.label for one in first.began}
    | {f"care_{one.key}": one.label for one in first.other_care},
}  # fmt: skip

CHOICES = {
    ("entry", "mood"): _labels(diary.moods), ("person", "relation"): _labels(inventory.relations),
    ("placement", "ring"): _labels(inventory.rings), ("placement", "view"): _labels(inventory.views),
    ("event", "lane"): _labels(timeline.lanes), ("event", "effect_on_mood"): _labels(timeline.effects),
    ("symptom", "kind"): {one.key: one.label for one in first.experiences},
    ("symptom", "present"): _labels(first.presence),
    ("cyclestep", "station"): {one.key: one.label for one in cycle_steps.stations},
    ("cyclestep", "answer"): _labels(cycle_steps.answers), ("focus", "area"): _labels(problem_areas),
    ("disputestage", "stage"): _labels(dispute_stages),
}  # fmt: skip

# Columns that tell a reader something. All others are in the copy for other programs.
TELLING = {
    "entry": ("on", "mood", "people", "on_my_own"), "person": ("relation",),
    "placement": ("person", "view", "ring", "on"),
    "event": ("year", "part", "day", "lane", "effect_on_mood", "people"), "episode": ("year",),
    "symptom": ("kind", "present"), "cyclestep": ("station", "answer"), "focus": ("area", "since", "until"),
    "answers": ("instrument", "answered_on", "items", "total"), "therapysession": ("n", "planned_at", "attendance"),
    "tryout": ("person", "on"), "goalrating": ("goal", "rating", "at"), "contract": ("sessions", "minutes", "ends_on"),
    "signature": ("what", "party", "name"), "disputestage": ("stage", "on"), "warningsign": (), "weeklink": ("person",),
}  # fmt: skip

LEFT_OUT = {
    "therapysession.note": "{therapist}’s own notes on your sessions",
    "safetyreview": "What {therapist} noted after asking you about safety",
    "flag.what": "What somebody at the clinic wrote for a colleague to look at",
    "concern": "Worries that somebody at the clinic wrote down for colleagues",
    "person.safety_concern": "Worries about safety with somebody you know, written by the clinic",
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
        LEFT_OUT.get(place) or LEFT_OUT.get(place.partition(".")[0]) or "Notes of the clinic"
        for place in places
    )
    filled = (words.format(therapist=therapist) for words in said)
    return list(dict.fromkeys(words[:1].upper() + words[1:] for words in filled))
