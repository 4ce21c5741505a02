"""The people's pages: the list, the circles, a card, and the small acts on them."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from kithwork.ipt.inventory import (
    CIRCLES_PROMPT,
    EMPTY_PROMPT,
    LEAVE_BLANK,
    WISHED_PROMPT,
    Ring,
    asks_what_changed,
    card_fields,
    line_kinds,
)
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import therapist_name
from kithwork.therapy.people import actions, queries
from kithwork.therapy.people.forms import AddForm, CardForm, LineForm, PlaceForm, RemoveForm
from kithwork.therapy.people.models import Person
from kithwork.therapy.people.queries import ShownPerson

TURN = 15
CARD_IN_SHORT = ("good", "hard", "wish")


@course_page("people")
def people(request: HttpRequest, door: Door) -> HttpResponse:
    """Everybody in a list, and the form that adds somebody."""
    usual = _usual(door)
    form = AddForm(request.POST or None, initial={"sharing": usual}, therapist=_therapist(door), usual=usual)
    if request.method == "POST" and form.is_valid():
        act = form.act
        saved = door.save(form, lambda: actions.add_person(by=door.audience, **act), to=door.url("circles"))
        if saved:
            return saved
    context = {
        "people": queries.everybody(door.audience), "hidden": queries.hidden(door.audience),
        "empty": EMPTY_PROMPT, "therapist": _therapist(door), "urls": _urls(door),
    }  # fmt: skip
    return door.page("people/people.html", context, form=form)


@course_page("circles")
def circles(request: HttpRequest, door: Door) -> HttpResponse:
    """The closeness circles."""
    chosen = request.GET.get("person") or request.GET.get("what", "")
    return _circles_page(door, chosen=chosen, view=request.GET.get("view", "now"), since=_day(request))


def _circles_page(
    door: Door, *, chosen: str, view: str, since: date | None = None, form: PlaceForm | None = None
) -> HttpResponse:
    view = view if view == "wished" else "now"
    moment = queries.end_of_day(door.audience, since) if since else None
    drawn = queries.circles(door.audience, view=view, since=moment)
    person = next((one for one in drawn.everybody if one.id == chosen), None)
    context = {
        "circles": drawn, "view": view, "since": since, "days": queries.days_placed(door.audience)[:12],
        "prompt": WISHED_PROMPT if view == "wished" else CIRCLES_PROMPT, "kinds": line_kinds(),
        "person": person, "panel": _panel(door, person, view) if person else None,
        "therapist": _therapist(door), "urls": _urls(door), "anybody": bool(drawn.everybody),
        "interactive": not door.course.is_over,
    }  # fmt: skip
    return door.page("people/circles.html", context, form=form)


def _panel(door: Door, person: ShownPerson, view: str) -> dict[str, Any]:
    """What stands beside the circles about the person that was chosen."""
    place = person.place_in(view)
    angle = place.angle if place and place.angle is not None else 90
    return {
        "rings": [(ring.value, ring.label, bool(place and place.ring is ring)) for ring in Ring],
        "is_off": place is not None and place.ring is None,
        "may_place": view == "now" or not person.has_died,
        "left": (angle - TURN) % 360, "right": (angle + TURN) % 360, "turns": bool(place and place.ring),
        "before": person.before if view == "now" else None, "asks": asks_what_changed(person.state),
        "words": [
            (field.prompt_for(person.state), person.words[field.key])
            for field in card_fields if field.key in CARD_IN_SHORT and field.key in person.words
        ],
        "place_url": door.url("person-place", person_id=person.id),
        "card_url": door.url("person", person_id=person.id),
    }  # fmt: skip


@course_page("person")
def person(request: HttpRequest, door: Door, person_id: str) -> HttpResponse:
    """Somebody's card."""
    found = _found(door, person_id)
    shown = queries.card(door.audience, found)
    form = CardForm(request.POST or None, person=shown, therapist=_therapist(door), usual=_usual(door))
    if request.method == "POST" and form.is_valid():
        changes: dict[str, Any] = {"details": form.details, "pieces": form.pieces}
        saved = door.save(
            form, lambda: actions.change_person(by=door.audience, person=found, **changes),
            to=door.url("person", person_id=found.pk),
        )  # fmt: skip
        if saved:
            return saved
        if changed := getattr(form, "changed", None):
            form.take_newest(changed)
    return _card_page(door, shown, form)


