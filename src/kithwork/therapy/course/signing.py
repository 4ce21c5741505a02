"""Signing: somebody agrees to exactly one version, and a keyed hash of what it said is kept with it.

Contract, formulation, ending and letters are signed here and nowhere else.
"""

import hmac
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.foundation.vault import sealing
from kithwork.ipt.signing import Manner, Signer, manners
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Signature

What = Literal["contract", "formulation", "ending", "letter"]


class SigningRefused(Refusal):
    """This cannot be signed by this person, or not in this way."""

    code = "signing-refused"


def sign(
    *, by: Audience, what: What, version_id: str, content: bytes, party: str, manner: str = Manner.SIGNED_IN
) -> Signature:
    """Sign one version. Staff may enter the client's signature, in the room or on paper, and it says who did.

    ``content`` is what the version says, in one fixed form: its keyed hash shows later that nothing was changed.
    """
    signer, how = _signer(party), Manner(manners.get(manner).key)
    _check(by, signer, how)
    entered = not by.is_client and signer is Signer.CLIENT
    with transaction.atomic():
        trail.lock(by.course)
        if _has_signed(by, what, version_id, signer):
            raise SigningRefused(_("This is signed already."), code="signed-already")
        signature: Signature = Signature.make(
            by, sharing=Sharing.SHARED, what=what, version=version_id, party=signer,
            by=by.client if signer is Signer.CLIENT else by.who.id, name=by.who.name, how=how,
            entered_by=by.who.id if entered else "", content=hash_of(by, content),
        )  # fmt: skip
        trail.record(f"{what}.signed", by=by.who, at=by.now, course=by.course, page=what)
    return signature


def hash_of(audience: Audience, content: bytes) -> bytes:
    """The keyed hash that names what a version says. It tells nothing of it, and dies with the client's key."""
    return sealing.fingerprint(audience.client, content)


def holds(signature: Signature, content: bytes) -> bool:
    """Whether a signature still stands under what its version says."""
    return hmac.compare_digest(bytes(signature.content), sealing.fingerprint(signature.client, content))


def _signer(party: str) -> Signer:
    if party not in set(Signer):
        raise SigningRefused(_("Choose who has signed."))
    return Signer(party)


def _check(by: Audience, signer: Signer, how: Manner) -> None:
    if not by.may_write:
        raise SigningRefused(_("This course has ended. Nothing more is signed in it."), code="course-ended")
    if by.is_client and (signer, how) != (Signer.CLIENT, Manner.SIGNED_IN):
        raise SigningRefused(_("You can only sign for yourself."))
    if not by.is_client and (signer is Signer.THERAPIST) != (how is Manner.SIGNED_IN):
        raise SigningRefused(
            _("You sign signed in. What your client signed is entered as signed in the room or on paper."),
            next_step=_("Choose how it was signed."),
        )


def _has_signed(by: Audience, what: str, version: str, signer: Signer) -> bool:
    return Signature.seen.visible_to(by).filter(what=what, version=version, party=signer).exists()
