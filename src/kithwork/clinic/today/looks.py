"""What needs a look: each with its reason, whose it is, and what closes it. Nothing here is a judgement of a person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithwork.clinic.today.facts import Facts
from kithwork.foundation.accounts.names import account_names
from kithwork.foundation.ui.dates import say_date
from kithwork.ipt import contract as contracts
from kithwork.ipt.course_life import attendance
from kithwork.ipt.letters import State
from kithwork.ipt.safety import flag_kinds
from kithwork.therapy.ending.queries import wishes_waiting
from kithwork.therapy.letters.queries import NotSent, not_sent
from kithwork.therapy.reviews.little_change import FROM_CHECK_IN, LittleChange
from kithwork.therapy.safety.models import Flag
from kithwork.therapy.safety.queries import answer_words, flags_waiting
from kithwork.therapy.sessions.models import TherapySession
from kithwork.therapy.sessions.queries import has_passed, spoken, title_of

RECORDED_WITHIN = timedelta(days=1)
MISSED_FOR = timedelta(days=28)
SAFETY = "safety"
NEAR_THE_END = 2  # sessions that are left
NEAR_THE_DAY = timedelta(days=14)
LETTER_MAY_TAKE = timedelta(days=14)  # from its beginning until it is signed off
TONES = {SAFETY: "safety", "little-change": "clay"}
USUAL_ICON = "clipboard-list"
ICONS = {
    SAFETY: "circle-alert", "little-change": "trending-up-down", "not-recorded": "calendar", "missed": "calendar",
    "contract": "flag", "review": "rotate-ccw", "letter": "mail", "stop-wish": "message-square",
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """One thing on the list, with the one act that closes it."""

    kind: str  # safety, stop-wish, not-recorded, missed, check-in, little-change, review, contract, letter
    facts: Facts
    title: str
    reason: str
    why: str  # "why am I seeing this", and what makes it go
    owner: str
    act: str
    url: str
    by: str = ""  # by when somebody should see it, as a plain time

    @property
    def icon(self) -> str:
        """What stands before its title."""
        return ICONS.get(self.kind, USUAL_ICON)

    @property
    def tone(self) -> str:
        """Its colour, where it has one."""
        return TONES.get(self.kind, "")

    @property
    def is_safety(self) -> bool:
        return self.kind == SAFETY

    @property
    def overview(self) -> str:
        """The course's first page."""
        return self.facts.url("overview")

    @property
    def client(self) -> str:
        """Whose course it is about."""
        return self.facts.name

    @property
    def where(self) -> str:
        """How far the course is, inside a sentence."""
        return self.facts.line.lower()

    @property
    def label(self) -> str:
        """What it is and whom it is about, for buttons that say no more than what they do."""
        return f"{self.title}, {self.facts.name}"

    @property
    def for_whom(self) -> str:
        """Whose it is, and by when somebody should see it, as far as either is known."""
        said = {"owner": self.owner, "by": self.by}
        if self.owner and self.by:
            return _("For %(owner)s, to be seen by %(by)s") % said
        if self.owner:
            return _("For %(owner)s") % said
        return _("To be seen by %(by)s") % said if self.by else ""

    @property
    def may_wait(self) -> bool:
        """Whether it can be put off until tomorrow. What is about safety can't."""
        return not self.is_safety

    @property
    def waits_at(self) -> str:
        """Where it is put off."""
        return self.facts.url("set-aside")

    @property
    def name(self) -> tuple[str, str]:
        """What tells it from every other thing on the list: the course, and the kind."""
        return self.facts.course.id, self.kind


def looks(found: list[Facts], *, today: date) -> list[Look]:
    """Everything that needs a look: safety first, the soonest due on top; then what else there is, by name."""
    by_name = sorted(found, key=lambda one: (one.name.casefold(), one.course.id))
    going_on = [one for one in by_name if one.is_going_on]
    rest = [
        look
        for rule in (_not_recorded, _missed, _no_check_in, _little_change, _review, _near_its_end)
        for one in going_on
        if (look := rule(one, today)) is not None
    ]
    return [*_safety(found), *_wishes(by_name), *rest, *_letters(by_name, today)]


def _safety(found: list[Facts]) -> list[Look]:
    by_course = {one.course.id: one for one in found}
    waiting = flags_waiting([one.opened for one in found])
    owners = {one.viewer.account: one.viewer.name for one, _ in waiting}
    if others := {flag.owner for _, flag in waiting} - owners.keys():
        owners |= account_names(others)
    return [
        _flagged(by_course[opened.course.id], flag, owners.get(flag.owner, "")) for opened, flag in waiting
    ]


