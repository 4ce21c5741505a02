"""Questionnaires: their items, scoring, bands, source and rights.

Standard library only. Wording is kept byte for byte: scores and permissions both depend on it.
"""

from kithwork.instruments.batch import RefusedRow, score_file, score_rows
from kithwork.instruments.catalogue import UnknownInstrument, all_instruments, get
from kithwork.instruments.instrument import (
    Band,
    ExtraItem,
    Instrument,
    Item,
    Option,
    ReliableChange,
    Rights,
    RiskRule,
    Subscale,
)
from kithwork.instruments.patterns import cesdr_category, pcl5_pattern, phq9_pattern
from kithwork.instruments.scoring import InvalidAnswer, NoScoringRule, Score, enter_total, score

__all__ = [
    "Band",
    "ExtraItem",
    "Instrument",
    "InvalidAnswer",
    "Item",
    "NoScoringRule",
    "Option",
    "RefusedRow",
    "ReliableChange",
    "Rights",
    "RiskRule",
    "Score",
    "Subscale",
    "UnknownInstrument",
    "all_instruments",
    "cesdr_category",
    "enter_total",
    "get",
    "pcl5_pattern",
    "phq9_pattern",
    "score",
    "score_file",
    "score_rows",
]
