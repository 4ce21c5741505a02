"""What the views of this room share."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse

from kithwork.foundation.passages.queries import Words
from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt.course_life import techniques
from kithwork.therapy.course.pages import Door
from kithwork.therapy.course.queries import therapist_name
from kithwork.therapy.focus import queries as focus
from kithwork.therapy.sessions import actions, queries
from kithwork.therapy.sessions.forms import ActForm, AgendaForm, OutcomeForm
from kithwork.therapy.sessions.models import TherapySession
from kithwork.therapy.sessions.slots import together
from kithwork.therapy.sessions.week import Week


def session_or_404(door: Door, n: str) -> TherapySession:
    """The session at this address, if this viewer may know of it."""
    found = queries.find(door.audience, n)
    if found is None:
        raise Http404
    return found


def session_or_next(door: Door, n: str) -> TherapySession | None:
    """The session at this address; None for the one that comes next and is not planned yet."""
    found = queries.find(door.audience, n)
    if found is None and n != str(door.course.current_session):
        raise Http404
    return found


def therapist(door: Door) -> str:
    """The therapist as the client knows her."""
    return therapist_name(door.course, now=door.audience.now)


def first_name(door: Door) -> str:
    """The client as she is spoken of in a sentence."""
    return door.client_name.split(" ")[0]


def sharing_with(door: Door) -> str:
    """Whom a client is asked about sharing with; nobody is asked at the table, where all is shared."""
    return therapist(door) if door.is_client else ""


def posted(door: Door) -> dict[str, object] | None:
    """What was sent, or None when the page is only looked at."""
    return door.request.POST if door.request.method == "POST" else None  # type: ignore[return-value]


def head(door: Door, session: TherapySession, n: str) -> dict[str, object]:
    """What every page of one session says of it."""
    return {
        "session": session,
        "n": session.n,
        "address": n,
        "first_name": first_name(door),
        "therapist": therapist(door),
        "title": queries.title_of(session),
        "when": queries.spoken(session.at, door.zone),
        "typed_in_by": queries.who_typed_in(session),
    }


def both_see(door: Door, session: TherapySession) -> dict[str, Any]:
    """What a session's page shows to both: the check-in, the week, the work, what there is to try."""
    return {
        "shown": next((one for one in queries.sessions(door.audience) if one.id == session.id), None),
        "week": Week(door.audience, door.zone, session),
        "focus": focus.current(door.audience),
        "done": [techniques.get(key) for key in queries.techniques_used(door.audience, session)],
        "tries": [
            (one, outcome_form(door, one), door.url("try-out", try_id=one.id))
            for one in queries.try_outs(door.audience)
            if one.belongs_to(session)
            or (one.session <= session.n and not one.done and not session.is_closed)
        ],
    }


def looks(door: Door) -> list[tuple[str, str]]:
    """Pages that both have, to look at in the middle: what each is called, and its address."""
    return [(str(look.label), door.url(look.page)) for look in together.looks]


def agenda_form(door: Door, *, bound: bool = False, **initial: str) -> AgendaForm:
    """The form for something to talk about."""
    return AgendaForm(
        posted(door) if bound else None,
        auto_id="talk-%s",
        therapist=sharing_with(door),
        initial={"sharing": "shared", **initial},
    )


def outcome_form(door: Door, shown: queries.ShownTryOut, *, bound: bool = False) -> OutcomeForm:
    """The form for how one try-out went."""
    words, effect = shown.how_it_went, shown.effect
    return OutcomeForm(
        posted(door) if bound else None,
        auto_id=f"t-{shown.id}-%s",
        therapist=sharing_with(door),
        initial={
            "how_it_went": text_of(words),
            "how_it_went_base": base_of(words),
            "effect": text_of(effect),
            "effect_base": base_of(effect),
            "sharing": words.sharing if words else effect.sharing if effect else "shared",
        },
    )


def text_of(words: Words | None) -> str:
    """The text for a form; empty where nothing stands."""
    return words.text if words else ""


def base_of(words: Words | None) -> str:
    """The base for a form."""
    return words.base if words else ""


def act_on(
    door: Door, act: Callable[[], object], *, to: str, again: Callable[[Form], HttpResponse]
) -> HttpResponse:
    """A button's act: done once, then ``to``; when it is refused, the page ``again`` with the reason."""
    form = ActForm(posted(door))
    form.is_valid()
    return door.save(form, act, to=to) or again(form)


def kept_or_again(
    door: Door,
    form: KithworkForm,
    *,
    act: Callable[[], object],
    to: str,
    again: Callable[[Form], HttpResponse],
) -> HttpResponse:
    """Save a form, or show it again with what needs another look."""
    if form.is_valid():
        saved = door.save(form, act, to=to)
        if saved:
            return saved
    return again(form)


def and_no_draft(
    door: Door, session: TherapySession, field: str, act: Callable[[], object]
) -> Callable[[], object]:
    """The act, and with it the end of its draft: what was being written has been saved."""

    def both() -> object:
        made = act()
        actions.drop_drafts(by=door.audience, session=session, fields=[field])
        return made

    return both
