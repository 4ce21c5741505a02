"""From a day of the diary to a talk, replayed."""

import re

import pytest
from tests.cast import NOW, browser
from tests.forms_of import forms_of

from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.course.models import Client
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.focus.worksheets import queries
from kithwork.therapy.people import actions as people

KEYS = iter(f"day-sheet-key-{n:018}" for n in range(100))


def post(page, address, **fields):
    return page.post(address, {"key": next(KEYS), **fields})


def test_from_a_day_of_the_diary_to_a_talk_in_one_step(cast):
    maya, by = browser(cast.maya), cast.maya_now()
    sam = people.add_person(by=by, label="Sam", relation="partner", ring=1, angle=90, sharing=Sharing.SHARED)
    day = diary.write_entry(
        by=by, on=NOW.date(), mood=2, people=[sam.pk], words="Me: Are you all right?\nSam: Fine.",
        sharing=Sharing.SHARED, words_sharing=Sharing.JUST_ME,
    )  # fmt: skip
    [way] = re.findall(
        r'href="(/me/worksheets/new/conversation/\?entry=[^"]+)"', maya.get("/me/diary/").content.decode()
    )

    page = maya.get(way)
    form = page.context["form"]
    assert (form["when"].value(), form["who"].value()) == (NOW.date(), sam.pk)
    assert boxes(page) == ["Are you all right?", "Fine.", ""]
    saved = post(maya, way, **{"turns-words": "Are you all right?", "who": sam.pk, "sharing": "shared"})

    where = saved["Location"].split("/")[3]
    assert 'data-kw="moment"' in maya.get(f"/me/worksheets/{where}/").content.decode()
    # Her words in the diary are kept: the day is there for Joan, and they are not.
    theirs = browser(cast.joan).get(f"/course/{cast.mayas.pk}/worksheets/{where}/").content.decode()
    assert ("Are you all right?" in theirs, "Sam: Fine." in theirs) == (True, False)
    diary.withdraw_entry(by=by, entry=day)
    assert 'data-kw="moment"' not in maya.get(f"/me/worksheets/{where}/").content.decode()


def test_somebody_elses_day_begins_no_sheet(cast):
    carl = cast.audience(cast.carl, cast.carls)
    day = diary.write_entry(by=carl, on=NOW.date(), mood=2, words="Carl's day.", sharing=Sharing.SHARED)
    where = f"/me/worksheets/new/conversation/?entry={day.pk}"

    assert b"Carl" not in browser(cast.maya).get(where).content
    post(browser(cast.maya), where, turning_point="x", sharing="shared")
    [sheet] = queries.sheets(cast.maya_now())
    assert queries.find(cast.maya_now(), sheet.id).entry == ""


@pytest.mark.parametrize(
    ("day", "words", "offered_to"),
    [
        (Sharing.JUST_ME, Sharing.JUST_ME, ["just-me"]),
        (Sharing.SHARED, Sharing.JUST_ME, ["just-me"]),
        (Sharing.SHARED, Sharing.LATER, ["just-me"]),
        (Sharing.JUST_ME, Sharing.SHARED, ["just-me"]),
        (Sharing.SHARED, Sharing.SHARED, ["shared"]),
    ],
)
def test_a_sheet_that_begins_with_what_she_keeps_is_offered_for_her_alone(cast, day, words, offered_to):
    Client.objects.filter(pk=cast.mayas.client_id).update(usual_words_sharing=Sharing.SHARED)
    by = cast.maya_now()
    sam = people.add_person(by=by, label="Sam", relation="partner", ring=1, sharing=Sharing.SHARED)
    entry = diary.write_entry(
        by=by,
        on=NOW.date(),
        mood=2,
        people=[sam.pk],
        words="Me: Are you all right?\nSam: Fine.",
        sharing=day,
        words_sharing=words,
    )
    maya, where = browser(cast.maya), f"/me/worksheets/new/conversation/?entry={entry.pk}"

    page = maya.get(where)
    post(maya, where, **{"turns-words": "Are you all right?"})

    assert boxes(page) == ["Are you all right?", "Fine.", ""]
    assert chosen(page) == offered_to
    # So it is for a browser that sends no choice.
    assert [one.sharing.value for one in queries.sheets(cast.maya_now())] == offered_to


def boxes(page):
    """The words of the turns on the form."""
    forms = forms_of(page.content.decode(), "/")
    return next(form.sends["turns-words"] for form in forms if "turns-words" in form.sends)


def chosen(page):
    """Who the form offers the sheet to."""
    forms = forms_of(page.content.decode(), "/")
    return next(form.sends["sharing"] for form in forms if "turns-words" in form.sends)
