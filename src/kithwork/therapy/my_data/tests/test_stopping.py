"""Stopping all sharing: of what the therapist began, or wrote on too, only what it is called stays."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from tests.cast import NOW

from kithwork.foundation.ids import CodeField, IdField
from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.queries import read
from kithwork.foundation.passages.sharing import Owner, Sharing
from kithwork.ipt import cycle_steps
from kithwork.therapy.course.models import CourseRecord
from kithwork.therapy.my_data import actions, stopping
from kithwork.therapy.story import actions as story
from kithwork.therapy.story.models import CycleStep
from kithwork.therapy.story.queries import version_steps

# What a kind is called, of all words that a client may write in it; nothing where only her words go.
CALLED = {
    "person": "label",
    "event": "title",
    "cyclestep": "name",
    "putdown": "what",
    "tryout": "what",
    "option": "option",
    "helper": "who",
    "griefdate": "what",
    "reconnect": "step",
    "contactstep": "step",
}
KINDS = [
    model
    for model in apps.get_models()
    if issubclass(model, CourseRecord) and any(one.owner is Owner.CLIENT for one in model.words.values())
]


def her_fields(model: type[CourseRecord]) -> list[str]:
    return [name for name, place in model.words.items() if place.owner is Owner.CLIENT]


def begun(by, model: type[CourseRecord], **columns: Any) -> Any:
    """A record as staff begin one, with something in every column that needs it."""
    for column in model._meta.concrete_fields:
        given = column.name in columns or column.null or column.has_default() or column.primary_key
        if given or column.model is not model or column.name in SET_BY_THE_DOOR:
            continue
        columns[column.name] = _something(by, column)
    return model.make(by, sharing=Sharing.SHARED, **columns)


SET_BY_THE_DOOR = {"client", "course", "sharing", "side", "together_in", "created_at"}


def _something(by, column: Any) -> Any:
    if column.is_relation:
        return begun(by, column.related_model)
    if isinstance(column, CodeField | IdField):
        return "shared" if column.name == "facts" else ""
    if isinstance(column, models.DateTimeField):
        return NOW
    return date(2025, 3, 1) if isinstance(column, models.DateField) else 1


def shared_after_stopping(cast, row) -> dict[str, str]:
    """What the therapist still reads of a record in which she wrote every field of hers."""
    for field in her_fields(type(row)):
        passages.write(cast.maya_now(), record=row, field=field, text=f"My {field}.", sharing=Sharing.SHARED)
    joan = cast.audience(cast.joan, cast.mayas)
    assert set(read(joan, row)) == set(her_fields(type(row)))
    actions.stop_sharing(by=cast.maya_now())
    return {field: words.text for field, words in read(joan, row).items()}


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__.lower())
def test_of_what_staff_began_only_what_it_is_called_stays_shared(cast, model):
    name = CALLED.get(model.__name__.lower())

    left = shared_after_stopping(cast, begun(cast.audience(cast.joan, cast.mayas), model))

    assert left == ({name: f"My {name}."} if name else {})


def test_a_step_that_kithwork_names_is_known_without_her_name_for_it(cast):
    station = next(iter(cycle_steps.stations)).key

    left = shared_after_stopping(
        cast, begun(cast.audience(cast.joan, cast.mayas), CycleStep, station=station)
    )

    assert left == {}


def test_what_she_ticked_in_the_cycle_is_gone_from_kept_pictures_too(cast):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)
    hers = {"by": maya, "station": "pull_away", "answer": "often", "sharing": Sharing.SHARED}
    story.set_cycle_step(**hers)
    picture = story.keep_version(by=joan)

    actions.stop_sharing(by=maya)
    story.set_cycle_step(**hers | {"answer": "sometimes"})

    ticked = [[step.answer_label for step in version_steps(by, picture.pk)] for by in (maya, joan)]
    assert ticked == [["", "Often", "", ""], ["", "", "", ""]]


def test_every_kind_with_words_of_hers_says_what_it_is_called_or_that_nothing_is():
    assert {model.__name__.lower(): name for model, name in stopping.NAMES.items()} == {
        model.__name__.lower(): CALLED.get(model.__name__.lower(), "") for model in KINDS
    }
