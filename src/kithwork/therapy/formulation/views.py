"""The shared picture's pages, and the goals': for the client under /me/, for staff under /course/<id>/."""

from collections.abc import Iterable
from functools import partial
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_POST

from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt.formulation import VOICE, WHAT_A_SIGNATURE_COVERS, stands_in
from kithwork.ipt.goals import MOST
from kithwork.ipt.protocol import Phase
from kithwork.refusal import Refusal
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import agreed_sessions, phase_now, therapist_name
from kithwork.therapy.course.sign_form import SignForm
from kithwork.therapy.formulation import actions, canvas, queries
from kithwork.therapy.formulation.forms import (
    CANVAS,
    AnswerForm,
    CloseForm,
    CommentForm,
    GoalForm,
    RateForm,
    SectionForm,
)
from kithwork.therapy.formulation.mark import mark
from kithwork.therapy.formulation.models import Goal
from kithwork.therapy.formulation.pieces import Piece

T = TypeVar("T")
WHOLE = "whole"


@course_page("formulation")
def formulation(_request: HttpRequest, door: Door) -> HttpResponse:
    """The picture as it stands, with what was said about it."""
    return _picture(door)


@course_page("formulation")
def write(request: HttpRequest, door: Door) -> HttpResponse:
    """The canvas: each part beside the pieces that it can be put together from."""
    return _canvas(door, with_kept="mine" in request.GET)


@course_page("formulation", mark=mark)
def newest(request: HttpRequest, door: Door) -> HttpResponse:
    """The page again, for one that is open elsewhere: only asked through when somebody has saved something."""
    if request.GET.get("on") == CANVAS:
        return _canvas(door, with_kept="mine" in request.GET)
    return _picture(door)


@course_page("formulation")
def part(request: HttpRequest, door: Door, section: str) -> HttpResponse:
    """Write one part; when somebody else was first, both texts."""
    found, audience = _section(door, section), door.audience
    seed = canvas.seed(audience).get(found.key, []) if "pieces" in request.POST else []
    kept = canvas.kept(audience).get(found.key, []) if "kept" in request.POST else []
    form = SectionForm(request.POST or None, section=found, seed=seed, kept=kept)
    if request.method == "POST" and form.is_valid():
        page = "formulation-write" if form.cleaned_data["then"] else "formulation"
        saved = door.save(
            form,
            lambda: actions.write_section(by=door.audience, **form.act),
            to=f"{door.url(page)}#part-{found.address}",
        )
        if saved:
            return saved
    chosen = form.ticked if form.is_bound else set()
    context = {
        **_common(door), "section": found, "fields": (("pieces", _offered(door, found, seed)), ("kept", _offered(
            door, found, [one for one in kept if one.key in chosen]))),
        "ticked": chosen,
    }  # fmt: skip
    return door.page("formulation/part.html", context, form=form)


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
            to=_picture_url(door, about.key if about else ""),
        )
        if saved:
            return saved
    return door.page("formulation/say.html", {**_common(door), "section": about}, form=form)


@course_page("formulation")
def answer(request: HttpRequest, door: Door, comment_id: str) -> HttpResponse:
    """Answer what was said about a part."""
    found = _or_404(queries.find_comment(door.audience, comment_id))
    shown = _or_404(next((one for one in queries.said(door.audience) if one.id == found.id), None))
    initial = {
        "answer": shown.answer.text if shown.answer else "",
        "answer_base": shown.answer.base if shown.answer else "",
    }
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        text, base = form.cleaned_data["answer"], form.cleaned_data["answer_base"]
        saved = door.save(
            form,
            lambda: actions.answer(by=door.audience, comment=found, text=text, base=base),
            to=_picture_url(door, found.section),
        )
        if saved:
            return saved
    return door.page("formulation/answer.html", {**_common(door), "comment": shown}, form=form)


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
        to=_picture_url(door, found.section),
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
    shown = {one.id: one for one in queries.shown_versions(door.audience)}
    newest = queries.find_version(door.audience, next(iter(shown)))
    context = {
        "version": shown[found.id],
        "wording": queries.wording(door.audience, found),
        "differences": queries.differences(door.audience, found, newest) if newest else [],
    }
    return door.page("formulation/version.html", {**_common(door), **context})


@course_page("formulation")
def versions(request: HttpRequest, door: Door) -> HttpResponse:
    """Every wording so far, and any two of them side by side."""
    shown = queries.shown_versions(door.audience)
    older, newer = _two_of(shown, request.GET)
    pair = [queries.find_version(door.audience, one.id) if one else None for one in (older, newer)]
    differences = queries.differences(door.audience, pair[0], pair[1]) if pair[0] and pair[1] else []
    context = {"versions": shown, "older": older, "newer": newer, "differences": differences}
    return door.page("formulation/versions.html", {**_common(door), **context})


def _two_of(shown: list[queries.ShownVersion], asked: QueryDict) -> tuple[queries.ShownVersion | None, ...]:
    """The two that are asked for, the older one first; else the one that was signed last, and the newest."""
    by_id = {one.id: one for one in shown}
    newer = by_id.get(asked.get("newer", ""), next(iter(shown), None))
    signed = next((one for one in shown if one.signatures and one is not newer), None)
    older = by_id.get(
        asked.get("older", ""), signed or next((one for one in shown if one is not newer), None)
    )
    both = sorted((one for one in (older, newer) if one), key=lambda one: one.number)
    return (both[0], both[1]) if len(both) > 1 else (None, newer)


