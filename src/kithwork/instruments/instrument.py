"""What a questionnaire is made of. Nothing here can be made without saying whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Number = int | Decimal
Direction = Literal["worse", "better", "less secure", ""]


@dataclass(frozen=True, slots=True)
class Rights:
    """Whose questionnaire this is, and what that allows; `attribution` is shown under the form."""

    licence: str
    summary: str
    attribution: str
    source: str
    confidence: str = ""

    def __post_init__(self) -> None:
        for part in (self.licence, self.summary, self.attribution, self.source):
            if not part.strip():
                raise ValueError("Rights need a licence, a summary, an attribution and a source.")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a person may choose; `points` is what it counts, turned round on reversed items."""

    value: Number
    label: str
    points: Number
    loinc: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered question. `risk` marks the ones a clinician must see at once."""

    n: int
    id: str
    text: str
    options: tuple[Option, ...]
    risk: bool = False
    reverse: bool = False
    loinc: str | None = None


@dataclass(frozen=True, slots=True)
class ExtraItem:
    """A question printed with the form that never counts towards its total."""

    id: str
    text: str
    options: tuple[Option, ...]
    ask_if: str = ""
    loinc: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of totals; `above` and `below` are open ends, for means between printed numbers."""

    code: str
    label: str
    minimum: Number
    maximum: Number
    above: Number | None = None
    below: Number | None = None

    def holds(self, total: Number) -> bool:
        """Tell whether a total lies in this band."""
        low_enough = total < self.below if self.below is not None else total <= self.maximum
        high_enough = total > self.above if self.above is not None else total >= self.minimum
        return low_enough and high_enough


@dataclass(frozen=True, slots=True)
class Subscale:
    """Some of the items, summed or averaged on their own."""

    name: str
    items: tuple[int, ...]
    how: Literal["sum", "mean"] = "sum"
    multiplier: int = 1
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class RiskRule:
    """From which answer on an item asks for a clinician to look."""

    item: int
    from_value: int


@dataclass(frozen=True, slots=True)
class Prorating:
    """How many answers may be missing before an estimated total stops being honest, and how it is rounded."""

    max_missing: int
    method: Literal["mean", "count"]
    decimals: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Scoring:
    """How a total is made.

    `total`: "sum" of all points; "mean" of all points; "maxima", the sum of the largest of each group;
    "none", the form has subscales but no total; "unknown", the rule belongs to a licensed copy.
    """

    total: Literal["sum", "mean", "maxima", "none", "unknown"]
    minimum: Number | None
    maximum: Number | None
    higher_is: Direction
    multiplier: int = 1
    groups: tuple[tuple[int, ...], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """The smallest change in points that is taken to be more than unsteadiness, and who says so."""

    threshold: Number
    source: str
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A questionnaire, its scoring rule, its source and its rights."""

    id: str
    title: str
    short_title: str
    language: str
    rule_version: str
    rights: Rights
    scoring: Scoring
    items: tuple[Item, ...] = ()
    options: tuple[Option, ...] = ()
    extra_items: tuple[ExtraItem, ...] = ()
    stem: str = ""
    instructions: str = ""
    recall_period: str = ""
    subscales: tuple[Subscale, ...] = ()
    bands: tuple[Band, ...] = ()
    bands_of_sum: tuple[Band, ...] = ()
    cutoffs: Mapping[str, object] = field(default_factory=dict)
    caseness_cut: int | None = None
    risk_rules: tuple[RiskRule, ...] = ()
    risk_unknown: bool = False
    prorating: Prorating | None = None
    missing_note: str = ""
    reliable_change: ReliableChange | None = None
    loinc: Mapping[str, str] = field(default_factory=dict)
    snomed: Mapping[str, str] = field(default_factory=dict)
    wording_sources: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()
    pack: bool = False
    score_entry_only: bool = False
    needs_licence: bool = False
    enabled: bool = True
    no_text_because: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.rights, Rights):
            raise ValueError("An instrument needs its rights.")
        if not (self.wording_sources or self.score_entry_only):
            raise ValueError("An instrument with wording needs the source of its wording.")

    @property
    def attribution(self) -> str:
        """The line shown under the form, byte for byte."""
        return self.rights.attribution

    @property
    def higher_is(self) -> Direction:
        """Which way is up: "worse" for symptoms, "better" for well-being and support."""
        return self.scoring.higher_is

    def band_for(self, total: Number) -> Band | None:
        """Name the band a total lies in, or None where the questionnaire has none."""
        return band_among(self.bands, total)


def band_among(bands: tuple[Band, ...], total: Number) -> Band | None:
    """Find the band that holds a total."""
    return next((band for band in bands if band.holds(total)), None)
