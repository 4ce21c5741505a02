"""What every page of the sheets needs."""

from typing import Any, TypeVar

from django.http import Http404, HttpRequest

from kithwork.foundation.passages.queries import Words
from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt import worksheets as method
from kithwork.ipt.safety import withheld_sentence
from kithwork.ipt.worksheets import Worksheet as Sheet
from kithwork.therapy.course.pages import Door
from kithwork.therapy.course.queries import therapist_name
from kithwork.therapy.focus.worksheets import access, queries
from kithwork.therapy.focus.worksheets.forms import Around, SheetForm
from kithwork.therapy.focus.worksheets.models import Worksheet
from kithwork.therapy.people.queries import labels

T = TypeVar("T")


def common(door: Door) -> dict[str, Any]:
    """Names and ways that every page uses."""
    return {
        "room": door.url("worksheets"), "client": door.client_name.split(" ")[0], "therapist": therapist(door),
        "withheld": withheld_sentence(own_page=door.is_client) if access.withholds(door.audience) else "",
    }  # fmt: skip


def therapist(door: Door) -> str:
    """The therapist's first name, as it stands in sentences."""
    return therapist_name(door.course, now=door.audience.now)


def around(door: Door) -> Around:
    """Who can be named on a sheet, and what it can belong to."""
    return Around(
        people=labels(door.audience), focuses=queries.focus_lines(door.audience),
        therapist=therapist(door) if door.is_client else "", withheld=access.withholds(door.audience),
    )  # fmt: skip


def kind_of(key: str, *, staff_only: bool = False) -> Sheet:
    """One of the sheets of both, or of staff's own."""
    if key not in method.worksheets:
        raise Http404
    sheet = method.get(key)
    if sheet.elsewhere or sheet.staff_only != staff_only:
        raise Http404
    return sheet


def find(door: Door, worksheet: str, *, staff_only: bool = False) -> Worksheet:
    """One sheet of this course that this viewer may see."""
    return or_404(queries.find(door.audience, worksheet, staff_only=staff_only))


def sheet_form(door: Door, data: Any, sheet: Sheet, *, standing: dict[str, Words], initial: Any) -> SheetForm:
    """A sheet's form for whoever is writing."""
    return SheetForm(data, sheet=sheet, around=around(door), standing=standing, initial=initial)


def empty_form(request: HttpRequest) -> KithworkForm:
    """A form that holds its key alone."""
    form = KithworkForm(request.POST)
    form.is_valid()
    return form


def or_404(found: T | None) -> T:
    """Something that is there."""
    if found is None:
        raise Http404
    return found
