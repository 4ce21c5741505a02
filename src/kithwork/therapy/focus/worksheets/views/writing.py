"""Filling a sheet in: begun, gone on with, arranged row by row, kept as a draft."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.dateformat import format as say_date
from django.views.decorators.http import require_POST

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import new_key
from kithwork.ipt.readings import readings
from kithwork.ipt.sheet_rows import turns_from_script
from kithwork.ipt.worksheets import Kind
from kithwork.ipt.worksheets import Worksheet as Sheet
from kithwork.therapy.course.access import both_see
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.focus.actions import TakenAway
from kithwork.therapy.focus.queries import standing as standing_focuses
from kithwork.therapy.focus.worksheets import access, actions, answers, drafts, queries
from kithwork.therapy.focus.worksheets.forms import SheetForm, as_shown
from kithwork.therapy.focus.worksheets.models import Worksheet
from kithwork.therapy.focus.worksheets.rows import arranged
from kithwork.therapy.focus.worksheets.slots import diary
from kithwork.therapy.focus.worksheets.views.common import common, find, kind_of, sheet_form
from kithwork.therapy.people.queries import people

FEWEST_TURNS = 2  # of words in a diary that are taken for a talk
LONGEST_DRAFT = 200_000


@course_page("worksheets")
def new(request: HttpRequest, door: Door, sheet: str) -> HttpResponse:
    """Begin a sheet; the therapist can also hand it over empty."""
    kind = kind_of(sheet)
    if not access.can_begin(door.audience, kind):
        return door.page("focus/worksheets/withheld.html", {**common(door), "sheet": kind})
    data, has_draft = _sent_or_draft(request, door, kind, None)
    form = sheet_form(door, data, kind, standing={}, initial=_beginning(request, door, kind))
    if _is_saving(request) and form.is_valid():
        saved = door.save(form, lambda: _begin(request, door, form), to=lambda row: _way(door, row))
        if saved:
            return saved
    return _page(door, form, None, has_draft=has_draft)


@course_page("worksheets")
def write(request: HttpRequest, door: Door, worksheet_id: str) -> HttpResponse:
    """Fill in more, or change something."""
    if request.method == "POST" and (gone := queries.find_removed(door.audience, worksheet_id)):
        return _taken_away(request, door, gone)
    row = find(door, worksheet_id)
    if door.course.is_over and request.method != "POST":
        raise Http404
    kind, standing = kind_of(row.kind), queries.as_kept(door.audience, row)
    data, has_draft = _sent_or_draft(request, door, kind, row)
    form = sheet_form(door, data, kind, standing=standing, initial=as_shown(kind, row, standing))
    if ended := door.ended_meanwhile(form):
        return ended
    if _is_saving(request) and form.is_valid():
        saved = door.save(
            form,
            lambda: actions.write(
                by=door.audience,
                row=row,
                said=form.said,
                belongs=_belongs(door, form),
                sharing=form.sharing(door.course.client.usual_words_sharing),
            ),
            to=_way(door, row),
        )
        if saved:
            return saved
    return _page(door, form, row, has_draft=has_draft)


@require_POST
@course_page("worksheets")
def new_draft(request: HttpRequest, door: Door, sheet: str) -> HttpResponse:
    """Keep a sheet that is being begun as it stands on the screen."""
    return _keep_draft(request, door, kind_of(sheet), None)


@require_POST
@course_page("worksheets")
def draft(request: HttpRequest, door: Door, worksheet_id: str) -> HttpResponse:
    """Keep a sheet that is being changed as it stands on the screen."""
    row = find(door, worksheet_id)
    return _keep_draft(request, door, kind_of(row.kind), row)


def _taken_away(request: HttpRequest, door: Door, gone: Worksheet) -> HttpResponse:
    form = sheet_form(door, request.POST, kind_of(gone.kind), standing={}, initial={})
    return door.too_late(form, TakenAway(), back=door.url("worksheets"))


def _keep_draft(request: HttpRequest, door: Door, kind: Sheet, row: Worksheet | None) -> HttpResponse:
    sent = request.POST.copy()
    for name in ("csrfmiddlewaretoken", "key", "arrange"):
        sent.pop(name, None)
    text = sent.urlencode()
    if door.course.is_over or len(text) > LONGEST_DRAFT or "%00" in text:
        return JsonResponse({}, status=422)
    drafts.keep_draft(by=door.audience, kind=kind.key, row=row, text=text)
    kept = door.audience.now.astimezone(door.zone)
    return JsonResponse({"kept": say_date(kept, "g:i a").replace(".", "")})


def _sent_or_draft(
    request: HttpRequest, door: Door, kind: Sheet, row: Worksheet | None
) -> tuple[QueryDict | None, bool]:
    """What the form shows: what was sent, arranged where that was asked; else a draft; else nothing yet."""
    if request.method == "POST":
        return _arranged(request, kind), False
    if "fresh" in request.GET or door.course.is_over:
        return None, False
    kept = drafts.read_draft(door.audience, kind=kind.key, row=row)
    if not kept:
        return None, False
    data = QueryDict(kept, mutable=True)
    data["key"] = new_key()
    return data, True


def _arranged(request: HttpRequest, kind: Sheet) -> QueryDict:
    field, _, rest = request.POST.get("arrange", "").partition(":")
    act, _, mark = rest.partition(":")
    rows = next((one for one in kind.fields if one.key == field and one.kind is Kind.ROWS), None)
    return arranged(request.POST, rows, act, mark) if rows else request.POST


def _is_saving(request: HttpRequest) -> bool:
    return request.method == "POST" and "arrange" not in request.POST


def _beginning(request: HttpRequest, door: Door, kind: Sheet) -> dict[str, Any]:
    """What a new sheet begins with: what it belongs to, and what is known of the day of the diary it comes from."""
    current = standing_focuses(door.audience)
    initial: dict[str, Any] = {
        "focus": current[0].id if len(current) == 1 else "", "sharing": _usual_readers(request, door),
        "session": door.course.open_session if not door.is_client else None,
    }  # fmt: skip
    if request.GET.get("about", "") in readings and kind.key == "reading":
        initial["what"] = readings.get(request.GET["about"]).label
    moment = diary.moment(door.audience, request.GET.get("entry", ""))
    if moment is None:
        return initial
    day, person = answers.asks(kind, Kind.DAY), answers.asks(kind, Kind.PERSON)
    initial |= {day.key: moment.on} if day else {}
    initial |= {person.key: moment.people[0]} if person and moment.people else {}
    turns = turns_from_script(moment.words)
    if kind.key == "conversation" and len([one for one in turns if "speaker" in one]) >= FEWEST_TURNS:
        initial["turns"] = turns
    return initial


def _usual_readers(request: HttpRequest, door: Door) -> str:
    """Who a new sheet is for unless she says so: for her alone where it begins with a day that is partly kept."""
    entry = request.GET.get("entry", "")
    moment = diary.moment(door.audience, entry)
    if moment is not None and diary.moment(both_see(door.audience), entry) != moment:
        return Sharing.JUST_ME
    return door.course.client.usual_words_sharing


def _begin(request: HttpRequest, door: Door, form: SheetForm) -> Worksheet:
    entry = request.GET.get("entry", "")
    return actions.begin(
        by=door.audience, kind=form.sheet.key, said=form.said, belongs=_belongs(door, form),
        sharing=form.sharing(_usual_readers(request, door)), entry=entry if diary.moment(door.audience, entry) else "",
        reading=request.GET.get("about", ""), from_paper="paper" in request.GET,
    )  # fmt: skip


def _belongs(door: Door, form: SheetForm) -> actions.BelongsTo:
    return form.belongs(
        people={one.id: one for one in people(door.audience)},
        focuses={one.id: one for one in standing_focuses(door.audience)},
    )


def _way(door: Door, row: Worksheet) -> str:
    return door.url("worksheet", worksheet_id=row.id)


def _page(door: Door, form: SheetForm, row: Worksheet | None, *, has_draft: bool) -> HttpResponse:
    ways = {"worksheet_id": row.id} if row else {"sheet": form.sheet.key}
    entry = row.entry if row else door.request.GET.get("entry", "")
    context = {
        "sheet": form.sheet,
        "row": row,
        "has_draft": has_draft,
        "draft_to": door.url("worksheet-draft" if row else "worksheet-new-draft", **ways),
        "on_paper": door.url("worksheet-print" if row else "worksheet-paper", **ways),
        "moment": diary.moment(door.audience, entry) if entry else None,
        "from_paper": "paper" in door.request.GET,
    }
    return door.page("focus/worksheets/write.html", {**common(door), **context}, form=form)
