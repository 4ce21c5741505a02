"""What stands in the record, as far as a reader may see it: so the page before a session tells what is still open."""

from collections.abc import Callable

from kithwork.foundation.passages.audience import Audience
from kithwork.therapy.checkins.queries.reading import sent_answers
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.queries import agreed_sessions
from kithwork.therapy.ending.queries import review as ending
from kithwork.therapy.focus.queries import current as focus
from kithwork.therapy.formulation.queries import goals, standing
from kithwork.therapy.people.queries import everybody
from kithwork.therapy.reviews.queries import rows as reviews
from kithwork.therapy.safety.models import SafetyReview
from kithwork.therapy.story.queries import cycle, events
from kithwork.therapy.story.queries.first_picture import first_picture

# By the names of ipt.preparing.TRACES.
STANDS: dict[str, Callable[[Audience, Course], object]] = {
    "check_in": lambda audience, _course: sent_answers(audience),
    "experiences": lambda audience, _course: any(one.id for one in first_picture(audience).experiences),
    "asked_aloud": lambda audience, _course: SafetyReview.seen.all_of(audience),
    "episodes": lambda audience, _course: first_picture(audience).episodes,
    "put_down": lambda audience, _course: first_picture(audience).put_down,
    "cycle": lambda audience, _course: any(step.answer or step.words for step in cycle(audience)),
    "events": lambda audience, _course: events(audience),
    "placed": lambda audience, _course: any(one.now for one in everybody(audience)),
    "cards": lambda audience, _course: any(set(one.words) - {"label"} for one in everybody(audience)),
    "picture": lambda audience, _course: standing(audience).quote,
    "picture_signed": lambda audience, _course: standing(audience).in_force,
    "focus": lambda audience, _course: focus(audience),
    "goals": lambda audience, _course: goals(audience),
    "contract_signed": lambda audience, course: agreed_sessions(audience, course).contract,
    "review": lambda audience, _course: reviews(audience),
    "what_changed": lambda audience, _course: ending(audience).parts["changed"].text,
    "warning_signs": lambda audience, _course: ending(audience).signs,
    "stay_well": lambda audience, _course: any(one.text for one in ending(audience).plan.values()),
}


def traces(audience: Audience, course: Course) -> frozenset[str]:
    """The names of what stands. What a client keeps stands for nobody else."""
    return frozenset(name for name, stands in STANDS.items() if stands(audience, course))
