"""From a day of the diary to a talk, replayed."""

import re

from tests.cast import NOW, browser
from tests.forms_of import forms_of

from kithwork.foundation.passages.sharing import Sharing
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


def boxes(page):
    """The words of the turns on the form."""
    forms = forms_of(page.content.decode(), "/")
    return next(form.sends["turns-words"] for form in forms if "turns-words" in form.sends)
