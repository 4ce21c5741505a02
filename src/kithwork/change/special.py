"""What is needed of SciPy's special functions, read when it is first asked for: a server that starts needs none."""

from typing import Any


def t_quantile(freedom: Any, chance: float) -> Any:
    """The value below which Student's t with so many degrees of freedom lies with this chance; arrays give arrays."""
    from scipy.special import stdtrit

    return stdtrit(freedom, chance)
