"""Picking what somebody else may see in a session, and taking it off again."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db import transaction

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.therapy.course.access import both_see
from kithwork.therapy.sessions.actions.checks import check, record
from kithwork.therapy.sessions.models import Picked, TherapySession
from kithwork.therapy.sessions.showing import groups, picked


def pick(*, by: Audience, session: TherapySession, pieces: Iterable[str], zone: ZoneInfo) -> None:
    """Show exactly these pieces, of those that both see. Either of the two may pick, and take off again."""
    check(by)
    with transaction.atomic():
        trail.lock(by.course)
        offered = {piece.key for group in groups(both_see(by), session, zone) for piece in group.pieces}
        standing, chosen = picked(by, session), set(pieces) & offered
        for kind, piece in _parted((standing & offered) - chosen):
            rows = Picked.seen.visible_to(by).filter(meeting=session, kind=kind, piece=piece)
            rows.filter(removed_at__isnull=True).update(removed_at=by.now)
        for kind, piece in _parted(chosen - standing):
            Picked.make(by, sharing=Sharing.SHARED, meeting=session, kind=kind, piece=piece)
        record(by, "sessions.picked")


def _parted(keys: Iterable[str]) -> list[tuple[str, str]]:
    parts = (key.partition(".") for key in sorted(keys))
    return [(kind, piece) for kind, _, piece in parts]
