"""What may be said, in sentences: for the person whose diary it is, for a therapist, for whoever wants every number.

The words are the method's (`kithwork.ipt.cycle_words`); the rules are in `kithwork.cycle.loop`. A sentence stays a
pattern and what stands in its places, so that it can be said in another language where it is shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kithwork.cycle.diary import HIGHEST, ITEMS
from kithwork.cycle.fit import CycleFit
from kithwork.cycle.loop import (
    MORE_DAYS,
    PAIRS,
    SOME_DAYS,
    Arrow,
    Look,
    Loop,
    Stage,
    Together,
    Usual,
    hidden_because,
    look,
    loop_of,
    shown_blocks,
    shown_singles,
)
from kithwork.ipt import cycle_words as words


class Reader(StrEnum):
    """Who reads: each also reads what the one before does."""

    CLIENT = "client"
    THERAPIST = "therapist"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A pattern with its places: ``words`` are said in the reader's language too, ``numbers`` as it writes them."""

    pattern: str
    words: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)

    def said(
        self, translate: Callable[[str], str] = str, number: Callable[[float], str] = "{:g}".format
    ) -> str:
        """The sentence whole, in the language of ``translate``."""
        told = {name: translate(text) for name, text in self.words.items()}
        told |= {name: number(value) for name, value in self.numbers.items()}
        return translate(self.pattern).format(**told) if told else translate(self.pattern)

    def __str__(self) -> str:
        return self.said()


@dataclass(frozen=True, slots=True)
class Explained:
    """All that one diary may say. ``heading`` has no full stop; a part that may not be said is empty."""

    stage: Stage
    heading: Sentence
    told: tuple[Sentence, ...]  # what followed what, or why that is not said
    days: tuple[Sentence, ...] = ()  # what the days were like, and what went together
    numbers: tuple[Sentence, ...] = ()  # for the therapist
    singles: tuple[Sentence, ...] = ()  # for whoever wants every number
    is_coming: bool = False  # whether what followed what is still being worked out

    def for_reader(self, reader: Reader) -> tuple[Sentence, ...]:
        """Everything that a reader reads below the heading, in its order."""
        found = self.told + self.days
        if reader is not Reader.CLIENT:
            found += self.numbers
        return found + self.singles if reader is Reader.EXPERT else found


def explain(
    fit: CycleFit, i: int, lang: str = "en", *, reader: Reader = Reader.CLIENT, highest: float = HIGHEST
) -> str:
    """Say in sentences what one person's diary can honestly say.

    Parameters
    ----------
    fit : CycleFit
        Of Kithwork's five items, in the order of `kithwork.cycle.diary.ITEMS`.
    i : int
        Which person.
    lang : str
        "en". The product says the sentences of `explained` in the languages of its catalogues.
    reader : Reader
        For whom.
    highest : float
        The upper end of the items' scale, which begins at 0, in points.

    Returns
    -------
    str
        A heading, and a sentence or two a line.

    Raises
    ------
    ValueError
        For a language that is not there, or a fit of other items.
    """
    if lang.split("-", maxsplit=1)[0].lower() != "en":
        raise ValueError("explain speaks English; translate the sentences of explained")
    if fit.y.shape[2] != len(ITEMS):
        raise ValueError("explain speaks of the five items of Kithwork's diary")
    found = explained(look(fit.y[i], highest=highest, blocks=fit.blocks), loop_of(fit, i))
    return "\n".join([f"{found.heading}.", *(str(one) for one in found.for_reader(reader))])


