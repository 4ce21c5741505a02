"""What Kithwork says back: receipts, notices, flags, help."""

from __future__ import annotations

from kithwork.foundation.ui.examples.example import Example, Group

GROUP = Group(
    "Notices",
    "Say what happened, who sees it and what can be done. Never blame, never hurry.",
    (
        Example(
            "Receipt",
            """
            <div class="kw-receipt" data-kw="saved">{% icon "check" %}
              <p class="kw-receipt__words">Saved 9:14 pm. Only you see it. If things feel too much: <a href="/help/">who to call</a>.</p>
            </div>
            """,
        ),
        Example(
            "Receipts of trouble",
            """
            <div class="kw-stack kw-stack--tight">
              <div class="kw-receipt kw-receipt--warning">{% icon "circle-alert" %}<p class="kw-receipt__words">Joan changed this page while you wrote. Both texts are below.</p></div>
              <div class="kw-receipt kw-receipt--error">{% icon "circle-alert" %}<p class="kw-receipt__words">This was not saved. Your words are still here.</p></div>
            </div>
            """,
        ),
        Example(
            "Information",
            """
            <div class="kw-notice kw-notice--info">{% icon "info" %}
              <div class="kw-notice__body"><p class="kw-notice__title">Who sees this and why</p><p>Joan sees your answers, so that you can look at them together.</p></div>
            </div>
            """,
        ),
        Example(
            "Something from before",
            """
            <div class="kw-notice kw-notice--marigold">{% icon "history" %}
              <p class="kw-notice__body">On 25 February Sam was in <strong>Closest</strong>. <a href="#example-something-from-before">What changed?</a></p>
            </div>
            """,
        ),
        Example(
            "Privacy",
            """
            <div class="kw-notice kw-notice--private">{% icon "lock" %}
              <p class="kw-notice__body">Joan cannot see this, or tell that you wrote it.</p>
            </div>
            """,
        ),
        Example(
            "Refused",
            """
            <div class="kw-notice kw-notice--brick">{% icon "circle-alert" %}
              <div class="kw-notice__body"><p class="kw-notice__title">This cannot be closed yet</p><p>Record what was decided first.</p></div>
            </div>
            """,
        ),
        Example(
            "Flag about safety",
            """
            <section class="kw-flag kw-flag--safety" data-kw="flag" data-kind="safety">
              <h4 class="kw-flag__title">{% icon "circle-alert" %}Check in about safety</h4>
              <p><strong>PHQ-9 item 9: “Several days”.</strong> Last week: “Not at all”. Answered yesterday at 9:14 pm. Maya was shown who to call.</p>
              <div class="kw-cluster">
                <a class="kw-button kw-button--danger" href="#example-flag-about-safety">Record your review</a>
                <a class="kw-button kw-button--secondary" href="#example-flag-about-safety">Safety plan</a>
              </div>
            </section>
            """,
        ),
        Example(
            "Flag about little change",
            """
            <section class="kw-flag kw-flag--clay" data-kw="flag" data-kind="little-change">
              <h4 class="kw-flag__title">{% icon "trending-up-down" %}Little change so far</h4>
              <p>PHQ-9 is 19 to 18 since session 1. A change under 6 may be chance. <a href="#example-flag-about-little-change">Why am I seeing this?</a></p>
            </section>
            """,
        ),
        Example(
            "Flag about something missed",
            """
            <section class="kw-flag" data-kw="flag" data-kind="missed">
              <h4 class="kw-flag__title">{% icon "calendar" %}Session 3 was missed</h4>
              <p class="kw-flag__owner">Yours since Monday</p>
            </section>
            """,
        ),
        Example(
            "Help",
            """
            <a class="kw-help" href="/help/">{% icon "life-buoy" size=24 %}
              <span><span class="kw-help__title">Need help right now?</span><span class="kw-help__note">Kithwork is not watched day and night. Here is who to call.</span></span>
            </a>
            """,
        ),
        Example(
            "Help now",
            """
            <section class="kw-help kw-help--now" data-kw="help-now">{% icon "life-buoy" size=24 %}
              <div class="kw-stack kw-stack--tight">
                <h4>Thank you for saying this</h4>
                <p>You do not have to carry it alone. These people answer now.</p>
                <p><a class="kw-button kw-button--danger" href="tel:116123">{% icon "phone" %}Call 116 123</a></p>
              </div>
            </section>
            """,
            note="Comes at once when item 9 is above 0; the answer is kept.",
        ),
        Example(
            "Offline",
            '<p class="kw-offline">On this phone, not sent yet. We send it when you are connected.</p>',
        ),
    ),
)
