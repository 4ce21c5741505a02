"""The questions of a check-in in their order, one a page, with the wording exactly as printed."""

from dataclasses import dataclass
from functools import cache

from kithwork.instruments import Instrument, get
from kithwork.instruments.instrument import Item, RiskRule

FORMS = ("phq9", "gad7")


@dataclass(frozen=True)
class Step:
    """One page: the question's place in the check-in, and whose question it is."""

    n: int
    instrument: Instrument
    item: Item

    @property
    def field(self) -> str:
        """Its name on the whole form: ``phq9_3``."""
        return f"{self.instrument.id}_{self.item.n}"

    @property
    def risk(self) -> RiskRule | None:
        """From which answer somebody must look at once."""
        return next((rule for rule in self.instrument.risk_rules if rule.item == self.item.n), None)


@cache
def steps() -> tuple[Step, ...]:
    """All the questions, PHQ-9 before GAD-7."""
    questions = [(get(form), item) for form in FORMS for item in get(form).items]
    return tuple(Step(n, instrument, item) for n, (instrument, item) in enumerate(questions, 1))


def step(n: int) -> Step | None:
    """The question on one page, or None beyond the last."""
    return steps()[n - 1] if 1 <= n <= len(steps()) else None


def step_of(instrument: str, item: int) -> Step | None:
    """Where a questionnaire's item stands in the check-in."""
    return next((one for one in steps() if (one.instrument.id, one.item.n) == (instrument, item)), None)
