"""Has this person changed by more than the questionnaire's own unsteadiness?"""

from dataclasses import dataclass
from math import isfinite, sqrt
from typing import Literal

# Two-sided 5 % of the normal distribution, as Jacobson and Truax print it.
_CRITICAL = 1.96

Significance = Literal["recovered", "improved", "unchanged", "deteriorated"]


@dataclass(frozen=True, slots=True)
class Change:
    """A change between two scores: in points, in standard errors, and whether it is reliable."""

    size: float
    index: float
    reliable: bool


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """Three places where a score may be said to have crossed into the general population's range."""

    a: float
    b: float
    c: float


def reliable_change(before: float, after: float, *, sd: float, reliability: float) -> Change:
    """Tell whether a change exceeds the instrument's own unsteadiness.

    Parameters
    ----------
    before, after : float
        Total scores on the same instrument, in points; finite.
    sd : float
        Standard deviation of the norm group, in points; above 0.
    reliability : float
        Test-retest reliability, or alpha, of the same group, no unit; strictly between 0 and 1.
        Say which: the choice can double the change that is asked for.

    Returns
    -------
    Change
        ``size`` in points (negative when the score fell), ``index`` in standard errors of the
        difference with the same sign, ``reliable`` at the 5 % level.

    Raises
    ------
    ValueError
        When a value is missing, not finite or out of range. Nothing is guessed.

    References
    ----------
    Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59, 12-19, p. 14.

    Examples
    --------
    >>> reliable_change(18, 12, sd=5.5, reliability=0.89).reliable
    True
    >>> reliable_change(18, 13, sd=5.5, reliability=0.89).reliable
    False
    """
    size = _number("after", after) - _number("before", before)
    index = size / standard_error_of_difference(sd=sd, reliability=reliability)
    return Change(size=size, index=index, reliable=abs(index) >= _CRITICAL)


def standard_error_of_difference(*, sd: float, reliability: float) -> float:
    """Say how far two scores of a person who has not changed typically lie apart.

    Parameters
    ----------
    sd : float
        Standard deviation of the norm group, in points; above 0.
    reliability : float
        No unit; strictly between 0 and 1.

    Returns
    -------
    float
        ``sd * sqrt(1 - reliability) * sqrt(2)``, in points.

    Raises
    ------
    ValueError
        When a value is missing, not finite or out of range.

    References
    ----------
    Jacobson & Truax (1991), p. 14; Blampied (2022).

    Examples
    --------
    >>> round(standard_error_of_difference(sd=5.5, reliability=0.89), 3)
    2.58
    """
    _positive("sd", sd)
    if not 0 < _number("reliability", reliability) < 1:
        raise ValueError("reliability must lie strictly between 0 and 1")
    return sd * sqrt(2 * (1 - reliability))


def smallest_reliable_change(*, sd: float, reliability: float) -> float:
    """Say how many points a score must move before the change is reliable.

    Parameters
    ----------
    sd, reliability : float
        As for `reliable_change`.

    Returns
    -------
    float
        Points, not rounded: whole-number scales need the next whole number up.

    Raises
    ------
    ValueError
        When a value is missing, not finite or out of range.

    References
    ----------
    Jacobson & Truax (1991), p. 14.

    Examples
    --------
    >>> round(smallest_reliable_change(sd=5.5, reliability=0.89), 2)
    5.06
    """
    return _CRITICAL * standard_error_of_difference(sd=sd, reliability=reliability)


def cutoffs(*, clinical_mean: float, clinical_sd: float, normal_mean: float, normal_sd: float) -> Cutoffs:
    """Find the scores that part people in treatment from people in general.

    Parameters
    ----------
    clinical_mean, normal_mean : float
        Means of people in treatment and of people in general, in points; finite and different.
        Which is larger says which way is up.
    clinical_sd, normal_sd : float
        Their standard deviations, in points; above 0.

    Returns
    -------
    Cutoffs
        ``a``: two standard deviations from the clinical mean, towards the normal; ``b``: two from
        the normal mean, towards the clinical; ``c``: where both groups are equally likely.

    Raises
    ------
    ValueError
        When a value is missing, not finite or out of range, or the means are equal.

    References
    ----------
    Jacobson & Truax (1991), p. 13.

    Examples
    --------
    >>> round(cutoffs(clinical_mean=19.7, clinical_sd=7.7, normal_mean=4.7, normal_sd=4.8).c, 2)
    10.46
    """
    _positive("clinical_sd", clinical_sd)
    _positive("normal_sd", normal_sd)
    if _number("clinical_mean", clinical_mean) == _number("normal_mean", normal_mean):
        raise ValueError("the two means must differ")
    towards_normal = 2 if normal_mean > clinical_mean else -2
    return Cutoffs(
        a=clinical_mean + towards_normal * clinical_sd,
        b=normal_mean - towards_normal * normal_sd,
        c=(normal_sd * clinical_mean + clinical_sd * normal_mean) / (normal_sd + clinical_sd),
    )


def clinical_significance(
    before: float,
    after: float,
    *,
    sd: float,
    reliability: float,
    cutoff: float,
    higher_is: Literal["worse", "better"] = "worse",
) -> Significance:
    """Put a change in one of four classes: across the cut and reliable, reliable, neither, or worse.

    Parameters
    ----------
    before, after, sd, reliability : float
        As for `reliable_change`.
    cutoff : float
        The score to cross, in points; a score at the cut still counts as clinical.
    higher_is : {"worse", "better"}
        Which way the scale runs.

    Returns
    -------
    str
        "recovered": reliable, and from the clinical side to the other; "improved": reliable only;
        "deteriorated": reliably worse; "unchanged": not reliable, whichever side it ends on.

    Raises
    ------
    ValueError
        When a value is missing, not finite or out of range.

    References
    ----------
    Jacobson & Truax (1991), p. 16.

    Examples
    --------
    >>> clinical_significance(18, 6, sd=5.5, reliability=0.89, cutoff=10)
    'recovered'
    """
    if higher_is not in ("worse", "better"):
        raise ValueError('higher_is must be "worse" or "better"')
    change = reliable_change(before, after, sd=sd, reliability=reliability)
    # Turned so that larger is worse: the rest need not ask again.
    sign = 1 if higher_is == "worse" else -1
    line = sign * _number("cutoff", cutoff)
    if not change.reliable:
        return "unchanged"
    if sign * change.size > 0:
        return "deteriorated"
    return "recovered" if sign * after < line <= sign * before else "improved"


def _positive(name: str, value: float) -> None:
    if _number(name, value) <= 0:
        raise ValueError(f"{name} must be above 0")


def _number(name: str, value: float) -> float:
    """Let through a finite number, and nothing that merely behaves like one."""
    if isinstance(value, bool | str | bytes) or value is None:
        raise ValueError(f"{name} must be a number")
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} must be a number") from None
    if not isfinite(number):
        raise ValueError(f"{name} must be finite")
    return number
