"""Sheets on paper: empty ones to fill in by hand, and filled-in ones."""

from django.http import HttpRequest, HttpResponse

from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.focus.worksheets import access, queries
from kithwork.therapy.focus.worksheets.forms import PrivateForm
from kithwork.therapy.focus.worksheets.views.common import common, find, kind_of

EMPTY_ROWS = range(6)


@course_page("worksheets")
def blank(_request: HttpRequest, door: Door, sheet: str) -> HttpResponse:
    """An empty sheet to print, and the way to type it in later."""
    kind = kind_of(sheet)
    if not access.can_begin(door.audience, kind):
        return door.page("focus/worksheets/withheld.html", {**common(door), "sheet": kind})
    context = {
        "sheet": kind, "empty_rows": EMPTY_ROWS,
        "type_in": door.url("worksheet-new", sheet=kind.key) + "?paper=1",
    }  # fmt: skip
    return door.page("focus/worksheets/blank.html", {**common(door), **context})


@course_page("worksheets")
def filled(request: HttpRequest, door: Door, worksheet_id: str) -> HttpResponse:
    """A filled-in sheet to print. What only she can see is on it only when she says so."""
    shown = queries.shown(door.audience, find(door, worksheet_id))
    choice = PrivateForm(request.GET)
    private = choice.is_valid() and bool(choice.cleaned_data["private"])
    parts = [one for one in shown.parts if private or not (shown.is_kept or one.is_kept)]
    context = {
        "shown": shown, "parts": parts, "choice": choice if door.is_client else None, "with_private": private,
        "keeps": any(one.is_kept for one in shown.parts) or shown.is_kept,
    }  # fmt: skip
    return door.page("focus/worksheets/print.html", {**common(door), **context})
