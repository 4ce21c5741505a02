"""The copy to read: each kind under its heading, and what is told of each, in the words of the pages."""

import json
import re
from datetime import date
from decimal import Decimal
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from tests.cast import NOW

from kithwork.foundation.passages.sharing import Owner, Sharing
from kithwork.foundation.trail.who import Who
from kithwork.therapy.checkins import actions as checkins
from kithwork.therapy.course.models import Course, CourseRecord
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.my_data import labels, machine, readable
from kithwork.therapy.my_data.queries import own_record, shared_record
from kithwork.therapy.safety import actions as safety
from kithwork.therapy.story import actions as story

KEPT, SHARED = Sharing.JUST_ME, Sharing.SHARED
# Kinds that staff keep among themselves: no copy holds any of them.
OF_STAFF = {"review", "safetyreview", "concern", "rating"}


def kinds():
    return {model.__name__.lower(): model for model in apps.get_models() if issubclass(model, CourseRecord)}


def test_every_kind_that_she_can_see_has_a_heading_or_is_for_programs():
    told = set(labels.HEADINGS), set(labels.FOR_PROGRAMS), OF_STAFF

    assert set(kinds()) == set.union(*told)
    assert sum(map(len, told)) == len(kinds())


def test_every_kind_with_a_heading_says_which_columns_it_tells():
    columns = {kind: {one.name for one in model._meta.concrete_fields} for kind, model in kinds().items()}

    assert set(labels.TELLING) == set(labels.HEADINGS)
    assert {kind: set(told) - columns[kind] for kind, told in labels.TELLING.items()} == {
        kind: set() for kind in labels.TELLING
    }


def test_everything_that_is_told_of_a_kind_has_a_label_of_its_own():
    unnamed = {
        (kind, name)
        for kind, told in labels.TELLING.items()
        for name in {*told, *hers_or_joint(kinds()[kind])}
        if name not in labels.PROMPTS.get(kind, {}) and name not in labels.FIELDS
    }

    assert unnamed == set()


def hers_or_joint(model):
    return {name for name, place in model.words.items() if place.owner is not Owner.STAFF}


def section(cast, key):
    """What stands in one section of her copy: what is told of each record, label by label."""
    course = own_record(cast.maya_now()).courses[0]
    found = next(one for one in readable.sections(course, ZoneInfo("UTC")) if one.key == key)
    told = [{label: plain(value) for label, value in one.facts} for one in found.entries]
    return found.title, told


def plain(text):
    return unescape(re.sub("<[^>]+>", "", str(text)))


def test_a_score_from_elsewhere_is_in_her_copy_as_it_was_put_right(cast):
    joan = cast.audience(cast.joan, cast.mayas)
    score = {"by": joan, "scale": "wsas", "rated_by": "client", "came_from": "letter", "on": NOW.date()}
    typo = checkins.enter_score(**score, total=Decimal(31))
    checkins.enter_score(**score, total=Decimal(17), replaces=typo)

    assert section(cast, "enteredscore") == (
        "Scores from elsewhere",
        [
            {
                "Questions": "WSAS",
                "Total": "17",
                "Rated on": "18 March 2025",
                "Who rated": "The client",
                "Where the score comes from": "A letter or a report",
            }
        ],
    )


def test_the_fuller_items_of_a_day_are_in_her_copy(cast):
    diary.write_entry(by=cast.maya_now(), on=NOW.date(), mood=2, more={"low_mood": 7, "sleep": 0})

    assert section(cast, "entry") == (
        "My diary",
        [
            {
                "Day": "18 March 2025",
                "Mood": "Low",
                "More about that day": "How low was your mood? 7 of 10; How did you sleep? 0 of 10",
            }
        ],
    )


def test_the_question_that_never_counts_is_in_her_copy(cast):
    joan = cast.audience(cast.joan, cast.mayas)
    checkins.enter_for_client(
        by=joan,
        answers={"phq9": [1] * 8 + [0]},
        extras={"phq9": {"difficulty": 2}},
        on=NOW.date(),
        source="paper",
    )

    _, [told] = section(cast, "answers")

    assert told["Total"] == "8"
    assert told["One more about the questions before"].startswith("If you checked off any problems")
    assert told["One more about the questions before"].endswith("Very difficult")


def test_how_far_a_difficulty_fits_and_how_to_reach_her_stand_under_the_names_of_their_pages(cast):
    story.weigh(by=cast.maya_now(), area="grief", fits="a_bit", why="Since Gran.", sharing=KEPT)
    safety.say_how_to_reach(
        by=cast.maya_now(), answers={"hours": "Mornings."}, bases={}, sharing=SHARED, no_mail=True
    )

    assert section(cast, "weighing")[0] == "Four kinds of difficulty"
    assert section(cast, "weighing")[1][0]["Does this fit for you?"] == "A bit"
    assert section(cast, "safecontact") == ("Reaching me", [{"Please send me no e-mail at all": "yes"}])
    page = unescape(readable.page(own_record(cast.maya_now()), therapist="Joan"))
    assert [one for one in ("What makes you think so?", "At which times?") if one not in page] == []


def test_that_she_wishes_for_no_mail_is_in_no_copy_but_hers(cast):
    safety.say_how_to_reach(by=cast.maya_now(), answers={"hours": "Mornings."}, bases={}, sharing=SHARED)
    server = Who(kind="system", role="server")
    before = machine.write(shared_record(cast.mayas.client_id, by=server, now=NOW))

    safety.say_how_to_reach(by=cast.maya_now(), answers={}, bases={}, no_mail=True)

    assert machine.write(shared_record(cast.mayas.client_id, by=server, now=NOW)) == before
    assert '"no_mail": true' in machine.write(own_record(cast.maya_now()))


@pytest.mark.parametrize("day", [None, date(2025, 1, 9)])
def test_the_day_of_referral_is_in_both_copies_where_it_is_known(cast, day):
    Course.objects.filter(pk=cast.mayas.pk).update(referred_on=day)
    record = own_record(cast.maya_now())

    assert [one.referred_on for one in record.courses] == [day]
    assert machine.read(machine.write(record)) == record
    assert ("Referred on 9 January 2025" in readable.page(record, therapist="Joan")) is (day is not None)


def test_a_copy_from_before_the_day_of_referral_was_kept_reads_as_one_without_it(cast):
    record = own_record(cast.maya_now())
    older = json.loads(machine.write(record))
    for course in older["courses"]:
        del course["referred_on"]

    assert machine.read(json.dumps(older)) == record


def test_a_check_in_that_was_not_sent_is_in_her_copy_and_says_so(cast):
    maya = cast.maya_now()
    draft = checkins.open_check_in(by=maya)
    checkins.answer(by=maya, check_in=draft, instrument="gad7", item=2, value=3)

    _, told = section(cast, "answers")

    assert {one["Questions"]: (one["Check-in"], one["Answers"].split("; ")[1]) for one in told} == {
        "PHQ-9": ("not sent yet", "2: left out"), "GAD-7": ("not sent yet", "2: Nearly every day"),
    }  # fmt: skip
    checkins.send(by=maya, check_in=draft)
    assert {one["Check-in"] for one in section(cast, "answers")[1]} == {"sent"}
    checkins.withdraw(by=maya, check_in=draft)
    assert {one["Check-in"] for one in section(cast, "answers")[1]} == {"taken back"}
