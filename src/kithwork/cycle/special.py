"""What is needed of SciPy's special functions, each read when it is first asked for.

Reading them takes as long as all of Django: a server that starts, and most of its pages, need none.
"""

from typing import Any

from kithwork.cycle.fit import Floats


def ndtr(z: Floats) -> Floats:
    """The chance that a standard normal variate lies below each z."""
    from scipy.special import ndtr as below

    chances: Floats = below(z)
    return chances


def logsumexp(logs: Any, axis: int) -> Floats:
    """The logarithm of the sum of what these are the logarithms of, along one axis."""
    from scipy.special import logsumexp as summed

    sums: Floats = summed(logs, axis=axis)
    return sums


def lapack() -> Any:
    """LAPACK's own routines."""
    from scipy.linalg import lapack as routines

    return routines
