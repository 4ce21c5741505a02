"""Writing: a new revision on top of the one that was shown, or a refusal that loses neither text.

The caller's act holds the course's place in the trail (``trail.actions.lock``), so two saves of one field never
both find the same newest revision.
"""

from datetime import datetime

from django.db.models import Max

from kithwork.foundation.ids import new_id
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.models import Draft, Passage, Shared
from kithwork.foundation.passages.queries import Record, Words, base_of, binding, heads, opened, read
from kithwork.foundation.passages.sharing import KEPT, OPEN, STATES, Owner, Sharing, readers_of
from kithwork.foundation.passages.taken_back import note_readers
from kithwork.foundation.rather_not import RatherNot
from kithwork.foundation.trail.actions import lock
from kithwork.foundation.vault import sealing
from kithwork.refusal import Refusal


class Changed(Refusal):
    """The field was changed since it was shown: here are both texts, and nothing was overwritten."""

    code = "changed"
    status = 409

    def __init__(self, field: str, *, yours: str, newest: Words | None) -> None:
        self.field = field
        self.yours = yours
        self.newest = newest
        super().__init__(
            "Somebody changed this while you were writing.",
            next_step="Both texts are below. Take what you need into yours, then save again.",
        )


class NotWritable(Refusal):
    """This audience cannot write here, or not for those readers."""

    code = "not-writable"


def write(
    audience: Audience,
    *,
    record: Record,
    field: str,
    text: str,
    sharing: Sharing | None = None,
    base: str = "",
) -> Words | None:
    """Write one field. Empty text where nothing stands writes nothing; a ``RatherNot`` keeps the refusal.

    ``base`` is what the form showed (``Words.base``). Raises Changed when the writer could by now see something
    else, NotWritable when the state or the writer doesn't fit the field.
    """
    _check_open(audience)
    lock(audience.course)
    place = record.words[field]
    _check_refusable(text, place.owner)
    state = _state(audience, place.owner, readers_of(text, sharing))
    if len(text) > place.longest:
        raise NotWritable(
            "This is longer than fits here ({longest:,} characters).",
            next_step="Shorten it, or put the rest into a second entry.",
            code="too-long",
            longest=place.longest,
        )
    shown = heads(audience, record.id, field)
    if base_of(shown) != base:
        raise Changed(field, yours=text, newest=read(audience, record).get(field))
    if not shown and not text.strip():
        return None
    if shown and shown[0].refused and not text.strip():
        state = Sharing(shown[0].sharing)  # taking a refusal back tells nobody that there was one
    if state is Sharing.LATER and not text.strip():
        state = Sharing.JUST_ME  # nothing is left to decide about
    if len(shown) == 1 and _stands(shown[0], text, state):
        return read(audience, record)[field]
    _add(audience, record=record, field=field, text=text, state=state, replaces=shown)
    return read(audience, record)[field]


def _stands(row: Passage, text: str, state: Sharing) -> bool:
    """Whether a revision already says this, to these readers."""
    refuses = isinstance(text, RatherNot)
    return row.refused == refuses and row.sharing == state and (refuses or opened(row) == text)


def _check_refusable(text: str, owner: Owner) -> None:
    if isinstance(text, RatherNot) and owner is not Owner.CLIENT:
        raise NotWritable("This can be left empty instead.", code="not-refusable")


def _check_open(audience: Audience) -> None:
    if not audience.may_write:
        raise NotWritable(
            "This course has ended. Nothing new can be written here, and what was written stays readable.",
            code="course-ended",
        )


def _state(audience: Audience, owner: Owner, wished: Sharing | None) -> Sharing:
    if audience.is_client:
        return _client_state(owner, wished)
    if owner in (Owner.CLIENT, Owner.JOINT):
        # Written together: the client's words in the therapist's hand are shared, never kept.
        return Sharing.SHARED
    state = wished or Sharing.THERAPIST
    if state not in STATES[owner] or state not in audience.sees:
        raise NotWritable("This can't be shared in that way.", code="state-not-open")
    return state


def _client_state(owner: Owner, wished: Sharing | None) -> Sharing:
    if owner in (Owner.STAFF, Owner.SUMMARY):
        raise NotWritable("Only your therapist writes here.", code="not-yours")
    if owner is Owner.JOINT:
        return Sharing.SHARED
    state = wished or Sharing.JUST_ME
    if state not in KEPT | OPEN or state is Sharing.AGREED:
        raise NotWritable("Choose who this is for.", code="state-not-open")
    return state


