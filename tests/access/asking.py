"""Addresses from the URL configuration, filled in with what is one's own and what is not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice

from kithwork.project.whose_pages import Route, routes

NOWHERE = "AAAAAAAAAAAAAAAAAAAAAA"
CANARY = re.compile(rb"cnry-[a-z2-9]{14}")
SLOT = re.compile(r"<(?:str|int):(\w+)>|\(\?P<(\w+)>[^)]*\)")
# Slots that name no record: a part of a page by its key, or the number of a session.
KEYS = {"kind", "section", "heading", "where", "field", "n", "sheet", "text"}


@dataclass(frozen=True)
class Ask:
    """One address with something foreign in it, and the same one with something that does not exist."""

    route: Route
    address: str
    like: str


def slots(route: Route) -> list[str]:
    """The names of what stands open in an address."""
    return [one or other for one, other in SLOT.findall(route.pattern)]


def filled(route: Route, values: dict[str, str]) -> str:
    """An address with every slot filled; one that nobody named leads nowhere."""
    return SLOT.sub(lambda slot: values.get(slot[1] or slot[2], NOWHERE), route.pattern)


def own_pages(names: dict[str, str], *, prefix: str) -> Iterator[str]:
    """Every address of one side that one's own record can fill."""
    for route in routes():
        if route.name.startswith(prefix) and all(slot in names for slot in slots(route)):
            yield filled(route, names)


def foreign(
    own: dict[str, str], theirs: dict[str, list[str]], names: dict[str, str], each: int
) -> Iterator[Ask]:
    """Every address × somebody else's ids: their course with all that is in it, and theirs in one's own course.

    Each address is asked for with the id of theirs that belongs there, and with ``each`` more, kind after kind.
    """
    more = cycle([ids[0] for ids in theirs.values() if ids] + [ids[-1] for ids in theirs.values() if ids])
    for route in routes():
        open_slots = [slot for slot in slots(route) if slot not in KEYS]
        # What anybody may open without signing in belongs to no record.
        if not open_slots or route.who["anonymous"] == "allow":
            continue
        nowhere = own | dict.fromkeys(open_slots, NOWHERE)
        yield Ask(route, filled(route, own | names), filled(route, nowhere))
        inner = [slot for slot in open_slots if slot != "course_id"]
        here = own | dict.fromkeys(inner, NOWHERE)
        if "course_id" in open_slots:
            # One's own things under their address.
            yield Ask(route, filled(route, own | {"course_id": names["course_id"]}), filled(route, nowhere))
        for slot in inner:
            yield Ask(
                route,
                filled(route, own | {slot: names.get(slot, NOWHERE)}),
                filled(route, own | {slot: NOWHERE}),
            )
        for one in islice(more, each if inner else 0):
            yield Ask(route, filled(route, here | dict.fromkeys(inner, one)), filled(route, here))
