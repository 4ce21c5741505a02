"""The list of sheets, each sheet as it is read, and texts to read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt import readings as texts
from kithwork.ipt.worksheets import groups
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.focus.worksheets import access, actions, queries
from kithwork.therapy.focus.worksheets.forms import LONGEST_ITEM, BringForm, ReadersForm
from kithwork.therapy.focus.worksheets.models import Worksheet
from kithwork.therapy.focus.worksheets.views.common import common, empty_form, find, therapist


@course_page("worksheets")
def sheets(_request: HttpRequest, door: Door) -> HttpResponse:
    """Every sheet, and what can be begun."""
    found = queries.sheets(door.audience)
    offered = queries.offered(door.audience)
    context = {
        "open_sheets": [one for one in found if not one.put_away],
        "put_away": [one for one in found if one.put_away],
        "groups": [(group, [one for one in offered if one.group == group.key]) for group in groups],
    }
    return door.page("focus/worksheets/sheets.html", {**common(door), **context})


@course_page("worksheets")
def sheet(_request: HttpRequest, door: Door, worksheet_id: str) -> HttpResponse:
    """One sheet as it is read, and what can be done with it."""
    return _show(door, find(door, worksheet_id))


@require_POST
@course_page("worksheets", staff=False)
def readers(request: HttpRequest, door: Door, worksheet_id: str) -> HttpResponse:
    """Decide who a whole sheet is for."""
    row = find(door, worksheet_id)
    form = ReadersForm(request.POST, therapist=therapist(door))
    if form.is_valid():
        chosen = Sharing(form.cleaned_data["sharing"])
        saved = door.save(
            form,
            lambda: actions.change_readers(by=door.audience, row=row, sharing=chosen),
            to=_way(door, row),
        )
        if saved:
            return saved
    return _show(door, row, readers_form=form)


@require_POST
@course_page("worksheets")
def away(request: HttpRequest, door: Door, worksheet_id: str) -> HttpResponse:
    """Put a sheet away, or take it up again."""
    row, form = find(door, worksheet_id), empty_form(request)
    up = request.POST.get("up") == "yes"
    saved = door.save(
        form, lambda: actions.put_away(by=door.audience, row=row, away=not up),
        to=_way(door, row) if up else door.url("worksheets"),
    )  # fmt: skip
    return saved or _show(door, row, form)


@require_POST
@course_page("worksheets")
def remove(request: HttpRequest, door: Door, worksheet_id: str) -> HttpResponse:
    """Take a sheet from every page."""
    row, form = find(door, worksheet_id), empty_form(request)
    saved = door.save(form, lambda: actions.remove(by=door.audience, row=row), to=door.url("worksheets"))
    return saved or _show(door, row, form)


@course_page("worksheets")
def readings(_request: HttpRequest, door: Door) -> HttpResponse:
    """Short texts, in any order."""
    offered = texts.offered(withholds=access.withholds(door.audience))
    return door.page("focus/worksheets/readings.html", {**common(door), "readings": offered})


@course_page("worksheets")
def reading(_request: HttpRequest, door: Door, text: str) -> HttpResponse:
    """One text, to read or to print, and a sheet for what fits and what doesn't."""
    offered = {one.key: one for one in texts.offered(withholds=access.withholds(door.audience))}
    if text not in offered:
        raise Http404
    context = {
        "reading": offered[text],
        "begin": door.url("worksheet-new", sheet="reading") + f"?about={text}",
    }
    return door.page("focus/worksheets/reading.html", {**common(door), **context})


def _show(
    door: Door, row: Worksheet, form: KithworkForm | None = None, readers_form: ReadersForm | None = None
) -> HttpResponse:
    shown = queries.shown(door.audience, row)
    own = {"sharing": shown.sharing}
    context: dict[str, Any] = {
        "shown": shown,
        "readers_form": readers_form or ReadersForm(therapist=therapist(door), initial=own),
        "bring_form": _bring_form(door, shown),
        "bring_to": door.url("to-talk-about"),
        "may_remove": access.can_remove(door.audience, row),
    }
    door.receipt_note = _who_sees(door, shown)
    return door.page("focus/worksheets/sheet.html", {**common(door), **context}, form=form or readers_form)


def _bring_form(door: Door, shown: queries.ShownSheet) -> BringForm:
    # A kept sheet goes on the list as she words it; nothing of it is put there for her.
    about = f": {shown.person}" if shown.person and not shown.is_kept else ""
    item = f"{shown.sheet.label}{about}"[:LONGEST_ITEM]
    sharing = Sharing.JUST_ME if shown.is_kept else Sharing.SHARED
    return BringForm(
        therapist=therapist(door) if door.is_client else "", initial={"item": item, "sharing": sharing}
    )


def _who_sees(door: Door, shown: queries.ShownSheet) -> str:
    if not door.is_client:
        return _("{name} sees it too.").format(name=door.client_name.split(" ")[0])
    if shown.is_kept:
        return _("Only you see it.")
    seen = _("{name} sees it too, but for what you kept.") if shown.some_is_kept else _("{name} sees it too.")
    return seen.format(name=therapist(door))


def _way(door: Door, row: Worksheet) -> str:
    return door.url("worksheet", worksheet_id=row.id)
