"""Hours of somebody's own clock, on days on which that clock is changed too."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
# A reminder that is held up longer than this would speak of a moment that has passed.
STALE_AFTER = timedelta(hours=2)


def is_quiet(at: time, quiet_from: time, quiet_until: time) -> bool:
    """Whether a time of day lies in the quiet hours, which may go past midnight. Equal ends: there are none."""
    if quiet_from <= quiet_until:
        return quiet_from <= at < quiet_until
    return at >= quiet_from or at < quiet_until


CONTINENTS = {
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
}


@cache
def time_zones() -> tuple[str, ...]:
    """The time zones that somebody may live in, by continent and city."""
    return tuple(sorted(one for one in available_timezones() if one.split("/")[0] in CONTINENTS))


def next_time(after: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The next moment at which a clock in ``zone`` comes to ``at``, in UTC.

    An hour that the clock jumps over comes right after the jump; one that it shows twice counts the first time.
    """
    today = after.astimezone(zone).date()
    moments = (_moment(today + n * DAY, at, zone) for n in range(3))
    return next(moment for moment in moments if moment > after)


def drop_at(due: datetime, quiet_from: time, quiet_until: time, zone: ZoneInfo) -> datetime:
    """Until when a reminder that was due at a moment may still leave: never into the quiet hours.

    Asked minute by minute, as a clock on the wall would show it: no rule about jumping clocks could be forgotten.
    """
    minutes = [due + n * MINUTE for n in range(1, STALE_AFTER // MINUTE)]
    quiet = (one for one in minutes if is_quiet(one.astimezone(zone).time(), quiet_from, quiet_until))
    return next(quiet, due + STALE_AFTER)


def _moment(on: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, at, tzinfo=zone).astimezone(UTC)
