"""What needs a look: each with its reason, whose it is, and what closes it. Nothing here is a judgement of a person."""

from dataclasses import dataclass
from datetime import date, timedelta

from kithwork.clinic.today.facts import Facts
from kithwork.foundation.accounts.models import Account
from kithwork.ipt.course_life import attendance
from kithwork.ipt.safety import flag_kinds
from kithwork.therapy.reviews.little_change import little_change
from kithwork.therapy.safety.models import Flag
from kithwork.therapy.safety.queries import answer_words, flags_waiting
from kithwork.therapy.sessions.queries import spoken

MISSED_FOR = timedelta(days=28)


@dataclass(frozen=True)
class Look:
    """One thing on the list."""

    kind: str  # safety, missed, check-in, little-change
    facts: Facts
    title: str
    reason: str
    why: str  # "why am I seeing this", and what makes it go
    owner: str
    act: str
    url: str
    by: str = ""  # by when somebody should see it, as a plain time

    @property
    def overview(self) -> str:
        """The course's first page."""
        return self.facts.url("overview")


def looks(found: list[Facts], *, today: date) -> list[Look]:
    """Everything that needs a look: safety first, the soonest due on top; then what else there is, by name."""
    by_name = sorted(found, key=lambda one: (one.name.casefold(), one.course.pk))
    going_on = [one for one in by_name if one.is_going_on]
    rest = [
        look
        for rule in (_missed, _no_check_in, _little_change)
        for one in going_on
        if (look := rule(one, today)) is not None
    ]
    return [*_safety(found), *rest]


def _safety(found: list[Facts]) -> list[Look]:
    by_course = {one.course.pk: one for one in found}
    waiting = flags_waiting([one.opened for one in found])
    owners = dict(
        Account.objects.filter(pk__in={flag.owner for _, flag in waiting}).values_list("pk", "name")
    )
    return [
        _flagged(by_course[opened.course.pk], flag, owners.get(flag.owner, "")) for opened, flag in waiting
    ]


def _flagged(one: Facts, flag: Flag, owner: str) -> Look:
    zone = one.zone
    answer = answer_words(flag, flag.answer)
    said = f" The answer was “{answer}”." if answer else ""
    return Look(
        kind="safety", facts=one, title="Check in about safety",
        reason=f"{flag_kinds.get(flag.kind).label}.{said} {spoken(flag.raised_at, zone)}.",
        why="Every such answer comes here, whatever the total. It closes with your review: who looked, when, and "
        "what was decided.",
        owner=owner, act="Record your review", url=one.url("safety"), by=spoken(flag.due_at, zone),
    )  # fmt: skip


def _missed(one: Facts, today: date) -> Look | None:
    """An appointment that did not take place, with nothing planned since. Nobody is to blame for it."""
    past = [session for session in one.sessions if session.is_closed]
    if not past or one.course.next_at is not None or one.course.open_session:
        return None
    last = max(past, key=lambda session: (session.closed_at or session.at, session.pk))
    local = last.at.astimezone(one.zone).date()
    if attendance.get(last.attendance).met or today - local > MISSED_FOR:
        return None
    return Look(
        kind="missed", facts=one, title="A session did not take place",
        reason=f"{attendance.get(last.attendance).label}, {local:%A} {local.day} {local:%B}. No next one is planned.",
        why="It goes when the next session is planned. A session that did not take place costs none of the agreed "
        "number.",
        owner=_owner(one), act="Plan the next session", url=one.url("session-plan"),
    )  # fmt: skip


def _no_check_in(one: Facts, today: date) -> Look | None:
    """A session today, and no check-in that was sent since the last one."""
    zone, held = one.zone, one.held
    if not held or one.course.next_at is None or one.course.next_at.astimezone(zone).date() != today:
        return None
    since = held[-1].closed_at or held[-1].at
    if any(check_in.sent_at and check_in.sent_at > since for check_in in one.check_ins):
        return None
    return Look(
        kind="check-in", facts=one, title="No check-in since last time",
        reason=f"The session is today, and no check-in has come in since session {one.course.held}.",
        why="Check-ins can be left out. It goes with a check-in, with the session, or when the day is over.",
        owner=_owner(one), act="Fill it in together", url=one.url("check-in"),
    )  # fmt: skip


def _little_change(one: Facts, _today: date) -> Look | None:
    """PHQ-9 has fallen by less than the clinic's number of points since the first one; the rule is together's own."""
    found = little_change([total for _, total in one.totals], one.course.clinic.little_change_points)
    if found is None:
        return None
    return Look(
        kind="little-change", facts=one, title="Little change so far",
        reason=f"PHQ-9 is {found.first} to {found.last} since {_day(one.totals[0][0])}. "
        f"A change under {found.points} may be chance.",
        why=f"You see this because {found.check_ins} check-ins are whole and {found.first} − {found.last} = "
        f"{found.first - found.last} is less than {found.points}, the number that your clinic chose. It goes when the "
        f"difference reaches {found.points}. "
        "Look back together: the focus, safety, other care.",
        owner=_owner(one), act="Look back together", url=one.url("overview"),
    )  # fmt: skip


def _day(on: date) -> str:
    return f"{on.day} {on:%B}"


def _owner(one: Facts) -> str:
    return one.opened.viewer.name
