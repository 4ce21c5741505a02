"""The pages that bring the rooms together, for the client and for staff."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithwork.foundation.trail.queries import events_of
from kithwork.foundation.ui.forms import KithworkForm
from kithwork.foundation.vault.erasure import erasure_of
from kithwork.foundation.vault.links import account_of
from kithwork.ipt.protocol import Task
from kithwork.therapy.course.actions import set_leave_quickly
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import therapist_name
from kithwork.therapy.diary.forms import EntryForm, UsualForm, entry_form  # Today shows the diary's own form
from kithwork.therapy.diary.phone import mark_of
from kithwork.therapy.diary.queries import Day, days
from kithwork.therapy.diary.receipts import receipt_note
from kithwork.therapy.formulation import queries as formulation
from kithwork.therapy.people import queries as people
from kithwork.therapy.reminders.queries import did_not_arrive, reminder_of
from kithwork.therapy.reviews import queries as reviews
from kithwork.therapy.reviews.arithmetic import phq9_totals
from kithwork.therapy.reviews.little_change import little_change
from kithwork.therapy.reviews.worth_talking import PROMPTS, worth_talking
from kithwork.therapy.safety.queries import open_flags, show_flags
from kithwork.therapy.sessions import queries as sessions
from kithwork.therapy.sessions.actions import add_agenda_item
from kithwork.therapy.together import prepare as before_session
from kithwork.therapy.together import today as first_page
from kithwork.therapy.together.actions import decide
from kithwork.therapy.together.forms import AskForm, DecideForm
from kithwork.therapy.together.in_words import in_words
from kithwork.therapy.together.looks import Look, asked_about, looks
from kithwork.therapy.together.overview import SHOWN, moves_in_words, shared_since
from kithwork.therapy.together.side_by_side import drawn_for
from kithwork.therapy.together.waiting import Waiting, waiting
from kithwork.therapy.together.weeks import LAST_WEEKS, weeks


@course_page("today", staff=False)
def today(_request: HttpRequest, door: Door) -> HttpResponse:
    """The client's first page."""
    therapist = _therapist(door)
    names = people.labels(door.audience)
    found = days(door.audience, most=40, people=names, zone=door.zone)
    saved = next((day for day in found if day.id == door.saved), None)
    _say_receipt(door, saved, therapist)
    client = door.course.client
    is_new = not found and first_page.is_new(door.audience, door.course)
    context = {
        "therapist": therapist, "first_name": door.client_name.split(" ")[0],
        "next": first_page.next_session(door.audience, door.course, zone=door.zone, therapist=therapist),
        "before": _before(door, therapist, is_new=is_new), "week": first_page.week(found, door.today),
        "diary": _diary(door, saved, therapist, names),
        "so_far": [day for day in found if day.on == door.today], "undoes": saved.id if saved else "",
        "is_new": is_new, "to": _to(door),
        "reminder_lost": did_not_arrive(door.audience),
        "yesterday": door.today - timedelta(days=1), "mark": mark_of(door.viewer.account),
        "asks_usual": not client.usual_sharing, "usual": UsualForm(therapist=therapist),
    }  # fmt: skip
    return door.page("together/today.html", context)


def _say_receipt(door: Door, saved: Day | None, therapist: str) -> None:
    if door.receipt and (saved or "undone" in door.request.GET):
        told = door.request.GET
        door.receipt_note = receipt_note(
            saved, therapist=therapist, undone="undone" in told, closed="closed" in told,
            may_undo=not door.course.is_over,
        )  # fmt: skip


def _diary(door: Door, saved: Day | None, therapist: str, names: dict[str, str]) -> dict[str, Any]:
    """The diary's card: five tides, or, right after a tap, the same entry open for people and words."""
    opens = saved if saved and "done" not in door.request.GET else None
    form: EntryForm = entry_form(
        None, audience=door.audience, course=door.course, today=door.today, therapist=therapist,
        people=names, entry=opens.id if opens else "", full=False,
    )  # fmt: skip
    action = door.url("diary-entry", entry_id=opens.id) if opens else door.url("diary")
    return {"form": form, "action": action, "open": opens is not None}


def _before(door: Door, therapist: str, *, is_new: bool) -> list[tuple[str, first_page.Before]]:
    rows = first_page.before_next(
        door.audience, door.course, today=door.today, therapist=therapist, is_new=is_new
    )
    return [(door.url(row.page, **dict([row.record] if row.record else [])), row) for row in rows]


