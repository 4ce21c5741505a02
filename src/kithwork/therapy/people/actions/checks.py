"""What every act with people checks first."""

from collections.abc import Iterable, Mapping
from typing import Any

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.ipt.inventory import State, line_kinds, relations
from kithwork.refusal import Refusal
from kithwork.therapy.people.queries import called, labels, out_of_sight


class OutOfSight(Refusal):
    """Somebody of this name was put out of sight: added again, they would be there twice."""

    code = "out-of-sight"


def check_open(by: Audience) -> None:
    """After the end of a course nothing is added."""
    if not by.may_write:
        raise Refusal("This course has ended. What you wrote stays here to read.", code="course-ended")


def check_choices(columns: Mapping[str, Any]) -> None:
    """Relation, state and line are chosen from the method's lists."""
    allowed: dict[str, Iterable[str]] = {
        "relation": ("", *relations.keys()), "line": ("", *line_kinds.keys()), "state": tuple(State)
    }  # fmt: skip
    for name, choices in allowed.items():
        if name in columns and columns[name] not in choices:
            raise Refusal("Choose one from the list, or leave it empty.", code="not-a-choice")


def who_for(by: Audience, sharing: Sharing) -> Sharing:
    """In the therapist's hand people are added together, so they are shared."""
    if not by.is_client:
        return Sharing.SHARED
    if sharing not in KEPT | {Sharing.SHARED}:
        raise Refusal("Choose who this is for.", code="state-not-open")
    return sharing


def free_label(by: Audience, label: str, *, known_as: Mapping[str, str]) -> str:
    """A name that nobody else has, among the people whom the writer can see."""
    name = " ".join(label.split())
    if not name:
        raise Refusal("Give them a name, an initial or a nickname.", code="label-missing")
    others = {known.casefold(): known for person, known in labels(by).items() if person not in known_as}
    if taken := others.get(name.casefold()):
        raise Refusal(
            "You have a {name} already." if by.is_client else "There is a {name} already.",
            next_step="Add something to tell them apart.",
            code="label-taken",
            name=taken,
        )
    return name


def check_in_sight(*, by: Audience, label: str) -> None:
    """A name is free, or that of somebody who is in sight."""
    hidden = out_of_sight(by) if label.strip() else {}
    if (taken := called(hidden, label)) and not called(labels(by), label):
        raise OutOfSight(
            "{name} was put out of sight.",
            next_step="Show them again under People, or add something to the name.",
            name=hidden[taken],
        )
