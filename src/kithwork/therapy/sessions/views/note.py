"""Writing a session up, for staff: the note, the summary and its preview, ratings, the text for the clinic's record."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithwork.foundation.passages.queries import read
from kithwork.foundation.passages.sharing import OPEN
from kithwork.ipt import fidelity
from kithwork.therapy.course.access import both_see
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.sessions import actions, prefill, queries
from kithwork.therapy.sessions.forms import NoteForm, RatingsForm, ShareForm
from kithwork.therapy.sessions.models import TherapySession
from kithwork.therapy.sessions.record import text_of as record_text
from kithwork.therapy.sessions.views.parts import (
    act_on,
    base_of,
    head,
    posted,
    session_or_404,
    text_of,
)

Drafts = Mapping[str, queries.Draft]


@course_page("note", client=False)
def note(request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """The note and the summary, each on the revision that was shown. The room's own form sends the note alone."""
    session = session_or_404(door, n)
    drafts = queries.drafts(door.audience, session)
    form = NoteForm(posted(door), initial=_initial(door, session, drafts), auto_id="note-%s")
    if form.is_valid():
        back = door.url("session", n=n) + "#note" if request.POST.get("back") == "room" else ""
        sent = {field: form.cleaned_data[field] for field in queries.WRITTEN_UP if field in request.POST}
        bases = {f"{field}_base": form.cleaned_data[f"{field}_base"] for field in queries.WRITTEN_UP}
        saved = door.save(
            form,
            lambda: actions.write_note(by=door.audience, session=session, **sent, **bases),
            to=back or door.url("note", n=n),
        )
        if saved:
            return saved
    return _note_page(door, session, n, form, drafts)


def note_context(door: Door, session: TherapySession, drafts: Drafts) -> dict[str, Any]:
    """The note beside the room, for its therapist alone."""
    form = NoteForm(initial=_initial(door, session, drafts), auto_id="note-%s")
    return {"note_form": form, "draft_aside": _aside(drafts), "unsaved_note": _going_on(door, drafts)}


def _note_page(
    door: Door, session: TherapySession, n: str, form: NoteForm, drafts: Drafts, **more: object
) -> HttpResponse:
    words = read(door.audience, session)
    shared = "summary" in words and words["summary"].sharing in OPEN
    context = {
        **head(door, session, n), "words": words, "summary_shared": shared, "draft_aside": _aside(drafts),
        "prefilled": "summary" not in words and bool(form.initial.get("summary")),
        "unsaved_note": _going_on(door, drafts), **more,
    }  # fmt: skip
    return door.page("sessions/note.html", context, form=form)


def _initial(door: Door, session: TherapySession, drafts: Drafts) -> dict[str, str]:
    """What the form begins with: what was being written, else what is saved, else what was done."""
    words = read(door.audience, session)
    initial: dict[str, str] = {}
    for field in queries.WRITTEN_UP:
        initial[field] = text_of(words.get(field))
        initial[f"{field}_base"] = base_of(words.get(field))
        if field in drafts and _wanted(door, drafts[field]):
            initial[field] = drafts[field].text
    if "summary" not in words and "summary" not in drafts:
        initial["summary"] = prefill.summary(both_see(door.audience), session, door.zone)
    return initial


def _wanted(door: Door, draft: queries.Draft) -> bool:
    """Whether a draft stands in the form: unless it is older than what was saved, or left aside for now."""
    asked = door.request.GET
    return "draft" in asked or (draft.goes_on and "saved-one" not in asked)


def _aside(drafts: Drafts) -> bool:
    """Whether somebody has saved in the meantime, so that the draft is offered and not put in."""
    return any(not draft.goes_on for field, draft in drafts.items() if field in queries.WRITTEN_UP)


def _going_on(door: Door, drafts: Drafts) -> bool:
    """Whether what stands in the form is not saved yet."""
    return any(_wanted(door, draft) for field, draft in drafts.items() if field in queries.WRITTEN_UP)


@require_POST
@course_page("note", client=False)
def draft(request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """Keep what is being written, for its author, until it is saved."""
    session = session_or_404(door, n)
    for field in queries.DRAFTED:
        if field in request.POST:
            actions.keep_draft(by=door.audience, session=session, field=field, text=request.POST[field])
    local = door.audience.now.astimezone(door.zone)
    return JsonResponse({"kept": f"{local:%H:%M}"})


@course_page("note", client=False)
def summary(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """The summary exactly as the client would read it; then share it, or not."""
    session = session_or_404(door, n)
    words = read(door.audience, session).get("summary")
    form = ShareForm(posted(door), initial={"summary_base": base_of(words)})
    if form.is_valid():
        base = form.cleaned_data["summary_base"]
        saved = door.save(
            form,
            lambda: actions.share_summary(by=door.audience, session=session, base=base),
            to=door.url("note", n=n),
        )
        if saved:
            return saved
    shared = words is not None and words.sharing in OPEN
    return door.page(
        "sessions/summary.html", {**head(door, session, n), "words": words, "shared": shared}, form=form
    )


@require_POST
@course_page("note", client=False)
def take_back(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """Stop sharing the summary."""
    session = session_or_404(door, n)
    return act_on(
        door,
        lambda: actions.take_back_summary(by=door.audience, session=session),
        to=door.url("note", n=n),
        again=lambda refused: _still_shared(door, session, n, refused),
    )


def _still_shared(door: Door, session: TherapySession, n: str, refused: Form) -> HttpResponse:
    """The note's page again, with why the summary could not be taken back."""
    form = NoteForm(None, initial=_initial(door, session, {}), auto_id="note-%s")
    page = _note_page(door, session, n, form, {}, why=refused.non_field_errors())
    page.status_code = 422
    return page


@course_page("note", client=False)
def ratings(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """How much of the method was in the session, for its therapist and a supervisor."""
    session = session_or_404(door, n)
    standing = queries.ratings(door.audience, session)
    form = RatingsForm(posted(door), initial={key: str(value) for key, value in standing.items()})
    if form.is_valid():
        saved = door.save(
            form,
            lambda: actions.rate_session(by=door.audience, session=session, ratings=form.ratings),
            to=door.url("session-ratings", n=n),
        )
        if saved:
            return saved
    lines = [(_(item.label), _(fidelity.anchors[str(standing[item.key])].label))
             for item in fidelity.items if item.key in standing]  # fmt: skip
    return door.page(
        "sessions/ratings.html", {**head(door, session, n), "ratings_form": form, "lines": lines}, form=form
    )


@course_page("record", client=False)
def record(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """The session in plain text, to copy."""
    session = session_or_404(door, n)
    return door.page("sessions/record.html", {**head(door, session, n), "text": _plain(door, session)})


@course_page("record", client=False)
def record_file(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """The same as a file. Its name says nothing of whom or what."""
    text = _plain(door, session_or_404(door, n))
    if not text:
        raise Http404
    answer = HttpResponse(text + "\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="session.txt"'
    return answer


def _plain(door: Door, session: TherapySession) -> str:
    begun = session.opened_at or session.closed_at
    return record_text(door.audience, door.course, session=session, zone=door.zone) if begun else ""