@course_page("progress")
def progress(request: HttpRequest, door: Door) -> HttpResponse:
    """My weeks: mood and relationships side by side, with the same in a table."""
    last = LAST_WEEKS if request.GET.get("weeks") == str(LAST_WEEKS) else None
    drawn = weeks(
        door.audience, door.course, zone=door.zone, today=door.today, last=last, circles=door.url("circles")
    )
    context = {
        "drawn": drawn, "to": _to(door), "last": last, "last_weeks": LAST_WEEKS, "said": in_words(drawn.picture),
        "as_table": request.GET.get("as") == "table",
    }  # fmt: skip
    if not door.is_client:
        context |= {"worth": worth_talking(door.audience, door.course), "prompts": PROMPTS}
    return door.page("together/progress.html", context)


@course_page("overview")
def overview(_request: HttpRequest, door: Door) -> HttpResponse:
    """One course at a glance. The client's own first page is Today."""
    if door.is_client:
        return HttpResponseRedirect(reverse("me:today"))
    audience, course = door.audience, door.course
    everybody = people.everybody(audience)
    shared = shared_since(audience, course, zone=door.zone, people=everybody)
    points = course.clinic.little_change_points
    context = {
        "drawn": drawn_for(audience, course, zone=door.zone, today=door.today), "to": _to(door),
        "therapist": _therapist(door), "first_name": door.client_name.split(" ")[0],
        "flags": show_flags(open_flags(audience), audience=door.audience, zone=door.zone),
        "little": little_change(phq9_totals(audience), points), "circles": people.circles(audience),
        "moves": moves_in_words(everybody), "picture": formulation.standing(audience),
        "goals": formulation.goals(audience), "shared": shared[:SHOWN], "more_shared": len(shared) > SHOWN,
        "agenda": sessions.agenda(audience, course.current_session), "meets_today": _meets_today(door),
        "erasure": erasure_of(course.client_id), "review_due": reviews.due(audience, course),
        "last_review": reviews.latest(audience), "invite": _invite(door),
    }  # fmt: skip
    return door.page("together/overview.html", context)


def _invite(door: Door) -> str:
    """Where the client is invited to an account; empty once one is linked, and after the end."""
    may = door.audience.may_write and account_of(door.course.client_id) is None
    return door.url("invite-client") if may else ""


@course_page("prepare", client=False)
def prepare(_request: HttpRequest, door: Door) -> HttpResponse:
    """Five minutes before the session."""
    audience, course = door.audience, door.course
    before = before_session.prepare(audience, course, zone=door.zone, today=door.today)
    context = {
        "before": before, "to": _to(door), "suggested": _ways_to(door, before.work.suggested),
        "still_open": _ways_to(door, before.work.still_open), "therapist": _therapist(door),
        "first_name": door.client_name.split(" ")[0],
        "flags": show_flags(open_flags(audience), audience=audience, zone=door.zone),
        "little": little_change(phq9_totals(audience), course.clinic.little_change_points),
        "meets_today": _meets_today(door), "at": _next_time(door), "other": _without_number(door),
    }  # fmt: skip
    return door.page("together/prepare.html", context)


def _ways_to(door: Door, tasks: Iterable[Task]) -> list[tuple[Task, str]]:
    """Each task with the page on which it is done."""
    return [(task, door.url(task.record)) for task in tasks]


def _next_time(door: Door) -> str:
    """When the two meet next, as people say it."""
    ahead = sessions.next_ahead(door.audience)
    return sessions.spoken(ahead.planned_at, door.zone) if ahead and ahead.planned_at else ""


def _without_number(door: Door) -> str:
    """What the next session is called where it takes none of the agreed number."""
    ahead = sessions.next_ahead(door.audience)
    return sessions.title_of(ahead) if ahead and not ahead.is_numbered else ""


def _meets_today(door: Door) -> bool:
    ahead = sessions.next_ahead(door.audience)
    at = ahead.planned_at if ahead else None
    return at is not None and at.astimezone(door.zone).date() == door.today


@course_page("who-has-looked", staff=False)
def who_has_looked(_request: HttpRequest, door: Door) -> HttpResponse:
    """Who opened the record, when and what for."""
    found = _looks(door)
    context = {
        "unusual": [look for look in found if look.unusual], "own": [look for look in found if look.own],
        "usual": [look for look in found if not look.unusual and not look.own], "to": _to(door),
        "therapist": _therapist(door),
    }  # fmt: skip
    return door.page("together/who_has_looked.html", context)


