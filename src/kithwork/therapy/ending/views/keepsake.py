"""The keepsake: choosing what goes in, the booklet to print, and the two files to take along."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.ending import actions, booklet, queries
from kithwork.therapy.ending.forms import KeepsakeForm
from kithwork.therapy.ending.keepsake import Part, has_kept, offered, taken
from kithwork.therapy.ending.queries import Choice
from kithwork.therapy.ending.views.ending import first_name, therapist


@course_page("keepsake")
def keepsake(request: HttpRequest, door: Door) -> HttpResponse:
    """What goes in. The choice is remembered while the course runs; afterwards it goes along in the address."""
    parts = _parts(door)
    form = KeepsakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen(parts)
        if door.course.is_over:
            return HttpResponseRedirect(f"{door.url('keepsake')}?{_as_query(chosen)}")
        saved = door.save(
            form, lambda: actions.choose_pieces(by=door.audience, **chosen), to=door.url("keepsake")
        )
        if saved:
            return saved
    return door.page("ending/keepsake.html", _context(door, parts), form=form)


@course_page("keepsake")
def booklet_page(_request: HttpRequest, door: Door) -> HttpResponse:
    """The booklet, ready to print."""
    return door.page("ending/booklet.html", _context(door, _parts(door)))


@course_page("keepsake")
def booklet_file(_request: HttpRequest, door: Door, kind: str) -> HttpResponse:
    """The booklet as a file. Its name tells nothing but the day."""
    made, now = taken(_parts(door)), door.audience.now
    if kind == "pdf":
        answer = HttpResponse(booklet.on_paper(made, made_at=now), content_type="application/pdf")
    elif kind == "page":
        answer = HttpResponse(booklet.as_page(made, on=door.today), content_type="text/html; charset=utf-8")
    else:
        raise Http404
    ending = {"pdf": "pdf", "page": "html"}[kind]
    answer["Content-Disposition"] = f'attachment; filename="booklet-{door.today.isoformat()}.{ending}"'
    return answer


def _parts(door: Door) -> list[Part]:
    return offered(door.audience, _choice(door))


def _choice(door: Door) -> Choice:
    """What was chosen: as the address says, else as it was kept."""
    asked = door.request.GET
    if "chosen" not in asked:
        return queries.choice_of(door.audience)
    added = asked.getlist("add") if door.is_client else []
    return Choice(frozenset(asked.getlist("leave")), frozenset(added))


def _as_query(chosen: dict[str, list[str]]) -> str:
    return urlencode({"chosen": "1", "leave": chosen["left_out"], "add": chosen["added"]}, doseq=True)


def _context(door: Door, parts: list[Part]) -> dict[str, object]:
    made = taken(parts)
    query = f"?{door.request.GET.urlencode()}" if "chosen" in door.request.GET else ""
    return {
        "parts": parts, "made": made, "has_kept": has_kept(made), "offers_kept": has_kept(parts),
        "therapist": therapist(door), "first_name": first_name(door), "back": door.url("ending"),
        "choose_url": door.url("keepsake") + query,
        "booklet_url": door.url("keepsake-booklet") + query,
        "pdf_url": door.url("keepsake-file", kind="pdf") + query,
        "page_url": door.url("keepsake-file", kind="page") + query,
    }  # fmt: skip
