"""What stands beside the ring: what the diary can say, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext

from kithwork.cycle.explain import Sentence
from kithwork.foundation.passages.audience import Audience
from kithwork.therapy.story.slots import diary


@dataclass(frozen=True)
class DiarySays:
    """Sentences for one reader. ``numbers`` and ``singles`` are the therapist's: a client reads words alone."""

    heading: str
    told: list[str]
    days: list[str]
    numbers: list[str]
    singles: list[str]
    is_coming: bool  # while it is being worked out


def diary_says(audience: Audience) -> DiarySays:
    """What the diary, as far as this audience sees it, can honestly say about the round."""
    found = diary.says(audience)
    for_staff = ((), ()) if audience.is_client else (found.numbers, found.singles)
    told, days, numbers, singles = (_all(part) for part in (found.told, found.days, *for_staff))
    return DiarySays(_said(found.heading), told, days, numbers, singles, is_coming=found.is_coming)


def _all(sentences: Iterable[Sentence]) -> list[str]:
    return [_said(sentence) for sentence in sentences]


def _said(sentence: Sentence) -> str:
    return sentence.said(gettext, _number)


def _number(value: float) -> str:
    return number_format(int(value)) if value == int(value) else number_format(value, 2)