@course_page("who-has-looked", staff=False)
def look_ask(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask about a look: something to talk about, begun for her; or whom else to ask."""
    look = asked_about(_looks(door), on=request.GET.get("on", ""), who=request.GET.get("who", ""))
    form = AskForm(request.POST or None, initial={"item": look.question if look else ""})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["item"]
        saved = door.save(
            form, lambda: add_agenda_item(by=door.audience, text=text), to=door.url("to-talk-about")
        )
        if saved:
            return saved
    context = {
        "look": look, "ask": form, "to": _to(door), "therapist": _therapist(door), "clinic": door.course.clinic.name,
    }  # fmt: skip
    return door.page("together/look_ask.html", context, form=form)


def _looks(door: Door) -> list[Look]:
    on_days = {
        one.number: one.at.astimezone(door.zone).date()
        for one in sessions.sessions(door.audience)
        if one.number
    }
    return looks(events_of(door.course.id), zone=door.zone, sessions=on_days, client=door.audience.client)


@course_page("more", staff=False)
def more(_request: HttpRequest, door: Door) -> HttpResponse:
    """Everywhere else, and the client's own settings."""
    client, therapist = door.course.client, _therapist(door)
    now = (client.usual_sharing, client.usual_words_sharing)
    context = {
        "to": _to(door), "therapist": therapist, "usual": UsualForm(therapist=therapist, now=now), "client": client,
        "reminded": reminder_of(door.audience).on,
    }  # fmt: skip
    return door.page("together/more.html", context)


@require_POST
@course_page("more", staff=False)
def leave_quickly(request: HttpRequest, door: Door) -> HttpResponse:
    """Show or hide "Leave quickly"."""
    form, on = KithworkForm(request.POST), request.POST.get("on") == "yes"
    form.is_valid()
    saved = door.save(
        form,
        lambda: set_leave_quickly(by=door.audience, client=door.course.client, on=on),
        to=door.url("more"),
    )
    return saved or HttpResponseRedirect(door.url("more"))


@course_page("to-decide", staff=False)
def to_decide(request: HttpRequest, door: Door) -> HttpResponse:
    """What the client left for later, all on one page, each with its choice."""
    pieces, posted = waiting(door.audience), request.method == "POST"
    form = DecideForm(request.POST if posted else None, pieces=pieces, therapist=_therapist(door))
    if posted and form.is_valid():
        saved = door.save(
            form,
            lambda: decide(by=door.audience, choices=form.choices, shown=form.cleaned_data["shown"]),
            to=lambda made: f"{door.url('to-decide')}?shared={made.shared}&kept={made.kept}",
        )
        if saved:
            return saved
        form.look_again()
    _say_decided(door)
    rows = [(piece, choice, _where(door, piece)) for piece, choice in form.asked]
    return door.page("together/to_decide.html", {"rows": rows, "to": _to(door)}, form=form)


def _where(door: Door, piece: Waiting) -> str:
    _, page, name = piece.place
    return door.url(page, **({name: piece.record.id} if name else {}))


def _say_decided(door: Door) -> None:
    """The rest of the receipt: what is shared from now on, and what stays hers."""
    if door.receipt and door.request.GET.get("shared", "0") != "0":
        door.receipt_note = _("{therapist} can see what you shared, from today on.").format(
            therapist=_therapist(door)
        )
    elif door.receipt:
        door.receipt_note = _("Only you see this.")


# The pages that these pages lead to, by the names under which templates ask for them.
WAYS = (
    "diary", "check-in", "people", "circles", "first", "story", "cycle", "worksheets", "formulation", "progress",
    "letters", "to-talk-about", "sessions", "ending", "safety-plan", "safe-contact",
)  # fmt: skip
CLIENT_WAYS = (
    "today", "diary-offline", "more", "to-decide", "leave-quickly", "who-has-looked", "look-ask", "data", "reminders",
    "own-clock",
)  # fmt: skip
STAFF_WAYS = ("overview", "safety", "prepare", "review", "plan")


def _to(door: Door) -> dict[str, str]:
    if door.is_client:
        # Her own pages stand under /me/, by whichever address she came.
        return _her_ways()
    return {way.replace("-", "_"): door.url(way) for way in (*WAYS, *STAFF_WAYS)}


@cache
def _her_ways() -> dict[str, str]:
    return {way.replace("-", "_"): reverse(f"me:{way}") for way in (*WAYS, *CLIENT_WAYS)}


def _therapist(door: Door) -> str:
    return therapist_name(door.course, now=door.audience.now)
