"""What other rooms ask about a course."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


from kithwork.foundation.accounts.models import Account
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import Key, Words, read_many
from kithwork.foundation.ui.arc import Arc
from kithwork.ipt.protocols import get as get_protocol
from kithwork.therapy.course.access import Opened, carers_of
from kithwork.therapy.course.models import Client, Contract, Course, Signature


def names_of(opened: Iterable[Opened]) -> dict[str, str]:
    """Each client's name, by client id, in two queries for any number of them."""
    opened = list(opened)
    clients: list[Client] = [one.course.client for one in opened]
    words = read_many([one.audience for one in opened], clients)
    return {client.pk: _name(words, client) for client in clients}


def _name(words: dict[Key, Words], client: Client) -> str:
    found = words.get((client.pk, "name"))
    return found.text if found and found.text else "Client"


def therapist_of(course: Course, *, now: datetime) -> Account | None:
    """Whoever carries the course now: the named reviewer of what comes in."""
    carers = carers_of(course.pk, now=now)
    return Account.objects.filter(pk=carers[0]).first() if carers else None


def therapist_name(course: Course, *, now: datetime) -> str:
    """The therapist's first name, as it stands in sentences."""
    account = therapist_of(course, now=now)
    return account.name.split(" ")[0] if account and account.name else "your therapist"


@dataclass(frozen=True)
class Agreed:
    """How many sessions the two go by; ``to_be_agreed`` until a contract has both signatures."""

    sessions: int | None
    to_be_agreed: bool
    contract: Contract | None = None


def agreed_sessions(audience: Audience, course: Course) -> Agreed:
    """The last signed number; before the first signing the offered one. An unsigned change moves nothing."""
    parties: dict[str, set[str]] = defaultdict(set)
    for version, party in Signature.seen.visible_to(audience).filter(what="contract").values_list("version", "party"):
        parties[version].add(party)
    signed = [version for version, both in parties.items() if both == {"client", "therapist"}]
    newest = Contract.seen.visible_to(audience).filter(pk__in=signed).order_by("-created_at", "-pk").first()
    if newest is None:
        return Agreed(course.offered, to_be_agreed=True)
    return Agreed(newest.sessions, to_be_agreed=False, contract=newest)


def arc_of(course: Course, audience: Audience) -> Arc:
    """ "Session n of N", for the head of every page of the course."""
    agreed = agreed_sessions(audience, course)
    total = agreed.sessions
    current = None if course.is_over else course.current_session
    return Arc(
        current=current, total=total, groups=_groups(course, total), done=course.held,
        label=_label(course, agreed), when=_when(course, audience.now),
    )  # fmt: skip


def _label(course: Course, agreed: Agreed) -> str:
    if course.is_over:
        return f"Ended after {course.held} sessions"
    words = f"Session {course.current_session}"
    if agreed.sessions is None:
        return words
    return f"{words} of {agreed.sessions}" + (" (to be agreed)" if agreed.to_be_agreed else "")


def _groups(course: Course, total: int | None) -> tuple[int, ...]:
    if total is None:
        return ()
    return tuple(get_protocol(course.protocol_key).arc(total) or ())


def _when(course: Course, now: datetime) -> str:
    if course.next_at is None:
        return ""
    zone = ZoneInfo(course.client.time_zone)
    days = (course.next_at.astimezone(zone).date() - now.astimezone(zone).date()).days
    if days == 0:
        return f"today {course.next_at.astimezone(zone):%H:%M}"
    return "tomorrow" if days == 1 else f"in {days} days" if days > 0 else ""
