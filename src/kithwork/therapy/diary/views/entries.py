"""The diary's pages: for the client under /me/diary/, and what she shares of it under /course/<id>/diary/."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.course.actions import set_usual_sharing
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import therapist_name
from kithwork.therapy.diary import actions, queries
from kithwork.therapy.diary.forms import (
    BringForm,
    DayForm,
    EntryForm,
    UndoForm,
    UsualForm,
    brought,
    entry_form,
)
from kithwork.therapy.diary.phone import mark_of
from kithwork.therapy.diary.receipts import receipt_note
from kithwork.therapy.diary.spans import span
from kithwork.therapy.people.queries import labels

# Pages that carry a part of the diary's form, and where a save from there goes back to.
BACK = {"today": "today", "more": "more"}

AT_A_TIME = 60  # entries on one page; the earlier ones are a page further on


@course_page("diary")
def diary(request: HttpRequest, door: Door) -> HttpResponse:
    """The entries, and the form for a new one: for today, or for another day that was asked for."""
    people, therapist, on = labels(door.audience), _therapist(door), _asked_day(door)
    form = _form(door, therapist=therapist, people=people, on=on)
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.write_entry(by=door.audience, on=form.cleaned_data["on"], **form.act), to=_back(door)
        )  # fmt: skip
        if saved:
            return saved
    before, at = (queries.place_of(door.audience, request.GET.get(name, "")) for name in ("before", "at"))
    # One more than the page shows tells whether there is another page.
    found = queries.days(
        door.audience, most=AT_A_TIME + 1, before=before, at=at, people=people, zone=door.zone
    )
    days, more = found[:AT_A_TIME], found[AT_A_TIME:]
    _say_receipt(door, days, therapist)
    client = door.course.client
    context = {
        "days": days, "therapist": therapist, "usual": UsualForm(therapist=therapist), "to": _to(door),
        "asks_usual": door.is_client and not client.usual_sharing, "another": DayForm(), "mark": _mark(door),
        "undoes": door.saved if door.is_client and door.receipt_note else "",
        "yesterday": None if on else door.today - timedelta(days=1),
        "is_earlier": bool(before or at), "earlier": days[-1].id if more else "",
    }  # fmt: skip
    return door.page("diary/diary.html", context, form=form)


@course_page("diary")
def week(_request: HttpRequest, door: Door) -> HttpResponse:
    """A week of the diary."""
    return _span(door, "week")


@course_page("diary")
def month(_request: HttpRequest, door: Door) -> HttpResponse:
    """A month of the diary."""
    return _span(door, "month")


def _span(door: Door, kind: str) -> HttpResponse:
    shown = span(
        door.audience, kind, _asked_day(door), today=door.today, people=labels(door.audience), zone=door.zone
    )
    context = {"span": shown, "therapist": _therapist(door), "to": _to(door)}
    return door.page("diary/span.html", context)


@course_page("diary", staff=False)
def entry(request: HttpRequest, door: Door, entry_id: str) -> HttpResponse:
    """Change one's own entry."""
    found = queries.find(door.audience, entry_id)
    if found is None:
        raise Http404
    people, therapist = labels(door.audience), _therapist(door)
    form = _form(door, therapist=therapist, people=people, entry=entry_id)
    was_open = queries.open_parts(door.audience, found)
    if request.method == "POST" and form.is_valid():
        base, act = form.cleaned_data["words_base"], form.act
        # A person whose card is hidden by now is still in the day, though no chip shows them.
        act["people"] += [person for person in found.people if person not in people]
        saved = door.save(
            form, lambda: actions.change_entry(by=door.audience, entry=found, words_base=base, **act),
            to=lambda made: _after_change(door, was_open - queries.open_parts(door.audience, made)),
        )  # fmt: skip
        if saved:
            return saved
    context = {
        "entry": found, "therapist": therapist, "back_url": door.url("diary"), "was_open": was_open,
        "mark": _mark(door),
    }  # fmt: skip
    return door.page("diary/entry.html", context, form=form)


