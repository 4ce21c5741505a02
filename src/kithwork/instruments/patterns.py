"""Patterns that authors describe beyond a total. Screening, never a diagnosis: for staff only."""

from collections.abc import Iterable
from typing import Literal

from kithwork.instruments.scoring import score

# CESD-R symptom groups beside the two that open the gate. Source: Eaton and colleagues 2004.
_CESDR_GATE = ((8, 10), (2, 4, 6))
_CESDR_GROUPS = ((1, 18), (5, 11, 19), (3, 20), (9, 17), (7, 16), (12, 13), (14, 15))

# PCL-5 clusters: first item, last item, how many symptoms are needed. Source: Weathers and colleagues 2013.
_PCL5_CLUSTERS = ((1, 5, 1), (6, 7, 1), (8, 14, 2), (15, 20, 2))

CesdrCategory = Literal["major", "probable_major", "possible_major", "subthreshold", "none"]


def phq9_pattern(answers: Iterable[int | None]) -> Literal["major", "other", "none"] | None:
    """Name the PHQ-9 symptom pattern, or None while an answer is missing.

    Rule: a symptom is present from 2, item 9 from 1; one of items 1 and 2 must be; five in all are "major",
    two to four "other". Source: Kroenke and Spitzer 2002. Raises InvalidAnswer.
    """
    given = _complete("phq9", answers)
    if given is None:
        return None
    present = [answer >= (1 if n == 9 else 2) for n, answer in enumerate(given, 1)]
    if not any(present[:2]) or sum(present) < 2:
        return "none"
    return "major" if sum(present) >= 5 else "other"


def pcl5_pattern(answers: Iterable[int | None]) -> bool | None:
    """Tell whether a PCL-5 meets the provisional pattern, or None while an answer is missing.

    Rule: a symptom is present from 2; one each of clusters B and C, two each of D and E.
    Raises InvalidAnswer.
    """
    given = _complete("pcl5", answers)
    if given is None:
        return None
    return all(sum(a >= 2 for a in given[first - 1 : last]) >= need for first, last, need in _PCL5_CLUSTERS)


def cesdr_category(answers: Iterable[int | None]) -> CesdrCategory | None:
    """Name the CESD-R category, or None while an answer is missing.

    Rule: low mood or loss of interest nearly every day (4) opens the gate; then four other groups at 4 are
    "major", three at 3 "probable_major", two at 3 "possible_major"; else by total, from 16 "subthreshold".
    Source: Eaton and colleagues 2004. Raises InvalidAnswer.
    """
    given = _complete("cesdr", answers)
    if given is None:
        return None
    gate = any(given[item - 1] == 4 for group in _CESDR_GATE for item in group)
    peaks = [max(given[item - 1] for item in group) for group in _CESDR_GROUPS]
    total = score("cesdr", given).total
    return _cesdr_rule(gate, peaks, at_cut=total is not None and total >= 16)


def _cesdr_rule(gate: bool, peaks: list[int], *, at_cut: bool) -> CesdrCategory:
    often = sum(peak >= 3 for peak in peaks)
    if gate and sum(peak == 4 for peak in peaks) >= 4:
        return "major"
    if gate and often >= 3:
        return "probable_major"
    if gate and often == 2:
        return "possible_major"
    return "subthreshold" if at_cut else "none"


def _complete(instrument_id: str, answers: Iterable[int | None]) -> list[int] | None:
    given = list(answers)
    score(instrument_id, given)
    answered = [answer for answer in given if answer is not None]
    return answered if len(answered) == len(given) else None
