"""Reading the shared picture and the goals, for one audience. An unshared draft does not exist for the client."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.models import Passage
from kithwork.foundation.passages.queries import Words, opened, read, read_many
from kithwork.ipt import formulation as rules
from kithwork.ipt import goals as goal_rules
from kithwork.ipt.changed_words import SideBySide, side_by_side
from kithwork.ipt.problem_areas import problem_areas
from kithwork.ipt.signing import Signer
from kithwork.therapy.course.queries import ShownSignature, as_signed, shown_signatures, signatures
from kithwork.therapy.formulation.goal_line import GoalLine, goal_line
from kithwork.therapy.formulation.models import Comment, Formulation, Goal, GoalRating, Version

# What parts are called in addresses, where their own key would say too much to somebody who reads a history or a log.
ADDRESSES = {"symptoms": "how-it-is"}


@dataclass(frozen=True)
class ShownSection:
    """One part of the picture: what it asks, and what stands in it."""

    key: str
    label: str
    help: str
    words: Words | None

    @property
    def text(self) -> str:
        return self.words.text if self.words else ""

    @property
    def address(self) -> str:
        """What the part is called in addresses."""
        return ADDRESSES.get(self.key, self.key)


@dataclass(frozen=True)
class ShownVersion:
    """One wording that never changes, and who signed it."""

    id: str
    number: int
    at: datetime
    signatures: list[ShownSignature]


@dataclass(frozen=True)
class Standing:
    """Where the picture stands: its words now, the newest version, the one that both signed, who has yet to sign."""

    state: rules.State
    shared_at: datetime | None
    sections: list[ShownSection]
    newest: ShownVersion | None = None
    in_force: ShownVersion | None = None
    waiting_for: tuple[Signer, ...] = tuple(Signer)
    may_be_letter: bool = False  # there is agreed wording to send

    @property
    def fits_one_page(self) -> bool:
        return rules.fits_one_page(section.text for section in self.sections)

    @property
    def number(self) -> int | None:
        """The newest version's number."""
        return self.newest.number if self.newest else None

    @property
    def signatures(self) -> list[ShownSignature]:
        """The signatures under the newest version."""
        return self.newest.signatures if self.newest else []

    @property
    def quote(self) -> str:
        """A few of its own words, for a card elsewhere: how it goes round, or the first part that is written."""
        texts = {section.key: section.text for section in self.sections}
        return texts.get("cycle") or next((text for text in texts.values() if text), "")


def find(audience: Audience) -> Formulation | None:
    """The course's formulation, if this audience may see it."""
    return next(iter(Formulation.seen.all_of(audience)), None)


@once_a_page
def standing(audience: Audience) -> Standing:
    """The picture as this audience sees it. Before it is shared the client gets no section at all."""
    formulation = find(audience)
    if formulation is None:
        return Standing(rules.State.DRAFT, None, [] if audience.is_client else _sections({}))
    rows = versions(audience, formulation)
    signed = signatures(audience, "formulation") if rows else []
    stands = rules.standing([as_rule(row) for row in rows], [as_signed(one) for one in signed])
    names = shown_signatures(audience, signed)
    shown = {row.id: ShownVersion(row.id, row.number, row.created_at, names.get(row.id, [])) for row in rows}
    return Standing(
        state=stands.state, shared_at=formulation.shared_at, sections=_sections(read(audience, formulation)),
        newest=shown[rows[-1].id] if rows else None,
        in_force=shown[stands.in_force.id] if stands.in_force else None, waiting_for=stands.waiting_for,
        may_be_letter=rules.may_be_sent_as_letter(stands),
    )  # fmt: skip


def waits_for_client(audience: Audience) -> bool:
    """Whether the newest wording is one that the client was shown and has neither signed nor said anything to.

    A wording that she wrote herself says something.
    """
    formulation = find(audience)
    rows = versions(audience, formulation) if formulation else []
    if not rows or rows[-1].side == "client":
        return False
    signed = [as_signed(one) for one in signatures(audience, "formulation")]
    waiting = rules.standing([as_rule(row) for row in rows], signed).waiting_for
    said_since = any(
        row.side == "client" and row.created_at >= rows[-1].created_at
        for row in Comment.seen.all_of(audience)
    )
    return Signer.CLIENT in waiting and not said_since


def _sections(words: dict[str, Words]) -> list[ShownSection]:
    return [ShownSection(one.key, one.label, one.help, words.get(one.key)) for one in rules.sections]


