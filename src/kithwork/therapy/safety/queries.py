"""Reading flags, reviews, the plan and concerns, for one audience."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kithwork.foundation.accounts.absences import away_at
from kithwork.foundation.accounts.models import Account
from kithwork.foundation.accounts.names import account_names
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.many import records_of_many
from kithwork.foundation.passages.queries import Key, Words, read, read_many
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.dates import say_date
from kithwork.instruments import get
from kithwork.ipt.safety import (
    HelpNow,
    decisions,
    flag_kinds,
    help_now,
    plan_headings,
    review_fields,
    safe_contact,
    unsent_help,
)
from kithwork.ipt.shelf import Prompt
from kithwork.therapy.course.access import Opened, carers_of
from kithwork.therapy.course.clinic import clinic_if_any
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.reading import reader_in, standing_pause
from kithwork.therapy.safety.help_lines import HelpLine, lines_of
from kithwork.therapy.safety.models import Concern, Flag, SafeContact, SafetyPlan, SafetyReview


def flags(audience: Audience) -> QuerySet[Flag]:
    """Every flag of the course that this audience may see, the newest first."""
    return Flag.seen.visible_to(audience).order_by("-raised_at", "-pk")


def open_flags(audience: Audience) -> list[Flag]:
    """The flags that still wait for somebody, the soonest due first."""
    waiting = [row for row in Flag.seen.all_of(audience) if row.reviewed_at is None]
    return sorted(waiting, key=lambda row: (row.due_at, row.id))


def flags_waiting(opened: list[Opened]) -> list[tuple[Opened, Flag]]:
    """The same over several courses, in one query."""
    by_course = {one.course.id: one for one in opened}
    waiting = _flags_waiting([one.audience for one in opened])
    return [(by_course[flag.course_id], flag) for flag in waiting]


@records_of_many(Flag)
def _flags_waiting(audiences: list[Audience]) -> QuerySet[Flag]:
    waiting = Flag.seen.visible_in(audiences).filter(reviewed_at__isnull=True)
    return waiting.order_by("due_at", "pk")


def courses_with_waiting() -> list[tuple[str, str]]:
    """The client and course of every flag that waits, for the worker: nothing else of a record is read."""
    waiting = Flag._base_manager.filter(reviewed_at__isnull=True).order_by("course_id")
    return list(waiting.values_list("client", "course_id").distinct())


def waiting_too_long() -> list[tuple[str, datetime]]:
    """Whose flags have waited past their time, and since when: for those who lead the clinic. No course, no words."""
    late = Flag._base_manager.filter(reviewed_at__isnull=True, lead_told_at__isnull=False)
    rows = list(late.order_by("due_at", "pk").values_list("owner", "raised_at"))
    names = account_names(owner for owner, _ in rows)
    return [(names.get(owner, ""), raised) for owner, raised in rows]


def carers_here(course: str, *, now: datetime) -> list[str]:
    """The accounts that a course is in the care of and that are not away: the therapist first, then deputies."""
    carers, away = carers_of(course, now=now), away_at(now)
    active = set(Account.objects.filter(pk__in=carers, is_active=True).values_list("pk", flat=True))
    return [carer for carer in carers if carer in active - away]


def carers(audience: Audience) -> list[tuple[str, str]]:
    """Who can look at something in this course, by account and name; whoever asks comes first."""
    ids = carers_of(audience.course, now=audience.now)
    names = dict(Account.objects.filter(pk__in=ids, is_active=True).values_list("pk", "name"))
    return [(pk, names[pk]) for pk in sorted(names, key=lambda pk: (pk != audience.who.id, ids.index(pk)))]


def told_first(audience: Audience) -> Account | None:
    """Who is told of an answer about safety now: whoever is here; with everybody away, the therapist all the same.

    During a pause it is who was named for it. If nobody was, nobody is told, and no check-in can be begun.
    """
    pause = standing_pause(audience)
    if pause is not None and (
        not pause.reader or pause.reader in carers_here(audience.course, now=audience.now)
    ):
        return reader_in(pause, now=audience.now)
    here = carers_here(audience.course, now=audience.now) or carers_of(audience.course, now=audience.now)
    active = Account.objects.filter(is_active=True).in_bulk(here)
    return next((active[pk] for pk in here if pk in active), None)


def find_flag(audience: Audience, flag: str) -> Flag | None:
    """One flag, if this audience may see it."""
    return flags(audience).filter(pk=flag).first()


def flag_of(audience: Audience, check_in: str) -> Flag | None:
    """The one flag that a check-in has raised."""
    return flags(audience).filter(raised_by=check_in).first()


@dataclass(frozen=True)
class ShownFlag:
    """A flag in words: what was answered, when, whose it is, by when it should be seen."""

    flag: Flag
    title: str
    asked: str  # "PHQ-9 item 9"
    answer: str
    before: str
    owner: str
    raised: str
    due: str
    is_late: bool
    by_client: bool
    went_on_from: str
    lead_told: bool
    what: str  # in the words of whoever raised it
    reviewed: str  # "Wednesday 19 March, 9:00 am by Joan Hale", or empty


def show_flags(rows: Iterable[Flag], *, audience: Audience, zone: ZoneInfo) -> list[ShownFlag]:
    """Put flags into words, with one query for the names of their owners and reviewers, where others look."""
    rows, now = list(rows), audience.now
    said = read_many([audience], rows)
    ids = {account for row in rows for account in (row.owner, row.reviewed_by, row.went_on_from) if account}
    names = {audience.who.id: audience.who.name}
    if others := ids - names.keys():
        names |= account_names(others)
    return [_shown_flag(row, names, said.get((row.id, "what")), zone, now) for row in rows]


def _shown_flag(
    row: Flag, names: dict[str, str], said: Words | None, zone: ZoneInfo, now: datetime
) -> ShownFlag:
    reviewed = ""
    if row.reviewed_at:
        reviewed = _("{moment} by {name}").format(
            moment=day_and_hour(row.reviewed_at, zone), name=names.get(row.reviewed_by) or _("somebody")
        )
    return ShownFlag(
        flag=row, title=_(flag_kinds.get(row.kind).label), asked=asked_words(row),
        answer=answer_words(row, row.answer), before=answer_words(row, row.answer_before),
        owner=names.get(row.owner, ""),
        raised=day_and_hour(row.raised_at, zone), due=day_and_hour(row.due_at, zone),
        is_late=row.reviewed_at is None and row.due_at < now, by_client=row.side == "client", reviewed=reviewed,
        went_on_from=names.get(row.went_on_from, ""), lead_told=row.lead_told_at is not None,
        what=said.text if said else "",
    )  # fmt: skip


def asked_words(flag: Flag) -> str:
    """ "PHQ-9 item 9": which question it was that somebody answered; empty where none was asked."""
    instrument, _sep, n = flag.asked.rpartition("_")
    return (
        _("{short_title} item {n}").format(short_title=get(instrument).short_title, n=n) if instrument else ""
    )


def answer_words(flag: Flag, answer: int | None) -> str:
    """The words of an answer to a flag's question, exactly as printed; empty when there is none."""
    instrument, _sep, n = flag.asked.rpartition("_")
    if answer is None or not instrument:
        return ""
    options = get(instrument).items[int(n) - 1].options
    return next((option.label for option in options if option.value == answer), "")


