"""Everybody in a list or in a table, and the forms that add people."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithwork.ipt.inventory import EMPTY_PROMPT, THIRD_PARTIES, Gap, gaps
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.people import actions, queries
from kithwork.therapy.people.forms.adding import AddForm, SeveralForm
from kithwork.therapy.people.forms.card import RemoveForm
from kithwork.therapy.people.forms.table import COLUMNS, TableForm
from kithwork.therapy.people.queries import ShownPerson
from kithwork.therapy.people.views.about import found, therapist, urls, usual, usual_words


@course_page("people")
def people(request: HttpRequest, door: Door) -> HttpResponse:
    """Everybody in a list, and the form that adds somebody."""
    form = AddForm(
        request.POST or None, initial={"sharing": usual(door)}, therapist=therapist(door), usual=usual(door)
    )
    if request.method == "POST" and form.is_valid():
        act = form.act
        saved = door.save(form, lambda: actions.add_person(by=door.audience, **act), to=door.url("circles"))
        if saved:
            return saved
    shown = queries.everybody(door.audience)
    context = {
        "people": shown, "hidden": queries.hidden(door.audience), "gaps": _gaps(shown),
        "empty": _(EMPTY_PROMPT), "third_parties": _(THIRD_PARTIES), "therapist": therapist(door), "urls": urls(door),
    }  # fmt: skip
    return door.page("people/people.html", context, form=form)


def _gaps(shown: list[ShownPerson]) -> tuple[Gap, ...]:
    return gaps(one.as_placed for one in shown)


@course_page("people")
def several(request: HttpRequest, door: Door) -> HttpResponse:
    """Everybody who comes to mind, one name a line."""
    form = SeveralForm(
        request.POST or None, initial={"sharing": usual(door)}, therapist=therapist(door), usual=usual(door)
    )
    if request.method == "POST" and form.is_valid():
        act = form.act
        saved = door.save(form, lambda: actions.add_people(by=door.audience, **act), to=door.url("circles"))
        if saved:
            return saved
    context = {"therapist": therapist(door), "urls": urls(door), "third_parties": _(THIRD_PARTIES)}
    return door.page("people/several.html", context, form=form)


@course_page("people")
def table(request: HttpRequest, door: Door) -> HttpResponse:
    """Everybody in a table, beside the circles: name, ring and what matters most, saved in one act."""
    drawn = queries.circles(door.audience)
    form = _table_form(request.POST or None, door, list(drawn.everybody))
    if ended := door.ended_meanwhile(form):
        return ended
    if request.method == "POST" and form.is_valid():
        act = form.act
        saved = door.save(form, lambda: actions.fill_in(by=door.audience, **act), to=door.url("people-table"))
        if saved:
            return saved
    context = {
        "circles": drawn, "columns": COLUMNS, "urls": urls(door), "therapist": therapist(door),
    }  # fmt: skip
    return door.page("people/table.html", context, form=form)


def _table_form(data: Any, door: Door, shown: list[ShownPerson]) -> TableForm:
    return TableForm(
        data, people=shown, records={one.id: one for one in queries.people(door.audience)},
        initial={"sharing": usual(door), "words_sharing": usual_words(door)},
        therapist=therapist(door), usual=usual(door), usual_words=usual_words(door),
    )  # fmt: skip


@require_POST
@course_page("person")
def show(request: HttpRequest, door: Door, person_id: str) -> HttpResponse:
    """Show somebody again."""
    person = found(door, person_id)
    form = RemoveForm(request.POST)
    saved = door.save(
        form, lambda: actions.show_again(by=door.audience, person=person), to=door.url("people")
    )
    return saved or HttpResponseRedirect(door.url("people"))
