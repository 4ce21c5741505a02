"""What stands on a screen that others see: for the two, the room without staff's own; for three, what was picked.

Both pages read for an audience that sees what both see, so nothing has to be hidden on them.
"""

from django.http import HttpRequest, HttpResponse

from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.sessions import actions, queries, showing
from kithwork.therapy.sessions.forms import PickForm
from kithwork.therapy.sessions.models import TherapySession
from kithwork.therapy.sessions.views.parts import agenda_form, both_see, head, looks, posted, session_or_404
from kithwork.therapy.sessions.views.room import SHOWS_FRAMES


@SHOWS_FRAMES
@course_page("session", client=False)
def screen(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """The room for a screen that others see. With somebody else there, only what was picked beforehand."""
    door.narrow()
    session = session_or_404(door, n)
    context = head(door, session, n)
    if session.has_others:
        return door.page("sessions/screen_picked.html", context | {"groups": _shown(door, session)})
    context |= both_see(door, session) | {
        "agenda": queries.agenda(door.audience, session.n, session),
        "carried": queries.carried(door.audience, session.n),
        "agenda_form": agenda_form(door), "back": "screen", "looks": looks(door),
    }  # fmt: skip
    return door.page("sessions/screen.html", context)


def _shown(door: Door, session: TherapySession) -> list[showing.Group]:
    return showing.shown(door.audience, session, door.zone)


@course_page("session")
def pick(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """Pick beforehand what somebody else may see in this session; either of the two can take it off again."""
    door.narrow()
    session = session_or_404(door, n)
    groups = showing.groups(door.audience, session, door.zone)
    offered = [(piece.key, piece.text or piece.head) for group in groups for piece in group.pieces]
    chosen = showing.picked(door.audience, session)
    form = PickForm(posted(door), offered=offered)
    if form.is_valid():
        saved = door.save(
            form,
            lambda: actions.pick(
                by=door.audience, session=session, pieces=form.cleaned_data["pieces"], zone=door.zone
            ),
            to=door.url("session-show", n=n),
        )
        if saved:
            return saved
    return door.page(
        "sessions/pick.html", {**head(door, session, n), "groups": groups, "chosen": chosen}, form=form
    )
