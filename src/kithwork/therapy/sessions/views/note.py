"""Writing a session up, for staff: the note, the summary and its preview, and the text for the clinic's record."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from kithwork.foundation.passages.queries import read
from kithwork.foundation.passages.sharing import OPEN
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.sessions import actions, queries
from kithwork.therapy.sessions.forms import NoteForm, ShareForm
from kithwork.therapy.sessions.models import TherapySession
from kithwork.therapy.sessions.record import text_of as record_text
from kithwork.therapy.sessions.views.parts import act_on, base_of, first_name, posted, session_or_404, text_of


@course_page("note", client=False)
def note(request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """The note and the summary, each on the revision that was shown."""
    session = session_or_404(door, n)
    drafts = queries.drafts(door.audience, session)
    form = NoteForm(posted(door), initial=_initial(door, session, drafts if "draft" in request.GET else {}))
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("note", "summary", "note_base", "summary_base")}
        saved = door.save(
            form,
            lambda: actions.write_note(by=door.audience, session=session, **data),
            to=door.url("note", n=n),
        )
        if saved:
            return saved
    has_draft = bool(drafts) and "draft" not in request.GET and not form.is_bound
    return _note_page(door, session, n, form, has_draft=has_draft)


def _note_page(door: Door, session: TherapySession, n: str, form: NoteForm, **more: object) -> HttpResponse:
    words = read(door.audience, session)
    shared = "summary" in words and words["summary"].sharing in OPEN
    context = {**_head(door, session, n), "words": words, "summary_shared": shared, **more}
    return door.page("sessions/note.html", context, form=form)


def _initial(door: Door, session: TherapySession, drafts: dict[str, str]) -> dict[str, str]:
    words = read(door.audience, session)
    initial: dict[str, str] = {}
    for field in queries.DRAFTED:
        initial[field] = drafts.get(field, text_of(words.get(field)))
        initial[f"{field}_base"] = base_of(words.get(field))
    return initial


def _head(door: Door, session: TherapySession, n: str) -> dict[str, object]:
    return {
        "session": session,
        "address": n,
        "first_name": first_name(door),
        "title": queries.title_of(session),
        "when": queries.spoken(session.at, door.zone),
    }


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
        "sessions/summary.html", {**_head(door, session, n), "words": words, "shared": shared}, form=form
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
    form = NoteForm(None, initial=_initial(door, session, {}))
    page = _note_page(door, session, n, form, why=refused.non_field_errors())
    page.status_code = 422
    return page


@course_page("record", client=False)
def record(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """The session in plain text, to copy."""
    session = session_or_404(door, n)
    begun = session.opened_at or session.closed_at
    text = record_text(door.audience, door.course, session=session, zone=door.zone) if begun else ""
    return door.page("sessions/record.html", {**_head(door, session, n), "text": text})
