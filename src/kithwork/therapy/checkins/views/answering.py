"""The client's own pages: why and who sees it, one question a page, a look over, and what was sent."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from kithwork.foundation import clock
from kithwork.foundation.ui.dates import say_date
from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt.safety import ASK_ALOUD_NOTE, NOT_PASSED_ON, ask_aloud, notice_before_first_question
from kithwork.therapy.checkins import actions, queries
from kithwork.therapy.checkins.forms import AnswerForm, WholeForm
from kithwork.therapy.checkins.models import Answers, CheckIn
from kithwork.therapy.checkins.steps import Step, asked, in_order, length, numbered, step_at, steps
from kithwork.therapy.checkins.views.desk import enter, series
from kithwork.therapy.course.models import CourseState
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.safety.queries import (
    day_and_hour,
    flag_of,
    help_panel,
    show_flags,
    unsent_panel,
    waiting_of_client,
)

Rows = dict[str, Answers]
ONLY_YOU = gettext_noop("Only you see it until you send it.")
ALL_BUT_SAFETY = gettext_noop(
    "What you answered about safety has gone out. Only you see the rest until you send it."
)
ALL_BUT_ONE = gettext_noop("One answer has gone out. Only you see the others until you send them.")


@course_page("check-in")
def check_in(request: HttpRequest, door: Door) -> HttpResponse:
    """For the client: why, how long, who sees it. For staff: what was sent, and entering it for the client."""
    if door.is_client:
        return opening(request, door)
    if request.method == "POST" or "enter" in request.GET:
        return enter(request, door)
    return series(request, door)


def opening(request: HttpRequest, door: Door) -> HttpResponse:
    """Before the first question: why, how long, who reads it and who does not."""
    form = KithworkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = open_one(request, door, form)
        if saved:
            return saved
    context = before_it(door) | _so_far(door) | _still_waiting(door)
    return door.page("checkins/opening.html", context, form=form)


def open_one(request: HttpRequest, door: Door, form: KithworkForm) -> HttpResponse | None:
    """Go on with the one that was begun, or begin; one about other days is put aside only where she says so."""
    anew = request.POST.get("way") == "anew"
    return door.save(
        form, lambda: actions.open_check_in(by=door.audience, anew=anew), to=lambda made: _first(door, made)
    )


def _first(door: Door, made: CheckIn) -> str:
    """Where one begins or goes on: at its questions; with an old one, at what was answered."""
    if queries.is_stale(made, now=door.audience.now):
        return own(door, "check-in-answers", check_in_id=made.id)
    return page_of(door, made)


def _still_waiting(door: Door) -> dict[str, Any]:
    """The panel stays where she comes by, also when the check-in was taken back, until somebody has looked."""
    flag = waiting_of_client(door.audience)
    if flag is None:
        return {}
    panel = help_panel(door.course, flag, now=door.audience.now)
    return {"panel": panel, "plan_url": door.url("safety-plan"), "carry_on": reverse("me:today")}


def before_it(door: Door) -> dict[str, Any]:
    """Who sees it, how long it takes, and what is special about this course now."""
    told, begun = queries.reviewer_of(door.audience), queries.current(door.audience)
    rows = queries.answers(door.audience, begun) if begun else {}
    is_old = begun is not None and queries.is_stale(begun, now=door.audience.now)
    now = queries.forms_now(door.audience, door.course, today=door.today) if is_old or not rows else ()
    forms = in_order(rows) or now
    # Where she may begin anew, what is asked now is what must be known beforehand as well.
    both = in_order((*forms, *now)) if is_old else forms
    state = door.course.state
    return {
        "told": queries.first_name(told) if told else "", "begun": begun, "length": length(forms) if forms else "",
        "notice": _notice(both, queries.first_name(told)), "passed_on": len(_about_safety(both)),
        "old": clock.day_in(begun.opened_at, door.zone.key) if begun and is_old else None,
        "new_length": length(now) if now else "",
        "others": queries.others_in_care(door.audience, told),
        "is_waiting": state == CourseState.WAITING, "is_paused": state == CourseState.PAUSED,
    }  # fmt: skip


def _notice(forms: tuple[str, ...], told: str) -> str:
    """What must be known beforehand of the questions about safety; nothing where there are none."""
    asking = _about_safety(forms)
    only_item_9 = [one.field for one in asking] == ["phq9_9"]
    return notice_before_first_question(told, say=_, only_item_9=only_item_9) if asking else ""


def _about_safety(forms: tuple[str, ...]) -> list[Step]:
    """The questions of which an answer may go out at once."""
    return [one for one in steps(forms) if one.risk]


def _so_far(door: Door) -> dict[str, Any]:
    """What was sent, what staff entered, and what comes when."""
    plan = queries.plan_of(door.audience, door.course)
    return {
        "sent": queries.sent(door.audience), "scores": queries.entered_scores(door.audience), "plan": plan,
        "welcome": queries.welcome_from(door.audience, plan, zone=door.zone), "agree_url": own(door, "check-in-agree"),
    }  # fmt: skip


@require_POST
@course_page("check-in", staff=False)
def agree(request: HttpRequest, door: Door) -> HttpResponse:
    """The client says yes to what comes when."""
    form = KithworkForm(request.POST)
    saved = door.save(form, lambda: actions.agree_to_plan(by=door.audience), to=door.url("check-in"))
    return saved or HttpResponseRedirect(door.url("check-in"))


@course_page("check-in")
def one(request: HttpRequest, door: Door, check_in_id: str) -> HttpResponse:
    """A draft is one question a page; what was sent is there to read."""
    found = found_or_404(door, check_in_id)
    if found.state == "open":
        return question(request, door, found)
    if request.method == "POST":
        return HttpResponseRedirect(page_of(door, found))
    return _to_read(door, found)


def question(request: HttpRequest, door: Door, found: CheckIn) -> HttpResponse:
    """One question: the one in the address, else the first that lies ahead."""
    rows = queries.answers(door.audience, found)
    step = step_at(request.POST.get("item") or request.GET.get("item", ""), rows) or queries.ahead(rows)
    if step is None:
        return HttpResponseRedirect(own(door, "check-in-answers", check_in_id=found.id))
    kept = step.kept(rows[step.instrument.id])
    form = AnswerForm(request.POST or None, asked=step, initial={"answer": "" if kept is None else str(kept)})
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.answer(by=door.audience, check_in=found, instrument=step.instrument.id,
                                         item=step.key, value=form.given),
            to=lambda _made: _after(door, found, step),
        )  # fmt: skip
        if saved:
            return saved
    return door.page("checkins/question.html", _question_page(door, found, step, rows), form=form)


def _question_page(door: Door, found: CheckIn, step: Step, rows: Rows) -> dict[str, Any]:
    line = asked(rows)
    place = line.index(step)
    help_ready = _help(door, found, step, rows)
    door.receipt_note = _gone_out(rows) if "panel" in help_ready else _(ONLY_YOU)
    return {
        "check_in": found, "asked": step, "of": numbered(in_order(rows)),
        "back": page_of(door, found, line[place - 1]) if place else door.url("check-in"),
        "whole": own(door, "check-in-all", check_in_id=found.id), **help_ready,
    }  # fmt: skip


def _gone_out(rows: Rows) -> str:
    """What is already with somebody. Where several questions ask about safety, more than one may be."""
    return _(ALL_BUT_ONE if len(_about_safety(in_order(rows))) == 1 else ALL_BUT_SAFETY)


def _help(door: Door, found: CheckIn, step: Step, rows: Rows) -> dict[str, Any]:
    """The panel under an answer about safety, or, when it was taken back, that it had gone out.

    A check-in has one flag, and may have several such questions: one that raised nothing shows nothing of it.
    """
    if step.risk is None:
        return {}
    ready = _ready(door, {"answer": step})
    flag = flag_of(door.audience, found.id)
    stands = step.must_be_seen(step.kept(rows[step.instrument.id]))
    if flag is None or not (stands or flag.asked == step.field):
        return ready
    return {
        **ready, "went_out": not stands,
        "panel": help_panel(door.course, flag, now=door.audience.now), "plan_url": door.url("safety-plan"),
        "carry_on": _next(door, found, step, rows),
    }  # fmt: skip


def _ready(door: Door, fields: dict[str, Step]) -> dict[str, Any]:
    """The panel that lies ready beside each such question, for an answer that has not gone anywhere yet."""
    ready = {name: step.risk.from_value for name, step in fields.items() if step.risk}
    if not ready:
        return {}
    return {"unsent": unsent_panel(door.course), "unsent_fields": ready, "not_passed_on": NOT_PASSED_ON}


def _after(door: Door, found: CheckIn, step: Step) -> str:
    """Where to go after an answer: on, unless the panel must come first."""
    rows = queries.answers(door.audience, found)
    if step.must_be_seen(step.kept(rows[step.instrument.id])):
        return page_of(door, found, step) + "#help-now"
    return _next(door, found, step, rows)


def _next(door: Door, found: CheckIn, step: Step, rows: Rows) -> str:
    line = asked(rows)
    rest = line[line.index(step) + 1 :] if step in line else []
    if queries.ahead(rows) is None or not rest:
        return own(door, "check-in-answers", check_in_id=found.id)
    return page_of(door, found, rest[0])


def own(door: Door, page: str, **kwargs: str) -> str:
    """A page that only the client has: it stands under /me/, by whichever address she came."""
    match = door.request.resolver_match
    if match is not None and "course_id" in match.kwargs:
        return reverse(f"me:{page}", kwargs=kwargs)
    return door.url(page, **kwargs)


def page_of(door: Door, found: CheckIn, step: Step | None = None) -> str:
    """A check-in's address, or that of one of its questions."""
    return door.url("check-in-one", check_in_id=found.id) + (f"?item={step.at}" if step else "")


