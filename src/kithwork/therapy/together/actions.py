"""The one thing that is done from here: deciding who something is for."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import KEPT, OPEN, Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.refusal import Refusal
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.diary.models import Entry
from kithwork.therapy.people import actions as people
from kithwork.therapy.people.models import Person
from kithwork.therapy.story.models import FirstPicture
from kithwork.therapy.together.waiting import Waiting, shown_as, waiting


@dataclass(frozen=True)
class Decided:
    """How many things are shared from now on, and how many stay hers."""

    shared: int
    kept: int


def decide(*, by: Audience, choices: Mapping[str, Sharing], shown: str) -> Decided:
    """Settle who each thing is for; whatever is left at *decide later* goes on waiting.

    ``shown`` names what the page showed: what was written since is not shared unseen.
    """
    with transaction.atomic():
        trail.lock(by.course)
        pieces = waiting(by)
        if shown_as(pieces) != shown:
            raise Refusal(
                "Something here was changed on another page. Nothing has been shared yet.",
                next_step="Look at it below, then save again.",
                code="something-changed",
            )
        settled = [(piece, choices.get(piece.id, Sharing.LATER)) for piece in pieces]
        done = [(piece, sharing) for piece, sharing in settled if sharing is not Sharing.LATER]
        for piece, sharing in done:
            _settle(by, piece, sharing)
        trail.record("sharing.decided", by=by.who, at=by.now, course=by.course, page="to-decide")
    shared = sum(sharing in OPEN for _, sharing in done)
    return Decided(shared, len(done) - shared)


def _settle(by: Audience, piece: Waiting, sharing: Sharing) -> None:
    record = piece.record
    if isinstance(record, Entry):
        diary.decide(by=by, entry=record, **{piece.field: sharing})
    elif isinstance(record, Person) and not piece.field:
        people.change_person(by=by, person=record, details={"sharing": sharing})
    elif not piece.field:
        passages.change_readers(by, record=record, sharing=sharing)
    else:
        _check_known(by, piece, sharing)
        passages.change_sharing(by, record=record, field=piece.field, sharing=sharing)


def _check_known(by: Audience, piece: Waiting, sharing: Sharing) -> None:
    """Words are never open to more readers than may know what they are about."""
    record = type(piece.record).seen.visible_to(by).get(pk=piece.record.id)
    if sharing in KEPT or record.sharing in OPEN:
        return
    if isinstance(record, FirstPicture):
        # It tells nothing by itself.
        record.sharing = sharing
        record.save(update_fields=["sharing"])
        return
    raise Refusal(
        "{about} is only known to you so far."
        if piece.about
        else "What these words belong to is only known to you so far.",
        next_step="Share that too, or keep these words to yourself.",
        code="person-kept",
        about=piece.about,
    )
