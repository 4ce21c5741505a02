"""How far each kind of difficulty fits, as the client sees it. It decides nothing."""

from django.db import transaction

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt import problem_areas, weighing
from kithwork.therapy.story import queries
from kithwork.therapy.story.access import check_may_keep
from kithwork.therapy.story.keeping import Texts, keep, write
from kithwork.therapy.story.models import Weighing


def weigh(
    *,
    by: Audience,
    area: str,
    fits: str = "",
    why: str = "",
    sharing: Sharing = Sharing.LATER,
    bases: Texts | None = None,
) -> Weighing:
    """Say how far one kind of difficulty fits: a lot, a bit, not, not sure, or nothing at all."""
    state = check_may_keep(by, sharing)
    problem_areas.get(area)
    if fits:
        weighing.fits.get(fits)
    with transaction.atomic():
        trail.lock(by.course)
        row, _ = queries.row_for(by, Weighing, area=area)
        weighed: Weighing = row or Weighing.make(by, sharing=state, area=area)
        write(by, weighed, {weighing.WHY.key: why}, sharing=state, bases=bases)
        keep(by, weighed, sharing=state, fits=fits)
        trail.record("story.weighed", by=by.who, at=by.now, course=by.course, page="difficulties")
    return weighed
