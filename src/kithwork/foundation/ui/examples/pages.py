"""Arrangements of a page."""

from __future__ import annotations

from kithwork.foundation.ui.examples.example import Example, Group

GROUP = Group(
    "Arrangements",
    "Every page extends kw.shell and fills: title, page_name, main_class, back, content. "
    "kw-main--wide as main_class lets a client’s page use the whole desk.",
    (
        Example(
            "Main and side",
            """
            <div class="kw-side">
              <div class="kw-stack"><section class="kw-card"><p>The main column.</p></section></div>
              <div class="kw-stack"><section class="kw-card"><p>The side column, below on a phone.</p></section></div>
            </div>
            """,
        ),
        Example(
            "Grid",
            """
            <div class="kw-grid">
              <section class="kw-card"><p>As many columns</p></section>
              <section class="kw-card"><p>as find room,</p></section>
              <section class="kw-card"><p>one on a phone.</p></section>
            </div>
            """,
        ),
        Example(
            "Stack and cluster",
            """
            <div class="kw-stack kw-stack--tight">
              <div class="kw-cluster kw-cluster--spread"><strong>Spread</strong><span class="kw-badge">to both ends</span></div>
              <div class="kw-cluster"><span class="kw-badge">side</span><span class="kw-badge">by</span><span class="kw-badge">side</span></div>
            </div>
            """,
        ),
        Example(
            "Tabs",
            """
            <nav class="kw-tabs" aria-label="Example">
              <ul class="kw-tabs__list">
                <li><a class="kw-tabs__tab" href="#example-tabs" aria-current="page">Overview</a></li>
                <li><a class="kw-tabs__tab" href="#example-tabs">Circles</a></li>
                <li><a class="kw-tabs__tab" href="#example-tabs">Letters <span class="kw-count">1</span></a></li>
              </ul>
            </nav>
            """,
        ),
        Example(
            "Back",
            '{% include "ui/_back.html" with url="#example-back" label="People" %}',
            note="In the block “back”.",
        ),
        Example(
            "Step of a longer form",
            """
            <p class="kw-steps">Question 3 of 9</p>
            """,
        ),
        Example(
            "Figures",
            """
            <div class="kw-grid kw-grid--narrow">
              <section class="kw-card"><p class="kw-figure">12 of 24</p><p class="kw-muted">recovered, of those who finished</p></section>
              <section class="kw-card"><p class="kw-figure">Under 5</p><p class="kw-muted">too few to show</p></section>
            </div>
            """,
        ),
    ),
    wide=True,
)
