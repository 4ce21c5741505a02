"""Writing a session up: the note for staff, and the summary that the client reads once it has been looked over."""

from collections.abc import Iterable

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.refusal import Refusal
from kithwork.therapy.sessions.actions.checks import record
from kithwork.therapy.sessions.models import TherapySession
from kithwork.therapy.sessions.queries import DRAFTED, WRITTEN_UP


def write_note(
    *,
    by: Audience,
    session: TherapySession,
    note: str | None = None,
    summary: str | None = None,
    note_base: str = "",
    summary_base: str = "",
) -> None:
    """Keep note and summary; None leaves one as it is. A changed summary is the therapist's until looked over."""
    with transaction.atomic():
        trail.lock(by.course)
        standing = read(by, session).get("summary")
        if note is not None:
            passages.write(
                by, record=session, field="note", text=note, sharing=Sharing.THERAPIST, base=note_base
            )
        if summary is not None:
            state = standing.sharing if standing and standing.text == summary else Sharing.THERAPIST
            passages.write(
                by, record=session, field="summary", text=summary, sharing=state, base=summary_base
            )
        written = [field for field, text in zip(WRITTEN_UP, (note, summary), strict=True) if text is not None]
        drop_drafts(by=by, session=session, fields=written)
        record(by, "sessions.note_written", page="note")


def share_summary(*, by: Audience, session: TherapySession, base: str | None = None) -> Words:
    """Let the client read the summary, exactly as it was looked over: ``base`` is what the preview showed."""
    return _set_sharing(by, session, Sharing.SHARED, base)


def take_back_summary(*, by: Audience, session: TherapySession) -> Words:
    """Stop sharing. What was read before stays read."""
    return _set_sharing(by, session, Sharing.THERAPIST, None)


def _set_sharing(by: Audience, session: TherapySession, state: Sharing, base: str | None) -> Words:
    with transaction.atomic():
        trail.lock(by.course)
        standing = read(by, session).get("summary")
        if standing is None or not standing.text.strip():
            raise Refusal("There is no summary yet.", next_step="Write one first.", code="nothing-here")
        words = passages.write(
            by, record=session, field="summary", text=standing.text, sharing=state,
            base=standing.base if base is None else base,
        )  # fmt: skip
        shared = state is Sharing.SHARED
        record(by, "sessions.summary_shared" if shared else "sessions.summary_taken_back", page="note")
    return words or standing


def keep_draft(*, by: Audience, session: TherapySession, field: str, text: str) -> None:
    """Keep what is being written, for its author alone. Only Save makes a revision, so nothing else happens."""
    if by.is_client or not by.may_write or field not in DRAFTED:
        raise Refusal("This can't be kept here.", code="not-yours")
    with transaction.atomic():
        passages.save_draft(by, record=session.id, field=field, text=text)


def drop_drafts(*, by: Audience, session: TherapySession, fields: Iterable[str]) -> None:
    """What was being written has been saved, or is not wanted any more."""
    for field in fields:
        passages.drop_draft(by, record=session.id, field=field)
