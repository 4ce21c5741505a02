"""What anybody may read about IPT, signed in or not. Nothing is kept here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kithwork.foundation.accounts.viewer import everybody
from kithwork.ipt import cycle_steps, problem_areas
from kithwork.therapy.safety.queries import clinic_country, help_lines
from kithwork.therapy.story import ring


@everybody
def about(request: HttpRequest) -> HttpResponse:
    """What IPT is, for somebody who is choosing a therapy."""
    return render(request, "about/about.html", {"areas": problem_areas})


@everybody
def about_cycle(request: HttpRequest) -> HttpResponse:
    """How it goes round, to look at; the same ring as inside a course."""
    key = cycle_steps.from_address(request.GET.get("station", "")) or cycle_steps.stations.keys()[0]
    if key not in cycle_steps.stations:
        raise Http404
    here = reverse("about-cycle")
    station = cycle_steps.stations[key]
    picture = ring.plain(station, lambda one: f"{here}?station={cycle_steps.in_address(one)}")
    after = cycle_steps.following(key)
    context = {
        "ring": picture, "station": station, "texts": cycle_steps, "after": after,
        "after_in_address": cycle_steps.in_address(after.key),
    }  # fmt: skip
    return render(request, "about/cycle.html", context)


@everybody
def about_someone_close(request: HttpRequest) -> HttpResponse:
    """For family and friends, made to be printed."""
    return render(request, "about/someone_close.html", {"lines": help_lines(clinic_country())})
