"""Reading the trail, and checking that nothing in it was changed, dropped or put in another order."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from json.encoder import encode_basestring as _text

from kithwork.foundation.secrets import purpose_key
from kithwork.foundation.trail.models import Chain, Checkpoint, Event


@dataclass(frozen=True)
class Fault:
    """Where a chain does not hold."""

    chain: str
    place: int
    kind: str  # "changed", "missing", "cut", "root"


def mac_of(event: Event, previous: bytes) -> bytes:
    """The keyed hash that ties an event to the one before it."""
    return hmac.digest(purpose_key("trail"), previous + _as_json(event).encode(), "sha256")


def _as_json(event: Event) -> str:
    """What an event says, as ``json.dumps`` writes a list: a page of sixty courses has it written sixty times."""
    who = f"{_text(event.who_kind)}, {_text(event.who)}, {_text(event.who_name)}, {_text(event.role)}"
    what = f"{_text(event.act)}, {_text(event.page)}, {event.count}, {_text(event.reason)}"
    return f"[{_text(event.chain)}, {event.place}, {_text(event.at.isoformat())}, {who}, {what}]"


def events_of(course: str) -> list[Event]:
    """Everything that happened in one course, newest first."""
    return list(Event.objects.filter(chain=course).order_by("-place"))


def last_staff_read(course: str, *, besides: Iterable[str]) -> Event | None:
    """The last time that somebody at the clinic opened a page of this course, besides those named."""
    reads = Event.objects.filter(chain=course, who_kind="staff", act="read").exclude(page__in=besides)
    return reads.order_by("-place").first()


def faults() -> Iterator[Fault]:
    """Walk every chain and tell each place where it does not hold."""
    lengths = {chain.id: (chain.length, bytes(chain.head)) for chain in Chain.objects.all()}
    seen: dict[str, tuple[int, bytes]] = {}
    for event in Event.objects.order_by("chain", "place").iterator():
        place, head = seen.get(event.chain, (0, bytes(32)))
        if event.place != place + 1:
            yield Fault(event.chain, place + 1, "missing")
        elif not hmac.compare_digest(mac_of(event, head), bytes(event.mac)):
            yield Fault(event.chain, event.place, "changed")
        seen[event.chain] = (event.place, bytes(event.mac))
    for chain in sorted(set(lengths) | set(seen)):
        if lengths.get(chain) != seen.get(chain, (0, bytes(32))):
            yield Fault(chain, seen.get(chain, (0, b""))[0], "cut")


def merkle_root(heads: Iterable[tuple[str, bytes]]) -> bytes:
    """The root over (chain, head) pairs in the order of their ids; an odd one out is carried up unpaired."""
    level = [hashlib.sha256(b"leaf" + chain.encode() + head).digest() for chain, head in sorted(heads)]
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [hashlib.sha256(b"node" + b"".join(p)).digest() if len(p) == 2 else p[0] for p in pairs]
    return level[0] if level else bytes(32)


def chained_root(previous: bytes, heads: Iterable[tuple[str, bytes]]) -> bytes:
    """A checkpoint's root: over all heads, and over the checkpoint before."""
    return hashlib.sha256(previous + merkle_root(heads)).digest()


def root_holds(number: int, root: bytes) -> bool:
    """Whether a root that was kept elsewhere is still what the events make: a cut tail shows here."""
    point = Checkpoint.objects.filter(pk=number).first()
    if point is None or bytes(point.root) != root:
        return False
    heads = {
        event.chain: bytes(event.mac)
        for event in Event.objects.filter(chain__in=point.lengths)
        if event.place == point.lengths[event.chain]
    }
    return len(heads) == len(point.lengths) and chained_root(bytes(point.previous), heads.items()) == root


def newest_checkpoint() -> Checkpoint | None:
    """The last root that was taken."""
    return Checkpoint.objects.order_by("-pk").first()
