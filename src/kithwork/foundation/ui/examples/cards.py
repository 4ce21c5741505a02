"""Cards and the rows inside them."""

from __future__ import annotations

from kithwork.foundation.ui.examples.example import Example, Group

GROUP = Group(
    "Cards and rows",
    "A card holds one matter. In a list the whole row is the link, and finished work goes quiet.",
    (
        Example(
            "Card",
            """
            <section class="kw-card">
              <div class="kw-card__head"><h4 class="kw-card__title">Formulation</h4><a href="#example-card">Open</a></div>
              <p class="kw-words">“After Ella was born I stopped work and lost my people.”</p>
              <ul class="kw-signature">
                <li class="kw-badge kw-badge--signed">{% icon "check" size=16 %}Maya, 11 March</li>
                <li class="kw-badge kw-badge--signed">{% icon "check" size=16 %}Joan, 11 March</li>
              </ul>
            </section>
            """,
        ),
        Example(
            "Private card",
            """
            <section class="kw-card kw-card--private">
              <div class="kw-card__head"><h4 class="kw-card__title">Sunday</h4>{% sharing_badge "just-me" %}</div>
              {% words "I do not want to say this out loud yet." %}
            </section>
            """,
            note="Never printed by accident.",
        ),
        Example(
            "Task rows",
            """
            <ul class="kw-list kw-card kw-card--flush">
              <li><a class="kw-row" href="#example-task-rows">
                <span class="kw-row__icon">{% icon "clipboard-check" %}</span>
                <span class="kw-row__body"><span class="kw-row__title">Weekly check-in</span><span class="kw-row__note">16 short questions, about 3 minutes</span></span>
              </a></li>
              <li><a class="kw-row" href="#example-task-rows">
                <span class="kw-row__icon">{% icon "phone" %}</span>
                <span class="kw-row__body"><span class="kw-row__title">Ring Priya on Sunday</span><span class="kw-row__note">One thing you chose to try</span></span>
              </a></li>
              <li><a class="kw-row" href="#example-task-rows">
                <span class="kw-row__icon">{% icon "mail" %}</span>
                <span class="kw-row__body"><span class="kw-row__title">A letter from Joan</span><span class="kw-row__note">What we agreed to work on</span></span>
                <span class="kw-badge kw-badge--new">New</span>
              </a></li>
              <li><a class="kw-row kw-row--done" href="#example-task-rows">
                <span class="kw-row__icon">{% icon "check" %}</span>
                <span class="kw-row__body"><span class="kw-row__title">How it goes round</span></span>
              </a></li>
            </ul>
            """,
        ),
        Example(
            "Plain rows",
            """
            <ul class="kw-list kw-card kw-card--flush">
              <li class="kw-row"><span class="kw-row__body"><span class="kw-row__title">Joan prepared for session 5</span><span class="kw-row__note">Joan Hale, your therapist. 18 March, 1:12 pm</span></span></li>
              <li class="kw-row"><span class="kw-row__body"><span class="kw-row__title">Sade read the formulation</span><span class="kw-row__note">Sade Okoro, Joan’s supervisor. 13 March, 4:30 pm</span></span></li>
            </ul>
            """,
        ),
        Example(
            "Agenda",
            """
            <section class="kw-card kw-card--flush">
              <div class="kw-card__head"><h4 class="kw-card__title">Agenda for today</h4><a href="#example-agenda">Add</a></div>
              <ol class="kw-agenda">
                <li class="kw-agenda__item"><span class="kw-agenda__grip">{% icon "grip-vertical" %}</span><span class="kw-agenda__body">Check-in and mood since last week</span><span class="kw-badge">Every session</span></li>
                <li class="kw-agenda__item"><span class="kw-agenda__grip">{% icon "grip-vertical" %}</span><span class="kw-agenda__body">{% words "The row on Saturday" inline=True %}<span class="kw-agenda__note">Communication analysis</span></span><span class="kw-badge kw-badge--from">From Maya</span></li>
                <li class="kw-agenda__item"><span class="kw-agenda__grip">{% icon "grip-vertical" %}</span><span class="kw-agenda__body">Ringing Priya: how did it go?</span><span class="kw-badge">Joan</span></li>
              </ol>
            </section>
            """,
        ),
        Example(
            "Goals",
            """
            <section class="kw-card">
              <div class="kw-card__head"><h4 class="kw-card__title">Goals</h4><a href="#example-goals">Rate now</a></div>
              <div class="kw-goal"><p class="kw-goal__head"><strong>Say what I need to Sam</strong><span>2 → <strong>4</strong> of 10</span></p>{% goal_bars 4 2 %}</div>
              <div class="kw-goal"><p class="kw-goal__head"><strong>See a friend each week</strong><span>3 → <strong>3</strong> of 10</span></p>{% goal_bars 3 3 %}</div>
              <div class="kw-goal"><p class="kw-goal__head"><strong>Sleep in my own bed</strong><span>Not rated yet</span></p>{% goal_bars None %}</div>
            </section>
            """,
        ),
        Example(
            "Sheet",
            """
            <section class="kw-sheet">
              <div class="kw-card__head"><h4 class="kw-card__title">Sam <span class="kw-muted">partner</span></h4>{% sharing_badge "shared" "Joan can see" %}</div>
              <p>How close does Sam feel these days?</p>
            </section>
            """,
            note="Rises from the bottom edge of a phone; an ordinary card on a desk.",
        ),
        Example(
            "Empty",
            """
            <section class="kw-card kw-card--sunken"><p>Nothing waiting. 3 sessions today.</p></section>
            """,
        ),
    ),
)
