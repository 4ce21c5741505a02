"""The session room: the agenda, what the two look at, and the therapist's note beside it.

The client's page is its shared side. What the two look at on one screen is a page of its own (``screen``), for which
nothing of staff's alone can be read.
"""

import time
from typing import Any

from csp.decorators import csp_update
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kithwork.foundation.passages.queries import Words, read
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.focus.space import nothing_to_try
from kithwork.therapy.sessions import actions, queries
from kithwork.therapy.sessions.forms import CloseForm, LinkForm, RatherNotForm, TryForm, WorkForm
from kithwork.therapy.sessions.models import TherapySession
from kithwork.therapy.sessions.views.note import note_context
from kithwork.therapy.sessions.views.parts import (
    act_on,
    agenda_form,
    base_of,
    both_see,
    first_name,
    head,
    kept_or_again,
    looks,
    posted,
    session_or_404,
    session_or_next,
    text_of,
)
from kithwork.therapy.sessions.week import ShownLink, Week

STAY = "stay_until"
SHOWS_FRAMES = csp_update({"frame-src": ["'self'"]})


@SHOWS_FRAMES
@course_page("session")
def room(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """The room, or its shared side."""
    return show(door, n)


def show(door: Door, n: str, *, form: Form | None = None, slot: str = "") -> HttpResponse:
    """The page, with one of its forms as it was sent where that needs another look."""
    session = session_or_404(door, n) if door.is_client else session_or_next(door, n)
    number = session.n if session else int(n)
    context: dict[str, Any] = {
        "session": session,
        "n": number,
        "address": n,
        "title": queries.numbered(number),
        "agenda": queries.agenda(door.audience, number, session),
    }
    if session:
        context |= head(door, session, n) | both_see(door, session)
        context["rather_not"] = read(door.audience, session).get("rather_not")
    if not door.is_client:
        context |= _for_staff(door, session, number)
    if slot:
        context[slot] = form
    return door.page("sessions/session.html", context, form=form)


def _for_staff(door: Door, session: TherapySession | None, n: int) -> dict[str, Any]:
    context: dict[str, Any] = {
        "first_name": first_name(door),
        "suggested": queries.suggested(door.audience, door.course, n),
        "carried": queries.carried(door.audience, n),
    }
    if session is None:
        return context | {"agenda_form": agenda_form(door)}
    if session.is_closed:
        context["corrections"] = queries.corrections(door.audience, session)
    return context | {"looks": looks(door)} | _forms(door, session)


def _forms(door: Door, session: TherapySession) -> dict[str, Any]:
    """Every form of the room. What its therapist was in the middle of writing stands in them again."""
    week = Week(door.audience, door.zone, session)
    words: dict[str, Words | None] = {**read(door.audience, session)}
    standing = _chosen_link(door, week)
    drafts = queries.drafts(door.audience, session, {"link": standing.words if standing else None})
    going_on = {field: draft.text for field, draft in drafts.items() if draft.goes_on}
    rather_not = words.get("rather_not")
    return {
        "agenda_form": agenda_form(door, item=going_on.get("item", "")),
        "link_form": link_form(door, week, draft=going_on.get("link")),
        "work_form": WorkForm(initial={"techniques": queries.techniques_used(door.audience, session)}),
        "try_form": TryForm(people=week.person_choices(), initial={"what": going_on.get("what", "")}),
        "withheld": nothing_to_try(door.audience),
        "rather_form": RatherNotForm(
            initial={
                "rather_not": going_on.get("rather_not", text_of(rather_not)),
                "rather_not_base": base_of(rather_not),
            }
        ),
        "close_form": CloseForm(initial={"attendance": "attended"} if session.is_open else {}),
        "unsaved": going_on,
        **note_context(door, session, drafts),
    }


def link_form(door: Door, week: Week, *, bound: bool = False, draft: str | None = None) -> LinkForm:
    """The week's form: the line that stands, or else the newest score and the lowest day of the shared diary."""
    standing = _chosen_link(door, week)
    choices: dict[str, list[Any]] = {
        "answers": week.score_choices(),
        "event": week.event_choices(),
        "person": week.person_choices(),
    }
    initial = _as_linked(standing) if standing else _suggested_link(door, week)
    if draft is not None:
        initial["link"] = draft
    return LinkForm(posted(door) if bound else None, initial=initial, choices=choices)


def _chosen_link(door: Door, week: Week) -> ShownLink | None:
    """The line that the form changes: none where another one is being added."""
    return None if "another" in door.request.GET else week.link


def _as_linked(link: ShownLink) -> dict[str, str]:
    return {
        "which": link.which, "answers": link.answers, "event": link.event, "person": link.person,
        "link": text_of(link.words), "link_base": base_of(link.words), "row": link.id,
    }  # fmt: skip


def _suggested_link(door: Door, week: Week) -> dict[str, str]:
    which = "best" if door.request.GET.get("another") == "best" else "worst"
    day = week.outstanding(which)
    return {
        "which": which if day else "", "answers": week.check_in[0].id if week.check_in else "",
        "event": day.id if day else "", "person": week.around(day), "link": "", "link_base": "", "row": "",
    }  # fmt: skip


# Opening and closing ----------------------------------------------------------------------------------------


@require_POST
@SHOWS_FRAMES
@course_page("session", client=False)
def open_(request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """Begin. While the room is open its therapist stays signed in."""
    session = session_or_next(door, n)

    def act() -> TherapySession:
        by = door.audience
        opened = actions.open_room(by=by, session=session) if session else actions.open_next(by=by)
        request.session[STAY] = time.time() + queries.stays_open(opened, by.now).total_seconds()
        return opened

    return act_on(door, act, to=door.url("session", n=n), again=lambda form: show(door, n, form=form))


@require_POST
@SHOWS_FRAMES
@course_page("session", client=False)
def close(request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """End it, or say that it did not take place; then the note."""
    session = session_or_404(door, n)
    form = CloseForm(posted(door))

    def act() -> None:
        actions.close_room(by=door.audience, session=session, attendance=form.cleaned_data["attendance"])
        request.session.pop(STAY, None)

    # By its id: a session that did not take place has no number any more.
    to = door.url("note", n=session.id)
    return kept_or_again(
        door, form, act=act, to=to, again=lambda form: show(door, n, form=form, slot="close_form")
    )