def _after_change(door: Door, closed: set[str]) -> str:
    told = [*(["done=1"] if door.request.POST.get("back") else []), *(["closed=1"] if closed else [])]
    return _back(door) + (f"?{'&'.join(told)}" if told else "")


@course_page("diary", staff=False)
def bring(_request: HttpRequest, door: Door, entry_id: str) -> HttpResponse:
    """From an entry to the list of things to talk about: what would be shared stands there, and is chosen."""
    found = queries.day(door.audience, entry_id)
    if found is None or door.course.is_over:
        raise Http404
    therapist = _therapist(door)
    form = BringForm(
        therapist=therapist,
        initial={
            "item": brought(found),
            "sharing": Sharing.JUST_ME if found.says_what_is_kept else Sharing.SHARED,
        },
    )
    context = {
        "day": found, "therapist": therapist, "action": door.url("to-talk-about"), "back_url": door.url("diary"),
    }  # fmt: skip
    return door.page("diary/bring.html", context, form=form)


@require_POST
@course_page("diary", staff=False)
def undo(request: HttpRequest, door: Door, entry_id: str) -> HttpResponse:
    """Undo: take an entry back."""
    found = queries.find(door.audience, entry_id)
    form = UndoForm(request.POST)
    form.is_valid()
    if found is None:
        # Undone already, perhaps by the first of two presses.
        return HttpResponseRedirect(_back(door))
    saved = door.save(form, lambda: _taken_back(door, found), to=f"{_back(door)}?undone=1")
    return saved or HttpResponseRedirect(_back(door))


def _taken_back(door: Door, found: object) -> None:
    actions.withdraw_entry(by=door.audience, entry=found)  # type: ignore[arg-type]


@require_POST
@course_page("diary", staff=False)
def usual(request: HttpRequest, door: Door) -> HttpResponse:
    """The client's answer to "who is this usually for?"."""
    form = UsualForm(request.POST, therapist=_therapist(door))
    if form.is_valid():
        facts, words = UsualForm.WAYS[form.cleaned_data["usual"]]
        saved = door.save(
            form, lambda: set_usual_sharing(by=door.audience, client=door.course.client, usual=facts, words=words),
            to=_back(door),
        )  # fmt: skip
        if saved:
            return saved
    return HttpResponseRedirect(_back(door))


def _back(door: Door) -> str:
    if not door.is_client:
        return door.url("diary")
    # Her own pages stand under /me/, by whichever address she came.
    return reverse(f"me:{BACK.get(door.request.POST.get('back', ''), 'diary')}")


def _say_receipt(door: Door, days: list[queries.Day], therapist: str) -> None:
    if door.receipt and door.is_client:
        saved = next((day for day in days if day.id == door.saved), None)
        if saved is None and door.saved:  # a day of long ago is on a page further on
            saved = queries.day(door.audience, door.saved, zone=door.zone)
        told = door.request.GET
        door.receipt_note = receipt_note(
            saved, therapist=therapist, undone="undone" in told, closed="closed" in told,
            may_undo=not door.course.is_over,
        )  # fmt: skip


def _form(
    door: Door, *, therapist: str, people: dict[str, str], entry: str = "", on: date | None = None
) -> EntryForm:
    return entry_form(
        door.request.POST or None, audience=door.audience, course=door.course, today=door.today, therapist=therapist,
        people=people, entry=entry, on=on,
    )  # fmt: skip


def _asked_day(door: Door) -> date | None:
    """The day that a page is about, where it names one that has come."""
    asked = DayForm(door.request.POST if door.request.method == "POST" else door.request.GET)
    on: date | None = asked.cleaned_data.get("on") if asked.is_valid() else None
    return on if on and on < door.today else None


def _to(door: Door) -> dict[str, str]:
    return {
        name: door.url(f"diary{page}") for name, page in (("all", ""), ("week", "-week"), ("month", "-month"))
    }


def _mark(door: Door) -> str:
    return mark_of(door.viewer.account) if door.is_client else ""


def _therapist(door: Door) -> str:
    return therapist_name(door.course, now=door.audience.now)
