"""The page for looking back on the way. Staff alone."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kithwork.ipt.review import carried_out_on, decisions
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.reviews import actions, queries
from kithwork.therapy.reviews.arithmetic import moved, phq9_totals
from kithwork.therapy.reviews.forms import ReviewForm
from kithwork.therapy.reviews.little_change import little_change
from kithwork.therapy.reviews.worth_talking import PROMPTS, worth_talking


@course_page("review", client=False)
def review(request: HttpRequest, door: Door) -> HttpResponse:
    """The numbers, the list to go through, what was decided, and the reviews so far."""
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.record_review(
                by=door.audience, course=door.course, decisions=form.cleaned_data["decisions"],
                looked_at=form.cleaned_data["looked_at"], reason=form.cleaned_data["reason"],
            ),
            to=door.url("review"),
        )  # fmt: skip
        if saved:
            return saved
    if door.receipt:
        door.receipt_note = _("Only staff see this.")
    context = {
        "due": queries.due(door.audience, door.course), "moved": moved(door.audience),
        "little": little_change(phq9_totals(door.audience), door.course.clinic.little_change_points),
        "worth": worth_talking(door.audience, door.course), "prompts": PROMPTS,
        "reviews": queries.reviews(door.audience), "ways": _ways(door),
    }  # fmt: skip
    return door.page("reviews/review.html", context, form=form)


def _ways(door: Door) -> list[tuple[str, str]]:
    """Where a decision is carried out with the client."""
    return [(_(decisions.get(key).label), door.url(page)) for key, page in carried_out_on.items()]