@course_page("check-in", staff=False)
def whole(request: HttpRequest, door: Door, check_in_id: str) -> HttpResponse:
    """All the questions on one page."""
    return whole_form(request, door, draft_or_404(door, check_in_id))


def whole_form(request: HttpRequest, door: Door, found: CheckIn) -> HttpResponse:
    """The whole form of a draft."""
    rows = queries.answers(door.audience, found)
    form = WholeForm(request.POST or None, forms_asked=in_order(rows), kept=rows)
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.answer_all(by=door.audience, check_in=found, answers=form.given, extras=form.extras),
            to=lambda _made: _answers_page(door, found),
        )  # fmt: skip
        if saved:
            return saved
    told = queries.first_name(queries.reviewer_of(door.audience))
    context = {
        "check_in": found,
        "back": page_of(door, found),
        "notice": _notice(in_order(rows), told),
        "told": told,
        **_ready(door, {one.field: one for one in _about_safety(in_order(rows))}),
    }
    return door.page("checkins/whole.html", context, form=form)


def _answers_page(door: Door, found: CheckIn) -> str:
    risk = flag_of(door.audience, found.id) is not None
    return own(door, "check-in-answers", check_in_id=found.id) + ("#help-now" if risk else "")


@course_page("check-in", staff=False)
def look_over(request: HttpRequest, door: Door, check_in_id: str) -> HttpResponse:
    """Check your answers, then send."""
    return look_over_page(request, door, draft_or_404(door, check_in_id))


