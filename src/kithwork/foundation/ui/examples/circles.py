"""The classes with which circles and the cycle are drawn."""

from __future__ import annotations

from kithwork.foundation.ui.examples.example import Example, Group

GROUP = Group(
    "Circles and cycle",
    "Rings glow towards the middle. Died and lost touch never look the same.",
    (
        Example(
            "Closeness circles",
            """
            <svg class="kw-circles" viewBox="0 0 400 400" role="img" aria-label="An example of closeness circles">
              <circle class="ring ring-4" cx="200" cy="200" r="190"/><circle class="ring ring-3" cx="200" cy="200" r="158"/>
              <circle class="ring ring-2" cx="200" cy="200" r="120"/><circle class="ring ring-1" cx="200" cy="200" r="78"/>
              <text class="ring-name" x="200" y="270" font-size="13">Closest</text><text class="ring-name" x="200" y="312" font-size="13">Close</text>
              <path class="line line--supports" d="M200 200 140 150"/><path class="line line--up_and_down" d="M200 200q-10 10 0 20t0 20 0 20-10 20"/>
              <path class="line line--tense" d="M200 200 215 192 225 206 240 194 252 208 268 200 285 204"/><path class="line line--lost" d="M200 200 330 120"/>
              <circle class="ghost" cx="250" cy="240" r="15"/><path class="ghost-arrow" d="M264 232 288 220"/><path class="ghost-head" d="M280 218 289 219 285 227"/>
              <circle class="disc disc--me" cx="200" cy="200" r="20"/><text class="disc-initials disc-initials--me" x="200" y="205" font-size="14">Me</text>
              <g class="on-ring-1"><circle class="disc" cx="140" cy="150" r="20"/><text class="disc-initials" x="140" y="155" font-size="14">L</text><text class="person-name" x="140" y="187" font-size="13">Leah</text></g>
              <g class="on-ring-2 chosen" data-kw="person" data-ring="2"><circle class="disc-halo" cx="300" cy="204" r="24"/><circle class="disc" cx="300" cy="204" r="20"/><text class="disc-initials" x="300" y="209" font-size="14">S</text><text class="person-name" x="300" y="172" font-size="13">Sam</text></g>
              <g class="on-ring-1"><circle class="disc disc--died" cx="230" cy="140" r="20"/><circle class="disc--died-inner" cx="230" cy="140" r="16"/><text class="disc-initials" x="230" y="145" font-size="14">M</text><text class="person-name" x="230" y="175" font-size="13">Mum</text></g>
              <g class="on-ring-4"><circle class="disc disc--lost" cx="345" cy="110" r="20"/><text class="disc-initials" x="345" y="115" font-size="14">T</text><text class="person-name" x="345" y="146" font-size="13">Tomasz</text></g>
              <g class="on-ring-3"><circle class="disc disc--group" cx="88" cy="290" r="20"/><circle class="disc disc--group" cx="84" cy="290" r="20"/><circle class="disc" cx="80" cy="290" r="20"/><text class="disc-initials" x="80" y="295" font-size="14">5</text><text class="person-name" x="80" y="327" font-size="13">Old team</text></g>
            </svg>
            """,
        ),
        Example(
            "Not placed yet",
            """
            <div class="kw-tray"><strong>Not placed yet</strong><a class="kw-chip" href="#example-not-placed-yet"><span class="kw-chip__disc" aria-hidden="true">N</span>Nan</a></div>
            """,
        ),
        Example(
            "Cycle",
            """
            <svg class="kw-cycle" viewBox="0 0 400 380" role="img" aria-label="My mood drops, then I pull away">
              <circle class="cycle-glow-2" cx="200" cy="190" r="120"/><circle class="cycle-glow-1" cx="200" cy="190" r="76"/>
              <text class="cycle-question" x="200" y="186" font-size="16">What might help here,</text><text class="cycle-question" x="200" y="206" font-size="16">and who?</text>
              <path class="cycle-arrow" d="M258 62Q300 84 318 122M300 114 318 122 322 102"/><path class="cycle-arrow cycle-arrow--next" d="M314 260Q296 296 262 316M270 297 262 316 283 316"/>
              <circle class="cycle-disc" cx="200" cy="64" r="52"/><text x="200" y="60" font-size="16">My mood</text><text x="200" y="80" font-size="16">drops</text>
              <g class="chosen"><circle class="cycle-halo" cx="326" cy="190" r="57"/><circle class="cycle-disc" cx="326" cy="190" r="52"/><text x="326" y="186" font-size="16">I pull</text><text x="326" y="206" font-size="16">away</text></g>
              <circle class="cycle-gap" cx="130" cy="290" r="6"/><circle class="cycle-gap" cx="96" cy="262" r="6"/>
            </svg>
            """,
        ),
    ),
)
