"""The closeness circles: as they are, as wished, as they were; placing somebody; and what an open page asks."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithwork.foundation.passages.audience import Audience
from kithwork.ipt.inventory import (
    CIRCLES_PROMPT,
    IN_SHORT,
    OFF,
    WISHED_PROMPT,
    Ring,
    asks_what_changed,
    card_fields,
    line_kinds,
    read_ring,
    ring_name,
    rings,
)
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.people import actions, moments, queries
from kithwork.therapy.people.forms.placing import PlaceForm, SnapshotForm
from kithwork.therapy.people.mark import mark
from kithwork.therapy.people.moments import Moment, find_moment
from kithwork.therapy.people.queries import Circles, ShownPerson
from kithwork.therapy.people.svg import OwnPage
from kithwork.therapy.people.views.about import found, therapist, urls, usual

TURN = 15


@course_page("circles")
def circles(request: HttpRequest, door: Door) -> HttpResponse:
    """The closeness circles."""
    return _circles_page(door, request.GET)


@course_page("circles", mark=mark)
def newest(request: HttpRequest, door: Door) -> HttpResponse:
    """The circles again, for a page that is open elsewhere: only asked through when something was moved."""
    return _circles_page(door, request.GET)


def _circles_page(
    door: Door, asked: QueryDict, *, chosen: str = "", form: PlaceForm | None = None
) -> HttpResponse:
    view = "wished" if asked.get("view") == "wished" else "now"
    before_reading = mark(door.audience)  # what is moved while the page is made is asked for by its next look
    since, until = _two_moments(door.audience, asked)
    drawn = queries.circles(
        door.audience, view=view, at=until.at if until else None,
        since=since.at if since else None,
        folds_crowds=True, spread=_spread(asked),
    )  # fmt: skip
    chosen = chosen or asked.get("person") or asked.get("what", "")
    person = next((one for one in drawn.everybody if one.id == chosen), None)
    _say_where(door, person, view)
    interactive = not door.course.is_over and until is None
    own_page = OwnPage(
        door.url("people"), chosen=person.id if person else "", since=since.key if since else "",
        until=until.key if until else "", is_interactive=interactive,
    )  # fmt: skip
    context = {
        "circles": drawn, "own_page": own_page, "view": view,
        "prompt": WISHED_PROMPT if view == "wished" else CIRCLES_PROMPT,
        "kinds": line_kinds(), "person": person, "panel": _panel(door, person, view) if person else None,
        "therapist": therapist(door), "urls": urls(door), "anybody": bool(drawn.everybody),
        "interactive": interactive, **_comparing(door, view, since, until),
        "newest": door.url("circles-newest"),
        "mark": before_reading if _follows(door, drawn) else "",
    }  # fmt: skip
    return door.page("people/circles.html", context, form=form)


def _spread(asked: QueryDict) -> Ring | None:
    """The crowded ring that the reader wants to see spread out, if any."""
    ring = asked.get("spread", "")
    return read_ring(ring) if ring in rings else None


def _two_moments(audience: Audience, asked: QueryDict) -> tuple[Moment | None, Moment | None]:
    """The moment that is laid under the picture, and the one that is drawn, the earlier one below."""
    since, until = (find_moment(audience, asked.get(name, "")) for name in ("since", "until"))
    return (until, since) if since and until and since.at > until.at else (since, until)


def _comparing(door: Door, view: str, since: Moment | None, until: Moment | None) -> dict[str, Any]:
    moved = None
    if since:
        end = until.at if until else None
        moved = moments.what_moved(door.audience, since=since.at, until=end, view=view)
    return {
        "since": since, "until": until, "moved": moved,
        "moments": moments.moments(door.audience, today=door.today),
        "snapshot": SnapshotForm(initial={"sharing": usual(door)}, therapist=therapist(door)),
    }  # fmt: skip


def _follows(door: Door, drawn: Circles) -> bool:
    """While a session is open both see what either moves; an earlier picture stands still."""
    return bool(door.course.open_session) and not door.course.is_over and drawn.at is None


def _say_where(door: Door, person: ShownPerson | None, view: str) -> None:
    """The receipt of a move says it as it is said aloud, for those who have no picture."""
    was = door.request.GET.get("placed", "")
    place = person.place_in(view) if person and door.receipt else None
    if person and place and was in rings:
        now, then = (_(ring_name(ring)) for ring in (place.ring, read_ring(was)))
        note = _("{name}, {now}.") if now == then else _("{name}, {now}, moved from {then}.")
        door.receipt_note = note.format(name=person.label, now=now, then=then)


def _panel(door: Door, person: ShownPerson, view: str) -> dict[str, Any]:
    """What stands beside the circles about the person that was chosen."""
    place = person.place_in(view)
    angle = place.angle if place and place.angle is not None else 90
    return {
        "rings": [(ring.value, _(ring.label), bool(place and place.ring is ring)) for ring in Ring],
        "is_off": place is not None and place.ring is None,
        "may_place": view == "now" or not person.has_died,
        "left": (angle - TURN) % 360, "right": (angle + TURN) % 360, "turns": bool(place and place.ring),
        "before": person.before if view == "now" else None, "asks": asks_what_changed(person.state),
        "words": [
            (field.prompt_for(person.state, person.label, say=_), person.words[field.key])
            for field in card_fields if field.key in IN_SHORT and field.key in person.words
        ],
        "place_url": door.url("person-place", person_id=person.id),
        "card_url": door.url("person", person_id=person.id),
    }  # fmt: skip


@require_POST
@course_page("circles")
def place(request: HttpRequest, door: Door, person_id: str) -> HttpResponse:
    """Put somebody on a ring, or leave them off."""
    person = found(door, person_id)
    form = PlaceForm(request.POST)
    if form.is_valid():
        shown = queries.card(door.audience, person)
        act = form.act(shown)
        was = shown.place_in(act["view"])
        wished = "&view=wished" if act["view"] == "wished" else ""
        placed = int(was.ring) if was and was.ring else OFF
        to = f"{door.url('circles')}?person={person.id}{wished}&placed={placed}"
        saved = door.save(form, lambda: actions.place(by=door.audience, person=person, **act), to=to)
        if saved:
            return saved
    return _circles_page(door, request.POST, chosen=person_id, form=form)


@require_POST
@course_page("circles")
def snapshot(request: HttpRequest, door: Door) -> HttpResponse:
    """Keep the circles as they stand, to lay others over them."""
    form = SnapshotForm(request.POST, therapist=therapist(door), usual=usual(door))
    if form.is_valid():
        sharing = form.cleaned_data["sharing"]
        to = f"{door.url('circles')}#compare"
        saved = door.save(form, lambda: actions.take_snapshot(by=door.audience, sharing=sharing), to=to)
        if saved:
            return saved
    return _circles_page(door, request.GET) if form.errors else HttpResponseRedirect(door.url("circles"))
