"""The only one who knows what time it is.

``KITHWORK_NOW`` starts the clock at a given moment, and it runs on from there; settings refuse it outside demo
and test data. Framework sessions and one-time codes keep real time.
"""

import os
import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

# The first process to ask fixes the moment, and its children inherit it: every worker shares one clock.
_STARTED = float(os.environ.setdefault("KITHWORK_NOW_STARTED", str(time.time())))


def now() -> datetime:
    """The present moment, in UTC."""
    start = os.environ.get("KITHWORK_NOW")
    if not start:
        return datetime.now(UTC)
    return parse_start(start) + timedelta(seconds=time.time() - _STARTED)


def parse_start(text: str) -> datetime:
    """Read ``KITHWORK_NOW``. Raises ValueError unless it is an ISO moment with its offset from UTC."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("KITHWORK_NOW needs an offset, as in 2025-03-18T13:30:00+00:00.")
    return moment.astimezone(UTC)


def day_in(moment: datetime, time_zone: str) -> date:
    """Which day a moment falls on where somebody lives."""
    return moment.astimezone(ZoneInfo(time_zone)).date()
