"""What happens between the two in the session: staff's own note, on pages that no shared screen leads to."""

from django.http import HttpRequest, HttpResponse

from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.focus.worksheets import actions, queries
from kithwork.therapy.focus.worksheets.forms import SheetForm, as_shown
from kithwork.therapy.focus.worksheets.models import Worksheet
from kithwork.therapy.focus.worksheets.views.common import common, find, kind_of, sheet_form

OWN = "between_us"


@course_page("own-sheets", client=False)
def sheets(_request: HttpRequest, door: Door) -> HttpResponse:
    """What staff noted so far, and the way to a new one."""
    context = {"sheets": queries.own_sheets(door.audience), "sheet": kind_of(OWN, staff_only=True)}
    return door.page("focus/worksheets/own_sheets.html", {**common(door), **context})


@course_page("own-sheets", client=False)
def new(request: HttpRequest, door: Door) -> HttpResponse:
    """Note something down."""
    kind = kind_of(OWN, staff_only=True)
    form = sheet_form(door, request.POST or None, kind, standing={}, initial={})
    if request.method == "POST" and form.is_valid():
        belongs = actions.BelongsTo(session=door.course.together_in)
        saved = door.save(
            form, lambda: actions.begin(by=door.audience, kind=OWN, said=form.said, belongs=belongs),
            to=door.url("own-sheets"),
        )  # fmt: skip
        if saved:
            return saved
    return _page(door, form, None)


@course_page("own-sheets", client=False)
def write(request: HttpRequest, door: Door, worksheet_id: str) -> HttpResponse:
    """Change a note."""
    row = find(door, worksheet_id, staff_only=True)
    kind, standing = kind_of(OWN, staff_only=True), queries.as_kept(door.audience, row)
    initial = as_shown(kind, row, standing)
    form = sheet_form(door, request.POST or None, kind, standing=standing, initial=initial)
    if request.method == "POST" and form.is_valid():
        belongs = actions.BelongsTo(session=row.session)
        saved = door.save(
            form, lambda: actions.write(by=door.audience, row=row, said=form.said, belongs=belongs),
            to=door.url("own-sheets"),
        )  # fmt: skip
        if saved:
            return saved
    return _page(door, form, row)


def _page(door: Door, form: SheetForm, row: Worksheet | None) -> HttpResponse:
    context = {"sheet": form.sheet, "row": row, "back": door.url("own-sheets")}
    return door.page("focus/worksheets/own_write.html", {**common(door), **context}, form=form)
