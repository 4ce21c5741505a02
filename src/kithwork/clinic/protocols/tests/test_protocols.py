"""A clinic's own forms of IPT: copied, changed as new versions."""

import pytest
from tests.cast import browser

from kithwork.foundation.trail.queries import events_of
from kithwork.foundation.ui.forms import new_key
from kithwork.ipt.protocol_editing import frame_of
from kithwork.therapy.course import protocols as kept

URL = "/clinic/protocols/"


def post(page, url, **fields):
    return page.post(url, {"key": new_key(), **fields})


@pytest.fixture
def page(cast):
    """Ravi, who leads the service, with a copy of the twelve sessions."""
    opened = browser(cast.ravi)
    assert post(opened, f"{URL}ipt_12/", title="Lime Street, 12")["Location"] == f"{URL}ipt_12-own-1/"
    return opened


def as_sent(form, **changed):
    frame = vars(frame_of(form)) | {"base": form.version} | changed
    frame["reviews"] = (
        frame["reviews"] if isinstance(frame["reviews"], str) else ", ".join(map(str, frame["reviews"]))
    )
    return frame


def test_a_copy_is_changed_as_a_new_version(cast, page):
    form = kept.find(cast.clinic, "ipt_12-own-1")

    answer = post(page, f"{URL}ipt_12-own-1/change/", **as_sent(
        form, title="Lime Street, 10", sessions=10, beginning=2, ending=3, ending_opens=4, reviews="3, 6",
        at_reviews=["wsas"],
    ))  # fmt: skip

    made = kept.find(cast.clinic, "ipt_12-own-1")
    assert answer.status_code == 302
    assert (made.title, made.version, made.usual, made.arc(), made.ending_opens_at(), made.reviews()) == (
        "Lime Street, 10", 2, 10, (2, 5, 3), 7, (3, 6),
    )  # fmt: skip
    assert [one.version for one in kept.versions_of(cast.clinic, "ipt_12-own-1")] == [2, 1]
    assert events_of("installation")[0].act == "protocol.changed"


def test_one_session_is_changed_and_the_others_stay(cast, page):
    before = kept.find(cast.clinic, "ipt_12-own-1")

    post(page, f"{URL}ipt_12-own-1/sessions/2/", aim="Circles.", do=["circles"], base="1")

    made = kept.find(cast.clinic, "ipt_12-own-1")
    assert (made.rows[1].aim, [task.key for task in made.rows[1].tasks]) == ("Circles.", ["circles"])
    assert made.rows[:1] + made.rows[2:] == before.rows[:1] + before.rows[2:]


def test_what_cannot_be_is_said_and_nothing_is_lost(cast, page):
    form = kept.find(cast.clinic, "ipt_12-own-1")
    wrong = (
        ({"beginning": 8, "ending": 4}, "Beginning and ending take 8 and 4 of 12 sessions"),
        ({"ending_opens": 13}, "Choose a number from 1 to 12."),
        ({"reviews": "4, 40"}, "Session 40 is not one of the 12"),
        ({"reviews": "soon"}, "Write the numbers of the sessions"),
        ({"sessions": 2}, "A form has from 3 to 60 sessions"),
        ({"title": "IPT, 16 sessions"}, "There is a form of that name already."),
        ({"sessions": "9" * 400}, "less than or equal to 60"),
    )  # fmt: skip
    for changed, said in wrong:
        sent = as_sent(form, title="My new name") | changed

        answer = post(page, f"{URL}ipt_12-own-1/change/", **sent)

        text = answer.content.decode()
        assert (answer.status_code, said in text, sent["title"] in text) == (422, True, True), changed
    assert kept.find(cast.clinic, "ipt_12-own-1") == form


def test_of_two_who_change_it_at_once_the_second_is_told(cast, page):
    form = kept.find(cast.clinic, "ipt_12-own-1")
    post(page, f"{URL}ipt_12-own-1/change/", **as_sent(form, minutes=45))

    late = post(browser(cast.ada), f"{URL}ipt_12-own-1/change/", **as_sent(form, minutes=60))

    assert "Somebody has made version 2 in the meantime." in late.content.decode()
    assert kept.find(cast.clinic, "ipt_12-own-1").minutes.usual == 45


def test_what_is_put_away_begins_no_course_and_can_come_back(cast, page):
    def offered():
        return "ipt_12-own-1" in browser(cast.joan).get("/clinic/clients/new/").content.decode()

    assert offered()
    post(page, f"{URL}ipt_12-own-1/away/")
    assert not offered()
    post(page, f"{URL}ipt_12-own-1/away/")
    assert offered()


def test_an_open_form_stays_open(cast):
    page = browser(cast.ada)
    post(page, f"{URL}ipt_m/", title="Every two months")
    form = kept.find(cast.clinic, "ipt_m-own-1")

    post(page, f"{URL}ipt_m-own-1/change/", **{
        name: value for name, value in as_sent(form, minutes=40).items() if value is not None
    })  # fmt: skip

    made = kept.find(cast.clinic, "ipt_m-own-1")
    assert (made.open, made.minutes.usual, made.version, made.rhythm) == (True, 40, 2, "monthly")
