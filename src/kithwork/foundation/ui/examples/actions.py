"""Buttons, chips, toggles and menus."""

from __future__ import annotations

from kithwork.foundation.ui.examples.example import Example, Group

GROUP = Group(
    "Actions",
    "One primary action a page. Buttons do, links lead. Every target is at least 44 pixels high.",
    (
        Example(
            "Buttons",
            """
            <div class="kw-cluster">
              <button class="kw-button kw-button--primary" type="button">Save</button>
              <button class="kw-button kw-button--secondary" type="button">Skip this</button>
              <button class="kw-button kw-button--quiet" type="button">Undo</button>
              <button class="kw-button kw-button--danger" type="button">Record your review</button>
            </div>
            """,
        ),
        Example(
            "Wide button",
            '<button class="kw-button kw-button--primary kw-button--wide" type="button">Save</button>',
            note="The end of a form on a phone.",
        ),
        Example(
            "Other sizes",
            """
            <div class="kw-cluster">
              <button class="kw-button kw-button--pill" type="button">{% icon "door-open" %}<span>Leave quickly</span></button>
              <button class="kw-button kw-button--small" type="button">Rate now</button>
              <button class="kw-button kw-button--icon" type="button">{% icon "ellipsis" %}<span class="kw-visually-hidden">More</span></button>
              <button class="kw-button kw-button--link" type="button">Why am I seeing this?</button>
            </div>
            """,
        ),
        Example(
            "Row of actions",
            """
            <div class="kw-actions">
              <a class="kw-button kw-button--secondary" href="#example-row-of-actions">Skip this</a>
              <button class="kw-button kw-button--primary" type="button">Next: step 3 of 4</button>
            </div>
            """,
            note="Fills the width of a phone.",
        ),
        Example(
            "Chips",
            """
            <div class="kw-chips">
              <a class="kw-chip" href="#example-chips"><span class="kw-chip__disc" aria-hidden="true">{{ "Nan"|initials }}</span>Nan</a>
              <button class="kw-chip" type="button">{% icon "plus" size=18 %}Someone else</button>
            </div>
            """,
        ),
        Example(
            "Two views of one thing",
            """
            <nav class="kw-toggle" aria-label="View">
              <a href="#example-two-views-of-one-thing" aria-current="page">{% icon "circle-dot" %}Circles</a>
              <a href="#example-two-views-of-one-thing">{% icon "list" %}List</a>
            </nav>
            """,
        ),
        Example(
            "More menu",
            """
            <details class="kw-more" data-kw-details>
              <summary class="kw-button kw-button--icon">{% icon "ellipsis" %}<span class="kw-visually-hidden">More for this course</span></summary>
              <ul class="kw-more__list">
                <li><a href="#example-more-menu">Contract and sessions</a></li>
                <li><a href="#example-more-menu">Who has looked</a></li>
              </ul>
            </details>
            """,
        ),
        Example(
            "Unfold",
            """
            <details class="kw-unfold">
              <summary>More about today</summary>
              <p>The fuller questions, one to a line. All of them can stay empty.</p>
            </details>
            """,
        ),
        Example(
            "Link with an icon",
            """
            <a class="kw-link" href="#example-link-with-an-icon">{% icon "message-square-plus" %}Add something to talk about</a>
            """,
        ),
    ),
)
