"""Questionnaires laid out for paper: the wording, options, source and rights line exactly as they are kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from kithwork.instruments import Instrument, get
from kithwork.instruments.instrument import Option

WIDEST_GRID = 7


@dataclass(frozen=True)
class PaperQuestion:
    """One question: its number, or nothing for one that never counts, its words and its options."""

    number: str
    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class PaperSheet:
    """One questionnaire; ``columns`` are the options that all its questions share, side by side."""

    instrument: Instrument
    columns: tuple[Option, ...]
    questions: list[PaperQuestion]
    after: list[PaperQuestion]


def sheets_of_paper(forms: Iterable[str]) -> list[PaperSheet]:
    """The sheets in the order given."""
    return [_sheet(get(form)) for form in forms]


def _sheet(instrument: Instrument) -> PaperSheet:
    shared = {tuple(option.label for option in item.options) for item in instrument.items}
    columns = instrument.items[0].options if len(shared) == 1 else ()
    return PaperSheet(
        instrument, columns if len(columns) <= WIDEST_GRID else (),
        [PaperQuestion(f"{item.n}", item.text, item.options) for item in instrument.items],
        [PaperQuestion("", extra.text, extra.options) for extra in instrument.extra_items],
    )  # fmt: skip
