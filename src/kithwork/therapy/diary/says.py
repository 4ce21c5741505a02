"""What the diary can honestly say about how it goes round, for one audience: from the answers that it may see alone."""

from kithwork.cycle.explain import Explained, being_worked_out, explained
from kithwork.cycle.loop import look
from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.therapy.diary import worked_out
from kithwork.therapy.diary.queries import answers


@once_a_page
def says(audience: Audience) -> Explained:
    """What may be said of the fuller items, by the rules of `kithwork.cycle.loop`."""
    y = answers(audience)
    seen = look(y)
    if not seen.is_worth_a_fit:
        return explained(seen)
    found = worked_out.newest(audience, y)
    if found is None:
        worked_out.ask_again(audience)
        return being_worked_out(seen)
    return explained(seen, found)