def explained(seen: Look, found: Loop | None = None) -> Explained:
    """Put together what may be said of a diary. ``found`` is None where nothing was estimated."""
    told: tuple[Sentence, ...]
    if seen.stage is Stage.PICTURE_ONLY:
        told = (Sentence(words.BELOW_FOURTEEN, numbers={"fewest": SOME_DAYS}),)
        return Explained(seen.stage, Sentence(words.NOT_ENOUGH), told, numbers=_days(seen))
    days = _what_days_were_like(seen)
    by_chance = tuple(_by_chance(one) for one in seen.together if one.days)
    if seen.stage is Stage.SAME_DAY:
        told = (Sentence(words.BELOW_FORTY, numbers={"fewest": MORE_DAYS}),)
        return Explained(seen.stage, Sentence(words.NOT_ENOUGH), told, days, _days(seen) + by_chance)
    arrows, singles = shown_blocks(seen, found), shown_singles(seen, found)
    if not arrows:
        why = hidden_because(seen, found) or "unclear"
        told = (Sentence(words.reasons[why]), Sentence(words.NOT_NO_LINK))
    else:
        told = (*(one for arrow in arrows for one in _arrow(arrow)), Sentence(words.ONLY_A_PATTERN))
    return Explained(
        seen.stage, Sentence(words.SOMETHING_SHOWS if arrows else words.NOTHING_CLEAR), told, days,
        tuple(map(_moved, arrows)) + ((Sentence(words.SHRUNK),) if arrows else ()) + _days(seen) + by_chance,
        (*map(_single, singles), Sentence(words.SINGLES_NOTE)) if singles else (),
    )  # fmt: skip


def being_worked_out(seen: Look) -> Explained:
    """What may be said of a diary with days enough while its arrows are still being estimated."""
    told = (Sentence(words.WORKING),)
    return Explained(
        seen.stage,
        Sentence(words.SOMETHING_SHOWS),
        told,
        _what_days_were_like(seen),
        _days(seen),
        is_coming=True,
    )


def _days(seen: Look) -> tuple[Sentence, ...]:
    return (
        Sentence(words.DAYS, numbers={"days": seen.days, "pairs": seen.pairs}),
        Sentence(words.RULE, numbers={"some": SOME_DAYS, "more": MORE_DAYS, "pairs": PAIRS}),
    )


def _what_days_were_like(seen: Look) -> tuple[Sentence, ...]:
    clear = [_together(one) for one in seen.together if one.is_clear]
    company = [*clear, Sentence(words.TOGETHER_NOTE)] if clear else [Sentence(words.TOGETHER_UNCLEAR)]
    return (Sentence(words.SCALE), *map(_usual, seen.usual), *company)


def _usual(one: Usual) -> Sentence:
    thing = {"thing": words.things[ITEMS[one.column]]}
    if one.low == one.high:
        return Sentence(words.USUAL_SAME, thing, {"low": one.low})
    return Sentence(words.USUAL, thing, {"low": one.low, "high": one.high})


def _together(one: Together) -> Sentence:
    return Sentence(words.TOGETHER, _both(one), {"same": one.same, "days": one.days})


def _by_chance(one: Together) -> Sentence:
    numbers = {"same": one.same, "days": one.days, "chance": round(one.chance)}
    return Sentence(words.TOGETHER_BY_CHANCE, _both(one), numbers)


def _both(one: Together) -> dict[str, str]:
    return {"one": words.things[ITEMS[one.one]], "other": words.things[ITEMS[one.other]]}


def _arrow(arrow: Arrow) -> tuple[Sentence, Sentence]:
    """A block arrow in words, and whose answers it mostly comes from."""
    return Sentence(words.arrows[_named(arrow)]), Sentence(
        words.MOSTLY_OWN if arrow.is_mostly_own else words.MOSTLY_OTHERS
    )


def _named(arrow: Arrow) -> str:
    return ("mood_to_people", "people_to_mood")[arrow.since] + ("" if arrow.mean > 0 else "_less")


def _moved(arrow: Arrow) -> Sentence:
    """A block arrow in numbers; one of less counts how much less."""
    if arrow.mean <= 0:
        less = replace(arrow, mean=-arrow.mean, lo90=-arrow.hi90, hi90=-arrow.lo90)
        return Sentence(words.moved[_named(arrow)], numbers=_interval(less))
    return Sentence(words.moved[_named(arrow)], numbers=_interval(arrow))


def _single(arrow: Arrow) -> Sentence:
    names = {"since": words.things[ITEMS[arrow.since]], "to": words.things[ITEMS[arrow.to]]}
    return Sentence(words.SINGLE, names, _interval(arrow))


def _interval(arrow: Arrow) -> dict[str, float]:
    return {"mean": round(arrow.mean, 2), "low": round(arrow.lo90, 2), "high": round(arrow.hi90, 2)}
