"""Turn answers into a score, or say why not. Missing is never zero, and nothing is clamped."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, lru_cache
from types import NoneType

from kithwork.instruments.catalogue import get
from kithwork.instruments.instrument import Instrument, Item, Number, Prorating, Subscale
from kithwork.refusal import Refusal

# Own context: a mean must not depend on what another part of the program set for its decimals.
_DECIMALS = Context(prec=28)


class InvalidAnswer(Refusal, ValueError):
    """An answer is not one of the options, or there are too many or too few of them."""

    code = "invalid-answer"


class NoScoringRule(Refusal, ValueError):
    """The scoring rule of this questionnaire belongs to a licensed copy and is not kept here."""

    code = "no-scoring-rule"


@dataclass(frozen=True, slots=True)
class Score:
    """What a filled-in questionnaire comes to.

    `total` is None unless every answer is there; `missing` counts from 1; `band` is the code of the band;
    `caseness` is the national cut, None where there is none or no total; `risk` is True as soon as one risk
    item says so, None while one is unanswered, False otherwise and for questionnaires without risk items;
    `prorated` is an estimate, made only when asked for and allowed.
    """

    instrument: str
    total: Number | None
    complete: bool
    missing: tuple[int, ...]
    band: str | None
    caseness: bool | None
    risk: bool | None
    subscales: dict[str, Number | None]
    prorated: Number | None


@dataclass(frozen=True, slots=True)
class _AnswerKey:
    """One questionnaire laid out for quick marking."""

    instrument: Instrument
    points: tuple[Mapping[object, Number | None], ...]
    kinds: frozenset[type]
    risk: tuple[tuple[int, int], ...]


def score(instrument_id: str, answers: Iterable[int | Decimal | None], *, prorate: bool = False) -> Score:
    """Score one filled-in questionnaire.

    Rule: the total needs every answer; None is an answer not given. With `prorate`, an estimate from the
    answers given, rounded half up, where the questionnaire allows it and few enough are missing.
    Source: each questionnaire's own entry in the data files.

    Raises InvalidAnswer for a value outside the options or a wrong count, UnknownInstrument, NoScoringRule.
    """
    key = _answer_key(instrument_id)
    given = tuple(answers)
    points = _points(key, given)
    missing = tuple(n for n, point in enumerate(points, 1) if point is None) if None in points else ()
    instrument = key.instrument
    total = None if missing else _total(instrument, points)
    band, caseness = _verdict(instrument_id, total)
    return Score(
        instrument_id,
        total,
        not missing,
        missing,
        band,
        caseness,
        _risk(key, given),
        {subscale.name: _subscale(subscale, points) for subscale in instrument.subscales},
        _prorated(instrument, points) if prorate and missing else None,
    )


def enter_total(instrument_id: str, total: int | Decimal) -> Score:
    """Take down a total that was worked out elsewhere, on paper or from a licensed copy.

    Rule: it must be a total this questionnaire can reach. Risk stays unknown where there are risk items.

    Raises InvalidAnswer for a total out of reach, UnknownInstrument, NoScoringRule.
    """
    instrument = get(instrument_id)
    if not _reachable(instrument, total):
        raise InvalidAnswer(
            "This total cannot be reached on this questionnaire.",
            next_step="Enter a total from {least} to {most}.",
            least=instrument.scoring.minimum,
            most=instrument.scoring.maximum,
        )
    band, caseness = _verdict(instrument_id, total)
    return Score(
        instrument=instrument_id,
        total=total,
        complete=True,
        missing=(),
        band=band,
        caseness=caseness,
        risk=None if instrument.risk_rules or instrument.risk_unknown else False,
        subscales={subscale.name: None for subscale in instrument.subscales},
        prorated=None,
    )


@cache
def _answer_key(instrument_id: str) -> _AnswerKey:
    instrument = get(instrument_id)
    if instrument.scoring.total == "unknown":
        raise _no_rule()
    options = [option for item in instrument.items for option in item.options]
    return _AnswerKey(
        instrument=instrument,
        points=tuple(_points_of(item) for item in instrument.items),
        kinds=frozenset(type(option.value) for option in options) | {int, NoneType},
        risk=tuple((rule.item - 1, rule.from_value) for rule in instrument.risk_rules),
    )


def _points_of(item: Item) -> Mapping[object, Number | None]:
    return {None: None} | {option.value: option.points for option in item.options}


def _points(key: _AnswerKey, given: tuple[object, ...]) -> list[Number | None]:
    """Look up what each answer counts. Types are exact: True and 1.0 equal 1 but are no answer."""
    if len(given) != len(key.points):
        raise _wrong_count(len(key.points), len(given))
    try:
        if key.kinds.issuperset(map(type, given)):
            return [points[answer] for points, answer in zip(key.points, given, strict=True)]
    except (KeyError, TypeError):  # TypeError: a signalling not-a-number has no hash
        pass
    raise _no_such_option(next(item for item in key.instrument.items if not _fits(key, item, given)))


def _fits(key: _AnswerKey, item: Item, given: tuple[object, ...]) -> bool:
    answer = given[item.n - 1]
    try:
        return type(answer) in key.kinds and answer in key.points[item.n - 1]
    except TypeError:
        return False


def _total(instrument: Instrument, points: list[Number | None]) -> Number | None:
    scoring = instrument.scoring
    if scoring.total == "sum":
        return sum(_all(points)) * scoring.multiplier
    if scoring.total == "mean":
        return _mean(_all(points))
    if scoring.total == "maxima":
        return sum(max(_pick(points, group)) for group in scoring.groups)
    return None


def _subscale(subscale: Subscale, points: list[Number | None]) -> Number | None:
    part = _pick(points, subscale.items)
    if len(part) < len(subscale.items):
        return None
    return _mean(part) if subscale.how == "mean" else sum(part) * subscale.multiplier


def _all(points: Iterable[Number | None]) -> list[Number]:
    return [point for point in points if point is not None]


def _pick(points: list[Number | None], items: tuple[int, ...]) -> list[Number]:
    return _all(points[item - 1] for item in items)


def _mean(points: list[Number]) -> Decimal:
    return _DECIMALS.divide(Decimal(sum(points)), Decimal(len(points)))


@lru_cache(maxsize=4096)
def _verdict(instrument_id: str, total: Number | None) -> tuple[str | None, bool | None]:
    """Find band and caseness of a total. A questionnaire has few totals, so each is looked up once."""
    instrument = get(instrument_id)
    if total is None:
        return None, None
    band, cut = instrument.band_for(total), instrument.caseness_cut
    return band.code if band else None, None if cut is None else total >= cut


def _risk(key: _AnswerKey, given: tuple[int | Decimal | None, ...]) -> bool | None:
    """Look at risk items at once, complete or not. Unanswered is unknown, not no."""
    unanswered = key.instrument.risk_unknown
    for place, threshold in key.risk:
        answer = given[place]
        if answer is None:
            unanswered = True
        elif answer >= threshold:
            return True
    return None if unanswered else False


def _prorated(instrument: Instrument, points: list[Number | None]) -> Number | None:
    rule, answered = instrument.prorating, _all(points)
    if rule is None or len(points) - len(answered) > rule.max_missing:
        return None
    if rule.method == "count":
        return sum(answered)
    return _half_up(_DECIMALS.divide(Decimal(sum(answered) * len(points)), Decimal(len(answered))), rule)


def _half_up(estimate: Decimal, rule: Prorating) -> Number:
    """Round a half upwards, as people do. Python's own round would make 4.5 a 4."""
    rounded = estimate.quantize(Decimal(1).scaleb(-rule.decimals), ROUND_HALF_UP)
    return rounded if rule.decimals else int(rounded)


