"""What the examples are given: made afresh for each rendering, and named after the example."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kithwork.foundation.rather_not import RatherNot
from kithwork.foundation.ui.arc import Arc
from kithwork.foundation.ui.examples import forms
from kithwork.foundation.ui.forms import KithworkForm

Context = Callable[[], Mapping[str, Any]]

SIXTEEN = Arc(current=5, total=16, groups=(4, 8, 4), done=4, when="in 4 days")
OTHER_ARCS = (
    Arc(current=1, total=1),
    Arc(current=2, total=3, groups=(1, 1, 1), done=1),
    Arc(current=3, total=6, groups=(1, 4, 1), done=2),
    Arc(current=12, total=12, groups=(3, 6, 3), done=11, when="today"),
    Arc(current=None, total=16, groups=(4, 8, 4), done=16),
    Arc(current=21, total=40, groups=(4, 32, 4), done=20),
    Arc(current=7, total=None, done=6, label="Session 7, no end agreed"),
)


def nothing() -> dict[str, Any]:
    return {}


def her_words() -> dict[str, Any]:
    return {"text": "Rang Priya. She’d thought I was cross with her.\n\nWe are going for a walk on Sunday."}


def week() -> dict[str, Any]:
    days = zip("SSMTWTF", (2, 1, 2, 3, None, 3, None), ("S", "S", "S", "L", "", "", ""), strict=True)
    return {"days": [{"letter": letter, "mood": mood, "person": person} for letter, mood, person in days]}


def diary() -> dict[str, Any]:
    words = "Sam was quiet at breakfast and I didn’t ask why. Felt shut out."
    return {"form": a_form(forms.DiaryForm, "diary", mood=2, people=["sam"], words=words, sharing="just-me")}


def wrong() -> dict[str, Any]:
    return {"form": forms.EventForm({"lane": "family"}, auto_id="wrong-%s")}


def a_form(kind: type[KithworkForm], name: str, **initial: Any) -> KithworkForm:
    return kind(auto_id=f"{name}-%s", initial=initial)


def holding(kind: type[KithworkForm], name: str, **initial: Any) -> Context:
    return lambda: {"form": a_form(kind, name, **initial)}


CONTEXTS: dict[str, Context] = {
    "Own words": her_words,
    "Quotation": her_words,
    "Week": week,
    "Session arc": lambda: {"arcs": [SIXTEEN]},
    "Session arc in a page header": lambda: {"arcs": [SIXTEEN]},
    "Other courses": lambda: {"arcs": OTHER_ARCS},
    "Diary": diary,
    "With a message": wrong,
    "One tap saves": holding(forms.OneTapForm, "tap", mood=4),
    "Question": holding(forms.QuestionForm, "question", answer="sometimes"),
    "Four answers": holding(forms.RingForm, "ring", ring="2"),
    "Answers explained": holding(forms.FocusForm, "focus"),
    "Plain fields": holding(forms.EventForm, "event", what="Moved house", when="spring 2022"),
    "How much I want to say": holding(forms.SayForm, "say", sharing="just-me"),
    "Chose not to say": holding(forms.SayForm, "said", hard=RatherNot()),
    "Asked at the table": holding(forms.TogetherForm, "table"),
    "Who is this for": holding(forms.DiaryForm, "whom", sharing="shared"),
}
