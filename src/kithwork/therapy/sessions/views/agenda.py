"""The agenda in the room and on the shared screen: adding, moving, ticking, leaving for next time.

Each act has a plain form. Asked by the page's script, it answers with the agenda alone, in its new order.
"""

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithwork.ipt.tasks import tasks
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.sessions import actions, queries
from kithwork.therapy.sessions.models import AgendaItem, TherapySession
from kithwork.therapy.sessions.views.parts import (
    act_on,
    agenda_form,
    and_no_draft,
    first_name,
    kept_or_again,
    posted,
    session_or_next,
)
from kithwork.therapy.sessions.views.room import SHOWS_FRAMES, show


def _back(door: Door, n: str, anchor: str) -> str:
    """Where the act was done: the room, or the screen that both look at."""
    page = "session-screen" if door.request.POST.get("back") == "screen" else "session"
    return door.url(page, n=n) + f"#{anchor}"


def _number(session: TherapySession | None, n: str) -> int:
    return session.n if session else int(n)


@require_POST
@SHOWS_FRAMES
@course_page("session", client=False)
def add(request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """Something to talk about, in one's own words or as the protocol suggests."""
    session = session_or_next(door, n)
    number, form, to = _number(session, n), agenda_form(door, bound=True), _back(door, n, "agenda")
    suggestion = request.POST.get("task", "")
    if suggestion in tasks:
        text = _(tasks.get(suggestion).label)
        return act_on(
            door,
            lambda: actions.add_agenda_item(by=door.audience, text=text, session_n=number),
            to=to,
            again=lambda form: show(door, n, form=form),
        )

    def act() -> object:
        return actions.add_agenda_item(by=door.audience, text=form.cleaned_data["item"], session_n=number)

    return kept_or_again(
        door,
        form,
        act=and_no_draft(door, session, "item", act) if session else act,
        to=to,
        again=lambda form: show(door, n, form=form, slot="agenda_form"),
    )


@require_POST
@SHOWS_FRAMES
@course_page("session", client=False)
def item(request: HttpRequest, door: Door, n: str, item_id: str) -> HttpResponse:
    """Up, down, to a place, done, not done, next time, back again, off."""
    session, found = session_or_next(door, n), queries.agenda_item(door.audience, item_id)
    if found is None:
        raise Http404
    answer = act_on(
        door,
        lambda: _act(door, found, session, n, request.POST.get("act", "")),
        to=_back(door, n, f"a-{found.id}"),
        again=lambda form: show(door, n, form=form),
    )
    if request.htmx and answer.status_code < 400:  # type: ignore[attr-defined]
        return part(door, session, n)
    return answer


def _act(door: Door, item: AgendaItem, session: TherapySession | None, address: str, act: str) -> None:
    by, n = door.audience, _number(session, address)
    if act in ("up", "down"):
        actions.move_agenda_item(by=by, item=item, n=n, meeting=session, steps=-1 if act == "up" else 1)
    elif act == "to":
        actions.move_agenda_item(by=by, item=item, n=n, meeting=session, place=_place(door))
    elif act in ("done", "again"):
        actions.tick_agenda_item(by=by, item=item, done=act == "done", meeting=session)
    elif act in ("next", "back"):
        # After an extra session comes the one whose number it bears: what is left there waits for that one by itself.
        is_left = act == "next" and (session is None or session.is_numbered)
        actions.carry_agenda_item(by=by, item=item, to=n + 1 if is_left else n)
    elif act == "off":
        actions.remove_agenda_item(by=by, item=item)
    else:
        raise Http404


def _place(door: Door) -> int:
    place = str((posted(door) or {}).get("place", ""))
    if not (place.isascii() and place.isdecimal() and len(place) < 4):
        raise Http404
    return int(place)


def part(door: Door, session: TherapySession | None, n: str, *, form: Form | None = None) -> HttpResponse:
    """The agenda alone, for the page's script to put in place of the old one."""
    number = _number(session, n)
    context = {
        "session": session, "n": number, "address": n, "first_name": first_name(door),
        "agenda": queries.agenda(door.audience, number, session), "carried": queries.carried(door.audience, number),
        "back": door.request.POST.get("back", ""),
    }  # fmt: skip
    return door.page("sessions/_agenda_lines.html", context, form=form)
