"""Somebody's card, lines to others, and hiding or deleting."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from kithwork.ipt.inventory import LEAVE_BLANK, line_kinds
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.people import actions, queries
from kithwork.therapy.people.forms.card import CardForm, LookBackForm, RemoveForm
from kithwork.therapy.people.forms.placing import LineForm
from kithwork.therapy.people.looking_back import past_of
from kithwork.therapy.people.models import Person
from kithwork.therapy.people.queries import ShownPerson
from kithwork.therapy.people.views.about import found, therapist, urls, usual_words

ACTS = ("line", "remove", "show")


@course_page("person")
def person(request: HttpRequest, door: Door, person_id: str) -> HttpResponse:
    """Somebody's card."""
    record = found(door, person_id)
    shown = queries.card(door.audience, record)
    form = _card_form(door, shown, request.POST or None)
    if request.method == "POST" and form.is_valid():
        changes: dict[str, Any] = {"details": form.details, "pieces": form.pieces}
        saved = door.save(
            form, lambda: actions.change_person(by=door.audience, person=record, **changes),
            to=door.url("person", person_id=record.id),
        )  # fmt: skip
        if saved:
            return saved
        if changed := getattr(form, "both_texts", None):
            form.take_newest(changed)
    return _card_page(door, record, shown, form, of=form)


def _card_form(door: Door, shown: ShownPerson, data: Any = None) -> CardForm:
    return CardForm(
        data, person=shown, therapist=therapist(door) if door.is_client else "", usual=usual_words(door),
        today=door.today,
    )  # fmt: skip


def _card_page(
    door: Door,
    record: Person,
    shown: ShownPerson,
    card: CardForm,
    *,
    of: Form,
    line_form: LineForm | None = None,
) -> HttpResponse:
    """The card with everything about it. ``of`` is the form that was sent, if one was."""
    others = _others(door, shown.id)
    context = {
        "person": shown, "therapist": therapist(door), "leave_blank": LEAVE_BLANK, "urls": urls(door),
        "card": card, "line_form": line_form or LineForm(others=others), "others": others,
        "lines": [(line, line_kinds[line.kind].label) for line in queries.lines_of(door.audience, record)],
        "is_hidden": record.hidden_at is not None, "past": past_of(door.audience, record, shown),
        "look_back_form": LookBackForm(initial={"how": record.looking_back}),
        **{f"{name}_url": door.url(f"person-{name.replace('_', '-')}", person_id=shown.id) for name in ACTS},
    }  # fmt: skip
    if door.is_client:
        # Her own pages stand under /me/, by whichever address she came.
        context["look_back_url"] = reverse("me:person-look-back", kwargs={"person_id": shown.id})
    return door.page("people/person.html", context, form=of)


def _others(door: Door, person_id: str) -> dict[str, str]:
    return {one: name for one, name in queries.labels(door.audience).items() if one != person_id}


@require_POST
@course_page("person")
def line(request: HttpRequest, door: Door, person_id: str) -> HttpResponse:
    """A line between two people."""
    record = found(door, person_id)
    form = LineForm(request.POST, others=_others(door, person_id))
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        other = found(door, form.cleaned_data["other"])
        saved = door.save(
            form, lambda: actions.set_line(by=door.audience, person=record, other=other, kind=kind),
            to=door.url("person", person_id=person_id) + "#lines",
        )  # fmt: skip
        if saved:
            return saved
    shown = queries.card(door.audience, record)
    return _card_page(door, record, shown, _card_form(door, shown), of=form, line_form=form)


@course_page("person")
def remove(request: HttpRequest, door: Door, person_id: str) -> HttpResponse:
    """Hide somebody, or delete them."""
    record = found(door, person_id)
    form = RemoveForm(request.POST or None, initial={"how": "hide"})
    if request.method == "POST" and form.is_valid():
        act = actions.hide if form.cleaned_data["how"] == "hide" else actions.delete
        saved = door.save(form, lambda: act(by=door.audience, person=record), to=door.url("people"))
        if saved:
            return saved
    context = {"person": queries.card(door.audience, record), "back": door.url("person", person_id=person_id)}
    return door.page("people/remove.html", context, form=form)


@require_POST
@course_page("person", staff=False)
def look_back(request: HttpRequest, door: Door, person_id: str) -> HttpResponse:
    """The client's choice whether the card shows what stood on it before."""
    record = found(door, person_id)
    form, card_url = LookBackForm(request.POST), door.url("person", person_id=person_id)
    if form.is_valid():
        how = form.cleaned_data["how"]
        saved = door.save(
            form, lambda: actions.look_back(by=door.audience, person=record, how=how), to=f"{card_url}#before"
        )
        if saved:
            return saved
    shown = queries.card(door.audience, record)
    return _card_page(door, record, shown, _card_form(door, shown), of=form)
