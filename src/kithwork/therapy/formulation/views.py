"""The shared picture's pages, and the goals': for the client under /me/, for staff under /course/<id>/."""

from functools import partial
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt.formulation import what_a_signature_covers
from kithwork.ipt.goals import MOST
from kithwork.ipt.protocol import Phase
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import phase_now, therapist_name
from kithwork.therapy.course.sign_form import SignForm
from kithwork.therapy.formulation import actions, queries
from kithwork.therapy.formulation.forms import CloseForm, CommentForm, GoalForm, RateForm, SectionForm

T = TypeVar("T")
WHOLE = "whole"


@course_page("formulation")
def formulation(_request: HttpRequest, door: Door) -> HttpResponse:
    """The picture as it stands, with what was said about it."""
    return _picture(door)


@course_page("formulation")
def part(request: HttpRequest, door: Door, section: str) -> HttpResponse:
    """Write one part; when somebody else was first, both texts."""
    form = SectionForm(request.POST or None, section=_section(door, section))
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.write_section(by=door.audience, **form.act), to=_picture_url(door, section)
        )
        if saved:
            return saved
    return door.page("formulation/part.html", {**_common(door), "section": form.section}, form=form)


@course_page("formulation")
def say(request: HttpRequest, door: Door, section: str) -> HttpResponse:
    """Say something about a part, or about the whole."""
    about = None if section == WHOLE else _section(door, section)
    if queries.standing(door.audience).shared_at is None:
        raise Http404
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind, text = form.cleaned_data["kind"], form.cleaned_data["text"]
        saved = door.save(
            form,
            lambda: actions.comment(
                by=door.audience, section=about.key if about else "", kind=kind, text=text
            ),
            to=_picture_url(door, section),
        )
        if saved:
            return saved
    return door.page("formulation/say.html", {**_common(door), "section": about}, form=form)


@require_POST
@course_page("formulation")
def settle(request: HttpRequest, door: Door, comment_id: str) -> HttpResponse:
    """A comment was talked about."""
    found = _or_404(queries.find_comment(door.audience, comment_id))
    form = KithworkForm(request.POST)
    form.is_valid()
    saved = door.save(
        form,
        lambda: actions.settle(by=door.audience, comment=found),
        to=_picture_url(door, found.section or WHOLE),
    )
    return saved or _picture(door, form)


