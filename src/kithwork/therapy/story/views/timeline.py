"""What happened, and when: the timeline, one event, and the ways to move it, link it and take it out."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import OPEN, Sharing
from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt.timeline import FIRST_PROMPT, End, Window, lanes, zooms
from kithwork.therapy.checkins.queries import scores
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.people.queries import labels
from kithwork.therapy.story import actions, queries, timeline
from kithwork.therapy.story.access import can_remove
from kithwork.therapy.story.forms import EventForm, LinkForm, MoveForm
from kithwork.therapy.story.models import Event
from kithwork.therapy.story.views.common import note, standing_of, therapist_of, writer_of


@dataclass(frozen=True)
class Look:
    """How the timeline is looked at: the stretch of time, and the event that is chosen."""

    zoom: str
    window: Window | None  # None: everything
    chosen: str

    def query(self, **changes: str) -> str:
        """The same look, changed in some way, as the end of an address."""
        ends = {"to": self.window.last.isoformat()} if self.window else {}
        asked = {"zoom": self.zoom, **ends, "event": self.chosen, **changes}
        said = {name: value for name, value in asked.items() if value and value != "all"}
        return f"?{urlencode(said)}" if said else ""

    @property
    def choosing(self) -> str:
        """The end of an address that chooses an event; its id comes after."""
        query = self.query(event="")
        return f"{query}{'&' if query else '?'}event="


def _look(door: Door, asked: Any) -> Look:
    zoom = asked.get("zoom", "")
    chosen = asked.get("event", "") or door.saved
    if zoom not in zooms or zoom == "all":
        return Look("all", None, chosen)
    try:
        day = parse_date(asked.get("to", "")) or door.today
    except ValueError:
        day = door.today
    return Look(zoom, Window.holding(min(day, door.today), zoom), chosen)


@course_page("story")
def story(request: HttpRequest, door: Door) -> HttpResponse:
    """The timeline, the table that says the same, and the form for one more event."""
    look = _look(door, request.GET)
    form = _event_form(door, None, request.POST or None)
    if ended := door.ended_meanwhile(form):
        return ended
    if request.method == "POST" and form.is_valid():
        act = {**form.act, "today": door.today}
        to = door.url("story") + look.query(event="")
        saved = door.save(form, lambda: actions.add_event(by=door.audience, **act), to=to)
        if saved:
            return saved
    return _story_page(door, look, form=form)


def _story_page(
    door: Door, look: Look, *, form: EventForm | None = None, move_form: MoveForm | None = None
) -> HttpResponse:
    shown = queries.on_the_axis(door.audience)
    chosen = next((one for one in shown if one.id == look.chosen and not one.is_episode), None)
    if chosen and door.saved:
        door.receipt_note = f"{chosen.when[0].upper()}{chosen.when[1:]}. {note(door, chosen.sharing)}"
    links = queries.links(door.audience, queries.linkable(door.audience))
    context = {
        **_picture_context(door, look, shown, door.audience), "prompt": _(FIRST_PROMPT),
        "therapist": therapist_of(door),
        "links": links, "rows": _rows(door, look, shown, links), "chosen": chosen,
        "chosen_links": [link for link in links if chosen and chosen.id in link.ends],
        "move": move_form or MoveForm(initial={"when": chosen.when_typed if chosen else ""}, auto_id="id_move_%s"),
        "event_form": form or _event_form(door, None, None),
        "cycle_url": door.url("cycle"), "first_url": door.url("first"), "print_url": door.url("story-print"),
    }  # fmt: skip
    error_form: Form | None = move_form or form
    return door.page("story/story.html", context, form=error_form)


def _picture_context(
    door: Door, look: Look, shown: list[queries.ShownEvent], audience: Audience
) -> dict[str, Any]:
    """The drawing and the ways to look at it otherwise."""
    window, points = look.window, scores(audience, queries.MEASURE)
    events, here = shown, points
    if window:
        events = [one for one in shown if window.touches(one.earliest, one.last)]
        here = [one for one in points if window.touches(one.on, one.on)]
    earlier, later = (window.earlier, window.later(door.today)) if window else (None, None)
    return {
        "picture": timeline.draw(events, here, today=door.today, began=_began(door), window=window)
        if shown or points else None,
        "look": look, "events": events, "scores": here, "hidden": len(shown) - len(events),
        "zooms": [(zoom, look.zoom == zoom.key, _zoomed(door, look, shown, zoom.key)) for zoom in zooms],
        "earlier": earlier and look.query(to=earlier.last.isoformat()),
        "later": later and look.query(to=later.last.isoformat()),
        "story_url": door.url("story"),
    }  # fmt: skip


def _zoomed(door: Door, look: Look, shown: list[queries.ShownEvent], zoom: str) -> str:
    """Another zoom on the same time: around the chosen event, else around what is being looked at."""
    if zoom == "all":
        return Look("all", None, look.chosen).query()
    chosen = next((one for one in shown if one.id == look.chosen), None)
    if chosen:
        window = Window.around(chosen.middle, zoom, today=door.today)
    else:
        window = Window.holding(min(look.window.last, door.today) if look.window else door.today, zoom)
    return Look(zoom, window, look.chosen).query()


@dataclass(frozen=True)
class Row:
    """One line of the table that says what the chart says."""

    event: queries.ShownEvent
    lane: str
    beside: tuple[str, ...]  # what was linked to it
    chosen: bool
    open: str


def _rows(
    door: Door, look: Look, shown: list[queries.ShownEvent], links: list[queries.ShownLink]
) -> list[Row]:
    """The newest first, each with what goes together with it."""
    seen = [one for one in shown if not look.window or look.window.touches(one.earliest, one.last)]
    return [
        Row(
            event=one, lane=_(lanes[one.lane].label), chosen=one.id == look.chosen,
            beside=tuple(link.beside(one.id) for link in links if one.id in link.ends),
            open=f"{door.url('first')}?episode={one.id}#earlier-form" if one.is_episode
            else door.url("event", event_id=one.id),
        )
        for one in reversed(seen)
    ]  # fmt: skip


def _began(door: Door) -> date:
    return door.course.opened_at.astimezone(door.zone).date()


@course_page("story")
def story_print(request: HttpRequest, door: Door) -> HttpResponse:
    """The timeline on paper. What is kept goes onto it only when she asks for that, each time."""
    with_private = door.is_client and request.GET.get("private") == "on"
    audience = door.audience if with_private else replace(door.audience, sees=door.audience.sees & OPEN)
    look = _look(door, request.GET)
    shown = queries.on_the_axis(audience)
    links = queries.links(audience, queries.linkable(audience))
    context = {
        **_picture_context(door, look, shown, audience), "rows": _rows(door, look, shown, links), "on_paper": True,
        "with_private": with_private,
    }  # fmt: skip
    return door.page("story/print.html", context)


@course_page("event")
def event(request: HttpRequest, door: Door, event_id: str) -> HttpResponse:
    """One event: change it, link it, or take it out."""
    found = _event(door, event_id)
    form = _event_form(door, found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = {**form.act, "today": door.today}
        saved = door.save(
            form, lambda: actions.change_event(by=door.audience, event=found, bases=form.bases, **act),
            to=door.url("story"),
        )  # fmt: skip
        if saved:
            return saved
    return _event_page(door, found, form=form)


@require_POST
@course_page("story")
def move_event(request: HttpRequest, door: Door, event_id: str) -> HttpResponse:
    """Move an event along the axis, from wherever on the timeline one is looking."""
    found = _event(door, event_id)
    form = MoveForm(request.POST, auto_id="id_move_%s")
    look = replace(_look(door, request.POST), chosen=found.id)
    if form.is_valid():
        act = {**form.act, "today": door.today}
        saved = door.save(
            form, lambda: actions.move_event(by=door.audience, event=found, **act),
            to=lambda made: f"{door.url('story')}{_following(look, made, door).query()}#chosen",
        )  # fmt: skip
        if saved:
            return saved
    return _story_page(door, look, move_form=form)


def _following(look: Look, moved: Event, door: Door) -> Look:
    """The same look; where the event has left the stretch, the stretch goes with it."""
    rough = moved.rough
    if look.window is None or rough is None or look.window.touches(rough.earliest, rough.latest):
        return look
    return replace(look, window=Window.around(rough.midpoint, look.zoom, today=door.today))


@require_POST
@course_page("event")
def link_event(request: HttpRequest, door: Door, event_id: str) -> HttpResponse:
    """Say what goes together with an event."""
    found = _event(door, event_id)
    form = _link_form(door, found, request.POST)
    if form.is_valid():
        kind, _, other = form.cleaned_data["other"].partition(":")
        saved = door.save(
            form,
            lambda: actions.link(
                by=door.audience, one=End("event", found.id), other=End(kind, other), sharing=form.readers,
                kind=form.cleaned_data["how"] or "together",
            ),
            to=f"{door.url('event', event_id=found.id)}#links",
        )  # fmt: skip
        if saved:
            return saved
    return _event_page(door, found, link_form=form)


@require_POST
@course_page("event")
def unlink_event(request: HttpRequest, door: Door, event_id: str, link_id: str) -> HttpResponse:
    """Take a link away."""
    found = _event(door, event_id)
    link = queries.find_link(door.audience, link_id)
    if link is None or found.id not in (link.one, link.other):
        raise Http404
    form = KithworkForm(request.POST)
    to = f"{door.url('event', event_id=found.id)}#links"
    return door.save(
        form, lambda: actions.unlink(by=door.audience, link=link), to=to
    ) or HttpResponseRedirect(to)


@require_POST
@course_page("event")
def remove_event(request: HttpRequest, door: Door, event_id: str) -> HttpResponse:
    """Take an event out."""
    found = _event(door, event_id)
    form = KithworkForm(request.POST)
    saved = door.save(form, lambda: actions.remove(by=door.audience, record=found), to=door.url("story"))
    return saved or HttpResponseRedirect(door.url("story"))


def _event(door: Door, event_id: str) -> Event:
    found = queries.find(door.audience, Event, event_id)
    if found is None:
        raise Http404
    return found


def _event_page(
    door: Door, found: Event, *, form: EventForm | None = None, link_form: LinkForm | None = None
) -> HttpResponse:
    things = queries.linkable(door.audience)
    shown = next(one for one in queries.events(door.audience) if one.id == found.id)
    context = {
        "event": shown, "event_form": form or _event_form(door, found, None), "therapist": therapist_of(door),
        "link_form": link_form or _link_form(door, found, None), "can_remove": can_remove(door.audience, found),
        "links": queries.links_of(door.audience, things, found.id),
        "story_url": door.url("story"), "event_url": door.url("event", event_id=found.id),
    }  # fmt: skip
    return door.page("story/event.html", context, form=link_form or form)


def _event_form(door: Door, found: Event | None, data: Any) -> EventForm:
    words, sharing = standing_of(door, found)
    initial: dict[str, Any] = {}
    if found:
        initial = {
            "when": str(found.rough or ""), "until": str(found.rough_end or ""), "lane": found.lane,
            "mood": found.effect_on_mood, "people": found.people,
        }  # fmt: skip
    return EventForm(
        data, initial=initial, names=labels(door.audience), words=words, sharing=sharing,
        writer=writer_of(door, Sharing.LATER),
    )  # fmt: skip


def _link_form(door: Door, found: Event, data: Any) -> LinkForm:
    return LinkForm(
        data, things=queries.linkable(door.audience), without=found.id, sharing=Sharing(found.sharing),
        writer=writer_of(door), auto_id="id_link_%s",
    )  # fmt: skip
