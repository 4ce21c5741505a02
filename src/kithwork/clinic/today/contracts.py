"""What the lists read of contracts: the number that each course goes by, and the day on which it expects to end."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.many import asked_of_many
from kithwork.ipt import contract as rules
from kithwork.therapy.course.access import Opened
from kithwork.therapy.course.models import Contract, Signature
from kithwork.therapy.course.queries import as_rule


class OfContract(NamedTuple):
    """What a contract is to the method: columns, since a list reads hundreds."""

    id: str
    sessions: int | None
    created_at: datetime
    reason: str
    ends_on: date | None


class OfSignature(NamedTuple):
    """What a signature is to the method."""

    version: str
    party: str
    created_at: datetime
    how: str
    entered_by: str
    name: str


@dataclass(frozen=True)
class Standing:
    """What holds in one course: the number of sessions, and the day of the contract that both signed last."""

    agreed: rules.Agreed
    ends_on: date | None = None


def agreements(opened: list[Opened]) -> dict[str, Standing]:
    """The contract that holds in each of these courses, in two queries for any number of them."""
    audiences = [one.audience for one in opened]
    contracts: dict[str, list[Any]] = defaultdict(list)
    for course, *columns in _contracts(audiences):
        contracts[course].append(OfContract(*columns))
    signed: dict[str, list[Any]] = defaultdict(list)
    for course, *columns in _signatures(audiences):
        signed[course].append(OfSignature(*columns))
    return {
        one.course.id: _standing(contracts[one.course.id], signed[one.course.id], one.course.offered)
        for one in opened
    }


@asked_of_many
def _contracts(audiences: list[Audience]) -> QuerySet[Any, Any]:
    offered = Contract.seen.visible_in(audiences).order_by("created_at", "pk")
    return offered.values_list("course_id", *OfContract._fields)


@asked_of_many
def _signatures(audiences: list[Audience]) -> QuerySet[Any, Any]:
    rows = Signature.seen.visible_in(audiences).filter(what="contract").order_by("created_at", "pk")
    return rows.values_list("course_id", *OfSignature._fields)


def _standing(rows: list[Any], signed: list[Any], offered: int | None) -> Standing:
    dealt = [as_rule(row, signed) for row in rows]
    holding = rules.in_force(dealt)
    ends_on = next((row.ends_on for row in rows if holding and row.id == holding.id), None)
    return Standing(rules.agreed_by(holding, offered), ends_on)
