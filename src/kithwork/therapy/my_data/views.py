"""The client's page about everything that is kept of her, and the steps from it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithwork.foundation.ui.forms import KithworkForm
from kithwork.foundation.vault.erasure import erasure_of
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import therapist_name
from kithwork.therapy.my_data import actions, machine, readable
from kithwork.therapy.my_data.forms import CopyForm, EraseForm, SureForm
from kithwork.therapy.my_data.queries import own_record


@course_page("data", staff=False)
def data(_request: HttpRequest, door: Door) -> HttpResponse:
    """What is kept, who could read it, and what can be done about it."""
    return _page(door, "my_data/data.html")


@course_page("data", staff=False)
def copy(request: HttpRequest, door: Door) -> HttpResponse:
    """Take a copy, after the password: one to read, or one for other programs."""
    form = CopyForm(request.POST, request=request) if request.method == "POST" else None
    if form and form.is_valid():
        noted = door.save(form, lambda: actions.note_copy(by=door.audience), to=door.url("data"))
        if noted:
            return _file(door, form.cleaned_data["what"])
    sent = form["what"].value() if form else ""
    copies = [
        (what, form if form and what == sent else _copy_form(request, what))
        for what in ("readable", "machine")
    ]
    return _page(door, "my_data/take_copy.html", form, copies=copies)


def _copy_form(request: HttpRequest, what: str) -> CopyForm:
    return CopyForm(request=request, auto_id=f"{what}_%s", initial={"what": what})


def _file(door: Door, what: str) -> HttpResponse:
    """The copy as a file. Its name tells nothing but the day."""
    record = own_record(door.audience)
    if what == "machine":
        content, kind, ending = machine.write(record), "application/json", "json"
    else:
        content, kind, ending = (
            readable.page(record, therapist=_therapist(door)),
            "text/html; charset=utf-8",
            "html",
        )
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="copy-{door.today.isoformat()}.{ending}"'
    return answer


@course_page("data", staff=False)
def stop(request: HttpRequest, door: Door) -> HttpResponse:
    """Stop sharing everything at once; what that means comes first."""
    form = SureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.stop_sharing(by=door.audience), to=f"{door.url('data')}?stopped=1"
        )
        if saved:
            return saved
    return _page(door, "my_data/stop.html", form)


@course_page("data", staff=False)
def erase(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask for everything to be erased; what that means, and what the law keeps, comes first."""
    form = EraseForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        sure = form.cleaned_data["sure"]
        saved = door.save(
            form, lambda: actions.ask_erasure(by=door.audience, sure=sure), to=door.url("data-erase")
        )
        if saved:
            return saved
    return _page(door, "my_data/erase.html", form)


@require_POST
@course_page("data", staff=False)
def keep(request: HttpRequest, door: Door) -> HttpResponse:
    """Take the erasure back."""
    form = KithworkForm(request.POST)
    form.is_valid()
    saved = door.save(form, lambda: actions.keep_record(by=door.audience), to=f"{door.url('data')}?kept=1")
    return saved or HttpResponseRedirect(door.url("data-erase"))


def _page(door: Door, template: str, form: KithworkForm | None = None, **more: object) -> HttpResponse:
    if "stopped" in door.request.GET:
        door.receipt_note = _("What you wrote is yours alone again. What was read before stays read.")
    if "kept" in door.request.GET:
        door.receipt_note = _("Nothing will be erased. Everything is as it was.")
    asked = erasure_of(door.audience.client)
    context = {
        "therapist": _therapist(door), "erasure": asked, "choice": form, "days": actions.COOLING_OFF.days, **more,
    }  # fmt: skip
    return door.page(template, context, form=form)


def _therapist(door: Door) -> str:
    return therapist_name(door.course, now=door.audience.now)