def day_and_hour(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as people say it where the client lives: "Wednesday 19 March, 1:30 pm"."""
    local = moment.astimezone(zone)
    return say_date(local, "l j F, g:i a").replace(".", "")


@dataclass(frozen=True)
class HelpPanel:
    """What comes at once under such an answer: the sentences, and who can be rung now."""

    says: HelpNow
    lines: list[HelpLine]


def help_panel(course: Course, flag: Flag, *, now: datetime) -> HelpPanel:
    """The panel for one flag, with the lines of the clinic's own country."""
    lines, zone = help_lines(course.clinic.country), ZoneInfo(course.client.time_zone)
    says = help_now("", day_and_hour(flag.due_at, zone), numbers=[line.said for line in lines])
    return HelpPanel(replace(says, who_sees=_who_sees(flag, zone, now)), lines)


def _who_sees(flag: Flag, zone: ZoneInfo, now: datetime) -> str:
    """Who will see it and when, as it stands now: a time that has passed is no promise any more."""
    owner, before = _first_name(flag.owner), _first_name(flag.went_on_from)
    if flag.reviewed_at:
        return _("{name} has seen this.").format(name=_first_name(flag.reviewed_by))
    if flag.lead_told_at:
        told = _("The people who lead the clinic were told on {moment} that it waits.").format(
            moment=day_and_hour(flag.lead_told_at, zone)
        )
        return _("{owner} has not seen this yet. {told}").format(owner=owner, told=told)
    if flag.due_at <= now:
        return _("{owner} was told on {moment}.").format(
            owner=owner, moment=day_and_hour(flag.went_on_at or flag.raised_at, zone)
        )
    by = _("{owner} should see this by {moment}.").format(owner=owner, moment=day_and_hour(flag.due_at, zone))
    return (
        _("This has gone on from {before} to {owner}. {by}").format(before=before, owner=owner, by=by)
        if flag.went_on_at
        else by
    )


def _first_name(account: str) -> str:
    name = Account.objects.filter(pk=account).values_list("name", flat=True).first() if account else ""
    return name.split(" ")[0] if name else _("your therapist")


def unsent_panel(course: Course) -> HelpPanel:
    """The panel that lies ready on a page with such a question, for when the answer can't be sent."""
    lines = help_lines(course.clinic.country)
    return HelpPanel(unsent_help(numbers=[line.said for line in lines]), lines)


def waiting_of_client(audience: Audience) -> Flag | None:
    """The client's own answer about safety that nobody has looked at yet, the newest."""
    return flags(audience).filter(side="client", reviewed_at__isnull=True).first()


@dataclass(frozen=True)
class ShownReview:
    """A review in words."""

    id: str
    flag: str | None
    reviewer: str
    at: str  # where the client lives
    session: int | None
    decisions: list[str]
    said: list[tuple[str, Words]]


def reviews(audience: Audience, *, zone: ZoneInfo) -> list[ShownReview]:
    """Every review of the course, the newest first. Staff only: a client sees none."""
    rows = list(SafetyReview.seen.visible_to(audience).order_by("-at", "-pk"))
    words = read_many([audience], rows)
    return [_shown_review(row, words, zone) for row in rows]


def _shown_review(row: SafetyReview, words: dict[Key, Words], zone: ZoneInfo) -> ShownReview:
    return ShownReview(
        id=row.id, flag=row.flag_id, reviewer=row.reviewer_name, at=day_and_hour(row.at, zone), session=row.session,
        decisions=[_(decisions.get(key).label) for key in row.decisions],
        said=[(_(field.label), words[row.id, field.key]) for field in review_fields if (row.id, field.key) in words],
    )  # fmt: skip


@dataclass(frozen=True)
class ShownPart:
    """One heading of the plan, and what this audience sees under it."""

    heading: Prompt
    words: Words | None

    @property
    def is_written(self) -> bool:
        return self.words is not None and bool(self.words.text.strip() or self.words.also)


def plan(audience: Audience) -> list[ShownPart]:
    """The plan as this audience sees it: every heading, filled or not."""
    record = plan_record(audience)
    words = read(audience, record) if record else {}
    return [ShownPart(heading, words.get(heading.key)) for heading in plan_headings]


def plan_record(audience: Audience) -> SafetyPlan | None:
    """The record that holds the plan's words, once somebody has written any."""
    return SafetyPlan.seen.visible_to(audience).order_by("created_at", "pk").first()


@dataclass(frozen=True)
class ShownConcern:
    """A worry of staff, with what it says."""

    concern: Concern
    words: Words | None


def concerns(audience: Audience) -> list[ShownConcern]:
    """The worries that staff hold, those that stand before those that are closed."""
    rows = list(Concern.seen.visible_to(audience).order_by("closed_at", "-created_at"))
    words = read_many([audience], rows)
    rows.sort(key=lambda row: row.closed_at is not None)
    return [ShownConcern(row, words.get((row.id, "concern"))) for row in rows]


def find_concern(audience: Audience, concern: str) -> Concern | None:
    """One worry, if this audience may see it."""
    return Concern.seen.visible_to(audience).filter(pk=concern).first()


def concern_stands(audience: Audience) -> bool:
    """Whether staff hold a worry that somebody is feared: then nobody is asked to talk better with them.

    A client's own pages carry no such suggestions at any time, so that nothing on them can tell.
    """
    worry = Concern.seen.visible_to(audience).filter(closed_at__isnull=True).exists()
    return worry or flags(audience).filter(kind="frightened", reviewed_at__isnull=True).exists()


@dataclass(frozen=True)
class Reaching:
    """How it is safe to reach the client, as far as this audience sees it."""

    record: SafeContact | None
    answers: list[tuple[Prompt, Words | None]]

    @property
    def is_written(self) -> bool:
        return any(words and (words.text.strip() or words.also) for _, words in self.answers)

    @property
    def states(self) -> set[Sharing]:
        """Who all that stands here is for."""
        return {one.sharing for _, words in self.answers if words for one in (words, *words.also)}

    @property
    def both(self) -> dict[str, tuple[Words, ...]]:
        """What else stands beside the newest answer, by question: only its owner sees any."""
        return {prompt.key: words.also for prompt, words in self.answers if words and words.also}


def reaching(audience: Audience) -> Reaching:
    """Every question about safe contact, answered or not."""
    record = SafeContact.seen.visible_to(audience).order_by("created_at", "pk").first()
    words = read(audience, record) if record else {}
    return Reaching(record, [(prompt, words.get(prompt.key)) for prompt in safe_contact])


def may_mail(client: str) -> bool:
    """Whether Kithwork may write to a client at all. Everything that sends her mail asks this first."""
    return not SafeContact._base_manager.filter(client=client, no_mail=True).exists()


def help_lines(country: str) -> list[HelpLine]:
    """Who to call in one country; none where we do not know it, never another country's line."""
    return lines_of(country)


def clinic_zone() -> ZoneInfo:
    """The clock that the clinic's own hours go by."""
    clinic = clinic_if_any()
    return ZoneInfo(clinic.time_zone if clinic else "UTC")


def clinic_country() -> str:
    """The country of the clinic that this installation serves; empty where there is none yet."""
    clinic = clinic_if_any()
    return clinic.country if clinic else ""