def versions(audience: Audience, formulation: Formulation) -> list[Version]:
    """Every wording since it was first shared, oldest first. The last one is what stands now."""
    rows = [row for row in Version.seen.all_of(audience) if row.formulation_id == formulation.id]
    return sorted(rows, key=lambda row: row.number)


def how_many_versions(audience: Audience, formulation: Formulation) -> int:
    """How many wordings there have been."""
    return Version.seen.visible_to(audience).filter(formulation=formulation).count()


def find_version(audience: Audience, version: str) -> Version | None:
    """One version, if this audience may see it."""
    return Version.seen.visible_to(audience).filter(pk=version).first()


@once_a_page
def shown_versions(audience: Audience) -> list[ShownVersion]:
    """Every wording since it was first shared, newest first, with whoever signed it."""
    formulation = find(audience)
    rows = versions(audience, formulation) if formulation else []
    names = shown_signatures(audience, signatures(audience, "formulation") if rows else [])
    return [ShownVersion(row.id, row.number, row.created_at, names.get(row.id, [])) for row in reversed(rows)]


def signed_versions(audience: Audience) -> list[ShownVersion]:
    """The wordings that somebody signed, newest first: they stay to be read."""
    return [one for one in shown_versions(audience) if one.signatures]


def as_rule(row: Version) -> rules.Version:
    """A version as the method knows it: each was shared from the start."""
    return rules.Version(row.id, row.created_at, shared=True)


def texts_of(audience: Audience, version: Version) -> dict[str, str]:
    """What a version says, part by part, from exactly the revisions that it names."""
    ids = list(version.passages.values())
    rows = Passage.objects.filter(pk__in=ids, client=audience.client, record=version.formulation_id)
    return {row.field: opened(row) for row in rows if row.sharing in audience.sees}


def content_of(number: int, texts: dict[str, str]) -> bytes:
    """What a version says, in the one form that its hash and its signatures name."""
    said = {"number": number, "sections": texts}
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode()


def wording(audience: Audience, version: Version) -> list[tuple[str, str]]:
    """A version to read: label and text of each part that says something."""
    texts = texts_of(audience, version)
    return [(_(one.label), texts[one.key]) for one in rules.sections if texts.get(one.key)]


def agreed_wording(audience: Audience) -> list[tuple[str, str]]:
    """The wording that both signed last; where there is none, nothing."""
    stands = standing(audience)
    version = find_version(audience, stands.in_force.id) if stands.in_force else None
    return wording(audience, version) if version else []


@dataclass(frozen=True)
class Difference:
    """One part that two wordings do not share."""

    label: str
    before: str
    after: str

    @property
    def sides(self) -> SideBySide:
        """Both texts, with the words that were removed and added."""
        return side_by_side(self.before, self.after)


def differences(audience: Audience, older: Version, newer: Version) -> list[Difference]:
    """Which parts changed between two wordings, with both texts."""
    before, after = texts_of(audience, older), texts_of(audience, newer)
    return [
        Difference(_(one.label), before.get(one.key, ""), after.get(one.key, ""))
        for one in rules.sections
        if before.get(one.key, "") != after.get(one.key, "")
    ]


@dataclass(frozen=True)
class ShownLetter:
    """The agreed wording as a letter to the client."""

    at: datetime  # when both had agreed
    wording: list[tuple[str, str]]
    signatures: list[ShownSignature]


def letter(audience: Audience) -> ShownLetter | None:
    """The wording that both signed last, to be sent; nothing where the two have not agreed on any."""
    stands = standing(audience)
    version = find_version(audience, stands.in_force.id) if stands.in_force and stands.may_be_letter else None
    if stands.in_force is None or version is None:
        return None
    signed = stands.in_force.signatures
    return ShownLetter(max(one.at for one in signed), wording(audience, version), signed)


@dataclass(frozen=True)
class ShownComment:
    """What one of the two said about a part, and what was answered."""

    id: str
    section: str
    kind: str
    words: Words | None
    by_client: bool
    at: datetime
    settled_at: datetime | None
    answer: Words | None = None
    disagrees: bool = False

    @property
    def about(self) -> str:
        """The part that it is about; empty for the whole."""
        return _(rules.sections.get(self.section).label) if self.section else ""


def comments(audience: Audience) -> dict[str, list[ShownComment]]:
    """What was said about each part and is not settled yet, oldest first; under "" about the whole."""
    shown: dict[str, list[ShownComment]] = defaultdict(list)
    for one in said(audience):
        if one.settled_at is None:
            shown[one.section].append(one)
    return dict(shown)


def settled(audience: Audience) -> list[ShownComment]:
    """What was said and has been talked about, the last settled first."""
    done = [(one.settled_at, one) for one in said(audience) if one.settled_at]
    return [one for _, one in sorted(done, key=lambda pair: pair[0], reverse=True)]