def _flagged(one: Facts, flag: Flag, owner: str) -> Look:
    zone = one.zone
    answer = answer_words(flag, flag.answer)
    said = " " + _("The answer was “%(answer)s”.") % {"answer": answer} if answer else ""
    return Look(
        kind=SAFETY, facts=one, title=_("Check in about safety"),
        reason=f"{_(flag_kinds.get(flag.kind).label)}.{said} {spoken(flag.raised_at, zone)}.",
        why=_("Every such answer comes here, whatever the total. It closes with your review: who looked, when, and "
              "what was decided."),
        owner=owner, act=_("Record your review"), url=one.url("safety"), by=spoken(flag.due_at, zone),
    )  # fmt: skip


def _wishes(by_name: list[Facts]) -> list[Look]:
    """Clients who have said that they would like to stop, in courses that go on or rest."""
    under_way = [one for one in by_name if not one.course.is_over]
    waiting = wishes_waiting([one.opened.audience for one in under_way])
    return [_wish(one, *waiting[one.course.id]) for one in under_way if one.course.id in waiting]


def _wish(one: Facts, at: datetime, reason: str) -> Look:
    said = {"day": _day(at.astimezone(one.zone).date()), "reason": reason}
    words = _("Said on %(day)s: %(reason)s.") if reason else _("Said on %(day)s. No reason need be given.")
    return Look(
        kind="stop-wish", facts=one, title=_("A wish to stop"), reason=words % said,
        why=_("Stopping is theirs to decide. It goes when you have said that the two of you talked about it, when it "
              "is taken back, or with the end of the course."),
        owner=_owner(one), act=_("Talk about it, and say so"), url=one.url("ending") + "#wish",
    )  # fmt: skip


def _letters(by_name: list[Facts], today: date) -> list[Look]:
    """Letters that were signed off and have not left, and those that were begun two weeks ago; one line a course."""
    waiting: dict[str, NotSent] = {}
    for letter in not_sent(one.opened.audience for one in by_name):
        waiting.setdefault(letter.course, letter)  # the longest waiting stands first
    pairs = [(one, waiting[one.course.id]) for one in by_name if one.course.id in waiting]
    return [look for one, letter in pairs if (look := _letter(one, letter, today)) is not None]


def _letter(one: Facts, letter: NotSent, today: date) -> Look | None:
    since = one.day(letter.since)
    is_signed = letter.state is State.SIGNED
    if not is_signed and today - since < LETTER_MAY_TAKE:
        return None
    said = {"letter": _(letter.label), "day": _day(since)}
    reason = (
        _("%(letter)s: signed off on %(day)s, not sent.")
        if is_signed
        else _("%(letter)s: not signed off since %(day)s.")
    )
    return Look(
        kind="letter", facts=one, title=_("A letter has not left"), reason=reason % said,
        why=_("It goes when the letter is recorded as sent, or put aside. Kithwork sends no letter by itself."),
        owner=_owner(one), act=_("Open the letter"), url=one.url("letter", letter_id=letter.letter),
    )  # fmt: skip


def _not_recorded(one: Facts, _today: date) -> Look | None:
    """A planned session that lies more than a day back, of which nobody has said what became of it."""
    now = one.opened.audience.now
    past = [session for session in _planned(one) if now - session.at > RECORDED_WITHIN]
    if not past:
        return None
    first = min(past, key=lambda session: (session.at, session.id))
    return Look(
        kind="not-recorded", facts=one, title=_("A session is not recorded"),
        reason=_("%(session)s was planned for %(when)s. Nothing says whether it took place.")
        % {"session": title_of(first), "when": spoken(first.at, one.zone)},
        why=_("It goes when the session is closed, as held or as one that did not take place, or is moved to another "
              "day. Until then your client is told no time from it."),
        owner=_owner(one), act=_("Open its room"), url=one.url("session", n=first.address),
    )  # fmt: skip


def _planned(one: Facts) -> list[TherapySession]:
    """What is planned and was not begun, whether it lies ahead or has passed."""
    waiting = (session for session in one.done.sessions if not session.opened_at and not session.is_closed)
    return [session for session in waiting if session.planned_at]


def _missed(one: Facts, today: date) -> Look | None:
    """An appointment that did not take place, with nothing planned since. Nobody is to blame for it."""
    past = [session for session in one.done.sessions if session.is_closed]
    now = one.opened.audience.now
    if not past or one.course.open_session or any(not has_passed(session, now) for session in _planned(one)):
        return None
    last = past[-1]
    local = one.day(last.at)
    if attendance.get(last.attendance).met or today - local > MISSED_FOR:
        return None
    said = {"what": attendance.get(last.attendance).label, "day": say_date(local, "l j F")}
    return Look(
        kind="missed", facts=one, title=_("A session did not take place"),
        reason=_("%(what)s, %(day)s. No next one is planned.") % said,
        why=_("It goes when the next session is planned. A session that did not take place costs none of the agreed "
              "number."),
        owner=_owner(one), act=_("Plan the next session"), url=one.url("session-plan"),
    )  # fmt: skip


