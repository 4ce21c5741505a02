"""The plain engine: NumPy, some thousand courses at a time, so that what is on the way stays near the processor."""

from typing import Any

import numpy as np
import numpy.typing as npt

from kithwork.change.columns import encode
from kithwork.change.kinds import KINDS, Kinds, go_on, judge
from kithwork.change.ready import Codes, Ready

__all__ = ["encode", "kinds", "tally"]
AT_A_TIME = 16_384


def tally(ready: Ready, group: Codes, groups: int) -> npt.NDArray[np.int64]:
    """Count the courses of each group (rows) that are of each kind (columns)."""
    places = group.astype(np.intp) * KINDS + kinds(ready)
    return np.bincount(places, minlength=groups * KINDS).reshape(groups, KINDS)


def kinds(ready: Ready) -> Kinds:
    """Say of what kind each course is."""
    found = np.empty(len(ready.ended), dtype=np.int16)
    # An infinite score is WRONG; that its change is no number need not be said as well.
    with np.errstate(invalid="ignore"):
        for start in range(0, len(found), AT_A_TIME):
            part = slice(start, start + AT_A_TIME)
            found[part] = _kinds(ready, part)
    return found


def _kinds(ready: Ready, part: slice) -> Any:
    phq9 = judge(ready.phq9_first[part], ready.phq9_last[part], *ready.phq9)
    limits = ready.limits[ready.measure[part]].T
    anxiety = judge(ready.anxiety_first[part], ready.anxiety_last[part], *limits)
    course = go_on(ready.contacts[part], ready.ended[part], ready.referred[part], ready.treated[part])
    return phq9 | anxiety | course
