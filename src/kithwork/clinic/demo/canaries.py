"""A unique word in every free-text field of the demo's signed-in clients, so that a leak can be told by its name."""

import random
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import cycle
from typing import Any

from django.apps import apps

from kithwork.clinic.demo.hand import Hand
from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.models import Shared
from kithwork.foundation.passages.queries import Words, read_many
from kithwork.foundation.passages.sharing import Field, Owner, Sharing
from kithwork.ipt.problem_areas import dispute_stages, problem_areas, second_focus_reasons
from kithwork.therapy.course import contracts
from kithwork.therapy.course.models import CourseRecord
from kithwork.therapy.course.pauses import go_on, pause
from kithwork.therapy.ending import actions as ending
from kithwork.therapy.focus import actions as focus
from kithwork.therapy.focus import queries as focus_queries
from kithwork.therapy.focus.kinds import Kind, kinds
from kithwork.therapy.focus.models import ContactStep, Focus
from kithwork.therapy.focus.worksheets import actions as worksheets
from kithwork.therapy.focus.worksheets.actions import Said
from kithwork.therapy.formulation import actions as formulation
from kithwork.therapy.letters import actions as letters
from kithwork.therapy.safety import actions as safety

Canary = dict[str, str]
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
# Left as they are where they hold words: a word more would undo signatures.
SIGNED = frozenset({"formulation"})


def plant(hands: Iterable[Hand], now: datetime) -> list[Canary]:
    """Write the words, and list where each of them is and whom it is for."""
    chance = random.Random("canaries")  # noqa: S311 -- unique, not secret
    found: list[Canary] = []
    for hand in hands:
        if hand.plan.account:
            _one_of_every_kind(hand, now)
            found += _plant_one(hand, now, chance)
    return found


def _one_of_every_kind(hand: Hand, now: datetime) -> None:
    """A record of each kind that the story itself has no use for, so that every field there is gets its word."""
    client, staff = hand.client(now), hand.staff(now)
    formulation.comment(by=client, section="cycle", kind="talk", text="About this part.")
    contracts.offer(by=staff, sessions=16, reason="wording")  # nobody has signed it, so that words may go in
    safety.write_plan(by=client, heading="signs", text="A quiet week.", sharing=Sharing.JUST_ME)
    safety.note_concern(by=staff, text="Ask on her own.")
    safety.raise_flag(by=staff, kind="told_by_other", owner=staff.who.id, text="A friend rang.")
    reached = {"channel": "A text.", "hours": "After six."}
    safety.say_how_to_reach(by=client, answers=reached, bases={}, sharing=Sharing.JUST_ME)
    safety.record_review(by=staff, decisions=["talked"], words={"asked": "Aloud."})
    ending.write(by=client, field="changed", text="The evenings.", sharing=Sharing.JUST_ME)
    ending.write_plan(by=client, field="tell", text="Somebody.", sharing=Sharing.SHARED)
    ending.add_warning_sign(by=client, sign="No answer for days.", sharing=Sharing.LATER)
    letter = letters.begin(by=staff, kind="ending")
    letters.show(by=staff, letter=letter)
    letters.answer(by=client, letter=letter, answer="talk", said="Next time.")
    ending.wish_to_stop(by=client, words="Not sure about going on.")
    pause(by=staff, reader=staff.who.id, note="Two weeks away.")
    go_on(by=staff)
    told = Said(answers={"turns": [{"speaker": "Me", "words": "Well?"}]})
    worksheets.begin(by=client, kind="conversation", said=told, sharing=Sharing.SHARED)
    worksheets.begin(by=staff, kind="between_us", said=Said(answers={"feedback": "Said so."}))
    _every_focus(client, staff)


def _every_focus(client: Audience, staff: Audience) -> None:
    """Every list of every difficulty: the other ones stand for a moment as a second focus."""
    for area in problem_areas:
        chosen = next((one for one in focus_queries.standing(staff) if one.area == area.key), None)
        second = chosen or focus.choose(by=staff, area=area.key, reason=next(iter(second_focus_reasons)).key)
        for kind, sharing in zip(kinds, cycle((Sharing.JUST_ME, Sharing.SHARED))):
            if kind.area == area.key:
                _add_item(client, second, kind, sharing)
        if chosen is None:
            focus.end(by=staff, focus=second)


def _add_item(client: Audience, on: Focus, kind: Kind, sharing: Sharing) -> None:
    asked: dict[str, Any] = {}
    if "stage" in kind.asks:
        asked["stage"] = next(iter(dispute_stages)).key
    if kind.key == "attempt":
        asked["step"] = ContactStep.seen.visible_to(client).first()
    if "on" in kind.asks:
        asked["on"] = client.now.date()
    focus.add_item(
        by=client, focus=on, kind=kind, words={kind.lead: "One of them."}, sharing=sharing, **asked
    )


def _plant_one(hand: Hand, now: datetime, chance: random.Random) -> Iterator[Canary]:
    client, staff = hand.client(now), hand.staff(now)
    states = cycle((Sharing.JUST_ME, Sharing.LATER, Sharing.SHARED))
    hers: dict[str, Any] = {one.pk: one for one in (hand.course.client, *_newest_of_each(client))}
    unique = hers | {one.pk: one for one in _newest_of_each(staff)}
    words = read_many([client], unique.values()) | read_many([staff], unique.values())
    for record in unique.values():
        for field, place in record.words.items():
            stands = words.get((record.id, field))
            if stands and (type(record).__name__.lower() in SIGNED or field == "name"):
                continue
            by = _writer(place, stands, client, staff)
            if by.is_client and record.id not in hers:
                continue  # on what only staff see she writes nothing
            word = "cnry-" + "".join(chance.choices(ALPHABET, k=14))
            sharing = stands.sharing if stands else next(states) if by.is_client else None
            written = _write(by, record, field, word, sharing, stands)
            yield {
                "word": word, "model": type(record).__name__, "field": field, "id": record.id,
                "client": hand.client_email, "author": hand.client_email if by.is_client else hand.therapist.email,
                "visibility": str(written.sharing),
            }  # fmt: skip


def _newest_of_each(audience: Audience) -> Iterator[Shared]:
    """One record of every kind that has words: the newest that this audience sees."""
    for model in apps.get_models():
        if issubclass(model, CourseRecord) and model.words:
            newest = model.seen.visible_to(audience).order_by("-created_at", "-pk").first()
            if newest is not None:
                yield newest


def _writer(place: Field, stands: Words | None, client: Audience, staff: Audience) -> Audience:
    """Whoever would write there: a field's own side, or the hand that wrote what stands."""
    if place.owner in (Owner.STAFF, Owner.SUMMARY):
        return staff
    return staff if stands and stands.side == "staff" else client


def _write(
    by: Audience, record: Any, field: str, word: str, sharing: Sharing | None, stands: Words | None
) -> Words:
    text = f"{stands.text} {word}" if stands and not stands.refused else word
    base = stands.base if stands else ""
    written = passages.write(by, record=record, field=field, text=text, sharing=sharing, base=base)
    if written is None:
        raise AssertionError("a canary is never empty")
    return written
