"""What can be entered as a score: a questionnaire's total, or a subscale where it has no total of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kithwork.instruments import Instrument, InvalidAnswer, Subscale, enter_total, get
from kithwork.instruments.instrument import Band, Number, band_among


@dataclass(frozen=True)
class Scale:
    """One number that can be entered, with the range that it can have."""

    instrument: Instrument
    part: Subscale | None = None

    @property
    def key(self) -> str:
        """How a form names it: ``wsas``, or ``dass21/stress``."""
        return f"{self.instrument.id}/{self.part.name}" if self.part else self.instrument.id

    @property
    def label(self) -> str:
        """ "WSAS", or "DASS-21, stress"."""
        part = self.part.name.replace("_", " ") if self.part else ""
        return ", ".join(filter(None, [self.instrument.short_title, part]))

    @property
    def minimum(self) -> Number:
        return self._ends()[0]

    @property
    def maximum(self) -> Number:
        return self._ends()[1]

    def band(self, total: Number) -> Band | None:
        """The name that its authors gave to the range of a total."""
        return band_among(self.part.bands, total) if self.part else self.instrument.band_for(total)

    def check(self, total: Decimal) -> Number:
        """The number as it is kept. Raises InvalidAnswer for one that cannot be reached."""
        number: Number = int(total) if total == total.to_integral_value() else total
        if self.part is None:
            return enter_total(self.instrument.id, number).total or 0
        in_steps = self.part.how == "mean" or (isinstance(number, int) and number % self.part.multiplier == 0)
        if not (self.minimum <= number <= self.maximum and in_steps):
            raise InvalidAnswer(
                "This score cannot be reached on this questionnaire.",
                next_step="Enter one from {least} to {most}.",
                least=self.minimum,
                most=self.maximum,
            )
        return number

    def _ends(self) -> tuple[Number, Number]:
        if self.part is None:
            scoring = self.instrument.scoring
            return scoring.minimum or 0, scoring.maximum or 0
        points = [[one.points for one in self.instrument.items[n - 1].options] for n in self.part.items]
        if self.part.how == "mean":
            return min(map(min, points)), max(map(max, points))
        return sum(map(min, points)) * self.part.multiplier, sum(map(max, points)) * self.part.multiplier


def scales_of(instruments: Iterable[Instrument]) -> list[Scale]:
    """Everything that can be entered of these questionnaires."""
    found = []
    for one in instruments:
        has_total = one.scoring.maximum is not None
        found += [Scale(one)] if has_total else [Scale(one, part) for part in one.subscales]
    return found


def scale_of(instrument: str, part: str) -> Scale:
    """The scale that an entered score is on."""
    found = get(instrument)
    return Scale(found, next((one for one in found.subscales if one.name == part), None))
