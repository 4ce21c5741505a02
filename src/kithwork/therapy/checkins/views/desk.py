"""Staff's pages: what came of the check-ins, typing them in, putting them right, what comes when, and paper."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kithwork.foundation.ui.forms import KithworkForm
from kithwork.foundation.ui.tags import initials_of
from kithwork.therapy.checkins import actions, queries
from kithwork.therapy.checkins.forms import CorrectForm, EnterForm, PaperForm, ScheduleForm, ScoreForm
from kithwork.therapy.checkins.models import EnteredScore
from kithwork.therapy.checkins.papers import sheets_of_paper
from kithwork.therapy.checkins.scales import scale_of, scales_of
from kithwork.therapy.checkins.steps import USUAL, in_order, steps
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.safety.queries import day_and_hour


def series(_request: HttpRequest, door: Door) -> HttpResponse:
    """Totals with their change, and answer by answer."""
    plan = queries.plan_of(door.audience, door.course)
    context = {
        "tables": queries.tables(door.audience), "scores": queries.entered_scores(door.audience), "plan": plan,
        "enters_scores": bool(queries.by_score(door.course.clinic)), **_lately(door, plan),
    }  # fmt: skip
    return door.page("checkins/series.html", context)


def _lately(door: Door, plan: queries.Plan) -> dict[str, Any]:
    """What was done, and from when the next one is welcome. Nothing is ever late."""
    link = queries.last_link(door.audience)
    return {
        "welcome": queries.welcome_from(door.audience, plan, zone=door.zone),
        "reviewer": queries.reviewer_of(door.audience),
        "link_sent": day_and_hour(link.created_at, door.zone) if link else "",
    }  # fmt: skip


def enter(request: HttpRequest, door: Door) -> HttpResponse:
    """Write down what the client answered on paper or aloud."""
    plan = queries.plan_of(door.audience, door.course)
    usual = in_order(line.instrument.id for line in plan.lines if not line.by_staff) or USUAL
    used = queries.with_text(door.course.clinic)
    chosen = forms_chosen(request, [one.id for one in used], usual)
    initial = {"on": door.today, "parts": chosen}
    form = EnterForm(request.POST or None, forms_asked=chosen, used=used, today=door.today, initial=initial)
    form.order_fields(["on", "source"])
    # Choosing other questionnaires shows them, with what was typed, and saves nothing.
    if request.method == "POST" and "show" not in request.POST and form.is_valid():
        data = form.cleaned_data
        saved = door.save(
            form,
            lambda: actions.enter_for_client(
                by=door.audience,
                answers=form.filled,
                extras=form.extras,
                on=data["on"],
                source=data["source"],
            ),
            to=lambda made: door.url("check-in-one", check_in_id=made.id),
        )
        if saved:
            return saved
    return door.page("checkins/enter.html", {"reviewer": queries.reviewer_of(door.audience)}, form=form)


def forms_chosen(request: HttpRequest, used: list[str], usual: tuple[str, ...]) -> tuple[str, ...]:
    """The questionnaires to type in: those that were chosen and are used here, else the plan's.

    One into which something was typed stays, so that choosing others loses nothing.
    """
    sent = request.POST or request.GET
    typed = {one.instrument.id for one in steps(in_order(used)) if request.POST.get(one.field)}
    chosen = set(sent.getlist("parts")) & set(used)
    return in_order((chosen or set(usual)) | typed)


@course_page("check-in", client=False)
def correct(request: HttpRequest, door: Door, check_in_id: str) -> HttpResponse:
    """Put right what staff typed in."""
    found = queries.find(door.audience, check_in_id)
    if found is None or not found.entered_by:
        raise Http404
    rows = queries.answers(door.audience, found)
    initial = {
        "on": queries.answered_on(door.audience, found),
        "shown": queries.newest_correction(door.audience, rows),
    }
    form = CorrectForm(
        request.POST or None, forms_asked=in_order(rows), kept=rows, today=door.today, initial=initial
    )
    to = door.url("check-in-one", check_in_id=found.id)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        saved = door.save(
            form, lambda: actions.correct(by=door.audience, check_in=found, answers=form.given, extras=form.extras,
                                          on=data["on"], shown=data["shown"]), to=to,
        )  # fmt: skip
        if saved:
            return saved
    return door.page("checkins/correct.html", {"back": to}, form=form)


@course_page("check-in", client=False)
def score_entry(request: HttpRequest, door: Door) -> HttpResponse:
    """Enter a total that was worked out elsewhere."""
    return _score(request, door, None)


@course_page("check-in", client=False)
def score_correct(request: HttpRequest, door: Door, score_id: str) -> HttpResponse:
    """Put an entered score right; the one before stays readable."""
    found = queries.find_score(door.audience, score_id)
    if found is None:
        raise Http404
    return _score(request, door, found)


def _score(request: HttpRequest, door: Door, before: EnteredScore | None) -> HttpResponse:
    used = queries.by_score(door.course.clinic)
    used = [one for one in used if before is None or one.id == before.instrument]
    form = ScoreForm(
        request.POST or None, used=scales_of(used), today=door.today, initial=_as_entered(door, before)
    )
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.enter_score(by=door.audience, replaces=before, **form.act), to=door.url("check-in")
        )  # fmt: skip
        if saved:
            return saved
    about_safety = [(one, [rule.item for rule in one.risk_rules]) for one in used if one.risk_rules]
    context = {
        "before": before, "used": used, "about_safety": about_safety,
        "unknown": [one for one in used if one.risk_unknown],
    }  # fmt: skip
    return door.page("checkins/score.html", context, form=form)


def _as_entered(door: Door, before: EnteredScore | None) -> dict[str, object]:
    if before is None:
        return {"on": door.today}
    whole = before.total == before.total.to_integral_value()
    return {
        "scale": scale_of(before.instrument, before.part).key, "on": before.rated_on,
        "total": int(before.total) if whole else before.total.normalize(),
        "rated_by": before.rated_by, "came_from": before.came_from,
    }  # fmt: skip


@course_page("check-in", client=False)
def schedule(request: HttpRequest, door: Door) -> HttpResponse:
    """What comes when: which questionnaires, how often, and the link that leads to the next one."""
    plan = queries.plan_of(door.audience, door.course)
    clinic = door.course.clinic
    used = [*queries.with_text(clinic), *queries.by_score(clinic)]
    form = ScheduleForm(request.POST or None, used=used, plan=plan)
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.plan_check_ins(by=door.audience, since=door.today, **form.act),
            to=door.url("check-in-plan"),
        )  # fmt: skip
        if saved:
            return saved
    return _schedule_page(door, plan, form, schedule=form)


def _schedule_page(
    door: Door, plan: queries.Plan, form: KithworkForm, *, schedule: ScheduleForm
) -> HttpResponse:
    context = {
        "plan": plan, "schedule": schedule, "client_first": door.client_name.split(" ")[0],
        "has_address": bool(queries.client_address(door.audience)), "link_url": door.url("check-in-link"),
        "codes": door.course.clinic.check_in_codes, **_lately(door, plan),
    }  # fmt: skip
    return door.page("checkins/schedule.html", context, form=form)


@require_POST
@course_page("check-in", client=False)
def link(request: HttpRequest, door: Door) -> HttpResponse:
    """Send the link to the next check-in."""
    form = KithworkForm(request.POST)
    if form.is_valid():
        saved = door.save(form, lambda: actions.send_link(by=door.audience), to=door.url("check-in-plan"))
        if saved:
            return saved
    plan, clinic = queries.plan_of(door.audience, door.course), door.course.clinic
    used = [*queries.with_text(clinic), *queries.by_score(clinic)]
    return _schedule_page(door, plan, form, schedule=ScheduleForm(used=used, plan=plan))


@course_page("check-in", client=False)
def paper(request: HttpRequest, door: Door) -> HttpResponse:
    """Questionnaires to print. Nobody's name is on them unless staff choose one."""
    used = queries.with_text(door.course.clinic)
    usual = queries.forms_now(door.audience, door.course, today=door.today) or USUAL
    form = PaperForm(request.POST or None, used=used, initial={"parts": usual, "name": ""})
    chosen, name = usual, ""
    if request.method == "POST" and form.is_valid():
        chosen, name = in_order(form.cleaned_data["parts"]), form.cleaned_data["name"]
    context = {
        "sheets": sheets_of_paper(chosen), "name": _on_paper(door, name), "line": name == "line",
        "told": queries.reviewer_of(door.audience), "back": door.url("check-in"),
    }  # fmt: skip
    return door.page("checkins/paper.html", context, form=form)


def _on_paper(door: Door, name: str) -> str:
    if name == "initials":
        return initials_of(door.client_name)
    return door.client_name.split(" ")[0] if name == "first" else ""
