"""Reading flags, reviews, the plan and concerns, for one audience."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from kithwork.foundation.accounts.models import Account, Clinic
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Key, Words, read, read_many
from kithwork.instruments import get
from kithwork.ipt.safety import HelpNow, decisions, flag_kinds, help_now, plan_headings, review_fields
from kithwork.ipt.shelf import Prompt
from kithwork.therapy.course.access import Opened
from kithwork.therapy.course.models import Course
from kithwork.therapy.safety.help_lines import HelpLine, lines_of
from kithwork.therapy.safety.models import Concern, Flag, SafetyPlan, SafetyReview


def flags(audience: Audience) -> QuerySet[Flag]:
    """Every flag of the course that this audience may see, the newest first."""
    return Flag.seen.visible_to(audience).order_by("-raised_at", "-pk")


def open_flags(audience: Audience) -> list[Flag]:
    """The flags that still wait for somebody, the soonest due first."""
    waiting = [row for row in Flag.seen.all_of(audience) if row.reviewed_at is None]
    return sorted(waiting, key=lambda row: (row.due_at, row.pk))


def flags_waiting(opened: list[Opened]) -> list[tuple[Opened, Flag]]:
    """The same over several courses, in one query."""
    by_course = {one.course.pk: one for one in opened}
    waiting = Flag.seen.visible_in([one.audience for one in opened]).filter(reviewed_at__isnull=True)
    return [(by_course[flag.course_id], flag) for flag in waiting.order_by("due_at", "pk")]


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
    answer: str
    before: str
    owner: str
    raised: str
    due: str
    is_late: bool
    by_client: bool
    reviewed: str  # "Wednesday 19 March, 9:00 am by Joan Hale", or empty


def show_flags(rows: Iterable[Flag], *, zone: ZoneInfo, now: datetime) -> list[ShownFlag]:
    """Put flags into words, with one query for the names of their owners and reviewers."""
    rows = list(rows)
    ids = {account for row in rows for account in (row.owner, row.reviewed_by) if account}
    names = dict(Account.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [_shown_flag(row, names, zone, now) for row in rows]


def _shown_flag(row: Flag, names: dict[str, str], zone: ZoneInfo, now: datetime) -> ShownFlag:
    reviewed = ""
    if row.reviewed_at:
        reviewed = f"{day_and_hour(row.reviewed_at, zone)} by {names.get(row.reviewed_by, 'somebody')}"
    return ShownFlag(
        flag=row, title=flag_kinds.get(row.kind).label, answer=answer_words(row.answer),
        before=answer_words(row.answer_before), owner=names.get(row.owner, ""),
        raised=day_and_hour(row.raised_at, zone), due=day_and_hour(row.due_at, zone),
        is_late=row.reviewed_at is None and row.due_at < now, by_client=row.side == "client", reviewed=reviewed,
    )  # fmt: skip


def answer_words(answer: int | None) -> str:
    """The words of an answer to PHQ-9 item 9, exactly as printed; empty when there is none."""
    if answer is None:
        return ""
    return next((option.label for option in get("phq9").items[8].options if option.value == answer), "")


def day_and_hour(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as people say it where the client lives: "Wednesday 19 March, 1:30 pm"."""
    local = moment.astimezone(zone)
    half = "am" if local.hour < 12 else "pm"
    return f"{local:%A} {local.day} {local:%B}, {local.hour % 12 or 12}:{local:%M} {half}"


@dataclass(frozen=True)
class HelpPanel:
    """What comes at once under such an answer: the sentences, and who can be rung now."""

    says: HelpNow
    lines: list[HelpLine]


def help_panel(course: Course, flag: Flag, *, now: datetime) -> HelpPanel:
    """The panel for one flag, with the lines of the clinic's own country."""
    lines = help_lines(course.clinic.country)
    owner = Account.objects.filter(pk=flag.owner).first()
    name = owner.name.split(" ")[0] if owner and owner.name else "Your therapist"
    zone = ZoneInfo(course.client.time_zone)
    says = help_now(name, day_and_hour(flag.due_at, zone), numbers=[line.said for line in lines])
    # A time that has passed is no promise any more.
    if flag.reviewed_at:
        says = replace(says, who_sees=f"{name} has seen this.")
    elif flag.due_at <= now:
        says = replace(says, who_sees=f"{name} was told on {day_and_hour(flag.raised_at, zone)}.")
    return HelpPanel(says, lines)


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
        id=row.pk, flag=row.flag_id, reviewer=row.reviewer_name, at=day_and_hour(row.at, zone), session=row.session,
        decisions=[decisions.get(key).label for key in row.decisions],
        said=[(field.label, words[row.pk, field.key]) for field in review_fields if (row.pk, field.key) in words],
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
    return [ShownConcern(row, words.get((row.pk, "concern"))) for row in rows]


def find_concern(audience: Audience, concern: str) -> Concern | None:
    """One worry, if this audience may see it."""
    return Concern.seen.visible_to(audience).filter(pk=concern).first()


def help_lines(country: str) -> list[HelpLine]:
    """Who to call in one country; none where we do not know it, never another country's line."""
    return lines_of(country)


def clinic_country() -> str:
    """The country of the clinic that this installation serves; empty where there is none yet."""
    clinic = Clinic.objects.first()
    return clinic.country if clinic else ""
