"""What happened, for one audience, in the order in which it did; earlier times stand on the same axis."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.foundation.once import once_a_page
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Words, read_many
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.dates import say_rough
from kithwork.ipt.timeline import FuzzyDate, effects
from kithwork.therapy.people.queries import labels
from kithwork.therapy.story.models import Episode, Event
from kithwork.therapy.story.queries.standing import own_words, standing, together_in

MEASURE = "phq9"
NAMELESS = gettext_noop("Something without a name")
EARLIER_TIME = gettext_noop("An earlier time like this")


class ShownEvent(NamedTuple):
    """Something that happened, as somebody sees it."""

    id: str
    title: str
    effect: str  # how mood was around then, in words; empty: not said
    effect_key: str
    effect_words: str
    lane: str
    people: tuple[str, ...]
    when: str
    earliest: date
    latest: date
    middle: date
    until: date | None
    until_when: str
    sharing: Sharing
    together_in: int | None
    key: str = ""  # the date as it is kept
    is_episode: bool = False  # an earlier time of low mood, told on the first session's page
    at: datetime | None = None  # since when its words stand as they do, for this audience

    @property
    def when_words(self) -> str:
        return (
            _("{when} to {until_when}").format(when=self.when, until_when=self.until_when)
            if self.until_when
            else self.when
        )

    @property
    def when_typed(self) -> str:
        """When it was, as it stands in a box: what is typed is read as English."""
        return str(FuzzyDate.parse(self.key))

    @property
    def last(self) -> date:
        """The last day that it can have touched."""
        return max(self.latest, self.until or self.latest)


@once_a_page
def events(audience: Audience) -> list[ShownEvent]:
    """What happened, in the order in which it did."""
    rows = standing(audience, Event)
    words = read_many([audience], rows)
    names = labels(audience)
    return sorted((_event(row, own_words(row, words), names) for row in rows), key=_place)


@once_a_page
def episodes(audience: Audience) -> list[ShownEvent]:
    """Earlier times of low mood that have a date, as they stand on the timeline."""
    rows = [row for row in standing(audience, Episode) if row.rough]
    words = read_many([audience], rows)
    return sorted((_episode(row, own_words(row, words)) for row in rows), key=_place)


def on_the_axis(audience: Audience) -> list[ShownEvent]:
    """Everything that the timeline shows: what happened, and earlier times."""
    return sorted([*events(audience), *episodes(audience)], key=_place)


def _place(event: ShownEvent) -> tuple[date, date, str]:
    return event.middle, event.earliest, event.id


def _event(row: Event, words: Mapping[str, Words], names: Mapping[str, str]) -> ShownEvent:
    title, effect = words.get("title"), words.get("effect")
    rough = row.rough or FuzzyDate(row.created_at.year)
    return ShownEvent(
        id=row.id, title=(title.text if title else "") or _(NAMELESS),
        effect=_(effects[row.effect_on_mood].label) if row.effect_on_mood else "", effect_key=row.effect_on_mood,
        effect_words=effect.text if effect else "", lane=row.lane,
        people=tuple(names[person] for person in row.people if person in names), when=say_rough(rough),
        earliest=rough.earliest, latest=rough.latest, middle=rough.midpoint, until=row.until,
        until_when=say_rough(row.rough_end) if row.rough_end else "", sharing=Sharing(row.sharing),
        together_in=together_in(row, words.values()), key=rough.key,
        at=max((one.at for one in words.values()), default=row.created_at),
    )  # fmt: skip


def _episode(row: Episode, words: Mapping[str, Words]) -> ShownEvent:
    rough = row.rough or FuzzyDate(row.created_at.year)
    return ShownEvent(
        id=row.id, title=_(EARLIER_TIME), effect=_(effects["lower"].label), effect_key="lower",
        effect_words=words["then"].text if "then" in words else "", lane="mood", people=(), when=say_rough(rough),
        earliest=rough.earliest, latest=rough.latest, middle=rough.midpoint, until=row.until,
        until_when=say_rough(row.rough_end) if row.rough_end else "", sharing=Sharing(row.sharing),
        together_in=together_in(row, words.values()), key=rough.key, is_episode=True,
    )  # fmt: skip
