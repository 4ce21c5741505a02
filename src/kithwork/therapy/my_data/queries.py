"""The record of one person, opened for whoever takes a copy."""

from datetime import datetime

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.trail.who import Who
from kithwork.therapy.course.access import courses_of_client, open_by_client_act, open_for_release
from kithwork.therapy.my_data.record import Record, gather


def own_record(audience: Audience) -> Record:
    """The client's own copy: everything of hers in every course, and what was shared with her."""
    courses = courses_of_client(audience.client).select_related("client")
    now = audience.now
    return gather([(one, open_by_client_act(one.client, one, now=now)) for one in courses], now=now)


def own_audience(client: str, *, now: datetime) -> Audience:
    """The client before her present course, for an act that she has given her password for."""
    course = courses_of_client(client).select_related("client")[0]
    return open_by_client_act(course.client, course, now=now)


def shared_record(client: str, *, by: Who, now: datetime) -> Record:
    """What both can see, for somebody who is neither of the two; every course's trail says that it was taken."""
    courses = courses_of_client(client).select_related("client")
    opened = [(one, open_for_release(one, by=by, now=now)) for one in courses]
    return gather(opened, now=now)
