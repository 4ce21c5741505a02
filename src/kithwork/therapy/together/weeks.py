"""My weeks: the picture with the diary's slow level, the circles' days, and the rules of the scores as lines."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from kithwork.change import national_table
from kithwork.foundation.passages.audience import Audience
from kithwork.therapy.course.models import Course
from kithwork.therapy.people.queries import days_placed
from kithwork.therapy.together.chart import Measure, Picture
from kithwork.therapy.together.level_panel import levels
from kithwork.therapy.together.side_by_side import Drawn, drawn, side_by_side

LAST_WEEKS = 6


def weeks(
    audience: Audience, course: Course, *, zone: ZoneInfo, today: date, last: int | None, circles: str
) -> Drawn:
    """Everything on one axis: the whole course, or its last weeks. ``circles`` is where its marks lead."""
    whole = side_by_side(audience, course, zone=zone, today=today)
    picture = side_by_side(audience, course, zone=zone, today=today, weeks=last) if last else whole
    if not audience.is_client:
        pairs = zip(picture.measures, whole.measures, strict=True)
        picture = replace(picture, measures=tuple(replace(one, sums=tuple(_sums(all_))) for one, all_ in pairs))
    days = tuple(on for on in reversed(days_placed(audience)) if picture.first <= on <= picture.today)
    picture = replace(picture, level=levels(whole.moods) if picture.moods else None, circles=days)
    return drawn(picture, circles=circles)


def _sums(measure: Measure) -> Iterable[tuple[float, str]]:
    """The cut for caseness, and as many points from the first total as a reliable change takes."""
    rule = national_table().measures[measure.key]
    cut, points = int(rule.caseness), int(rule.reliable_change)
    yield cut - 0.5, _("Cut for caseness: {cut} and above").format(cut=cut)
    first = next((total for _on, total in measure.totals if total is not None), None)
    if first is None:
        return
    if first - points >= 0:
        yield first - points, _("{first} − {points}").format(first=first, points=points)
    if first + points <= measure.highest:
        yield first + points, _("{first} + {points}").format(first=first, points=points)