def _add(
    audience: Audience, *, record: Record, field: str, text: str, state: Sharing, replaces: list[Passage]
) -> Passage:
    row = Passage(
        id=new_id(), client=audience.client, course=audience.course, record=record.id,
        kind=type(record).__name__.lower(), field=field, sharing=state, side=audience.side, hand=audience.who.id,
        together_in=audience.together_in, base=replaces[0] if replaces else None, at=audience.now,
        refused=isinstance(text, RatherNot),
    )  # fmt: skip
    before = Passage.objects.filter(record=record.id, field=field).aggregate(last=Max("number"))
    row.number = (before["last"] or 0) + 1
    body = "" if row.refused else text
    row.sealed = sealing.seal(audience.client, body.encode(), bound_to=binding(row))
    for old in replaces:
        note_readers(before=old.sharing, after=state)
    Passage.objects.filter(pk__in=[old.id for old in replaces]).update(live=False)
    row.save(force_insert=True)
    return row


def change_sharing(audience: Audience, *, record: Record, field: str, sharing: Sharing) -> Words:
    """Share, or stop sharing: a new revision with the same words. What was read before stays read."""
    shown = heads(audience, record.id, field)
    if not shown:
        raise NotWritable("There is nothing here to share.", code="nothing-here")
    text = opened(shown[0])
    if shown[0].refused:
        # A record that is shared takes no refusal with it; one that is taken back does.
        text = RatherNot(told=shown[0].sharing in OPEN and sharing in OPEN)
    words = write(audience, record=record, field=field, text=text, sharing=sharing, base=base_of(shown))
    if words is None:
        raise NotWritable("There is nothing here to share.", code="nothing-here")
    return words


def change_readers(audience: Audience, *, record: Shared, sharing: Sharing) -> None:
    """Decide who a whole record is for: the record, and those of its words that had the same readers."""
    was, state = record.sharing, _client_state(Owner.CLIENT, sharing)
    for field, words in read(audience, record).items():
        if words.sharing == was:
            change_sharing(audience, record=record, field=field, sharing=state)
    note_readers(before=was, after=state)
    record.sharing = state
    record.save(update_fields=["sharing"])


def overwrite(audience: Audience, *, record: str, keep: frozenset[str] = frozenset()) -> int:
    """Delete a record's words: every unsigned body of the writer's own is emptied, ids stay. Returns how many."""
    _check_open(audience)
    lock(audience.course)
    rows = Passage.objects.filter(client=audience.client, record=record).exclude(pk__in=keep)
    emptied = 0
    for row in rows:
        if row.sharing in audience.sees:
            row.sealed = sealing.seal(row.client, b"", bound_to=binding(row))
            row.live, row.refused = False, False
            row.save(update_fields=["sealed", "live", "refused"])
            emptied += 1
    return emptied


def save_draft(audience: Audience, *, record: str, field: str, text: str) -> None:
    """Keep what somebody is in the middle of writing; only Save makes a revision."""
    draft = Draft.objects.filter(record=record, field=field, hand=audience.who.id).first() or Draft(
        client=audience.client, record=record, field=field, side=audience.side, hand=audience.who.id
    )
    draft.sealed = sealing.seal(audience.client, text.encode(), bound_to=_draft_binding(draft))
    draft.at = audience.now
    draft.save()


def read_draft(audience: Audience, *, record: str, field: str) -> tuple[str, datetime] | None:
    """The writer's own draft, if there is one."""
    draft = Draft.objects.filter(
        client=audience.client, record=record, field=field, hand=audience.who.id
    ).first()
    if draft is None:
        return None
    return plain(draft), draft.at


def read_drafts(audience: Audience, *, record: str) -> dict[str, tuple[str, datetime]]:
    """All of the writer's own drafts on one record, by field: one query for a page with several forms."""
    rows = Draft.objects.filter(client=audience.client, record=record, hand=audience.who.id)
    return {row.field: (plain(row), row.at) for row in rows}


def all_drafts(audience: Audience) -> list[Draft]:
    """All of the writer's own drafts of this client, still sealed, the oldest first."""
    return list(Draft.objects.filter(client=audience.client, hand=audience.who.id).order_by("at", "pk"))


def plain(draft: Draft) -> str:
    """What stands in a draft."""
    body = bytes(draft.sealed)
    return sealing.open_sealed(draft.client, body, bound_to=_draft_binding(draft)).decode()


def drop_draft(audience: Audience, *, record: str, field: str) -> None:
    """The draft has been saved, or thrown away."""
    Draft.objects.filter(record=record, field=field, hand=audience.who.id).delete()


def _draft_binding(draft: Draft) -> bytes:
    return "|".join(["draft", draft.client, draft.record, draft.field, draft.hand]).encode()
