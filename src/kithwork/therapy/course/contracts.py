"""Agreeing on the number of sessions: offering a contract, and signing it."""

import json
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail import actions as trail
from kithwork.ipt import contract as rules
from kithwork.ipt.signing import Manner
from kithwork.refusal import Refusal
from kithwork.therapy.course import queries
from kithwork.therapy.course.models import Contract, Course, Signature
from kithwork.therapy.course.signing import sign as sign_version

LONGEST_MINUTES = 240
OFFER = "offer"  # the proposal as a whole, where two write one at once


def offer(
    *,
    by: Audience,
    sessions: int | None,
    minutes: int | None = None,
    rhythm: str = "",
    ends_on: date | None = None,
    reason: str = rules.FIRST,
    why: str = "",
    terms: Mapping[str, str] | None = None,
    base: str | None = None,
) -> Contract:
    """Propose a number of sessions, dated and with a reason. It changes nothing until both have signed it.

    Another wording of a proposal is a new contract too, which nobody has signed. ``base`` is the newest contract
    that the writer was shown; raises Changed when there is a newer one by now.
    """
    if not by.may_write:
        raise Refusal(_("This course has ended. Its contract stays as it was."), code="course-ended")
    _check_shape(minutes, rhythm)
    with transaction.atomic():
        trail.lock(by.course)
        _check_newest_was_shown(by, base)
        number = _checked_number(by, sessions, reason)
        contract: Contract = Contract.make(
            by, sharing=Sharing.SHARED, sessions=number, minutes=minutes, rhythm=rhythm, ends_on=ends_on,
            reason=reason,
        )  # fmt: skip
        for field, text in {"why": why, **(terms or {})}.items():
            passages.write(by, record=contract, field=field, text=text)
        trail.record(
            "contract.offered", by=by.who, at=by.now, course=by.course, page="contract", reason=reason
        )
    return contract


def sign(*, by: Audience, contract: Contract, party: str, manner: str = Manner.SIGNED_IN) -> Signature:
    """Sign the newest contract. An older one that nobody took up can no longer be signed."""
    with transaction.atomic():
        trail.lock(by.course)
        if queries.contracts(by)[-1].id != contract.id:
            raise Refusal(
                _("There is a newer proposal by now."),
                next_step=_("Read that one, then sign it."),
                code="not-the-newest",
            )
        return sign_version(
            by=by, what="contract", version_id=contract.id, content=content_of(by, contract), party=party,
            manner=manner,
        )  # fmt: skip


def content_of(audience: Audience, contract: Contract) -> bytes:
    """What a contract says, in the one form that signatures name."""
    words = read(audience, contract)
    said = {
        "sessions": contract.sessions, "minutes": contract.minutes, "rhythm": contract.rhythm,
        "ends_on": contract.ends_on.isoformat() if contract.ends_on else None, "reason": contract.reason,
        "dated": contract.created_at.isoformat(),
        "words": {field: one.text for field, one in words.items()},
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode()


def _check_newest_was_shown(by: Audience, base: str | None) -> None:
    newest = queries.newest_contract(by)
    if base is None or newest is None or newest.id == base:
        return
    stands = Words(
        record=newest.id, field=OFFER, text=newest.in_words, sharing=Sharing.SHARED,
        side="client" if newest.by_client else "staff", together_in=None, at=newest.at, base=newest.id,
    )  # fmt: skip
    raise passages.Changed(OFFER, yours="", newest=stands)


def _check_shape(minutes: int | None, rhythm: str) -> None:
    if minutes is not None and not 0 < minutes <= LONGEST_MINUTES:
        raise Refusal(_("Choose a length in minutes."), code="minutes-unclear")
    if rhythm:
        rules.rhythms.get(rhythm)


def _checked_number(by: Audience, sessions: int | None, reason: str) -> int | None:
    """The number, once the method allows it beside the contracts before it."""
    course = Course.objects.get(pk=by.course)
    number = max(course.held, 1) if reason == rules.NOT_GOING_ON else sessions
    if number is None and course.offered is not None:
        raise Refusal(
            _("How many sessions?"), next_step=_("Choose a number from 1."), code="sessions-missing"
        )
    signed = queries.signatures(by, "contract")
    standing = [queries.as_rule(row, signed) for row in queries.contracts(by)]
    proposed = rules.Contract("", number, by.now.date(), reason)
    rules.check_contract(standing, proposed, held=course.held)
    return number
