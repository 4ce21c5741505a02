"""The picture of the cycle as it was on some day, for one audience.

A version names revisions and holds no words. A step of it shows only to those who could see it then and may see
it now; what was emptied since is empty there too. What she once took back stays back, whatever she shares later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.models import Passage
from kithwork.foundation.passages.queries import heads, opened
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.ipt import cycle_steps
from kithwork.therapy.story.models import CycleStep, CycleVersion
from kithwork.therapy.story.queries.cycle import ShownStep, arrangement
from kithwork.therapy.story.queries.standing import find, standing


@dataclass(frozen=True)
class Kept:
    """One step as it stood: the row, its facts, for whom it was, and which revisions were shown.

    ``taken_back``: the client has made it hers alone since, so others see nothing of it here any more.
    """

    station: str
    row: str
    answer: str
    could_stop: bool
    sharing: str
    passages: dict[str, str]  # field: revision
    taken_back: bool = False


@dataclass(frozen=True)
class OldStep:
    """One step of an earlier picture."""

    station: cycle_steps.Station
    answer_label: str
    is_gap: bool
    idea: str
    texts: list[str]


@dataclass(frozen=True)
class ShownVersion:
    """An earlier picture, for a list."""

    id: str
    at: datetime
    sharing: Sharing
    together_in: int | None


def versions(audience: Audience) -> list[ShownVersion]:
    """The pictures that were kept, newest first."""
    rows = reversed(standing(audience, CycleVersion))
    return [ShownVersion(row.id, row.created_at, Sharing(row.sharing), row.together_in) for row in rows]


def kept_steps(audience: Audience) -> list[dict[str, Any]]:
    """The picture as it stands, to be kept: each step, and beside a kept one what others see."""
    shown = [one for step in arrangement(audience).steps for one in (step, step.beside) if one]
    return [asdict(_kept(audience, step)) for step in shown]


def _kept(audience: Audience, step: ShownStep) -> Kept:
    stands = {name: heads(audience, step.id, name) for name in step.words} if step.id else {}
    revisions = {name: rows[0].id for name, rows in stands.items() if rows}
    sharing = step.sharing or Sharing.SHARED
    return Kept(step.key, step.id, step.answer, step.could_stop, sharing, revisions)


def version_steps(audience: Audience, version: str) -> list[OldStep] | None:
    """An earlier picture's steps, as far as this audience may see them; None where there is no such picture."""
    row = find(audience, CycleVersion, version)
    if row is None:
        return None
    kept = [Kept(**one) for one in row.steps]
    rows = {one.id for one in standing(audience, CycleStep)}
    seen = [
        one for one in kept if one.row in rows and one.sharing in audience.sees and _is_shown(audience, one)
    ]
    words = _words(audience, (revision for one in seen for revision in one.passages.values()))
    by_station = {one.station: one for one in reversed(seen)}
    stations = dict.fromkeys(one.station for one in kept)
    shown = [key for key in stations if key in by_station or key in cycle_steps.stations]
    if len(shown) < cycle_steps.FEWEST_STEPS:
        shown += [one.key for one in cycle_steps.stations if one.key not in shown]
    return [_old(key, by_station.get(key), words) for key in shown]


def _is_shown(audience: Audience, kept: Kept) -> bool:
    return not kept.taken_back or audience.sees >= KEPT


def _words(audience: Audience, revisions: Iterable[str]) -> dict[str, str]:
    rows = Passage.objects.filter(pk__in=list(revisions), client=audience.client, sharing__in=audience.sees)
    return {row.id: opened(row) for row in rows.exclude(_was_taken_back(audience))}


def _was_taken_back(audience: Audience) -> Exists:
    """Whether a later revision of the same field was ever kept from this audience.

    Sharing something again shares what it says now; it does not bring back what was taken away before.
    """
    later = Passage.objects.filter(
        client=audience.client,
        record=OuterRef("record"),
        field=OuterRef("field"),
        number__gt=OuterRef("number"),
    )
    return Exists(later.filter(sharing__in=KEPT - audience.sees))


def _old(station: str, kept: Kept | None, words: Mapping[str, str]) -> OldStep:
    said = {name: words.get(revision, "") for name, revision in kept.passages.items()} if kept else {}
    idea = said.get("help_here", "")
    return OldStep(
        cycle_steps.own_station(station, said.get("name", "")),
        cycle_steps.answers[kept.answer].label if kept and kept.answer else "",
        bool(idea or (kept and kept.could_stop)), idea,
        [said[name] for name in ("differently", "my_words", "tried") if said.get(name)],
    )  # fmt: skip
