"""What is put off until tomorrow, and which views of the caseload somebody keeps: a desk of one's own, no record."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.db import transaction
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kithwork.clinic.today.looks import Look
from kithwork.clinic.today.models import KeptView, SetAside
from kithwork.clinic.today.ways import FILTERS, FOCUSES, ORDERS, View
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.standing import Question
from kithwork.foundation.trail import actions as trail
from kithwork.foundation.trail.who import Who
from kithwork.refusal import Refusal

MAY_WAIT = frozenset(
    {"stop-wish", "not-recorded", "missed", "check-in", "little-change", "review", "contract", "letter"}
)
MOST_VIEWS = 12


def set_aside(*, by: Audience, kind: str, today: date) -> SetAside:
    """Put one thing on the list off until tomorrow. It changes nothing in the course, and nobody else's list."""
    if kind not in MAY_WAIT:
        raise Refusal(
            _("What is about safety is not put off."),
            next_step=_("It closes with your review, or goes on to who stands in for you."),
            code="never-put-off",
        )
    with transaction.atomic():
        row, _made = SetAside.objects.update_or_create(
            account=by.who.id, course_id=by.course, kind=kind, defaults={"until": today + timedelta(days=1)}
        )
        trail.record("desk.put_off", by=by.who, at=by.now, page="clinic-today")
    return row


def take_up(*, by: Audience, kind: str) -> None:
    """Put it back on the list."""
    with transaction.atomic():
        SetAside.objects.filter(account=by.who.id, course=by.course, kind=kind).delete()
        trail.record("desk.taken_up", by=by.who, at=by.now, page="clinic-today")


@dataclass(frozen=True)
class Sorted:
    """The list as it is shown: what stands on it, and what waits until tomorrow."""

    standing: list[Look]
    waiting: list[Look]


def sort_out(found: list[Look], *, account: str, today: date) -> Sorted:
    """Take from the list what this member of staff has put off. What is about safety always stands."""
    away = set(_put_off().ask([account, today])) if found else set()
    waiting = [look for look in found if look.may_wait and look.name in away]
    return Sorted([look for look in found if look not in waiting], waiting)


@cache
def _put_off() -> Question:
    """What one member of staff has put off beyond a day."""
    rows = SetAside.objects.filter(account="", until__gt=date.min)
    return Question(rows.values_list("course_id", "kind"))


# Views of the caseload that are kept ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """One kept view as a link: its address holds no word of anybody."""

    view: View
    label: str
    url: str
    current: bool


def kept_views(account: str, *, now_shown: View) -> list[Kept]:
    """The views that somebody keeps, the oldest first."""
    rows = KeptView.objects.filter(account=account).order_by("made_at", "pk")
    views = [View(row.show, row.focus, row.sort) for row in rows]
    return [Kept(view, view.label, address_of(view), view == now_shown) for view in views if is_known(view)]


def keep_view(*, by: Who, view: View, now: datetime) -> KeptView:
    """Keep one more view."""
    if not is_known(view):
        raise Refusal(_("This view is not one that Kithwork knows."), code="view-unknown")
    with transaction.atomic():
        mine = KeptView.objects.filter(account=by.id)
        if mine.count() >= MOST_VIEWS and not mine.filter(**view.columns).exists():
            raise Refusal(_("You keep twelve views already. Let one go first."), code="too-many-views")
        row, _made = KeptView.objects.get_or_create(account=by.id, **view.columns, defaults={"made_at": now})
        trail.record("desk.view_kept", by=by, at=now, page="caseload")
    return row


def let_go(*, by: Who, view: View, now: datetime) -> None:
    """Keep a view no longer. The caseload itself stays as it is."""
    with transaction.atomic():
        KeptView.objects.filter(account=by.id, **view.columns).delete()
        trail.record("desk.view_let_go", by=by, at=now, page="caseload")


def is_known(view: View) -> bool:
    """Whether a view asks only for what the caseload has."""
    return view.show in FILTERS and view.focus in FOCUSES and view.sort in ORDERS


def address_of(view: View) -> str:
    """A view as a plain query, to be kept, sent to a colleague, or typed."""
    return f"?{urlencode(view.columns)}"
