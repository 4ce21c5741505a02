"""The check-in's pages: why and who sees it, one question a page, a look over, and what staff see of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from kithwork.foundation.ui.forms import KithworkForm
from kithwork.instruments import get
from kithwork.ipt.safety import ASK_ALOUD_NOTE, NOT_PASSED_ON, ask_aloud, notice_before_first_question
from kithwork.therapy.checkins import actions, queries
from kithwork.therapy.checkins.forms import AnswerForm, EnterForm, WholeForm
from kithwork.therapy.checkins.models import CheckIn
from kithwork.therapy.checkins.steps import FORMS, Step, step, steps
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.safety.queries import (
    day_and_hour,
    flag_of,
    help_panel,
    show_flags,
    unsent_panel,
    waiting_of_client,
)

ONLY_YOU = "Only you see it until you send it."
ALL_BUT_ONE = "One answer has gone out. Only you see the others until you send them."


@course_page("check-in")
def check_in(request: HttpRequest, door: Door) -> HttpResponse:
    """For the client: why, how long, who sees it. For staff: what was sent, and entering it for the client."""
    if door.is_client:
        return _opening(request, door)
    if request.method == "POST" or "enter" in request.GET:
        return _enter(request, door)
    series = [(get(form), queries.scores(door.audience, form)) for form in FORMS]
    return door.page("checkins/series.html", {"series": series})


def _opening(request: HttpRequest, door: Door) -> HttpResponse:
    form = KithworkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.open_check_in(by=door.audience), to=lambda made: _page_of(door, made)
        )
        if saved:
            return saved
    told = queries.reviewer_of(door.audience)
    context = {
        "told": queries.first_name(told) if told else "",
        "notice": notice_before_first_question(queries.first_name(told)),
        "begun": queries.current(door.audience),
        "sent": queries.sent(door.audience),
        **_still_waiting(door),
    }
    return door.page("checkins/opening.html", context, form=form)


def _still_waiting(door: Door) -> dict[str, Any]:
    """The panel stays where she comes by, also when the check-in was taken back, until somebody has looked."""
    flag = waiting_of_client(door.audience)
    if flag is None:
        return {}
    panel = help_panel(door.course, flag, now=door.audience.now)
    return {"panel": panel, "plan_url": door.url("safety-plan"), "carry_on": reverse("me:today")}


def _enter(request: HttpRequest, door: Door) -> HttpResponse:
    form = EnterForm(request.POST or None, today=door.today, initial={"on": door.today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        saved = door.save(
            form,
            lambda: actions.enter_for_client(
                by=door.audience, answers=form.given, on=data["on"], source=data["source"]
            ),
            to=lambda made: _page_of(door, made),
        )
        if saved:
            return saved
    return door.page("checkins/enter.html", {"reviewer": queries.reviewer_of(door.audience)}, form=form)


@course_page("check-in")
def one(request: HttpRequest, door: Door, check_in_id: str) -> HttpResponse:
    """A draft is one question a page; what was sent is there to read."""
    found = _found(door, check_in_id)
    if found.state == "open":
        return _question(request, door, found)
    if request.method == "POST":
        return HttpResponseRedirect(_page_of(door, found))
    return _to_read(door, found)


def _question(request: HttpRequest, door: Door, found: CheckIn) -> HttpResponse:
    asked = _asked(request, door, found)
    if asked is None:
        return HttpResponseRedirect(door.url("check-in-answers", check_in_id=found.pk))
    kept = queries.answers(door.audience, found)[asked.instrument.id].items[asked.item.n - 1]
    initial = {"item": asked.n, "answer": "" if kept is None else str(kept)}
    form = AnswerForm(request.POST or None, asked=asked, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.answer(by=door.audience, check_in=found, instrument=asked.instrument.id,
                                         item=asked.item.n, value=form.given),
            to=lambda _made: _after(door, found, asked),
        )  # fmt: skip
        if saved:
            return saved
    return door.page("checkins/question.html", _question_page(door, found, asked, kept), form=form)


def _question_page(door: Door, found: CheckIn, asked: Step, kept: object) -> dict[str, Any]:
    back = _page_of(door, found, asked.n - 1) if asked.n > 1 else door.url("check-in")
    help_ready = _help(door, found, asked, kept)
    door.receipt_note = ALL_BUT_ONE if "panel" in help_ready else ONLY_YOU
    return {
        "check_in": found, "asked": asked, "of": len(steps()), "back": back,
        "whole": door.url("check-in-all", check_in_id=found.pk), **help_ready,
    }  # fmt: skip


def _help(door: Door, found: CheckIn, asked: Step, kept: object) -> dict[str, Any]:
    """The panel under an answer about safety, or, when it was taken back, that it had gone out."""
    if asked.risk is None:
        return {}
    flag = flag_of(door.audience, found.pk)
    ready = _ready(door, "answer", asked)
    if flag is None:
        return ready
    return {
        **ready,
        "went_out": not isinstance(kept, int) or kept < asked.risk.from_value,
        "panel": help_panel(door.course, flag, now=door.audience.now), "plan_url": door.url("safety-plan"),
        "carry_on": _next(door, found, asked),
    }  # fmt: skip


def _ready(door: Door, field: str, asked: Step) -> dict[str, Any]:
    """The panel that lies ready on the page, for an answer that has not gone anywhere yet."""
    return {
        "unsent": unsent_panel(door.course), "unsent_name": field,
        "unsent_from": asked.risk.from_value if asked.risk else "", "not_passed_on": NOT_PASSED_ON,
    }  # fmt: skip


def _asked(request: HttpRequest, door: Door, found: CheckIn) -> Step | None:
    """The question that this page is about: the named one, else the first that lies ahead."""
    named = request.POST.get("item") or request.GET.get("item", "")
    asked = step(int(named)) if named.isascii() and named.isdigit() else None
    return asked or queries.first_ahead(door.audience, found)


def _after(door: Door, found: CheckIn, asked: Step) -> str:
    """Where to go after an answer: on, unless the panel must come first."""
    kept = queries.answers(door.audience, found)[asked.instrument.id].items[asked.item.n - 1]
    if asked.risk and isinstance(kept, int) and kept >= asked.risk.from_value:
        return _page_of(door, found, asked.n) + "#help-now"
    return _next(door, found, asked)


def _next(door: Door, found: CheckIn, asked: Step) -> str:
    ahead = queries.first_ahead(door.audience, found)
    if ahead is None or asked.n == len(steps()):
        return door.url("check-in-answers", check_in_id=found.pk)
    return _page_of(door, found, asked.n + 1)


def _page_of(door: Door, found: CheckIn, n: int | None = None) -> str:
    return door.url("check-in-one", check_in_id=found.pk) + (f"?item={n}" if n else "")


@course_page("check-in", staff=False)
def whole(request: HttpRequest, door: Door, check_in_id: str) -> HttpResponse:
    """All the questions on one page."""
    found = _draft(door, check_in_id)
    form = WholeForm(request.POST or None, kept=queries.answers(door.audience, found))
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.answer_all(by=door.audience, check_in=found, answers=form.given),
            to=lambda _made: _answers_page(door, found),
        )  # fmt: skip
        if saved:
            return saved
    told = queries.first_name(queries.reviewer_of(door.audience))
    asked = next(one for one in steps() if one.risk)
    context = {
        "check_in": found, "back": _page_of(door, found), "notice": notice_before_first_question(told),
        **_ready(door, asked.field, asked),
    }  # fmt: skip
    return door.page("checkins/whole.html", context, form=form)


def _answers_page(door: Door, found: CheckIn) -> str:
    risk = flag_of(door.audience, found.pk) is not None
    return door.url("check-in-answers", check_in_id=found.pk) + ("#help-now" if risk else "")


@course_page("check-in", staff=False)
def look_over(request: HttpRequest, door: Door, check_in_id: str) -> HttpResponse:
    """Check your answers, then send."""
    found = _draft(door, check_in_id)
    form = KithworkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.send(by=door.audience, check_in=found), to=_page_of(door, found)
        )
        if saved:
            return saved
    help_ready = _help_after_all(door, found, carry_on="#send")
    door.receipt_note = ALL_BUT_ONE if help_ready else ONLY_YOU
    context = {
        "check_in": found, "sheets": queries.sheets(door.audience, found), "one": _page_of(door, found),
        "told": queries.first_name(queries.reviewer_of(door.audience)), **help_ready,
    }  # fmt: skip
    return door.page("checkins/look_over.html", context, form=form)


def _help_after_all(door: Door, found: CheckIn, *, carry_on: str) -> dict[str, Any]:
    """The same panel on a page that shows the whole check-in."""
    flag = flag_of(door.audience, found.pk)
    if flag is None or flag.reviewed_at:
        return {}
    return {
        "panel": help_panel(door.course, flag, now=door.audience.now),
        "plan_url": door.url("safety-plan"),
        "carry_on": carry_on,
    }


def _to_read(door: Door, found: CheckIn) -> HttpResponse:
    """What was sent: her own answers for the client; for staff with totals, and what to do about a flag."""
    told = queries.first_name(queries.reviewer_of(door.audience))
    if door.is_client:
        door.receipt_note = format_html(
            '{} sees your answers now. It isn’t watched. If things feel too much: <a href="/help/">who to call</a>.',
            told,
        )
    flag = flag_of(door.audience, found.pk)
    shown = show_flags([flag] if flag else [], audience=door.audience, zone=door.zone)
    context = {
        "check_in": found, "sheets": queries.sheets(door.audience, found), "told": told,
        "sent_at": day_and_hour(queries.sent_at(found), door.zone), "day": queries.answered_on(door.audience, found),
        "entered_by": queries.who_entered(found),
        "flag": shown[0] if shown and not door.is_client else None,
        "ask_aloud": ask_aloud, "ask_aloud_note": ASK_ALOUD_NOTE,
        **(_help_after_all(door, found, carry_on=door.url("check-in")) if door.is_client else {}),
    }  # fmt: skip
    return door.page("checkins/sent.html", context)


@require_POST
@course_page("check-in", staff=False)
def take_back(request: HttpRequest, door: Door, check_in_id: str) -> HttpResponse:
    """Take back what was sent."""
    found = _found(door, check_in_id)
    form = KithworkForm(request.POST)
    saved = door.save(
        form, lambda: actions.withdraw(by=door.audience, check_in=found), to=door.url("check-in")
    )
    return saved or HttpResponseRedirect(_page_of(door, found))


def _found(door: Door, check_in_id: str) -> CheckIn:
    found = queries.find(door.audience, check_in_id)
    if found is None:
        raise Http404
    return found


def _draft(door: Door, check_in_id: str) -> CheckIn:
    found = _found(door, check_in_id)
    if found.state != "open":
        raise Http404
    return found
