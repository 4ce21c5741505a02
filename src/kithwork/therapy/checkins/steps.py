"""The questions of a check-in in their order, one a page, with the wording exactly as printed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.translation import ngettext

from kithwork.instruments import Instrument, all_instruments, get
from kithwork.instruments.instrument import ExtraItem, Item, RiskRule
from kithwork.therapy.checkins.models import Answers, Correction

USUAL = ("phq9", "gad7")
SECONDS_A_QUESTION = 11


@dataclass(frozen=True)
class Step:
    """One page: the question's place in the check-in, and whose question it is.

    A question that never counts has the number of the one that it follows.
    """

    n: int
    instrument: Instrument
    item: Item | ExtraItem

    @property
    def is_extra(self) -> bool:
        return isinstance(self.item, ExtraItem)

    @property
    def at(self) -> str:
        """Its place as an address names it: ``9``, and ``9b`` for what follows."""
        return f"{self.n}b" if self.is_extra else f"{self.n}"

    @property
    def key(self) -> int | str:
        """Its number or name within the questionnaire."""
        return self.item.n if isinstance(self.item, Item) else self.item.id

    @property
    def field(self) -> str:
        """Its name on the whole form: ``phq9_3``."""
        return f"{self.instrument.id}_{self.key}"

    @property
    def risk(self) -> RiskRule | None:
        """From which answer somebody must look at once."""
        return next((rule for rule in self.instrument.risk_rules if rule.item == self.key), None)

    def kept(self, row: Answers | Correction) -> int | str | None:
        """What was answered to it: an option's number, refused, or left out."""
        value: int | str | None = (
            row.items[self.item.n - 1] if isinstance(self.item, Item) else row.extras.get(self.item.id)
        )
        return value

    def is_behind(self, row: Answers) -> bool:
        """Whether it was answered or passed over."""
        return self.key in row.passed or self.key in row.extras

    def applies(self, row: Answers) -> bool:
        """Whether it is asked at all. Rule: as printed, the one on difficulty follows a problem that was checked."""
        return not self.is_extra or any(isinstance(value, int) and value > 0 for value in row.items)

    def must_be_seen(self, value: object) -> bool:
        """Whether an answer to it goes to the named person straight away."""
        return self.risk is not None and isinstance(value, int) and value >= self.risk.from_value


def in_order(forms: Iterable[str]) -> tuple[str, ...]:
    """Questionnaires in the order of the shelf, each once."""
    wanted = set(forms)
    return tuple(one.id for one in all_instruments() if one.id in wanted)


@cache
def steps(forms: tuple[str, ...] = USUAL) -> tuple[Step, ...]:
    """All the questions of these questionnaires, those that never count right after their own."""
    found: list[Step] = []
    n = 0
    for instrument in map(get, forms):
        for item in instrument.items:
            n += 1
            found.append(Step(n, instrument, item))
        found += [Step(n, instrument, extra) for extra in instrument.extra_items]
    return tuple(found)


def asked(rows: Mapping[str, Answers]) -> list[Step]:
    """The questions of one check-in that are asked, as its answers stand."""
    return [one for one in steps(in_order(rows)) if one.applies(rows[one.instrument.id])]


def numbered(forms: tuple[str, ...]) -> int:
    """How many questions there are, those apart that follow only from an answer."""
    return sum(len(get(form).items) for form in forms)


def length(forms: tuple[str, ...]) -> str:
    """How long it takes, in a few words: "16 short questions, about 3 minutes"."""
    n = numbered(forms)
    minutes = max(1, round(n * SECONDS_A_QUESTION / 60))
    return ngettext(
        "{n} short questions, about {minutes} minute", "{n} short questions, about {minutes} minutes", minutes
    ).format(n=n, minutes=minutes)


def step_at(place: str, rows: Mapping[str, Answers]) -> Step | None:
    """The question at one address, or None where there is none now."""
    return next((one for one in asked(rows) if one.at == place), None)


def step_of(instrument: str, key: int | str) -> Step | None:
    """The question of a questionnaire by its number or name."""
    if instrument not in {one.id for one in all_instruments()}:
        return None
    return next((one for one in steps((instrument,)) if one.key == key), None)