def _no_check_in(one: Facts, today: date) -> Look | None:
    """A session today, and no check-in that was sent since the last one."""
    last = one.done.last_met
    if last is None or one.course.next_at is None or one.day(one.course.next_at) != today:
        return None
    since = last.closed_at or last.at
    if one.done.last_sent is not None and one.done.last_sent > since:
        return None
    return Look(
        kind="check-in", facts=one, title=_("No check-in since last time"),
        reason=_("The session is today, and no check-in has come in since session %(n)s.") % {"n": one.course.held},
        why=_("Check-ins can be left out. It goes with a check-in, with the session, or when the day is over."),
        owner=_owner(one), act=_("Fill it in together"), url=one.url("check-in"),
    )  # fmt: skip


def _little_change(one: Facts, _today: date) -> Look | None:
    """PHQ-9 has fallen by less than the clinic's number of points since the first one: the reviews' own rule."""
    found = one.changed_little
    if found is None:
        return None
    if found.went_up:
        return _went_up(one, found)
    said = {
        "first": found.first, "last": found.last, "points": found.points, "check_ins": found.check_ins,
        "difference": found.first - found.last, "since": _day(one.done.whole[0].on), "again": FROM_CHECK_IN,
        "point": one.review_due,
    }  # fmt: skip
    reason = _("PHQ-9 is %(first)s to %(last)s since %(since)s. A change under %(points)s may be chance.")
    if one.review_due:
        reason += " " + _("Session %(point)s is a review point too.")
    return Look(
        kind="little-change", facts=one, title=_("Little change so far"), reason=reason % said,
        why=_("You see this because %(check_ins)s check-ins are whole and %(first)s − %(last)s = %(difference)s is "
              "less than %(points)s, the number that your clinic chose. It goes when the difference reaches "
              "%(points)s, and rests after a review until %(again)s more check-ins have come in. It is arithmetic, and "
              "no forecast.")
        % said,
        owner=_owner(one), act=_("Look back together"), url=one.url("review"),
    )  # fmt: skip


def _went_up(one: Facts, found: LittleChange) -> Look:
    """PHQ-9 has risen by as much as the clinic calls change: worth a conversation, at any session."""
    said = {
        "first": found.first, "last": found.last, "points": found.points, "difference": found.last - found.first,
        "since": _day(one.done.whole[0].on), "again": FROM_CHECK_IN,
    }  # fmt: skip
    reason = _(
        "PHQ-9 is %(first)s to %(last)s since %(since)s. A rise of %(points)s or more counts as change here."
    )
    return Look(
        kind="little-change", facts=one, title=_("Worth a conversation"), reason=reason % said,
        why=_("You see this because %(last)s − %(first)s = %(difference)s is at least %(points)s, the number that your "
              "clinic chose. It goes when the difference is smaller, and rests after a review until %(again)s more "
              "check-ins have come in. It is arithmetic, and no forecast.")
        % said,
        owner=_owner(one), act=_("Look back together"), url=one.url("review"),
    )  # fmt: skip


def _review(one: Facts, _today: date) -> Look | None:
    """A review point of the protocol that no review has answered, where little change does not say so already."""
    point = one.review_due
    if point is None or one.changed_little is not None:
        return None
    return Look(
        kind="review", facts=one, title=_("A review point"),
        reason=_("Session %(n)s is a moment to look at how it is going, and to decide together whether to change "
                 "anything.") % {"n": point},
        why=_("The protocol of this course looks back at this session. It goes when a review is recorded, or when the "
              "ending begins. “Go on as agreed” is a decision too."),
        owner=_owner(one), act=_("Look back together"), url=one.url("review"),
    )  # fmt: skip


def _near_its_end(one: Facts, today: date) -> Look | None:
    """The agreed number, or the agreed day, is nearly reached."""
    left = contracts.sessions_left(one.course.held, one.agreed)
    ends_on = one.done.contract.ends_on
    if left is not None and left <= NEAR_THE_END:
        reason = _left_words(left, one.agreed.number or 0)
    elif ends_on is not None and ends_on - today <= NEAR_THE_DAY:
        reason = _("You agreed to end on %(day)s.") % {"day": _day(ends_on)}
    else:
        return None
    return Look(
        kind="contract", facts=one, title=_("The agreement comes to its end"), reason=reason,
        why=_("It stands here for the last two of the agreed sessions, or from two weeks before the agreed day. It "
              "goes when the course ends, or when both have signed another number. Numbers never change by "
              "themselves."),
        owner=_owner(one), act=_("Open the ending"), url=one.url("ending"),
    )  # fmt: skip


def _left_words(left: int, agreed: int) -> str:
    if left == 0:
        return _("All %(agreed)s agreed sessions have been held.") % {"agreed": agreed}
    said = ngettext(
        "%(left)s of %(agreed)s sessions is left.", "%(left)s of %(agreed)s sessions are left.", left
    )
    return said % {"left": left, "agreed": agreed}


def _day(on: date) -> str:
    return say_date(on, "j F")


def _owner(one: Facts) -> str:
    return one.opened.viewer.name