@once_a_page
def said(audience: Audience) -> list[ShownComment]:
    """Everything that was said about the picture, settled or not, oldest first."""
    formulation = find(audience)
    found = [
        row for row in Comment.seen.all_of(audience) if formulation and row.formulation_id == formulation.id
    ]
    words = read_many([audience], found)
    return [
        ShownComment(
            row.id, row.section, _(rules.comment_kinds.get(row.kind).label), words.get((row.id, "comment")),
            row.side == "client", row.created_at, row.settled_at, words.get((row.id, "answer")),
            row.kind == rules.DISAGREES,
        )
        for row in found
    ]  # fmt: skip


def find_comment(audience: Audience, comment: str) -> Comment | None:
    """One comment, if this audience may see it."""
    return Comment.seen.visible_to(audience).filter(pk=comment).first()


@dataclass(frozen=True)
class ShownRating:
    """How near a goal was, on a day; None is "rather not say"."""

    on: date
    rating: int | None
    occasion: str  # "At the start", or empty
    by_client: bool
    session: int | None


@dataclass(frozen=True)
class ShownGoal:
    """A goal with its ratings, oldest first. None among them is "rather not say", and is never counted as 0."""

    id: str
    goal: str
    first: int | None
    latest: int | None
    ratings: list[tuple[date, int | None]]
    by_session: int | None
    base: str
    told: list[ShownRating] = field(default_factory=list)
    area: str = ""  # a key of ipt.problem_areas
    area_label: str = ""
    by_day: date | None = None
    since: date | None = None
    ended_on: date | None = None
    ended_as: str = ""

    @property
    def drawing(self) -> GoalLine | None:
        """Its ratings on one line of time; nothing to draw before there is one."""
        return goal_line(self.ratings)


@once_a_page
def goals(audience: Audience) -> list[ShownGoal]:
    """The goals that stand, in their order."""
    return _goals(audience, standing_goals(audience))


def past_goals(audience: Audience) -> list[ShownGoal]:
    """The goals that were put aside or reached, the newest first, with every rating they had."""
    rows = [row for row in Goal.seen.all_of(audience) if row.dropped_at is not None]
    return _goals(audience, sorted(rows, key=lambda row: row.dropped_at or row.created_at, reverse=True))


def standing_goals(audience: Audience) -> list[Goal]:
    """The goals that have not been closed."""
    rows = [row for row in Goal.seen.all_of(audience) if row.dropped_at is None]
    return sorted(rows, key=lambda row: row.place)


def find_goal(audience: Audience, goal: str) -> Goal | None:
    """One goal that stands, if this audience may see it."""
    return Goal.seen.visible_to(audience).filter(pk=goal, dropped_at__isnull=True).first()


def find_past_goal(audience: Audience, goal: str) -> Goal | None:
    """One goal that was put aside, if this audience may see it."""
    return Goal.seen.visible_to(audience).filter(pk=goal, dropped_at__isnull=False).first()


def _goals(audience: Audience, rows: list[Goal]) -> list[ShownGoal]:
    words = read_many([audience], rows)
    told: dict[str, list[ShownRating]] = defaultdict(list)
    for one in sorted(GoalRating.seen.all_of(audience), key=lambda one: one.at):
        told[one.goal_id].append(_rating(one))
    return [_goal(row, words.get((row.id, "goal")), told[row.id]) for row in rows]


def _rating(row: GoalRating) -> ShownRating:
    occasion = _(goal_rules.occasions.get(row.occasion).label) if row.occasion else ""
    return ShownRating(
        timezone.localdate(row.at), row.rating, occasion, by_client=row.side == "client", session=row.session
    )


def _goal(row: Goal, words: Words | None, told: list[ShownRating]) -> ShownGoal:
    ratings = [(one.on, one.rating) for one in told]
    progress = goal_rules.progress(goal_rules.Rating(on, value) for on, value in ratings)
    return ShownGoal(
        id=row.id, goal=words.text if words else "", first=progress.first, latest=progress.latest,
        ratings=ratings, by_session=row.by_session, base=words.base if words else "", told=told, area=row.area,
        area_label=_(problem_areas.get(row.area).label) if row.area else "", by_day=row.by_day,
        since=timezone.localdate(row.created_at),
        ended_on=timezone.localdate(row.dropped_at) if row.dropped_at else None,
        ended_as=_(goal_rules.endings.get(row.ended_as).label) if row.ended_as else "",
    )  # fmt: skip
