"""How scores and days have gone, in a sentence with how sure it is. A summary of what was answered, no forecast."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithwork.change import standard_error_of_difference, trajectory
from kithwork.change.trajectory import FEWEST_FOR_A_SLOPE
from kithwork.foundation.ui.dates import say_date
from kithwork.foundation.ui.tide import mood_words
from kithwork.therapy.together.chart import Picture
from kithwork.therapy.together.level_panel import Levels

Totals = Sequence[tuple[date, int | None]]
# Standard deviation and reliability of the norm group: those from which 6 and 4 points are worked out.
NORMS = {"phq9": (5.5, 0.89), "gad7": (5.0, 0.92)}


@dataclass(frozen=True)
class Said:
    """One thing that was measured, and how it has gone."""

    name: str
    words: str


def in_words(picture: Picture) -> list[Said]:
    """A sentence for each questionnaire and for the diary, over the days that are drawn."""
    said = [Said(one.name, _score_words(one.key, one.totals)) for one in picture.measures]
    return [*said, *([Said(picture.mood_lane, _level_words(picture.level))] if picture.level else [])]


def _score_words(key: str, totals: Totals) -> str:
    given = [(on, total) for on, total in totals if total is not None]
    start = given[0][0] if given else date.min
    spread = standard_error_of_difference(sd=NORMS[key][0], reliability=NORMS[key][1]) / sqrt(2)
    line = trajectory([(on - start).days for on, _t in given], [total for _on, total in given], spread=spread)
    if line is None:
        return _("Not enough yet for a direction: it takes {n} whole check-ins, and there are {have}.").format(
            n=FEWEST_FOR_A_SLOPE, have=len(given)
        )
    weeks = (given[-1][0] - start).days / 7
    moved, reach = line.slope.value * weeks, (line.slope.high - line.slope.value) * weeks
    return " ".join([_moved(round(moved), len(given), max(round(reach), 1)), _unsure(moved, reach)]).strip()


def _moved(moved: int, check_ins: int, reach: int) -> str:
    if moved == 0:
        said = _("About the same over {n} check-ins, give or take {reach}.")
    elif moved < 0:
        said = ngettext(
            "About {points} point lower over {n} check-ins, give or take {reach}.",
            "About {points} points lower over {n} check-ins, give or take {reach}.", -moved,
        )  # fmt: skip
    else:
        said = ngettext(
            "About {points} point higher over {n} check-ins, give or take {reach}.",
            "About {points} points higher over {n} check-ins, give or take {reach}.", moved,
        )  # fmt: skip
    return said.format(points=abs(moved), n=check_ins, reach=reach)


def _unsure(moved: float, reach: float) -> str:
    return _("That may be no change at all.") if abs(moved) <= reach and round(moved) else ""


def _level_words(level: Levels) -> str:
    if level.newest is None:
        return _("Not enough days yet for a level: it takes five within three weeks.")
    on, value, low, high = level.newest
    return _("Around “{mood}” on {day}; probably between “{low}” and “{high}”.").format(
        mood=_mood(value), day=say_date(on, "j F"), low=_mood(low), high=_mood(high)
    )


def _mood(value: float) -> str:
    return mood_words(min(max(round(value), 1), 5))
