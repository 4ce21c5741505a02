"""The session room. Staff work in it, with the screen between the two; the client's page is its shared side.

Nothing that only staff may see is ever on it: the note has a page of its own.
"""

import time
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kithwork.foundation.passages.queries import read
from kithwork.ipt.course_life import techniques
from kithwork.ipt.tasks import tasks
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.focus import queries as focus
from kithwork.therapy.sessions import actions, queries
from kithwork.therapy.sessions.forms import CloseForm, LinkForm, RatherNotForm, TryForm, WorkForm
from kithwork.therapy.sessions.models import TherapySession
from kithwork.therapy.sessions.views.parts import (
    act_on,
    agenda_form,
    base_of,
    first_name,
    kept_or_again,
    outcome_form,
    posted,
    session_or_404,
    text_of,
)
from kithwork.therapy.sessions.week import Week

STAY = "stay_until"


@course_page("session")
def room(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """The room, or its shared side."""
    return show(door, n)


def show(door: Door, n: str, *, form: Form | None = None, slot: str = "") -> HttpResponse:
    """The page, with one of its forms as it was sent where that needs another look."""
    session = queries.find(door.audience, n)
    if session is None and (door.is_client or n != str(door.course.current_session)):
        raise Http404
    number = session.n if session else int(n)
    context = {
        "session": session,
        "n": number,
        "address": n,
        "title": queries.title_of(session) if session else f"Session {number}",
        "agenda": queries.agenda(door.audience, number),
        **(_of_session(door, session) if session else {}),
        **(_for_staff(door, session, number) if not door.is_client else {}),
    }
    if slot:
        context[slot] = form
    return door.page("sessions/session.html", context, form=form)


def _of_session(door: Door, session: TherapySession) -> dict[str, Any]:
    words = read(door.audience, session)
    tries = queries.try_outs(door.audience)
    shown = next((one for one in queries.sessions(door.audience) if one.id == session.pk), None)
    return {
        "shown": shown,
        "when": queries.spoken(session.at, door.zone),
        "week": Week(door.audience, door.zone, session),
        "rather_not": words.get("rather_not"),
        "focus": focus.current(door.audience),
        "done": [techniques.get(key) for key in queries.techniques_used(door.audience, session)],
        "tries": [
            (one, outcome_form(door, one), door.url("try-out", try_id=one.id))
            for one in tries
            if one.session == session.n
            or (one.session < session.n and not one.done and not session.is_closed)
        ],
    }


def _for_staff(door: Door, session: TherapySession | None, n: int) -> dict[str, Any]:
    context: dict[str, Any] = {
        "first_name": first_name(door),
        "suggested": queries.suggested(door.audience, door.course, n),
        "agenda_form": agenda_form(door),
    }
    if session is None:
        return context
    return context | {
        "link_form": _link_form(door, session),
        "work_form": WorkForm(initial={"techniques": queries.techniques_used(door.audience, session)}),
        "try_form": TryForm(people=Week(door.audience, door.zone, session).person_choices()),
        "rather_form": _rather_form(door, session),
        "close_form": CloseForm(initial={"attendance": "attended"} if session.is_open else {}),
    }


# Opening and closing ----------------------------------------------------------------------------------------


@require_POST
@course_page("session", client=False)
def open_(request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """Begin. While the room is open its therapist stays signed in."""
    session = queries.find(door.audience, n)
    if session is None and n != str(door.course.current_session):
        raise Http404

    def act() -> TherapySession:
        by = door.audience
        opened = actions.open_room(by=by, session=session) if session else actions.open_next(by=by)
        request.session[STAY] = time.time() + queries.stays_open(opened, by.now).total_seconds()
        return opened

    return act_on(door, act, to=door.url("session", n=n), again=lambda form: show(door, n, form=form))


@require_POST
@course_page("session", client=False)
def close(request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """End it, or say that it did not take place; then the note."""
    session = session_or_404(door, n)
    form = CloseForm(posted(door))

    def act() -> None:
        actions.close_room(by=door.audience, session=session, attendance=form.cleaned_data["attendance"])
        request.session.pop(STAY, None)

    # By its id: a session that did not take place has no number any more.
    to = door.url("note", n=session.pk)
    return kept_or_again(
        door, form, act=act, to=to, again=lambda form: show(door, n, form=form, slot="close_form")
    )


# The agenda -------------------------------------------------------------------------------------------------


@require_POST
@course_page("session", client=False)
def add(request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """Something to talk about, in one's own words or as the protocol suggests."""
    number = _number(door, n)
    form = agenda_form(door, bound=True)
    suggestion = request.POST.get("task", "")
    if suggestion in tasks:
        text = tasks.get(suggestion).label
        return act_on(
            door,
            lambda: actions.add_agenda_item(by=door.audience, text=text, session_n=number),
            to=door.url("session", n=n) + "#agenda",
            again=lambda form: show(door, n, form=form),
        )
    return kept_or_again(
        door,
        form,
        act=lambda: actions.add_agenda_item(
            by=door.audience, text=form.cleaned_data["item"], session_n=number
        ),
        to=door.url("session", n=n) + "#agenda",
        again=lambda form: show(door, n, form=form, slot="agenda_form"),
    )


@require_POST
@course_page("session", client=False)
def item(request: HttpRequest, door: Door, n: str, item_id: str) -> HttpResponse:
    """Up, down, done, not done, off."""
    found, by, number = queries.agenda_item(door.audience, item_id), door.audience, _number(door, n)
    if found is None:
        raise Http404
    ways = {
        "up": lambda: actions.move_agenda_item(by=by, item=found, n=number, steps=-1),
        "down": lambda: actions.move_agenda_item(by=by, item=found, n=number, steps=1),
        "done": lambda: actions.tick_agenda_item(by=by, item=found, done=True),
        "again": lambda: actions.tick_agenda_item(by=by, item=found, done=False),
        "off": lambda: actions.remove_agenda_item(by=by, item=found),
    }
    act = ways.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    to = door.url("session", n=n) + f"#a-{found.pk}"
    return act_on(door, act, to=to, again=lambda form: show(door, n, form=form))


def _number(door: Door, n: str) -> int:
    session = queries.find(door.audience, n)
    if session is None and n != str(door.course.current_session):
        raise Http404
    return session.n if session else int(n)


# The work ---------------------------------------------------------------------------------------------------


@require_POST
@course_page("session", client=False)
def link(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """Link the week."""
    session = session_or_404(door, n)
    form = _link_form(door, session, bound=True)

    def act() -> object:
        data = form.cleaned_data
        return actions.link_week(
            by=door.audience, session_n=n, text=data["link"], answers=data["answers"], event=data["event"],
            person=data["person"], base=data["link_base"], link=data["row"],
        )  # fmt: skip

    to = door.url("session", n=n) + "#week"
    return kept_or_again(
        door, form, act=act, to=to, again=lambda form: show(door, n, form=form, slot="link_form")
    )


@require_POST
@course_page("session", client=False)
def work(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """What was done."""
    session_or_404(door, n)
    form = WorkForm(posted(door))
    return kept_or_again(
        door,
        form,
        act=lambda: actions.use_techniques(
            by=door.audience, session_n=n, techniques=form.cleaned_data["techniques"]
        ),
        to=door.url("session", n=n) + "#work",
        again=lambda form: show(door, n, form=form, slot="work_form"),
    )


@require_POST
@course_page("session", client=False)
def try_(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """Something to try."""
    session = session_or_404(door, n)
    form = TryForm(posted(door), people=Week(door.audience, door.zone, session).person_choices())

    def act() -> object:
        data = form.cleaned_data
        return actions.add_try_out(
            by=door.audience, what=data["what"], person=data["person"], on=data["on"], session_n=session.n
        )

    to = door.url("session", n=n) + "#try"
    return kept_or_again(
        door, form, act=act, to=to, again=lambda form: show(door, n, form=form, slot="try_form")
    )


@require_POST
@course_page("session", client=False)
def rather_not(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """What had better not be written down."""
    session = session_or_404(door, n)
    form = RatherNotForm(posted(door))

    def act() -> None:
        data = form.cleaned_data
        actions.write_rather_not(
            by=door.audience, session=session, text=data["rather_not"], base=data["rather_not_base"]
        )

    to = door.url("session", n=n) + "#close"
    return kept_or_again(
        door, form, act=act, to=to, again=lambda form: show(door, n, form=form, slot="rather_form")
    )


def _link_form(door: Door, session: TherapySession, *, bound: bool = False) -> LinkForm:
    week = Week(door.audience, door.zone, session)
    standing = week.link
    newest = week.check_in[0].id if week.check_in else ""
    initial = {
        "answers": standing.answers if standing else newest,
        "event": standing.event if standing else "",
        "person": standing.person if standing else "",
        "link": text_of(standing.words) if standing else "",
        "link_base": base_of(standing.words) if standing else "",
        "row": standing.id if standing else "",
    }
    choices: dict[str, list[Any]] = {
        "answers": week.score_choices(),
        "event": week.event_choices(),
        "person": week.person_choices(),
    }
    return LinkForm(posted(door) if bound else None, initial=initial, choices=choices)


def _rather_form(door: Door, session: TherapySession) -> RatherNotForm:
    words = read(door.audience, session).get("rather_not")
    return RatherNotForm(initial={"rather_not": text_of(words), "rather_not_base": base_of(words)})
