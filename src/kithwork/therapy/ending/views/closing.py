"""Ending a course, before or at the time that was agreed; stopping, from the client's side; and what comes after."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from kithwork.foundation.ui.forms import KithworkForm
from kithwork.therapy.course.actions import speak_of_ending
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.protocols import offered
from kithwork.therapy.ending import actions, queries
from kithwork.therapy.ending.forms import FinishForm, FollowingForm, StopForm
from kithwork.therapy.ending.views.ending import first_name, show, therapist, wording_form


@course_page("ending", client=False)
def finish(request: HttpRequest, door: Door) -> HttpResponse:
    """End the course, whenever that is; not going on is always one of the answers."""
    form = FinishForm(request.POST or None, client=first_name(door))
    if form.is_valid():
        saved = door.save(form, lambda: actions.finish(by=door.audience, **form.act), to=door.url("ending"))
        if saved:
            return saved
    context = {"first_name": first_name(door), "wish": queries.stop_wish(door.audience)}
    return door.page("ending/finish.html", context, form=form)


@course_page("ending", client=False)
def following(request: HttpRequest, door: Door) -> HttpResponse:
    """After the end: a course of its own, such as monthly sessions to stay well."""
    form = FollowingForm(request.POST or None, offered=offered(door.course.clinic))
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.begin_following(by=door.audience, **form.act),
            to=lambda made: reverse("course:contract", kwargs={"course_id": made.id}),
        )  # fmt: skip
        if saved:
            return saved
    return door.page("ending/following.html", {"first_name": first_name(door)}, form=form)


@require_POST
@course_page("ending", client=False)
def wording(request: HttpRequest, door: Door) -> HttpResponse:
    """Choose how the two speak of the ending."""
    form = wording_form(door, request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["wording"]
        saved = door.save(
            form,
            lambda: speak_of_ending(by=door.audience, wording=chosen),
            to=door.url("ending") + "#wording",
        )
        if saved:
            return saved
    return show(door, form)


@course_page("ending", staff=False)
def stop(request: HttpRequest, door: Door) -> HttpResponse:
    """The client would like to stop: she can say so here, with a reason or without."""
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.wish_to_stop(by=door.audience, **form.act), to=door.url("ending-stop")
        )
        if saved:
            return saved
    context = {
        "wish": queries.stop_wish(door.audience), "therapist": therapist(door), "back": door.url("ending"),
        "carry_on_url": door.url("ending-carry-on"), "keepsake_url": door.url("keepsake"),
    }  # fmt: skip
    return door.page("ending/stop.html", context, form=form)


@require_POST
@course_page("ending", client=False)
def talked(request: HttpRequest, door: Door) -> HttpResponse:
    """The two have talked about stopping."""
    form = KithworkForm(request.POST)
    form.is_valid()
    saved = door.save(form, lambda: actions.talked_about_stopping(by=door.audience), to=door.url("ending"))
    return saved or show(door, form)


@require_POST
@course_page("ending", staff=False)
def carry_on(request: HttpRequest, door: Door) -> HttpResponse:
    """She takes it back."""
    form = KithworkForm(request.POST)
    form.is_valid()
    saved = door.save(form, lambda: actions.carry_on(by=door.audience), to=door.url("ending"))
    return saved or show(door, form)
