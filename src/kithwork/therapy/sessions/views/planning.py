"""The list of sessions, and planning the next one."""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.sessions import actions, queries
from kithwork.therapy.sessions.forms import CorrectForm, PlanForm
from kithwork.therapy.sessions.models import TherapySession
from kithwork.therapy.sessions.views.parts import first_name, head, posted, session_or_404


@course_page("sessions")
def sessions(_request: HttpRequest, door: Door) -> HttpResponse:
    """What lies ahead, and what was held, the newest first."""
    found = [
        (one, queries.spoken(one.at, door.zone), door.url("session", n=one.address))
        for one in queries.sessions(door.audience)
    ]
    waiting = [] if door.course.is_over else [one for one in found if not one[0].closed_at]
    ahead = [one for one in waiting if not queries.has_passed(one[0], door.audience.now)]
    # What became of these, only staff can say; a client is told no time that has gone by.
    passed = [] if door.is_client else [one for one in waiting if one not in ahead]
    past = [one for one in reversed(found) if one[0].closed_at]
    return door.page("sessions/sessions.html", {"ahead": ahead, "passed": passed, "past": past})


@course_page("sessions", client=False)
def plan(_request: HttpRequest, door: Door) -> HttpResponse:
    """Plan the next session, on the client's clock."""
    form = PlanForm(posted(door), initial=_usual(door))
    if form.is_valid():
        data = form.cleaned_data
        saved = door.save(
            form,
            lambda: actions.plan(
                by=door.audience,
                at=form.moment(door.zone),
                how=data["how"],
                minutes=data["minutes"],
                kind=data["kind"],
            ),
            to=door.url("sessions"),
        )
        if saved:
            return saved
    return door.page("sessions/plan.html", {"moving": "", "first_name": first_name(door)}, form=form)


@course_page("sessions", client=False)
def move(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """Another day, another time, another way."""
    session = session_or_404(door, n)
    if session.is_closed:
        raise Http404
    form = PlanForm(posted(door), initial=_as_planned(door, session, session.at) | {"kind": session.kind})
    form.fields["kind"].required = False
    if form.is_valid():
        data = form.cleaned_data
        saved = door.save(
            form,
            lambda: actions.change_plan(
                by=door.audience,
                session=session,
                at=form.moment(door.zone),
                how=data["how"],
                minutes=data["minutes"],
                kind=data["kind"],
            ),
            to=door.url("sessions"),
        )
        if saved:
            return saved
    return door.page(
        "sessions/plan.html", {"moving": queries.title_of(session), "first_name": first_name(door)}, form=form
    )


@course_page("session", client=False)
def correct(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """Put right what was recorded of a session that is over."""
    session = session_or_404(door, n)
    if not session.is_closed:
        raise Http404
    stands = {
        "kind": session.kind, "attendance": session.attendance,
        "shown": queries.newest_correction(door.audience, session),
    }  # fmt: skip
    form = CorrectForm(posted(door), initial=stands)
    if form.is_valid():
        data = form.cleaned_data
        saved = door.save(
            form,
            lambda: actions.correct(
                by=door.audience,
                session=session,
                kind=data["kind"],
                attendance=data["attendance"],
                shown=data["shown"],
            ),
            # By its id: its number may be another one now, or none.
            to=door.url("session", n=session.id),
        )
        if saved:
            return saved
    context = {**head(door, session, n), "corrections": queries.corrections(door.audience, session)}
    return door.page("sessions/correct.html", context, form=form)


def _usual(door: Door) -> dict[str, Any]:
    """As the last one, whole weeks later, on the first such day that lies ahead: what most pairs agree on."""
    last = max(queries.rows(door.audience), key=lambda one: one.at, default=None)
    if last is None:
        return {"minutes": 50, "kind": "planned"}
    # Counted on the client's clock, so that ten in the morning stays ten when the clocks change.
    was, now = last.at.astimezone(door.zone), door.audience.now.astimezone(door.zone)
    weeks = max((now - was) // timedelta(days=7) + 1, 1)
    return _as_planned(door, last, was + timedelta(days=7 * weeks))


def _as_planned(door: Door, session: TherapySession, at: datetime) -> dict[str, Any]:
    local = at.astimezone(door.zone)
    return {
        "on": local.date(),
        "at": local.time(),
        "how": session.how or "in_person",
        "minutes": session.minutes,
        "kind": "planned",
    }