def _card_page(
    door: Door, shown: ShownPerson, form: CardForm, line_form: LineForm | None = None
) -> HttpResponse:
    names = queries.labels(door.audience)
    others = {one: name for one, name in names.items() if one != shown.id}
    found = _found(door, shown.id)
    context = {
        "person": shown, "therapist": _therapist(door), "leave_blank": LEAVE_BLANK, "urls": _urls(door),
        "card": form, "line_form": line_form or LineForm(others=others), "others": others,
        "lines": [(line, line_kinds[line.kind].label) for line in queries.lines_of(door.audience, found)],
        "is_hidden": found.hidden_at is not None,
        "line_url": door.url("person-line", person_id=shown.id),
        "remove_url": door.url("person-remove", person_id=shown.id),
        "show_url": door.url("person-show", person_id=shown.id),
    }  # fmt: skip
    return door.page("people/person.html", context, form=line_form if line_form is not None else form)


@require_POST
@course_page("circles")
def place(request: HttpRequest, door: Door, person_id: str) -> HttpResponse:
    """Put somebody on a ring, or leave them off."""
    found = _found(door, person_id)
    form = PlaceForm(request.POST)
    if form.is_valid():
        act = form.act(queries.card(door.audience, found))
        to = f"{door.url('circles')}?person={found.pk}" + ("&view=wished" if act["view"] == "wished" else "")
        saved = door.save(form, lambda: actions.place(by=door.audience, person=found, **act), to=to)
        if saved:
            return saved
    return _circles_page(door, chosen=person_id, view=request.POST.get("view", "now"), form=form)


@require_POST
@course_page("person")
def line(request: HttpRequest, door: Door, person_id: str) -> HttpResponse:
    """A line between two people."""
    found = _found(door, person_id)
    others = {one: name for one, name in queries.labels(door.audience).items() if one != person_id}
    form = LineForm(request.POST, others=others)
    if form.is_valid():
        other = _found(door, form.cleaned_data["other"]) if form.cleaned_data["other"] else None
        saved = door.save(
            form, lambda: actions.set_line(by=door.audience, person=found, other=other, kind=form.cleaned_data["kind"]),
            to=door.url("person", person_id=person_id) + "#lines",
        )  # fmt: skip
        if saved:
            return saved
    shown = queries.card(door.audience, found)
    card = CardForm(person=shown, therapist=_therapist(door), usual=_usual(door))
    return _card_page(door, shown, card, form)


@course_page("person")
def remove(request: HttpRequest, door: Door, person_id: str) -> HttpResponse:
    """Hide somebody, or delete them."""
    found = _found(door, person_id)
    form = RemoveForm(request.POST or None, initial={"how": "hide"})
    if request.method == "POST" and form.is_valid():
        act = actions.hide if form.cleaned_data["how"] == "hide" else actions.delete
        saved = door.save(form, lambda: act(by=door.audience, person=found), to=door.url("people"))
        if saved:
            return saved
    context = {"person": queries.card(door.audience, found), "back": door.url("person", person_id=person_id)}
    return door.page("people/remove.html", context, form=form)


@require_POST
@course_page("person")
def show(request: HttpRequest, door: Door, person_id: str) -> HttpResponse:
    """Show somebody again."""
    found = _found(door, person_id)
    form = RemoveForm(request.POST)
    saved = door.save(form, lambda: actions.show_again(by=door.audience, person=found), to=door.url("people"))
    return saved or HttpResponseRedirect(door.url("people"))


def _found(door: Door, person_id: str) -> Person:
    found = queries.find(door.audience, person_id)
    if found is None:
        raise Http404
    return found


def _day(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("since", ""))
    except ValueError:
        return None


def _urls(door: Door) -> dict[str, str]:
    return {"people": door.url("people"), "circles": door.url("circles")}


def _usual(door: Door) -> str:
    return door.course.client.usual_sharing or "just-me"


def _therapist(door: Door) -> str:
    return therapist_name(door.course, now=door.audience.now)
