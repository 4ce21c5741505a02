"""What the diary can honestly say about how it goes round, for one audience: from the answers that it may see alone."""

from kithwork.cycle.diary import read_diaries
from kithwork.cycle.explain import Explained, being_worked_out, explained
from kithwork.cycle.fit import Floats
from kithwork.cycle.loop import look
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.once import once_a_page
from kithwork.therapy.diary import worked_out
from kithwork.therapy.diary.models import Entry


@once_a_page
def says(audience: Audience) -> Explained:
    """What may be said of the fuller items, by the rules of `kithwork.cycle.loop`."""
    y = _answers(audience)
    seen = look(y)
    if not seen.is_worth_a_fit:
        return explained(seen)
    found = worked_out.loop_from(audience.side, y)
    return explained(seen, found) if found else being_worked_out(seen)


def begin(audience: Audience) -> None:
    """Have it worked out for the page that may come next, where there are days enough."""
    y = _answers(audience)
    if look(y).is_worth_a_fit:
        worked_out.begin(audience.side, y)


@once_a_page
def _answers(audience: Audience) -> Floats:
    """The fuller items, day by day, shape (T, 5). Of two entries on one day, what the later one says stands."""
    told = [
        row
        for row in Entry.seen.all_of(audience)
        if row.withdrawn_at is None and row.facts in audience.sees and row.more
    ]
    diaries = read_diaries(("", row.on, row.more) for row in told)
    return diaries.y[0] if told else diaries.y.reshape(0, diaries.y.shape[2])