def _reachable(instrument: Instrument, total: object) -> bool:
    scoring = instrument.scoring
    if scoring.minimum is None or scoring.maximum is None:
        raise _no_rule()
    if type(total) not in (int, Decimal) or not isinstance(total, int | Decimal):
        return False
    if isinstance(total, Decimal) and not (total.is_finite() and _has_fractions(instrument)):
        return False
    return scoring.minimum <= total <= scoring.maximum and (
        scoring.multiplier == 1 or total % scoring.multiplier == 0
    )


def _has_fractions(instrument: Instrument) -> bool:
    values = (option.value for item in instrument.items for option in item.options)
    return instrument.scoring.total == "mean" or any(isinstance(value, Decimal) for value in values)


def _wrong_count(wanted: int, got: int) -> InvalidAnswer:
    return InvalidAnswer(
        "This questionnaire has {wanted} questions, and {got} answers came.",
        next_step="Give one answer for each question; leave an answer empty rather than out.",
        wanted=wanted,
        got=got,
    )


def _no_such_option(item: Item) -> InvalidAnswer:
    values = [option.value for option in item.options]
    return InvalidAnswer(
        "The answer to question {n} is not one of its options.",
        next_step="Choose one from {least} to {most}, or leave it empty.",
        n=item.n,
        least=min(values),
        most=max(values),
    )


def _no_rule() -> NoScoringRule:
    return NoScoringRule(
        "The scoring rule of this questionnaire belongs to a licensed copy and is not kept here.",
        next_step="Score it with your licensed copy and keep the result in your own notes.",
    )