def look_over_page(request: HttpRequest, door: Door, found: CheckIn) -> HttpResponse:
    """Every answer of a draft in words, and the button that sends them."""
    form = KithworkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.send(by=door.audience, check_in=found), to=page_of(door, found)
        )
        if saved:
            return saved
    rows = queries.answers(door.audience, found)
    help_ready = _help_after_all(door, found, carry_on="#send")
    door.receipt_note = _gone_out(rows) if help_ready else _(ONLY_YOU)
    context = {
        "check_in": found, "sheets": queries.sheets(door.audience, found), "one": page_of(door, found),
        "back": page_of(door, found, asked(rows)[-1]),
        "earlier": _earlier(queries.answered_on(door.audience, found), door.audience.now, door),
        "told": queries.first_name(queries.reviewer_of(door.audience)),
        **help_ready,
    }  # fmt: skip
    return door.page("checkins/look_over.html", context, form=form)


def _help_after_all(door: Door, found: CheckIn, *, carry_on: str) -> dict[str, Any]:
    """The same panel on a page that shows the whole check-in."""
    flag = flag_of(door.audience, found.id)
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
        door.receipt_note = sent_note(door, found, told)
    rows = queries.answers(door.audience, found)
    flag = flag_of(door.audience, found.id)
    shown = show_flags([flag] if flag else [], audience=door.audience, zone=door.zone)
    context = {
        "check_in": found, "sheets": queries.sheets(door.audience, found), "told": told,
        "sent_at": day_and_hour(queries.sent_at(found), door.zone), "day": queries.answered_on(door.audience, found),
        "entered_by": queries.who_entered(found).split(" ")[0], "client_first": door.client_name.split(" ")[0],
        "corrections": queries.corrections(door.audience, rows, zone=door.zone),
        "flag": shown[0] if shown and not door.is_client else None,
        "ask_aloud": ask_aloud, "ask_aloud_note": ASK_ALOUD_NOTE,
        **(_help_after_all(door, found, carry_on=door.url("check-in")) if door.is_client else {}),
    }  # fmt: skip
    return door.page("checkins/sent.html", context)


def sent_note(door: Door, found: CheckIn, told: str) -> str:
    """The rest of the receipt once a check-in was sent, with the day it stands on where that is an earlier one."""
    day = _earlier(queries.answered_on(door.audience, found), queries.sent_at(found), door)
    stands = (
        _("It stands on {day}, when you last wrote in it.").format(day=say_date(day, "j F")) if day else ""
    )
    says = _(
        '{} sees your answers now. It isn’t watched. If things feel too much: <a href="/help/">who to call</a>.'
    )
    return format_html("{} {}", stands, format_html(says, told)) if stands else format_html(says, told)


def _earlier(day: date, moment: datetime, door: Door) -> date | None:
    """A day, where it is before that of a moment."""
    return day if day < clock.day_in(moment, door.zone.key) else None


@require_POST
@course_page("check-in", staff=False)
def take_back(request: HttpRequest, door: Door, check_in_id: str) -> HttpResponse:
    """Take back what was sent."""
    found = found_or_404(door, check_in_id)
    form = KithworkForm(request.POST)
    saved = door.save(
        form, lambda: actions.withdraw(by=door.audience, check_in=found), to=door.url("check-in")
    )
    return saved or HttpResponseRedirect(page_of(door, found))


def found_or_404(door: Door, check_in_id: str) -> CheckIn:
    """One check-in that this viewer may see."""
    found = queries.find(door.audience, check_in_id)
    if found is None:
        raise Http404
    return found


def draft_or_404(door: Door, check_in_id: str) -> CheckIn:
    """One that is not sent yet."""
    found = found_or_404(door, check_in_id)
    if found.state != "open":
        raise Http404
    return found
