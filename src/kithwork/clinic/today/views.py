"""The pages of a therapist's day."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from kithwork.clinic.today import actions, queries
from kithwork.clinic.today.facts import Facts, facts_of
from kithwork.clinic.today.forms import InviteForm, NewClientForm
from kithwork.clinic.today.looks import looks
from kithwork.foundation import clock
from kithwork.foundation.accounts.saving import save_once
from kithwork.foundation.accounts.viewer import Viewer, who_may
from kithwork.foundation.vault.links import account_of
from kithwork.therapy.course.access import open_courses
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.protocols import offered


@who_may(therapist="own", supervisor="own")
def today(request: HttpRequest) -> HttpResponse:
    """Today's sessions, and what needs a look."""
    found, now = _facts(request, "clinic-today")
    zone_today = clock.day_in(now, queries.the_clinic().time_zone)
    context = {
        "day": zone_today,
        "sessions": queries.todays_sessions(found, now=now),
        "looks": looks(found, today=zone_today),
        "has_courses": bool(found),
        "is_therapist": "therapist" in _viewer(request).roles,
    }
    return render(request, "today/today.html", context)


@who_may(therapist="own")
def caseload(request: HttpRequest) -> HttpResponse:
    """Everybody in the therapist's care, in the order and the part that she asked for."""
    found, now = _facts(request, "caseload")
    order, show = (
        _chosen(request, "sort", queries.ORDERS, "name"),
        _chosen(request, "show", queries.FILTERS, "open"),
    )
    cases = queries.caseload(found, now=now)
    context = {
        "cases": queries.filtered(cases, show=show, order=order),
        "has_any": bool(cases),
        "orders": [
            _way(words, order == key, sort=key, show=show) for key, (words, _) in queries.ORDERS.items()
        ],
        "filters": [_way(words, show == key, sort=order, show=key) for key, words in queries.FILTERS.items()],
        "shown": queries.FILTERS[show],
    }
    return render(request, "today/caseload.html", context)


@who_may(therapist="own")
def new_client(request: HttpRequest) -> HttpResponse:
    """Begin a course with somebody who need not have an account."""
    form = NewClientForm(request.POST or None, offered=offered(queries.the_clinic()))
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
    who, clinic = _viewer(request).who("therapist"), queries.the_clinic()
    return actions.begin_course(by=who, clinic=clinic, now=clock.now(), **form.act)


def _overview(course: Course) -> str:
    return reverse("course:overview", kwargs={"course_id": course.pk})


def _chosen(request: HttpRequest, name: str, known: dict[str, Any], usual: str) -> str:
    wished = request.GET.get(name, usual)
    return wished if wished in known else usual


def _way(words: str, current: bool, **query: str) -> dict[str, Any]:
    return {"label": words, "url": f"?{urlencode(query)}", "current": current}
