"""Charts: SVG drawn by attributes and classes, always with a table beside it."""

from __future__ import annotations

from kithwork.foundation.ui.examples.example import Example, Group

GROUP = Group(
    "Charts",
    "First series juniper with discs, second slate, dashed, with squares: never colour alone. Missing points stay missing.",
    (
        Example(
            "Side by side",
            """
            <figure class="kw-card kw-chart">
              <figcaption class="kw-card__head"><span class="kw-card__title"><strong>Mood and relationships, side by side</strong></span>
                <span class="kw-legend">
                  <span><svg width="32" height="12" aria-hidden="true"><path class="chart-line" d="M2 6H30"/><circle class="chart-point" cx="16" cy="6" r="5"/></svg>PHQ-9</span>
                  <span><svg width="32" height="12" aria-hidden="true"><path class="chart-line chart-line--2" d="M2 6H30"/><rect class="chart-point chart-point--2" x="11.5" y="1.5" width="9" height="9"/></svg>GAD-7</span>
                </span></figcaption>
              <div class="kw-chart__scroll" tabindex="0" role="region" aria-label="Chart, PHQ-9 and GAD-7">
              <svg viewBox="0 0 640 250" role="img" aria-label="PHQ-9 from 19 at session 1 to 16 at session 4; GAD-7 from 14 to 12">
                <rect class="chart-band" x="90" y="40" width="530" height="34"/><rect class="chart-band" x="90" y="108" width="530" height="34"/>
                <path class="chart-grid" d="M120 30V220M260 30V220M400 30V220M540 30V220"/>
                <path class="chart-lane" d="M90 195H620"/>
                <text class="chart-label" x="120" y="20" text-anchor="middle">S1</text><text class="chart-label" x="260" y="20" text-anchor="middle">S2</text>
                <text class="chart-label" x="400" y="20" text-anchor="middle">S3</text><text class="chart-label chart-label--strong" x="540" y="20" text-anchor="middle">S4</text>
                <text class="chart-label chart-label--quiet" x="82" y="62" text-anchor="end">Mod. severe</text><text class="chart-label chart-label--quiet" x="82" y="96" text-anchor="end">Moderate</text>
                <path class="chart-line" d="M120 48 260 56 400 48 540 70"/><path class="chart-line chart-line--2" d="M120 84 260 84 400 92 540 100"/>
                <circle class="chart-point" cx="120" cy="48" r="6"/><circle class="chart-point" cx="260" cy="56" r="6"/><circle class="chart-point" cx="400" cy="48" r="6"/><circle class="chart-point" cx="540" cy="70" r="6"/>
                <rect class="chart-point chart-point--2" x="115" y="79" width="10" height="10"/><rect class="chart-point chart-point--2" x="255" y="79" width="10" height="10"/><rect class="chart-point chart-point--2" x="395" y="87" width="10" height="10"/><rect class="chart-point chart-point--2" x="535" y="95" width="10" height="10"/>
                <text class="chart-value" x="120" y="36" text-anchor="middle">19</text><text class="chart-value" x="540" y="58" text-anchor="middle">16</text>
                <text class="chart-value chart-value--2" x="120" y="106" text-anchor="middle">14</text><text class="chart-value chart-value--2" x="540" y="122" text-anchor="middle">12</text>
                <text class="chart-label chart-label--strong" x="82" y="199" text-anchor="end">Sam</text>
                <path class="chart-event" d="M200 188 207 201H193Z"/><text class="chart-label chart-label--halo" x="214" y="199">Row about money</text>
                <circle class="chart-event chart-event--good" cx="430" cy="195" r="6"/><text class="chart-label chart-label--halo" x="442" y="199">A walk</text>
                <path class="chart-event chart-event--change" d="M580 187 588 195 580 203 572 195Z"/>
                <path class="chart-today" d="M600 30V220"/>
                <text class="chart-label chart-label--quiet" x="120" y="240" text-anchor="middle">18 Feb</text><text class="chart-label chart-label--quiet" x="540" y="240" text-anchor="middle">11 Mar</text>
              </svg></div>
              <details class="kw-unfold"><summary>Show as table</summary>
                <table class="kw-table"><thead><tr><th scope="col">Session</th><th scope="col" class="kw-number">PHQ-9</th><th scope="col" class="kw-number">GAD-7</th></tr></thead>
                <tbody><tr><th scope="row">1</th><td class="kw-number">19</td><td class="kw-number">14</td></tr><tr><th scope="row">4</th><td class="kw-number">16</td><td class="kw-number">12</td></tr></tbody></table>
              </details>
            </figure>
            """,
        ),
    ),
    wide=True,
)