@require_POST
@course_page("formulation", client=False)
def share(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the client what has been written."""
    form = KithworkForm(request.POST)
    form.is_valid()
    saved = door.save(form, lambda: actions.share(by=door.audience), to=door.url("formulation"))
    return saved or _picture(door, form)


@course_page("formulation")
def version(_request: HttpRequest, door: Door, version_id: str) -> HttpResponse:
    """One wording to read, and what has changed since."""
    found = _or_404(queries.find_version(door.audience, version_id))
    standing = queries.standing(door.audience)
    newest = queries.find_version(door.audience, standing.newest.id) if standing.newest else None
    signed = [one for one in queries.signed_versions(door.audience) if one.id == found.pk]
    context = {
        "version": found,
        "signatures": signed[0].signatures if signed else [],
        "wording": queries.wording(door.audience, found),
        "differences": queries.differences(door.audience, found, newest) if newest else [],
    }
    return door.page("formulation/version.html", {**_common(door), **context})


@require_POST
@course_page("formulation")
def sign(request: HttpRequest, door: Door, version_id: str) -> HttpResponse:
    """Sign one version, or enter how the client signed it."""
    found = _or_404(queries.find_version(door.audience, version_id))
    form = SignForm(request.POST)
    if form.is_valid():
        saved = door.save(
            form,
            lambda: actions.sign_version(by=door.audience, version=found, **form.given(door)),
            to=f"{door.url('formulation')}#signatures",
        )
        if saved:
            return saved
    return _picture(door, form)


@course_page("formulation")
def goals(_request: HttpRequest, door: Door) -> HttpResponse:
    """The goals, how each went so far, and those that were before."""
    return _goals_page(door)


@course_page("formulation")
def add_goal(request: HttpRequest, door: Door) -> HttpResponse:
    """One more goal; where three stand, what can be done instead."""
    standing = queries.goals(door.audience)
    form = GoalForm(request.POST or None, initial={"area": request.GET.get("area", "")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act = partial(actions.add_goal, by=door.audience, goal=said["goal"], area=said["area"], **form.when)
        if saved := door.save(form, act, to=door.url("goals")):
            return saved
    context = {**_common(door), "standing": standing, "is_full": len(standing) >= MOST}
    return door.page("formulation/add_goal.html", context, form=form)


@course_page("formulation")
def goal(request: HttpRequest, door: Door, goal_id: str) -> HttpResponse:
    """One goal: its words, and how it was rated so far."""
    found = _or_404(queries.find_goal(door.audience, goal_id))
    shown = next(one for one in queries.goals(door.audience) if one.id == found.pk)
    initial = {"goal": shown.goal, "by_session": shown.by_session, "goal_base": shown.base, "area": shown.area,
               "by_day": shown.by_day}  # fmt: skip
    form = GoalForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act = partial(
            actions.change_goal, by=door.audience, goal=found, text=said["goal"], area=said["area"],
            base=said["goal_base"], **form.when,
        )  # fmt: skip
        if saved := door.save(form, act, to=door.url("goals")):
            return saved
    context = {**_common(door), "goal": shown, "closing": CloseForm(None, auto_id="close-%s")}
    return door.page("formulation/goal.html", context, form=form)


@course_page("formulation")
def replace_goal(request: HttpRequest, door: Door, goal_id: str) -> HttpResponse:
    """Let another goal take the place of this one."""
    found = _or_404(queries.find_goal(door.audience, goal_id))
    shown = next(one for one in queries.goals(door.audience) if one.id == found.pk)
    form = GoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(
            actions.replace_goal, by=door.audience, goal=found, text=form.cleaned_data["goal"], **form.when
        )
        if saved := door.save(form, act, to=door.url("goals")):
            return saved
    return door.page("formulation/replace_goal.html", {**_common(door), "goal": shown}, form=form)


@require_POST
@course_page("formulation")
def close_goal(request: HttpRequest, door: Door, goal_id: str) -> HttpResponse:
    """Put a goal aside."""
    found = _or_404(queries.find_goal(door.audience, goal_id))
    form = CloseForm(request.POST)
    if form.is_valid():
        act = partial(
            actions.close_goal, by=door.audience, goal=found, ended_as=form.cleaned_data["ended_as"]
        )
        if saved := door.save(form, act, to=door.url("goals")):
            return saved
    return _goals_page(door, form)


@require_POST
@course_page("formulation")
def reopen_goal(request: HttpRequest, door: Door, goal_id: str) -> HttpResponse:
    """Take up again what was put aside."""
    found = _or_404(queries.find_past_goal(door.audience, goal_id))
    form = KithworkForm(request.POST)
    form.is_valid()
    act = partial(actions.reopen_goal, by=door.audience, goal=found)
    return door.save(form, act, to=door.url("goals")) or _goals_page(door, form)


@course_page("formulation")
def rate_goals(request: HttpRequest, door: Door) -> HttpResponse:
    """Rate the goals, all on one page, each or none."""
    standing = queries.goals(door.audience)
    form = RateForm(request.POST or None, goals=standing, initial={"occasion": _occasion(door, standing)})
    if request.method == "POST" and form.is_valid():
        saved = door.save(form, lambda: _rate(door, form), to=door.url("goals"))
        if saved:
            return saved
    return door.page("formulation/rate.html", _common(door), form=form)


def _occasion(door: Door, standing: list[queries.ShownGoal]) -> str:
    """What is offered as the occasion: the start while nothing was rated, the end when it is in sight."""
    if not any(one.ratings for one in standing):
        return "start"
    return "end" if phase_now(door.audience, door.course) is Phase.ENDING else ""


def _rate(door: Door, form: RateForm) -> None:
    rows = {row.pk: row for row in queries.standing_goals(door.audience)}
    for goal_id, rating in form.ratings.items():
        actions.rate_goal(
            by=door.audience, goal=rows[goal_id], rating=rating, occasion=form.cleaned_data["occasion"]
        )


def _goals_page(door: Door, form: KithworkForm | None = None) -> HttpResponse:
    standing = queries.goals(door.audience)
    context = {
        "goals": standing,
        "past": queries.past_goals(door.audience),
        "may_add_goal": len(standing) < MOST,
    }
    return door.page("formulation/goals.html", {**_common(door), **context}, form=form)


def _picture(door: Door, form: KithworkForm | None = None) -> HttpResponse:
    standing, said = queries.standing(door.audience), queries.comments(door.audience)
    goals = queries.goals(door.audience)
    parts = [(SectionForm(None, section=one), said.get(one.key, [])) for one in standing.sections]
    signed = queries.signed_versions(door.audience)
    context = {
        "standing": standing,
        "parts": parts,
        "about_the_whole": said.get("", []),
        "goals": goals,
        "may_add_goal": len(goals) < MOST,
        "earlier": [one for one in signed if one.id != (standing.newest.id if standing.newest else "")],
        "covers": what_a_signature_covers("this wording"),
    }
    return door.page("formulation/formulation.html", {**_common(door), **context}, form=form)


def _common(door: Door) -> dict[str, Any]:
    return {
        "room": door.url("formulation"),
        "goals_url": door.url("goals"),
        "client": door.client_name.split(" ")[0],
        "therapist": therapist_name(door.course, now=door.audience.now),
    }


def _section(door: Door, key: str) -> queries.ShownSection:
    shown = {one.key: one for one in queries.standing(door.audience).sections}
    return _or_404(shown.get(key))


def _or_404(found: T | None) -> T:
    if found is None:
        raise Http404
    return found


def _picture_url(door: Door, section: str) -> str:
    return f"{door.url('formulation')}#part-{section}"
