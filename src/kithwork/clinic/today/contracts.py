"""What the lists read of contracts: the number that each course goes by, and the day on which it expects to end."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from kithwork.ipt import contract as rules
from kithwork.therapy.course.access import Opened
from kithwork.therapy.course.models import Contract, Signature
from kithwork.therapy.course.queries import as_rule

# What a contract and a signature are to the method: columns, since a list reads hundreds.
OF_CONTRACT = ("sessions", "created_at", "reason", "ends_on")
OF_SIGNATURE = ("version", "party", "created_at", "how", "entered_by", "name")


@dataclass(frozen=True)
class Standing:
    """What holds in one course: the number of sessions, and the day of the contract that both signed last."""

    agreed: rules.Agreed
    ends_on: date | None = None


def agreements(opened: list[Opened]) -> dict[str, Standing]:
    """The contract that holds in each of these courses, in two queries for any number of them."""
    audiences = [one.audience for one in opened]
    contracts: dict[str, list[Any]] = defaultdict(list)
    offered = Contract.seen.visible_in(audiences).order_by("created_at", "pk")
    for contract in offered.values_list("pk", "course_id", *OF_CONTRACT, named=True):
        contracts[contract.course_id].append(contract)
    signed: dict[str, list[Any]] = defaultdict(list)
    signatures = Signature.seen.visible_in(audiences).filter(what="contract").order_by("created_at", "pk")
    for one in signatures.values_list("course_id", *OF_SIGNATURE, named=True):
        signed[one.course_id].append(one)
    return {
        one.course.pk: _standing(contracts[one.course.pk], signed[one.course.pk], one.course.offered)
        for one in opened
    }


def _standing(rows: list[Any], signed: list[Any], offered: int | None) -> Standing:
    dealt = [as_rule(row, signed) for row in rows]
    holding = rules.in_force(dealt)
    ends_on = next((row.ends_on for row in rows if holding and row.pk == holding.id), None)
    return Standing(rules.n_in_force([holding] if holding else [], offered), ends_on)
