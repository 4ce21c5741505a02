"""Text: two voices, sharing badges, tables, facts, letters, versions."""

from __future__ import annotations

from typing import Any

from kithwork.foundation.ui.examples.example import Example, Group


def her_words() -> dict[str, Any]:
    return {"text": "Rang Priya. She’d thought I was cross with her.\n\nWe are going for a walk on Sunday."}


GROUP = Group(
    "Words",
    "Sans for Kithwork, serif for somebody’s own words, so that it is always clear whose voice it is.",
    (
        Example(
            "Page heading",
            """
            <div class="kw-page-head">
              <div class="kw-page-head__words">
                <p class="kw-title">My closeness circles</p>
                <p class="kw-lead">Put people where they feel to you these days. There is no right answer.</p>
              </div>
            </div>
            """,
            note="On a page of its own the title is the h1.",
        ),
        Example("Own words", "{% words text %}", context=her_words),
        Example(
            "Sharing badges",
            """
            <div class="kw-cluster">
              {% sharing_badge "just-me" %} {% sharing_badge "later" %} {% sharing_badge "shared" %}
              {% sharing_badge "agreed" %} {% sharing_badge "therapist" %} {% sharing_badge "supervision" %}
              {% sharing_badge "shared" "Joan can see Sam’s place and line" %}
            </div>
            """,
            note="data-kw=sharing with data-state.",
        ),
        Example(
            "Other badges",
            """
            <div class="kw-cluster">
              <span class="kw-badge">Every session</span>
              <span class="kw-badge kw-badge--new">New</span>
              <span class="kw-badge kw-badge--from">From Maya</span>
              <span class="kw-badge kw-badge--signed">{% icon "check" size=16 %}Signed</span>
              <span class="kw-badge kw-badge--info">Draft</span>
              <span class="kw-badge kw-badge--clay">Little change</span>
              <span class="kw-badge kw-badge--brick">Safety</span>
              <span class="kw-count">2</span>
            </div>
            """,
        ),
        Example(
            "What somebody said",
            """
            <div class="kw-said">
              <p class="kw-said__head"><span>What is good</span>{% sharing_badge "shared" %}</p>
              {% words "He makes me laugh. Great with the baby." %}
            </div>
            <div class="kw-said">
              <p class="kw-said__head"><span>What I wish</span>{% sharing_badge "just-me" %}</p>
              {% words "That he’d ask how I am before I fall apart." %}
            </div>
            """,
        ),
        Example(
            "Quotation",
            '<blockquote class="kw-quote">{% words text %}</blockquote>',
            context=her_words,
        ),
        Example(
            "Facts",
            """
            <dl class="kw-dl">
              <dt>Sessions</dt><dd>16, weekly, 50 minutes</dd>
              <dt>Focus</dt><dd>Conflict with another person</dd>
              <dt>Sleep</dt><dd class="kw-muted">You chose not to say</dd>
            </dl>
            """,
        ),
        Example(
            "Table",
            """
            <div class="kw-scroll" tabindex="0" role="region" aria-label="Check-ins">
              <table class="kw-table">
                <caption>Check-ins so far</caption>
                <thead><tr><th scope="col">Session</th><th scope="col">Date</th><th scope="col" class="kw-number">PHQ-9</th></tr></thead>
                <tbody>
                  <tr><th scope="row">1</th><td>18 February</td><td class="kw-number">19</td></tr>
                  <tr><th scope="row">2</th><td>25 February</td><td class="kw-number">18</td></tr>
                  <tr><th scope="row">3</th><td>4 March</td><td class="kw-number">Not complete</td></tr>
                </tbody>
              </table>
            </div>
            """,
        ),
        Example(
            "Letter",
            """
            <div class="kw-letter">
              <p>Dear Maya,</p>
              <p>This is what we put together in our first four sessions. Please change whatever does not fit.</p>
              <p>Joan</p>
            </div>
            """,
        ),
        Example(
            "Two versions",
            """
            <p class="kw-compare kw-words">The less we talk, the lower I <del>feel</del><ins>get</ins>, and the lower I get the less I say.</p>
            """,
        ),
    ),
)
