"""What the views of this room share."""

from collections.abc import Callable

from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect

from kithwork.foundation.passages.queries import Words
from kithwork.foundation.ui.forms import KithworkForm
from kithwork.therapy.course.pages import Door
from kithwork.therapy.course.queries import therapist_name
from kithwork.therapy.sessions import queries
from kithwork.therapy.sessions.forms import ActForm, AgendaForm, OutcomeForm
from kithwork.therapy.sessions.models import TherapySession


def session_or_404(door: Door, n: str) -> TherapySession:
    """The session at this address, if this viewer may know of it."""
    found = queries.find(door.audience, n)
    if found is None:
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


def agenda_form(door: Door, *, bound: bool = False) -> AgendaForm:
    """The form for something to talk about."""
    return AgendaForm(
        posted(door) if bound else None,
        auto_id="talk-%s",
        therapist=sharing_with(door),
        initial={"sharing": "shared"},
    )


def outcome_form(door: Door, shown: queries.ShownTryOut, *, bound: bool = False) -> OutcomeForm:
    """The form for how one try-out went."""
    words = shown.how_it_went
    return OutcomeForm(
        posted(door) if bound else None,
        auto_id=f"t-{shown.id}-%s",
        therapist=sharing_with(door),
        initial={
            "how_it_went": text_of(words),
            "how_it_went_base": base_of(words),
            "sharing": words.sharing if words else "shared",
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


def to(url: str) -> HttpResponseRedirect:
    """Go on to another page."""
    return HttpResponseRedirect(url)
