"""The ending's pages: looking back, finishing, and the keepsake."""

from urllib.parse import urlencode

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from kithwork.ipt.ending import Wording, is_time_to_name_it
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import agreed_sessions, therapist_name
from kithwork.therapy.ending import actions, queries
from kithwork.therapy.ending.forms import FinishForm, KeepsakeForm, PartForm, SignForm
from kithwork.therapy.ending.keepsake import for_paper, keepsake
from kithwork.therapy.ending.queries import ShownPart
from kithwork.therapy.ending.then_and_now import then_and_now

WRITE = {"part": actions.write, "plan": actions.write_plan}


@course_page("ending")
def ending(_request: HttpRequest, door: Door) -> HttpResponse:
    """Looking back together. Every part can be seen, and left, at any time."""
    return _show(door)


def _show(door: Door, form: Form | None = None) -> HttpResponse:
    written = queries.review(door.audience)
    agreed = agreed_sessions(door.audience, door.course)
    context = {
        "opening": Wording.CONCLUDE.opening,
        "is_time": door.course.is_over or is_time_to_name_it(door.course.current_session, agreed.sessions),
        "then_and_now": then_and_now(door.audience),
        "therapist": _therapist(door),
        "first_name": _first_name(door),
        "parts": _forms(door, written.parts, "part", form),
        "plan": _forms(door, written.plan, "plan", form),
        "signs": [(one, door.url("ending-sign-off", sign_id=one.id)) for one in written.signs],
        "sign_form": form if isinstance(form, SignForm) else _sign_form(door),
        "sign_url": door.url("ending-sign"),
        "keepsake_url": door.url("keepsake"),
        "talk_url": door.url("to-talk-about"),
    }
    return door.page("ending/ending.html", context, form=form)


Row = tuple[ShownPart, PartForm | None, str]


def _forms(door: Door, parts: dict[str, ShownPart], where: str, form: Form | None) -> dict[str, Row]:
    """Each part with its form and where that is sent; without a form where this side only reads."""
    rows: dict[str, Row] = {}
    for key, part in parts.items():
        writes = not door.course.is_over and not (door.is_client and part.of_therapist)
        sent = form if isinstance(form, PartForm) and form.part.key == key else None
        url = door.url("ending-part", where=where, field=key)
        rows[key] = (part, (sent or _part_form(door, part)) if writes else None, url)
    return rows


def _part_form(door: Door, part: ShownPart, data: object = None) -> PartForm:
    return PartForm(data, part=part, therapist=_asks(door), client=_first_name(door))


def _sign_form(door: Door, data: object = None) -> SignForm:
    return SignForm(data, therapist=_asks(door))


def _asks(door: Door) -> str:
    """Whom the client is asked about sharing with."""
    return _therapist(door) if door.is_client else ""


def _first_name(door: Door) -> str:
    return door.client_name.split(" ")[0]


def _therapist(door: Door) -> str:
    return therapist_name(door.course, now=door.audience.now)


@require_POST
@course_page("ending")
def part(request: HttpRequest, door: Door, where: str, field: str) -> HttpResponse:
    """Write one part of looking back, or of the plan."""
    written = queries.review(door.audience)
    shown = {"part": written.parts, "plan": written.plan}.get(where, {}).get(field)
    if shown is None:
        raise Http404
    form = _part_form(door, shown, request.POST)
    if form.is_valid():
        to = door.url("ending") + f"#{field}"
        saved = door.save(form, lambda: WRITE[where](by=door.audience, **form.act), to=to)
        if saved:
            return saved
    return _show(door, form)


@require_POST
@course_page("ending")
def sign(request: HttpRequest, door: Door) -> HttpResponse:
    """Note an early sign."""
    form = _sign_form(door, request.POST)
    if form.is_valid():
        to = door.url("ending") + "#warning-signs"
        saved = door.save(form, lambda: actions.add_warning_sign(by=door.audience, **form.act), to=to)
        if saved:
            return saved
    return _show(door, form)


@require_POST
@course_page("ending")
def sign_off(request: HttpRequest, door: Door, sign_id: str) -> HttpResponse:
    """Take a sign off again."""
    found = queries.warning_sign(door.audience, sign_id)
    if found is None:
        raise Http404
    form = Form(request.POST)
    form.is_valid()
    to = door.url("ending") + "#warning-signs"
    saved = door.save(form, lambda: actions.remove_warning_sign(by=door.audience, sign=found), to=to)
    return saved or _show(door, form)


@course_page("ending", client=False)
def finish(request: HttpRequest, door: Door) -> HttpResponse:
    """End the course, whenever that is; not going on is always one of the answers."""
    form = FinishForm(request.POST or None)
    if form.is_valid():
        how = form.cleaned_data["how"]
        saved = door.save(form, lambda: actions.finish(by=door.audience, how=how), to=door.url("ending"))
        if saved:
            return saved
    return door.page("ending/finish.html", {"first_name": _first_name(door)}, form=form)


@course_page("keepsake")
def show_keepsake(request: HttpRequest, door: Door) -> HttpResponse:
    """The keepsake, ready to print. Choosing is remembered while the course runs; private things never are."""
    if request.method == "POST":
        return _choose(door)
    asked = "chosen" in request.GET
    parts = request.GET.getlist("part") if asked else queries.chosen_parts(door.audience)
    with_private = door.is_client and "private" in request.GET
    return _paper(door, parts, with_private=with_private)


def _paper(door: Door, parts: list[str], *, with_private: bool, form: Form | None = None) -> HttpResponse:
    context = {
        "made": keepsake(for_paper(door.audience, with_private=with_private), parts),
        "choose": form or KeepsakeForm(
            initial={"part": parts, "private": with_private}, asks_private=door.is_client
        ),
        "with_private": with_private,
        "therapist": _therapist(door),
        "first_name": _first_name(door),
        "back": door.url("ending"),
    }  # fmt: skip
    return door.page("ending/keepsake.html", context, form=form)


def _choose(door: Door) -> HttpResponse:
    form = KeepsakeForm(door.request.POST, asks_private=door.is_client)
    if not form.is_valid():
        return _paper(door, queries.chosen_parts(door.audience), with_private=False, form=form)
    parts = form.cleaned_data["part"]
    private = {"private": "1"} if form.cleaned_data.get("private") else {}
    to = f"{door.url('keepsake')}?{urlencode({'chosen': '1', 'part': parts, **private}, doseq=True)}"
    if door.course.is_over:
        return HttpResponseRedirect(to)
    saved = door.save(form, lambda: actions.choose_parts(by=door.audience, parts=parts), to=to)
    return saved or _paper(door, parts, with_private=False, form=form)
