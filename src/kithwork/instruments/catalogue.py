"""The shelf of questionnaires: found by their short id."""

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from kithwork.instruments.instrument import Instrument
from kithwork.instruments.reading import read_instrument
from kithwork.refusal import Refusal

PACKS = ("who5", "core10", "auditc")


class UnknownInstrument(Refusal, LookupError):
    """A questionnaire was asked for that is not on the shelf."""

    code = "unknown-instrument"
    status = 404


def get(instrument_id: str) -> Instrument:
    """Find a questionnaire by its id, whether its pack is switched on or not.

    Raises UnknownInstrument for an id that is not on the shelf.
    """
    try:
        return _shelf()[instrument_id]
    except (KeyError, TypeError):
        raise UnknownInstrument(
            "There is no questionnaire with this name.",
            next_step="Choose one of {names}.",
            names=", ".join(_shelf()),
        ) from None


def all_instruments() -> tuple[Instrument, ...]:
    """List every questionnaire: full text, then packs (off by default), then score entry only."""
    return tuple(_shelf().values())


@cache
def _shelf() -> Mapping[str, Instrument]:
    core = [read_instrument(entry) for entry in _read("data", "core.json")["instruments"]]
    packs = [read_instrument(_read("packs", name, "instrument.json"), pack=True) for name in PACKS]
    entries = _read("data", "score_entry.json")["instruments"]
    by_score = [read_instrument(entry, score_entry_only=True) for entry in entries]
    return MappingProxyType({instrument.id: instrument for instrument in core + packs + by_score})


def _read(*path: str) -> Any:
    # Decimal, because a band that ends at 2.9 must not end at 2.8999999999999999.
    text = files("kithwork.instruments").joinpath(*path).read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal)
