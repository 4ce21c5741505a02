"""Staff's page about safety, the client's own plan, and who to call."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kithwork.foundation import clock
from kithwork.foundation.accounts.viewer import Viewer, everybody
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt.safety import ASK_ALOUD_NOTE, SAFETY_PLAN_SOURCE, ask_aloud, plan_headings
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import therapist_name
from kithwork.therapy.safety import actions, queries
from kithwork.therapy.safety.forms import ConcernForm, PlanForm, RaiseForm, ReachingForm, ReviewForm
from kithwork.therapy.safety.help_lines import countries, stale_help_lines
from kithwork.therapy.safety.models import Flag


@course_page("safety", client=False)
def safety(request: HttpRequest, door: Door) -> HttpResponse:
    """The flags, the reviews, the plan as far as it is shared, and what staff worry about."""
    form = ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.note_concern(by=door.audience, text=form.cleaned_data["text"]),
            to=door.url("safety"),
        )  # fmt: skip
        if saved:
            return saved
    shown = queries.show_flags(queries.flags(door.audience), audience=door.audience, zone=door.zone)
    context = {
        "waiting": [one for one in shown if not one.flag.reviewed_at],
        "seen": [one for one in shown if one.flag.reviewed_at],
        "reviews": queries.reviews(door.audience, zone=door.zone),
        "concerns": queries.concerns(door.audience), "reaching": queries.reaching(door.audience),
        "stale": stale_help_lines(door.today),
        **_beside(door),
    }  # fmt: skip
    return door.page("safety/safety.html", context, form=form)


@course_page("safety", client=False)
def review_flag(request: HttpRequest, door: Door, flag_id: str) -> HttpResponse:
    """Record the review of one flag."""
    flag = queries.find_flag(door.audience, flag_id)
    if flag is None:
        raise Http404
    return _review(request, door, flag)


@course_page("safety", client=False)
def raise_flag(request: HttpRequest, door: Door) -> HttpResponse:
    """Raise a flag by hand, for oneself or for somebody else in whose care the course is."""
    carers = queries.carers(door.audience)
    form = RaiseForm(request.POST or None, carers=carers)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        saved = door.save(
            form, lambda: actions.raise_flag(by=door.audience, kind=data["kind"], owner=data["owner"],
                                             text=data["text"]),
            to=door.url("safety"),
        )  # fmt: skip
        if saved:
            return saved
    return door.page("safety/raise.html", form=form)


@course_page("safety", client=False)
def asked_aloud(request: HttpRequest, door: Door) -> HttpResponse:
    """Record what was asked aloud, without a questionnaire."""
    return _review(request, door, None)


def _review(request: HttpRequest, door: Door, flag: Flag | None) -> HttpResponse:
    form = ReviewForm(request.POST or None, initial={"shown": flag.shown_as if flag else ""})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        saved = door.save(
            form, lambda: actions.record_review(by=door.audience, flag=flag, shown=data["shown"],
                                                decisions=data["decisions"], words=form.words),
            to=door.url("safety"),
        )  # fmt: skip
        if saved:
            return saved
        if flag is not None:
            _fill(form, "shown", flag.shown_as)
    shown = queries.show_flags([flag] if flag else [], audience=door.audience, zone=door.zone)
    return door.page("safety/review.html", {"flag": shown[0] if shown else None, **_beside(door)}, form=form)


@require_POST
@course_page("safety", client=False)
def close_concern(request: HttpRequest, door: Door, concern_id: str) -> HttpResponse:
    """A worry does not stand any more."""
    concern = queries.find_concern(door.audience, concern_id)
    if concern is None:
        raise Http404
    form = KithworkForm(request.POST)
    saved = door.save(
        form, lambda: actions.close_concern(by=door.audience, concern=concern), to=door.url("safety")
    )
    return saved or HttpResponseRedirect(door.url("safety"))


@course_page("safety-plan")
def safety_plan(_request: HttpRequest, door: Door) -> HttpResponse:
    """The client's own plan, to read and to print."""
    parts = [
        (part, door.url("safety-plan-part", heading=part.heading.key)) for part in queries.plan(door.audience)
    ]
    context = {
        "parts": parts, "source": _(SAFETY_PLAN_SOURCE), "copy": door.url("safety-plan-copy"),
        "lines": queries.help_lines(door.course.clinic.country), "waiting": _waiting(door),
    }  # fmt: skip
    return door.page("safety/plan.html", context)


def _waiting(door: Door) -> queries.HelpPanel | None:
    """Who will see the client's own answer, as it stands now."""
    flag = queries.waiting_of_client(door.audience) if door.is_client else None
    return queries.help_panel(door.course, flag, now=door.audience.now) if flag else None


