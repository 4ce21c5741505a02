"""Looking back and ahead: one page for both, part by part."""

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import readable_until, therapist_name
from kithwork.therapy.ending import actions, queries
from kithwork.therapy.ending.bringing import to_bring
from kithwork.therapy.ending.forms import BringForm, PartForm, SignForm, WordingForm
from kithwork.therapy.ending.queries import ShownPart
from kithwork.therapy.ending.then_and_now import then_and_now

WRITE = {"part": actions.write, "plan": actions.write_plan}


@course_page("ending")
def ending(_request: HttpRequest, door: Door) -> HttpResponse:
    """Looking back together. Every part can be seen, and left, at any time."""
    return show(door)


def show(door: Door, form: Form | None = None) -> HttpResponse:
    """The page, with a form that was refused in its place."""
    written = queries.review(door.audience)
    wording = queries.wording_of(door.course)
    context = {
        "wording": wording,
        "opening": queries.opening(door.audience, door.course),
        "ended": queries.how_it_ended(door.audience, door.course),
        "readable_until": readable_until(door.course),
        "others": [(one, _other_url(one.id)) for one in queries.other_courses(door.audience)]
        if door.is_client
        else [],
        "bring_url": reverse("me:ending-bring") if to_bring(door.audience) else "",
        "wish": queries.stop_wish(door.audience),
        "then_and_now": then_and_now(door.audience),
        "therapist": therapist(door),
        "first_name": first_name(door),
        "parts": _forms(door, written.parts, "part", form),
        "plan": _forms(door, written.plan, "plan", form),
        "signs": [(one, door.url("ending-sign-off", sign_id=one.id)) for one in written.signs],
        "sign_form": form if isinstance(form, SignForm) else _sign_form(door),
        "wording_form": form if isinstance(form, WordingForm) else wording_form(door),
        "sign_url": door.url("ending-sign"),
        "keepsake_url": door.url("keepsake"),
        "stop_url": reverse("me:ending-stop") if door.is_client and not door.course.is_over else "",
        "talk_url": door.url("to-talk-about"),
    }
    return door.page("ending/ending.html", context, form=form)


@course_page("ending", staff=False)
def bring(request: HttpRequest, door: Door) -> HttpResponse:
    """Early signs and the plan from the course before: the client ticks what she would like to have here too."""
    pieces = to_bring(door.audience)
    form = BringForm(request.POST or None, pieces=pieces, therapist=therapist(door))
    if request.method == "POST" and form.is_valid():
        to = door.url("ending") + "#warning-signs"
        saved = door.save(form, lambda: actions.bring_along(by=door.audience, **form.act), to=to)
        if saved:
            return saved
    context = {"pieces": pieces, "back": door.url("ending"), "therapist": therapist(door)}
    return door.page("ending/bring.html", context, form=form)


def _other_url(course: str) -> str:
    return reverse("course:ending", kwargs={"course_id": course})


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
    return PartForm(data, part=part, therapist=_asks(door), client=first_name(door))


def _sign_form(door: Door, data: object = None) -> SignForm:
    return SignForm(data, therapist=_asks(door))


def wording_form(door: Door, data: object = None) -> WordingForm:
    """The choice of how to speak of the ending, with the clinic's own as the usual one."""
    usual = queries.clinics_wording(door.course)
    return WordingForm(data, usual=usual, initial={"wording": door.course.ending_wording})


def _asks(door: Door) -> str:
    """Whom the client is asked about sharing with."""
    return therapist(door) if door.is_client else ""


def first_name(door: Door) -> str:
    """The client, as they stand in a sentence."""
    return door.client_name.split(" ")[0]


def therapist(door: Door) -> str:
    """The therapist, as they stand in a sentence."""
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
    return show(door, form)


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
    return show(door, form)


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
    return saved or show(door, form)
