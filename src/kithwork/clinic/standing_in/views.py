"""A therapist says when she is away and whom she asks; the other agrees; those who lead see what waits too long."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kithwork.clinic.standing_in.forms import AwayForForm, AwayForm, SureForm
from kithwork.foundation import clock
from kithwork.foundation.accounts.absences import (
    absences_of,
    asked_to_stand_in,
    every_absence,
    find_absence,
    therapists,
    who_could_stand_in,
)
from kithwork.foundation.accounts.models import Absence
from kithwork.foundation.accounts.saving import save_once
from kithwork.foundation.accounts.viewer import Viewer, who_may
from kithwork.therapy.course.standing_in import (
    accept_standing_in,
    accepted,
    ask_to_stand_in,
    come_back,
    courses_offered,
)
from kithwork.therapy.safety.queries import clinic_zone, waiting_too_long


@who_may(therapist="own")
def away(request: HttpRequest) -> HttpResponse:
    """One's own absences, whom one was asked to stand in for, and a form for the next one."""
    viewer, now, zone = _viewer(request), clock.now(), clinic_zone()
    others = who_could_stand_in(viewer.account, now=now)
    form = AwayForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = next(one for one in others if one.id == data["stands_in"])
        saved = save_once(
            request, form,
            lambda: ask_to_stand_in(
                by=viewer.who("therapist"), stands_in=chosen, since=_morning_of(data["first"], zone),
                until=_morning_of(data["last"] + timedelta(days=1), zone), now=now,
            ),
            to=lambda _made: reverse("away"),
        )  # fmt: skip
        if saved:
            return saved
    return _away_page(request, form, now, zone)


def _away_page(request: HttpRequest, form: AwayForm, now: datetime, zone: ZoneInfo) -> HttpResponse:
    account = _viewer(request).account
    own, asked = absences_of(account, now=now), asked_to_stand_in(account, now=now)
    agreed = accepted([*own, *asked])
    context = {
        "form": form,
        "own": [(one, one.id in agreed, _last_day(one)) for one in own],
        "asked": [(one, one.id in agreed, _last_day(one), courses_offered(one)) for one in asked],
        "sure": SureForm(),
    }
    with timezone.override(zone):
        return render(request, "standing_in/away.html", context, status=422 if form.errors else 200)


@who_may(lead="own")
def away_for(request: HttpRequest) -> HttpResponse:
    """Somebody who leads enters the absence of a colleague who can't, and chooses whom to ask."""
    viewer, now, zone = _viewer(request), clock.now(), clinic_zone()
    others = {one.id: one for one in therapists(now=now)}
    form = AwayForForm(request.POST or None, others=[*others.values()])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        saved = save_once(
            request, form,
            lambda: ask_to_stand_in(
                by=viewer.who("lead"), colleague=others[data["colleague"]], stands_in=others[data["stands_in"]],
                since=_morning_of(data["first"], zone), until=_morning_of(data["last"] + timedelta(days=1), zone),
                now=now,
            ),
            to=lambda _made: reverse("away-for"),
        )  # fmt: skip
        if saved:
            return saved
    found = every_absence(now=now)
    agreed = accepted(found)
    context = {"form": form, "found": [(one, one.id in agreed, _last_day(one)) for one in found]}
    with timezone.override(zone):
        return render(request, "standing_in/away_for.html", context, status=422 if form.errors else 200)


@require_POST
@who_may(therapist="own")
def accept(request: HttpRequest, absence_id: str) -> HttpResponse:
    """Agree to stand in."""
    viewer, now = _viewer(request), clock.now()
    absence = find_absence(absence_id, now=now)
    if absence is None or absence.stands_in_id != viewer.account:
        raise Http404
    who = viewer.who("therapist")
    return _do(request, lambda: accept_standing_in(by=who, absence=absence, now=now))


@require_POST
@who_may(therapist="own")
def back(request: HttpRequest, absence_id: str) -> HttpResponse:
    """End one's own absence, or take back that one stands in."""
    viewer, now = _viewer(request), clock.now()
    absence = find_absence(absence_id, now=now)
    if absence is None or absence.account_id != viewer.account:
        raise Http404
    who = viewer.who("therapist")
    return _do(request, lambda: come_back(by=who, absence=absence, now=now))


@who_may(lead="own", supervisor="own")
def waiting(request: HttpRequest) -> HttpResponse:
    """Whose flags have waited past their time: who to ring, no client and no words."""
    with timezone.override(clinic_zone()):
        context = {"waiting": waiting_too_long(), "leads": "lead" in _viewer(request).roles}
        return render(request, "standing_in/waiting.html", context)


def _do(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    form = SureForm(request.POST)
    form.is_valid()
    return save_once(request, form, act, to=lambda _made: reverse("away")) or HttpResponseRedirect(
        reverse("away")
    )


def _morning_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def _last_day(absence: Absence) -> datetime:
    return absence.until - timedelta(seconds=1)


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer
