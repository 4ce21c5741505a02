"""A session on paper: the sheet to print and write on, and typing it in afterwards."""

from django.http import HttpRequest, HttpResponse

from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.sessions import actions, queries
from kithwork.therapy.sessions.forms import TypedInForm
from kithwork.therapy.sessions.models import TherapySession
from kithwork.therapy.sessions.views.parts import (
    both_see,
    first_name,
    head,
    posted,
    session_or_next,
)


@course_page("session", client=False)
def paper(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """One sheet for the session, planned or not: what both see, and room to write. No note of staff is on it."""
    session = session_or_next(door, n) or TherapySession(n=int(n), planned_at=door.audience.now)  # unsaved
    return door.page(
        "sessions/paper.html",
        {
            **head(door, session, n),
            **both_see(door, session),
            "agenda": queries.agenda(door.audience, session.n, session),
        },
    )


@course_page("session", client=False)
def type_in(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """Enter a session that was held on paper; then its note."""
    session = session_or_next(door, n)
    form = TypedInForm(posted(door), initial=_as_planned(door, session))
    if form.is_valid():
        saved = door.save(
            form,
            lambda: actions.type_in(
                by=door.audience,
                session=session,
                at=form.moment(door.zone),
                attendance=form.cleaned_data["attendance"],
                kind=form.cleaned_data["kind"],
            ),
            to=lambda made: door.url("session", n=made.id),
        )
        if saved:
            return saved
    title = queries.title_of(session) if session else queries.numbered(int(n))
    context = {"session": session, "address": n, "title": title, "first_name": first_name(door)}
    return door.page("sessions/type_in.html", context, form=form)


def _as_planned(door: Door, session: TherapySession | None) -> dict[str, object]:
    kind = session.kind if session else "planned"
    return {"attendance": "attended", "on": door.today, "kind": kind}
