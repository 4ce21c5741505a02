"""Mood and time: the tide, the week, the session arc."""

from __future__ import annotations

from typing import Any

from kithwork.foundation.ui.arc import Arc
from kithwork.foundation.ui.examples.example import Example, Group


def week() -> dict[str, Any]:
    days = zip("SSMTWTF", (2, 1, 2, 3, None, 3, None), ("S", "S", "S", "L", "", "", ""), strict=True)
    return {"days": [{"letter": letter, "mood": mood, "person": person} for letter, mood, person in days]}


def arcs(*arcs: Arc) -> dict[str, Any]:
    return {"arcs": arcs}


SIXTEEN = Arc(current=5, total=16, groups=(4, 8, 4), done=4, when="in 4 days")
OTHERS = (
    Arc(current=1, total=1),
    Arc(current=2, total=3, groups=(1, 1, 1), done=1),
    Arc(current=3, total=6, groups=(1, 4, 1), done=2),
    Arc(current=12, total=12, groups=(3, 6, 3), done=11, when="today"),
    Arc(current=None, total=16, groups=(4, 8, 4), done=16),
    Arc(current=21, total=40, groups=(4, 32, 4), done=20),
    Arc(current=7, total=None, done=6, label="Session 7, no end agreed"),
)

GROUP = Group(
    "Mood and time",
    "One colour throughout: low is not wrong. A day without an entry is simply empty.",
    (
        Example(
            "Tide",
            """
            <p class="kw-cluster">{% tide 1 size=38 %} {% tide 2 size=38 %} {% tide 3 size=38 %} {% tide 4 size=38 %} {% tide 5 size=38 %} {% tide None size=38 %}</p>
            """,
        ),
        Example(
            "Week",
            """
            <ol class="kw-week">
              {% for day in days %}
                <li class="kw-week__day"><span class="kw-week__letter">{{ day.letter }}</span>{% tide day.mood size=30 %}
                  {% if day.person %}<span class="kw-week__person">{{ day.person }}</span>{% endif %}</li>
              {% endfor %}
            </ol>
            """,
            context=week,
        ),
        Example(
            "Session arc",
            '<section class="kw-card">{% for each in arcs %}{% arc each %}{% endfor %}</section>',
            context=lambda: arcs(SIXTEEN),
        ),
        Example(
            "Session arc in a page header",
            "{% for each in arcs %}{% arc each compact=True %}{% endfor %}",
            context=lambda: arcs(SIXTEEN),
        ),
        Example(
            "Other courses",
            '<div class="kw-stack">{% for each in arcs %}<section class="kw-card">{% arc each %}</section>{% endfor %}</div>',
            note="From one session to forty, ended, and without an agreed end.",
            context=lambda: arcs(*OTHERS),
        ),
    ),
)
