"""The pages of a therapist's day."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from kithwork.clinic.today import actions, queries
from kithwork.clinic.today.arranging import address_of, kept_views, let_go, sort_out, take_up
from kithwork.clinic.today.arranging import keep_view as keep
from kithwork.clinic.today.arranging import set_aside as put_off
from kithwork.clinic.today.facts import Facts, facts_of
from kithwork.clinic.today.forms import InviteForm, NewClientForm, PutOffForm, ViewForm
from kithwork.clinic.today.looks import looks
from kithwork.clinic.today.ways import FILTERS, FOCUSES, ORDERS, View, asked_for
from kithwork.foundation import clock
from kithwork.foundation.accounts.saving import save_once
from kithwork.foundation.accounts.viewer import Viewer, who_may
from kithwork.foundation.vault.links import account_of
from kithwork.therapy.course.access import open_courses
from kithwork.therapy.course.clinic import the_clinic
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.protocols import offered

# What Today says right after something on its list was put off.
NOTES = {
    "put-off": gettext_lazy("Put off until tomorrow."),
    "back": gettext_lazy("Back on the list."),
    "not-put-off": gettext_lazy("What is about safety is not put off. It closes with your review."),
}


@who_may(therapist="own", supervisor="own")
def today(request: HttpRequest) -> HttpResponse:
    """Today's sessions, and what needs a look."""
    found, now = _facts(request, "clinic-today")
    day = clock.day_in(now, the_clinic().time_zone)
    context = {
        "day": day,
        "sessions": queries.todays_sessions(found, now=now),
        "looks": sort_out(looks(found, today=day), account=_viewer(request).account, today=day),
        "has_courses": bool(found),
        "is_therapist": "therapist" in _viewer(request).roles,
        "done": NOTES.get(request.GET.get("done", "")),
    }
    return render(request, "today/today.html", context)


@require_POST
@course_page("clinic-today", client=False)
def set_aside(request: HttpRequest, door: Door) -> HttpResponse:
    """Put one thing on the list off until tomorrow, or put it back."""
    form, list_of_today = PutOffForm(request.POST), reverse("clinic-today")
    if not form.is_valid():
        return HttpResponseRedirect(list_of_today)
    kind, back = form.cleaned_data["kind"], form.cleaned_data["back"]
    day = clock.day_in(door.audience.now, the_clinic().time_zone)
    saved = door.save(
        form, lambda: take_up(by=door.audience, kind=kind) if back
        else put_off(by=door.audience, kind=kind, today=day),
        to=f"{list_of_today}?done={'back' if back else 'put-off'}",
    )  # fmt: skip
    return saved or HttpResponseRedirect(f"{list_of_today}?done=not-put-off")


@who_may(therapist="own")
def caseload(request: HttpRequest) -> HttpResponse:
    """Everybody in the therapist's care, in the order and the part that she asked for."""
    found, now = _facts(request, "caseload")
    view = asked_for(request.GET)
    cases = queries.caseload(found, now=now)
    kept = kept_views(_viewer(request).account, now_shown=view)
    context = {
        "cases": queries.seen_as(cases, view),
        "has_any": bool(cases),
        "orders": [_way(words, view, sort=key) for key, words in ORDERS.items()],
        "filters": [_way(words, view, show=key) for key, words in FILTERS.items()],
        "focuses": [_way(words, view, focus=key) for key, words in FOCUSES.items()],
        "view": view,
        "kept": kept,
        "is_kept": any(one.current for one in kept),
        "is_usual": view == View(),
    }
    return render(request, "today/caseload.html", context)


@require_POST
@who_may(therapist="own")
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep a view of the caseload, or let it go."""
    form, list_of_all, who = ViewForm(request.POST), reverse("caseload"), _viewer(request).who("therapist")
    if not form.is_valid():
        return HttpResponseRedirect(list_of_all)
    view, act = form.view, let_go if form.cleaned_data["let_go"] else keep
    saved = save_once(
        request,
        form,
        lambda: act(by=who, view=view, now=clock.now()),
        to=lambda _made: list_of_all + address_of(view),
    )
    return saved or HttpResponseRedirect(list_of_all + address_of(view))


@who_may(therapist="own")
def new_client(request: HttpRequest) -> HttpResponse:
    """Begin a course with somebody who need not have an account."""
    clinic = the_clinic()
    today_here = clock.day_in(clock.now(), clinic.time_zone)
    form = NewClientForm(request.POST or None, offered=offered(clinic), today=today_here)
    if request.method == "POST" and form.is_valid():
        saved = save_once(request, form, lambda: _begin(request, form), to=_overview)
        if saved:
            return saved
    return render(request, "today/new_client.html", {"form": form}, status=422 if form.errors else 200)


@course_page("invite-client", client=False)
def invite_client(request: HttpRequest, door: Door) -> HttpResponse:
    """Invite the client to an account of their own; whether one is linked."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        saved = door.save(
            form, lambda: actions.invite_client(by=door.audience, email=email), to=door.url("invite-client")
        )
        if saved:
            return saved
    context = {
        "is_linked": account_of(door.course.client_id) is not None,
        "waiting": queries.waiting_invitation(door.course.client_id, now=door.audience.now),
    }
    return door.page("today/invite_client.html", context, form=form)


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def _facts(request: HttpRequest, page: str) -> tuple[list[Facts], Any]:
    now = clock.now()
    return facts_of(open_courses(_viewer(request), page=page, now=now)), now


def _begin(request: HttpRequest, form: NewClientForm) -> Course:
    who, clinic = _viewer(request).who("therapist"), the_clinic()
    return actions.begin_course(by=who, clinic=clinic, now=clock.now(), **form.act)


def _overview(course: Course) -> str:
    return reverse("course:overview", kwargs={"course_id": course.id})


def _way(words: object, view: View, **other: str) -> dict[str, Any]:
    """One link of the caseload: the view that is shown, with one thing else in it."""
    there = view.but(**other)
    return {"label": words, "url": address_of(there), "current": there == view}
