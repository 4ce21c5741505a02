"""The forms of IPT that a clinic offers: those on the method's shelf, and those that it made its own."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kithwork.foundation.accounts.models import Clinic
from kithwork.foundation.trail import actions as trail
from kithwork.foundation.trail.who import Who
from kithwork.ipt.protocol import Protocol
from kithwork.ipt.protocol_editing import MARK, ProtocolRefused, copied
from kithwork.ipt.protocols import protocols
from kithwork.ipt.shelf import NotOnTheShelf
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import ClinicProtocol


def offered(clinic: Clinic) -> list[Protocol]:
    """What a new course can begin with: the shelf, and after it the newest version of each of the clinic's own."""
    return [*protocols, *(row.form for row in own(clinic) if row.put_away_at is None)]


def find(clinic: Clinic, key: str) -> Protocol:
    """One form of IPT as it is offered now. Raises NotOnTheShelf."""
    made_here = own_one(clinic, key)
    if made_here is not None and made_here.put_away_at is None:
        return made_here.form
    return protocols.get(key)


def own(clinic: Clinic) -> list[ClinicProtocol]:
    """The newest version of each form that the clinic made its own, in the order in which they were begun."""
    newest = {row.key: row for row in _versions(clinic)}
    return list(newest.values())


def own_one(clinic: Clinic, key: str) -> ClinicProtocol | None:
    """The newest version of one of them."""
    return _versions(clinic).filter(key=key).last()


def versions_of(clinic: Clinic, key: str) -> list[ClinicProtocol]:
    """All versions of one of them, the newest first."""
    return list(_versions(clinic).filter(key=key).reverse())


def _versions(clinic: Clinic) -> QuerySet[ClinicProtocol]:
    return ClinicProtocol.objects.filter(clinic=clinic).order_by("version", "made_at", "pk")


def copy(*, by: Who, clinic: Clinic, key: str, title: str, now: datetime) -> ClinicProtocol:
    """Make a form the clinic's own, under a name of its own."""
    made = copied(find(clinic, key), key=_new_key(clinic, key), title=title)
    with transaction.atomic():
        _check_name(clinic, made)
        return _keep(made, by=by, clinic=clinic, now=now, act="protocol.copied")


def change(*, by: Who, clinic: Clinic, base: int, changed: Protocol, now: datetime) -> ClinicProtocol:
    """Keep the next version. Courses under way keep theirs; ``base`` is the version that was changed."""
    with transaction.atomic():
        newest = own_one(clinic, changed.key)
        if newest is None:
            raise NotOnTheShelf("That is not one of the clinic's own forms.", next_step="Copy one first.")
        if newest.version != base:
            raise Refusal(
                _("Somebody has made version %(n)s in the meantime.") % {"n": newest.version},
                next_step=_("Look at it first; what you changed is still in the form."),
                code="protocol-changed",
            )
        _check_name(clinic, changed)
        away = newest.put_away_at
        return _keep(changed, by=by, clinic=clinic, now=now, act="protocol.changed", away=away)


def put_away(*, by: Who, clinic: Clinic, key: str, away: bool, now: datetime) -> None:
    """Offer a form for new courses no longer, or again."""
    with transaction.atomic():
        _versions(clinic).filter(key=key).update(put_away_at=now if away else None)
        trail.record("protocol.put_away" if away else "protocol.offered", by=by, at=now, reason=key)


def _keep(
    form: Protocol, *, by: Who, clinic: Clinic, now: datetime, act: str, away: datetime | None = None
) -> ClinicProtocol:
    row = ClinicProtocol.objects.create(
        clinic=clinic, key=form.key, version=form.version, body=form.to_dict(), made_by=by.id, made_at=now,
        put_away_at=away,
    )  # fmt: skip
    trail.record(act, by=by, at=now, reason=f"{form.key} {form.version}")
    return row


def _new_key(clinic: Clinic, key: str) -> str:
    """ "ipt_12-own-2": which form it was made from, for whoever counts, and one number more than there are."""
    base = key.partition(MARK)[0]
    taken = {row.key for row in own(clinic)}
    number = next(n for n in range(1, len(taken) + 2) if f"{base}{MARK}-{n}" not in taken)
    return f"{base}{MARK}-{number}"


def _check_name(clinic: Clinic, form: Protocol) -> None:
    others = [one for one in offered(clinic) if one.key != form.key]
    if form.title.casefold() in {one.title.casefold() for one in others}:
        raise ProtocolRefused("There is a form of that name already.", next_step="Choose another name.")
