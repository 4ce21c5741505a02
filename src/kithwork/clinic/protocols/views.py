"""The pages for whoever leads the clinic, or hosts it. None of them knows a client."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kithwork.clinic.protocols.forms import CopyForm, FrameForm, SessionForm, measure_choices
from kithwork.foundation import clock
from kithwork.foundation.accounts.models import Clinic
from kithwork.foundation.accounts.saving import save_once
from kithwork.foundation.accounts.viewer import Viewer, who_may
from kithwork.foundation.trail.who import Who
from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt.protocol import Protocol
from kithwork.ipt.protocol_editing import frame_of, reframed, with_session
from kithwork.ipt.protocols import protocols as shelf
from kithwork.therapy.checkins.queries import with_text
from kithwork.therapy.course import protocols as kept
from kithwork.therapy.course.clinic import the_clinic
from kithwork.therapy.course.models import ClinicProtocol


@who_may(lead="own", admin="own")
def protocols(request: HttpRequest) -> HttpResponse:
    """The forms on the shelf, and those that the clinic made its own."""
    return render(request, "protocols/protocols.html", {"shelf": list(shelf), "own": kept.own(the_clinic())})


@who_may(lead="own", admin="own")
def one(request: HttpRequest, protocol: str) -> HttpResponse:
    """One form, session by session; and a copy of it, to make it the clinic's own."""
    clinic = the_clinic()
    row, form = _found(clinic, protocol)
    sent = CopyForm(request.POST or None)
    if request.method == "POST" and sent.is_valid():
        title = sent.cleaned_data["title"]
        saved = save_once(
            request, sent,
            lambda: kept.copy(by=_who(request), clinic=clinic, key=protocol, title=title, now=clock.now()),
            to=lambda made: reverse("protocol", args=[made.key]),
        )  # fmt: skip
        if saved:
            return saved
    versions = kept.versions_of(clinic, protocol) if row else []
    context = {"protocol": form, "row": row, "form": sent, "versions": versions, "frame": frame_of(form)}
    return render(request, "protocols/protocol.html", context, status=422 if sent.errors else 200)


@who_may(lead="own", admin="own")
def change(request: HttpRequest, protocol: str) -> HttpResponse:
    """Change one of the clinic's own as a whole. Courses under way keep the version that they began with."""
    clinic = the_clinic()
    row = _own_or_404(clinic, protocol)
    frame = frame_of(row.form)
    measures = measure_choices(with_text(clinic), frame)
    form = FrameForm(request.POST or None, frame=frame, version=row.version, measures=measures)
    if request.method == "POST" and form.is_valid():
        known = [key for key, _ in measures]
        saved = _save(request, clinic, form, lambda: reframed(row.form, form.frame, measures=known))
        if saved:
            return saved
    return _form_page(request, "protocols/change.html", form, row)


@who_may(lead="own", admin="own")
def session(request: HttpRequest, protocol: str, n: int) -> HttpResponse:
    """Change what one session is usually for."""
    clinic = the_clinic()
    row = _own_or_404(clinic, protocol)
    plan = next((one for one in row.form.rows if one.n == n), None)
    if plan is None:
        raise Http404
    form = SessionForm(request.POST or None, row=plan, version=row.version)
    if request.method == "POST" and form.is_valid():
        aim, chosen = form.cleaned_data["aim"], form.cleaned_data["do"]
        saved = _save(request, clinic, form, lambda: with_session(row.form, n, aim=aim, chosen=chosen))
        if saved:
            return saved
    return _form_page(request, "protocols/session.html", form, row, plan=plan)


@require_POST
@who_may(lead="own", admin="own")
def away(request: HttpRequest, protocol: str) -> HttpResponse:
    """Offer a form for new courses no longer, or again."""
    clinic = the_clinic()
    row = _own_or_404(clinic, protocol)
    form = KithworkForm(request.POST)
    form.is_valid()
    to_be_away = row.put_away_at is None
    saved = save_once(
        request, form,
        lambda: kept.put_away(by=_who(request), clinic=clinic, key=protocol, away=to_be_away, now=clock.now()),
        to=lambda _made: reverse("protocol", args=[protocol]),
    )  # fmt: skip
    return saved or HttpResponseRedirect(reverse("protocol", args=[protocol]))


def _save(
    request: HttpRequest, clinic: Clinic, form: Any, changed: Callable[[], Protocol]
) -> HttpResponse | None:
    base = form.cleaned_data["base"]
    return save_once(
        request, form,
        lambda: kept.change(by=_who(request), clinic=clinic, base=base, changed=changed(), now=clock.now()),
        to=lambda made: reverse("protocol", args=[made.key]),
    )  # fmt: skip


def _found(clinic: Clinic, key: str) -> tuple[ClinicProtocol | None, Protocol]:
    row = kept.own_one(clinic, key)
    if row is not None:
        return row, row.form
    if key not in shelf:
        raise Http404
    return None, shelf[key]


def _own_or_404(clinic: Clinic, key: str) -> ClinicProtocol:
    row = kept.own_one(clinic, key)
    if row is None:
        raise Http404
    return row


def _who(request: HttpRequest) -> Who:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer.who("lead" if "lead" in viewer.roles else "admin")


def _form_page(
    request: HttpRequest, template: str, form: Any, row: ClinicProtocol, **context: Any
) -> HttpResponse:
    filled = {"form": form, "row": row, "protocol": row.form, **context}
    return render(request, template, filled, status=422 if form.errors else 200)