@course_page("formulation")
def letter(_request: HttpRequest, door: Door) -> HttpResponse:
    """The agreed wording as a letter to the client, to read and to print."""
    shown = queries.letter(door.audience)
    agreed = agreed_sessions(door.audience, door.course)
    return door.page("formulation/letter.html", {**_common(door), "letter": shown, "agreed": agreed})


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
    found = _goal(door, goal_id)
    shown = _shown_goal(door, found)
    initial = {"goal": shown.goal, "by_session": shown.by_session, "goal_base": shown.base, "area": shown.area,
               "by_day": shown.by_day}  # fmt: skip
    form = GoalForm(request.POST or None, initial=initial)
    if why := _too_late(door, found):
        return door.too_late(form, why, back=door.url("goals"))
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
    found = _goal(door, goal_id)
    shown = _shown_goal(door, found)
    form = GoalForm(request.POST or None)
    if why := _too_late(door, found):
        return door.too_late(form, why, back=door.url("goals"))
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
    rows = {row.id: row for row in queries.standing_goals(door.audience)}
    for goal_id, rating in form.ratings.items():
        actions.rate_goal(
            by=door.audience, goal=rows[goal_id], rating=rating, occasion=form.cleaned_data["occasion"]
        )


def _goal(door: Door, goal_id: str) -> Goal:
    """A goal that stands; for somebody who has typed already, one that was put aside since as well."""
    found = queries.find_goal(door.audience, goal_id)
    if found is None and door.request.method == "POST":
        found = queries.find_past_goal(door.audience, goal_id)
    return _or_404(found)


def _shown_goal(door: Door, found: Goal) -> queries.ShownGoal:
    every = queries.goals(door.audience) if found.dropped_at is None else queries.past_goals(door.audience)
    return next(one for one in every if one.id == found.id)


def _too_late(door: Door, found: Goal) -> Refusal | None:
    """Why what was typed about a goal can't be saved any more; nothing on a page that is only looked at."""
    return door.why_not(lambda: actions.check_goal_stands(by=door.audience, goal=found))


def _goals_page(door: Door, form: KithworkForm | None = None) -> HttpResponse:
    standing = queries.goals(door.audience)
    context = {
        "goals": standing,
        "past": queries.past_goals(door.audience),
        "may_add_goal": len(standing) < MOST,
    }
    return door.page("formulation/goals.html", {**_common(door), **context}, form=form)


def _picture(door: Door, form: KithworkForm | None = None) -> HttpResponse:
    before_reading = mark(door.audience)  # what is saved while the page is made is asked for by its next look
    standing, said = queries.standing(door.audience), queries.comments(door.audience)
    goals, came_from = queries.goals(door.audience), canvas.came_from(door.audience)
    parts = [
        (
            SectionForm(None, section=one),
            said.get(one.key, []),
            _offered(door, one, came_from.get(one.key, [])),
        )
        for one in standing.sections
    ]
    signed = queries.signed_versions(door.audience)
    context = {
        "standing": standing,
        "parts": parts,
        "about_the_whole": said.get("", []),
        "disagreed": [one for about in said.values() for one in about if one.disagrees],
        "settled": queries.settled(door.audience),
        "goals": goals,
        "may_add_goal": len(goals) < MOST,
        "earlier": [one for one in signed if one.id != (standing.newest.id if standing.newest else "")],
        "has_versions": standing.number is not None and standing.number > 1,
        "covers": WHAT_A_SIGNATURE_COVERS,
        "agreed": agreed_sessions(door.audience, door.course),
        "contract_url": door.url("contract"),
        **_following(door, before_reading, "picture"),
    }
    return door.page("formulation/formulation.html", {**_common(door), **context}, form=form)


def _canvas(door: Door, *, with_kept: bool) -> HttpResponse:
    before_reading = mark(door.audience)
    standing = queries.standing(door.audience)
    if not standing.sections or door.course.is_over:
        return _picture(door)  # there is nothing to write in yet, or any more
    seed = canvas.seed(door.audience)
    mine = canvas.kept(door.audience) if with_kept else {}
    parts = [
        (
            SectionForm(None, section=one, then=CANVAS), _offered(door, one, seed.get(one.key, [])),
            _offered(door, one, mine.get(one.key, [])),
        )
        for one in standing.sections
    ]  # fmt: skip
    context = {
        "standing": standing, "parts": parts, "with_kept": with_kept and door.is_client, "voice": VOICE,
        **_following(door, before_reading, CANVAS),
    }  # fmt: skip
    return door.page("formulation/write.html", {**_common(door), **context})


def _following(door: Door, seen: str, on: str) -> dict[str, Any]:
    """While a page is open it asks whether somebody has saved something, so that neither writes on old words."""
    follows = not door.course.is_over and queries.standing(door.audience).sections
    return {"newest": door.url("formulation-newest"), "mark": seen if follows else "", "on": on}


def _offered(
    door: Door, section: queries.ShownSection, pieces: Iterable[Piece]
) -> list[tuple[Piece, str, bool]]:
    """Each piece with the address of where it stands, and whether its words are in the part already."""
    return [
        (piece, door.url(piece.page, **dict(piece.names)), stands_in(piece.text, section.text))
        for piece in pieces
    ]


def _common(door: Door) -> dict[str, Any]:
    return {
        "room": door.url("formulation"),
        "goals_url": door.url("goals"),
        "client": door.client_name.split(" ")[0],
        "therapist": therapist_name(door.course, now=door.audience.now),
    }


def _section(door: Door, address: str) -> queries.ShownSection:
    shown = {one.address: one for one in queries.standing(door.audience).sections}
    return _or_404(shown.get(address))


def _or_404(found: T | None) -> T:
    if found is None:
        raise Http404
    return found


def _picture_url(door: Door, section: str) -> str:
    return f"{door.url('formulation')}#part-{queries.ADDRESSES.get(section, section) or WHOLE}"