@course_page("safety-plan", staff=False)
def safety_plan_copy(_request: HttpRequest, door: Door) -> HttpResponse:
    """The same as one plain file that needs no network, no script and no other file."""
    context = {
        "parts": [part for part in queries.plan(door.audience) if part.is_written],
        "lines": queries.help_lines(door.course.clinic.country), "on": door.today,
    }  # fmt: skip
    answer = HttpResponse(render_to_string("safety/plan_copy.html", context))
    answer["Content-Disposition"] = 'attachment; filename="my-page.html"'
    return answer


@course_page("safe-contact")
def safe_contact(request: HttpRequest, door: Door) -> HttpResponse:
    """How and when it is safe to reach the client: hers, kept or shared."""
    shown = queries.reaching(door.audience)
    form = ReachingForm(
        request.POST or None, therapist=therapist_name(door.course, now=door.audience.now), own=door.is_client,
        apart=len(shown.states) > 1, initial=_as_kept(shown),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.say_how_to_reach(
                by=door.audience, answers=form.answers, bases=form.shown_bases, sharing=form.sharing,
                no_mail=form.cleaned_data.get("no_mail")),
            to=door.url("safe-contact"),
        )  # fmt: skip
        if saved:
            return saved
    boxes = [(box, shown.both.get(box.name, ())) for box in form.boxes]
    return door.page("safety/safe_contact.html", {"reaching": shown, "boxes": boxes}, form=form)


def _as_kept(shown: queries.Reaching) -> dict[str, object]:
    """What stands there. Who it is for is chosen beforehand only where all of it has the same readers."""
    states = shown.states or {Sharing.JUST_ME}
    initial: dict[str, object] = {
        "no_mail": bool(shown.record and shown.record.no_mail),
        "sharing": next(iter(states)) if len(states) == 1 else None,
    }
    for prompt, words in shown.answers:
        if words is not None:
            initial |= {prompt.key: words.text, f"{prompt.key}_base": words.base}
    return initial


@course_page("safety-plan")
def safety_plan_part(request: HttpRequest, door: Door, heading: str) -> HttpResponse:
    """Write under one heading."""
    if heading not in plan_headings or (door.course.is_over and request.method != "POST"):
        raise Http404
    part = next(part for part in queries.plan(door.audience) if part.heading.key == heading)
    form = PlanForm(
        request.POST or None, heading=part.heading, therapist=_asks(door),
        initial={"text": part.words.text, "sharing": part.words.sharing, "base": part.words.base}
        if part.words else {"sharing": door.course.client.usual_words_sharing or Sharing.JUST_ME},
    )  # fmt: skip
    if ended := door.ended_meanwhile(form):
        return ended
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        saved = door.save(
            form, lambda: actions.write_plan(by=door.audience, heading=heading, text=data["text"],
                                             sharing=data["sharing"], base=data["base"]),
            to=door.url("safety-plan") + f"#{heading}",
        )  # fmt: skip
        if saved:
            return saved
        _show_newest(form)
    return door.page("safety/plan_part.html", {"part": part}, form=form)


def _asks(door: Door) -> str:
    """Whom the client is asked about sharing with; at the table nobody is asked."""
    return therapist_name(door.course, now=door.audience.now) if door.is_client else ""


def _show_newest(form: PlanForm) -> None:
    """Let the next save build on what somebody else has written in the meantime."""
    changed = getattr(form, "both_texts", None)
    if changed is not None:
        _fill(form, "base", changed.newest.base if changed.newest else "")


def _fill(form: KithworkForm, field: str, value: str) -> None:
    data = QueryDict(mutable=True)
    data.update(form.data)
    data[field] = value
    form.data = data


def _beside(door: Door) -> dict[str, object]:
    """What lies beside a review: the plan as far as it is shared, and how to ask aloud."""
    return {
        "plan": [part for part in queries.plan(door.audience) if part.is_written],
        "ask_aloud": ask_aloud, "ask_aloud_note": ASK_ALOUD_NOTE,
    }  # fmt: skip


@require_GET
@everybody
def help_now(request: HttpRequest) -> HttpResponse:
    """Who to call: for everybody, signed in or not, also where there is no clinic yet."""
    asked = request.GET.get("country", "").upper()
    known = countries()
    country = asked or queries.clinic_country()
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    stale, lines = stale_help_lines(clock.now().date()), queries.help_lines(country)
    context = {
        "lines": lines, "owners": [line.source for line in lines], "country": country,
        "country_name": known.get(country, ""), "countries": known,
        "checked_on": min((line.checked_on for line in lines), default=None),
        "old": any(line in stale for line in lines), "stale": stale if viewer.kind == "staff" else [],
    }  # fmt: skip
    return render(request, "safety/help.html", context)
