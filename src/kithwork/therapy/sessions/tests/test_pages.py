"""The sessions as two people meet them in their browsers."""

import re
import time
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.cast import NOW, browser

from kithwork.foundation.passages.queries import read
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import new_key
from kithwork.therapy.checkins.actions import enter_for_client
from kithwork.therapy.course.actions import close
from kithwork.therapy.diary.actions import write_entry
from kithwork.therapy.diary.queries import days
from kithwork.therapy.people.actions import add_person
from kithwork.therapy.sessions import actions, queries


@pytest.fixture
def joan(cast):
    return cast.audience(cast.joan, cast.mayas)


@pytest.fixture
def opened(joan):
    """Session 1, under way."""
    return actions.open_room(by=joan, session=actions.plan(by=joan, at=NOW))


def at(cast, path=""):
    return f"/course/{cast.mayas.pk}/sessions/{path}"


def post(page, url, **fields):
    return page.post(url, {"key": new_key(), **fields})


def bare(page, url):
    """A page without what changes from one request to the next."""
    text = page.get(url).content.decode()
    return re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]*"', "", text)


def test_a_session_is_planned_on_the_clients_clock(cast, joan):
    answer = post(browser(cast.joan), at(cast, "plan/"), on="2025-07-01", at="14:00", how="video", minutes="50",
                  kind="planned")  # fmt: skip

    [planned] = queries.sessions(joan)
    assert (answer.status_code, planned.at.isoformat()) == (302, "2025-07-01T13:00:00+00:00")


def test_the_next_one_is_offered_at_the_usual_hour_on_the_first_such_day_ahead(cast, joan):
    def offered():
        usual = browser(cast.joan).get(at(cast, "plan/")).context["form"].initial
        return f"{usual['on']} {usual['at']}"

    actions.plan(by=joan, at=NOW - timedelta(days=20, hours=5))
    after_a_break = offered()
    actions.plan(by=joan, at=NOW + timedelta(days=7))

    # The clocks go forward on 30 March: half past one stays half past one.
    assert (after_a_break, offered()) == ("2025-03-19 08:30:00", "2025-04-01 13:30:00")


def test_a_planned_session_is_moved(cast, joan):
    actions.plan(by=joan, at=NOW)

    post(browser(cast.joan), at(cast, "1/move/"), on="2025-03-25", at="10:30", how="phone", minutes="30")

    [moved] = queries.sessions(joan)
    assert (moved.at.isoformat(), moved.how, moved.minutes) == ("2025-03-25T10:30:00+00:00", "phone", 30)


def test_opening_the_room_keeps_its_therapist_signed_in(cast, joan):
    actions.plan(by=joan, at=NOW)
    page = browser(cast.joan)

    answer = post(page, at(cast, "1/open/"))

    stays = page.session["stay_until"] - time.time()
    assert (answer.status_code, queries.find(joan, 1).is_open, 0 < stays <= 65 * 60) == (302, True, True)


def test_closing_the_room_lets_go_of_the_sign_in_and_leads_to_the_note(cast, joan):
    page = browser(cast.joan)
    post(page, at(cast, "1/open/"))

    answer = post(page, at(cast, "1/close/"), attendance="attended")

    assert (answer.status_code, "stay_until" in page.session) == (302, False)
    assert page.get(answer["Location"]).status_code == 200
    assert queries.sessions(joan)[0].held


def test_the_whole_room_is_worked_by_plain_forms(cast, joan, opened):
    page = browser(cast.joan)
    sam = add_person(by=joan, label="Sam")
    row = enter_for_client(by=joan, answers={"phq9": [2] * 9, "gad7": [1] * 7}, on=NOW.date())
    assert row.state == "sent"
    score = queries_of(cast, joan, opened).check_in[0]

    post(page, at(cast, "1/agenda/"), item="Ringing Priya")
    post(page, at(cast, "1/agenda/"), task="focus_work")
    post(page, at(cast, "1/link/"), answers=score.id, person=sam.pk, link="Lowest on Saturday.")
    post(page, at(cast, "1/work/"), techniques=["role_play", "communication_analysis"])
    post(page, at(cast, "1/try/"), what="Say hello to Sam", person=sam.pk)
    post(page, at(cast, "1/rather-not/"), rather_not="The money.")

    text = page.get(at(cast, "1/")).content.decode()
    for shown in (
        "Ringing Priya",
        "Work on the focus",
        "Lowest on Saturday.",
        "Say hello to Sam",
        "The money.",
    ):
        assert shown in text, shown
    assert queries.techniques_used(joan, opened) == ["communication_analysis", "role_play"]


def queries_of(cast, audience, session):

    from kithwork.therapy.sessions.week import Week

    return Week(audience, ZoneInfo(cast.mayas.client.time_zone), session)


def test_the_agenda_is_put_in_order_by_plain_buttons(cast, joan, opened):
    first, second = (actions.add_agenda_item(by=joan, text=text) for text in ("one", "two"))
    page = browser(cast.joan)

    answer = post(page, at(cast, f"1/agenda/{second.pk}/"), act="up")
    post(page, at(cast, f"1/agenda/{first.pk}/"), act="done")

    shown = [(line.text, line.done) for line in queries.agenda(joan, 1)[1:]]
    assert (answer.status_code, shown) == (302, [("two", False), ("one", True)])


def test_the_client_meets_only_the_shared_side(cast, joan, opened):
    actions.write_note(by=joan, session=opened, note="Staff only.", summary="Not yet shown.")
    maya = browser(cast.maya)

    room = maya.get("/me/sessions/1/").content.decode()
    assert "Staff only." not in room
    assert "Not yet shown." not in room
    assert maya.get(at(cast, "1/note/")).status_code == 404

    actions.share_summary(by=joan, session=opened)
    assert "Not yet shown." in maya.get("/me/sessions/1/").content.decode()


def test_the_note_is_written_beside_the_room_and_leaves_the_summary_alone(cast, joan, opened):
    actions.write_note(by=joan, session=opened, note="First.", summary="For both.")
    page = browser(cast.joan)
    room = page.get(at(cast, "1/")).content.decode()
    base = re.search(r'name="note_base" value="([^"]+)"', room).group(1)

    answer = post(page, at(cast, "1/note/"), note="Second.", note_base=base, back="room")

    assert answer["Location"].startswith(at(cast, "1/"))
    assert {field: words.text for field, words in read(joan, opened).items()} == {
        "note": "Second.", "summary": "For both.",
    }  # fmt: skip


def test_a_stale_note_is_answered_with_both_texts_and_then_saved(cast, joan, opened):
    actions.write_note(by=joan, session=opened, note="Theirs.", summary="")
    page = browser(cast.joan)

    stale = post(page, at(cast, "1/note/"), note="Mine.", summary="", note_base="", summary_base="")
    text = stale.content.decode()
    base = re.search(r'name="note_base" value="([^"]+)"', text).group(1)
    again = post(
        page, at(cast, "1/note/"), note="Mine and theirs.", summary="", note_base=base, summary_base=""
    )

    assert (stale.status_code, "Mine." in text, "Theirs." in text) == (409, True, True)
    assert (again.status_code, read(joan, opened)["note"].text) == (302, "Mine and theirs.")


def test_the_summary_is_looked_over_before_it_is_shared(cast, joan, opened):
    actions.write_note(by=joan, session=opened, note="", summary="We looked at Saturday.")
    page = browser(cast.joan)

    preview = page.get(at(cast, "1/summary/")).content.decode()
    base = re.search(r'name="summary_base" value="([^"]+)"', preview).group(1)
    answer = post(page, at(cast, "1/summary/"), summary_base=base)

    assert ("We looked at Saturday." in preview, answer.status_code) == (True, 302)
    assert read(cast.maya_now(), opened)["summary"].text == "We looked at Saturday."


def test_a_draft_stands_in_the_form_again_until_somebody_saves(cast, joan, opened):
    page, draft = browser(cast.joan), at(cast, "1/note/draft/")
    page.post(draft, {"note": "Half a sent", "link": "Half a li"})

    for path in ("1/", "1/note/"):
        assert "Half a sent</textarea>" in page.get(at(cast, path)).content.decode()
    assert "Half a li</textarea>" in page.get(at(cast, "1/")).content.decode()
    assert "Half a sent" not in page.get(at(cast, "1/note/?saved-one")).content.decode()

    post(page, at(cast, "1/note/"), note="A whole sentence.", summary="")
    assert "note" not in queries.drafts(joan, opened)


def test_a_draft_that_is_older_than_what_was_saved_is_offered_and_never_put_over_it(cast, joan, opened):
    page = browser(cast.joan)
    page.post(at(cast, "1/note/draft/"), {"note": "Half a sent"})
    later = replace(joan, now=NOW + timedelta(hours=9))
    actions.write_note(
        by=replace(later, who=replace(joan.who, id="another-hand")), session=opened, note="Newer."
    )

    shown = page.get(at(cast, "1/note/")).content.decode()
    assert ("Newer.</textarea>" in shown, "Half a sent" in shown, "?draft" in shown) == (True, False, True)
    assert "Half a sent</textarea>" in page.get(at(cast, "1/note/?draft")).content.decode()


def test_the_summary_begins_with_what_was_done_and_is_kept_only_when_it_is_saved(cast, joan, opened):
    item = actions.add_agenda_item(by=joan, text="Ringing Priya", session_n=1)
    actions.tick_agenda_item(by=joan, item=item, done=True)
    actions.use_techniques(by=joan, session_n=1, techniques=["communication_analysis"])

    shown = browser(cast.joan).get(at(cast, "1/note/")).content.decode()

    assert "We talked about: Ringing Priya.\nWhat we did: A conversation, replayed.</textarea>" in shown
    assert read(joan, opened) == {}


def test_a_session_held_on_paper_is_typed_in_and_says_so(cast, joan):
    page = browser(cast.joan)
    answer = post(page, at(cast, "1/typed-in/"), on="2025-03-11", at="14:00", attendance="attended")

    [held] = queries.sessions(joan)
    assert (answer.status_code, held.number, held.held, held.at.date().isoformat()) == (
        302,
        1,
        True,
        "2025-03-11",
    )
    assert "typed in on 18 March by Joan Hale" in page.get(answer["Location"]).content.decode()
    assert (
        page.get(at(cast, "1/record/"))
        .context["text"]
        .startswith("Session 1 of 16 (to be agreed), 11 March 2025")
    )
    assert post(page, at(cast, "2/typed-in/"), on="2025-04-11", attendance="attended").status_code == 422


def test_a_sheet_is_printed_for_a_session_that_nobody_has_planned(cast, joan):
    page = browser(cast.joan)
    assert f'href="{at(cast, "1/paper/")}"' in page.get(at(cast, "1/")).content.decode()
    sheet = page.get(at(cast, "1/paper/"))

    assert (sheet.status_code, sheet.context["title"]) == (200, "Session 1")
    assert (page.get(at(cast, "2/paper/")).status_code, queries.sessions(joan)) == (404, [])


def test_the_same_text_can_be_taken_as_a_file_whose_name_says_nothing(cast, opened):
    page = browser(cast.joan)
    file = page.get(at(cast, "1/record/file/"))

    assert file.content.decode() == page.get(at(cast, "1/record/")).context["text"] + "\n"
    assert file["Content-Disposition"] == 'attachment; filename="session.txt"'


def test_the_week_begins_with_the_lowest_shared_day_and_who_was_around(cast, joan, opened):
    maya = cast.maya_now()
    sam = add_person(by=joan, label="Sam")
    for mood, people, sharing in ((2, [], "shared"), (1, [sam.pk], "shared"), (1, [], "just-me")):
        day = NOW.date() - timedelta(days=mood)
        write_entry(by=maya, on=day, mood=mood, people=people, words="", sharing=Sharing(sharing))

    initial = browser(cast.joan).get(at(cast, "1/")).context["link_form"].initial

    lowest = next(day for day in days(joan) if day.mood == 1)
    assert (initial["which"], initial["event"], initial["person"]) == ("worst", lowest.id, sam.pk)


def test_the_client_chooses_something_to_try_and_says_what_mood_did(cast, joan):
    maya = browser(cast.maya)
    post(maya, "/me/sessions/try/", what="Ring Priya", sharing="shared")
    [one] = queries.try_outs(joan)

    post(maya, f"/me/sessions/try/{one.id}/", how_it_went="", effect="lighter", sharing="just-me")
    assert (queries.try_outs(joan)[0].effect, queries.try_outs(joan)[0].done) == (None, False)
    [hers] = queries.try_outs(cast.maya_now())

    post(
        maya, f"/me/sessions/try/{one.id}/", effect="lighter", effect_base=hers.effect.base, sharing="shared"
    )
    assert (queries.try_outs(joan)[0].effect_label, queries.try_outs(joan)[0].done) == (
        "Mood was lighter after it", True,
    )  # fmt: skip


def test_ratings_are_staffs_and_can_be_taken_back(cast, joan, opened):
    post(browser(cast.joan), at(cast, "1/ratings/"), agenda="3", affect="0")
    assert queries.ratings(joan, opened) == {"agenda": 3, "affect": 0}
    assert queries.ratings(cast.maya_now(), opened) == {}

    post(browser(cast.joan), at(cast, "1/ratings/"), agenda="3")
    assert queries.ratings(joan, opened) == {"agenda": 3}


def test_what_is_left_for_next_time_is_off_this_agenda_until_it_is_brought_back(cast, joan, opened):
    item = actions.add_agenda_item(by=joan, text="Later", session_n=1)
    page, url = browser(cast.joan), at(cast, f"1/agenda/{item.pk}/")

    post(page, url, act="next")
    assert [[line.text for line in queries.agenda(joan, n) if line.id] for n in (1, 2)] == [[], ["Later"]]
    post(page, url, act="back")
    assert [line.text for line in queries.agenda(joan, 1) if line.id] == ["Later"]


def test_a_place_that_is_none_moves_nothing(cast, joan, opened):
    items = [actions.add_agenda_item(by=joan, text=text, session_n=1) for text in ("one", "two")]
    page, url = browser(cast.joan), at(cast, f"1/agenda/{items[1].pk}/")

    assert [post(page, url, act="to", place=odd).status_code for odd in ("", "-1", "9" * 400, "\0")] == [
        404
    ] * 4
    post(page, url, act="to", place="0")
    assert [line.text for line in queries.agenda(joan, 1) if line.id] == ["two", "one"]


def test_the_record_is_plain_text_with_every_line(cast, joan, opened):
    actions.link_week(by=joan, session_n=1, text="Lowest on Saturday.")
    actions.use_techniques(by=joan, session_n=1, techniques=["communication_analysis"])
    actions.add_try_out(by=joan, what="Ring Priya", session_n=1)

    text = browser(cast.joan).get(at(cast, "1/record/")).context["text"]

    assert text == (
        "Session 1 of 16 (to be agreed), 18 March 2025, by video\n"
        "Attendance: Attended\n"
        "Scores: not recorded\n"
        "Safety: not recorded\n"
        "Mood and people: Lowest on Saturday.\n"
        "Focus: not recorded\n"
        "Work: Communication analysis\n"
        "Next: Ring Priya."
    )


def test_the_client_adds_something_to_talk_about_and_takes_it_off(cast, joan):
    maya = browser(cast.maya)
    post(maya, "/me/to-talk-about/", item="The row", sharing="shared")
    [_, line] = queries.agenda(joan, 1)
    assert (line.text, line.from_client) == ("The row", True)

    post(maya, f"/me/to-talk-about/{line.id}/off/")
    assert len(queries.agenda(joan, 1)) == 1


@pytest.mark.parametrize("whose", ["hers", "staff"])
def test_taking_off_under_a_key_that_is_none_shows_the_page_again_with_its_form(cast, joan, whose):
    by = cast.maya_now() if whose == "hers" else joan
    page, where = (
        (browser(cast.maya), "/me/to-talk-about/")
        if whose == "hers"
        else (browser(cast.joan), f"/course/{cast.mayas.pk}/to-talk-about/")
    )
    item = actions.add_agenda_item(by=by, text="The row")

    answer = page.post(f"{where}{item.pk}/off/", {"key": "x"})

    shown = answer.content.decode()
    assert (answer.status_code, 'name="item"' in shown, 'class="kw-error-summary"' in shown) == (
        422,
        True,
        True,
    )
    # What is added from there goes to where things are added.
    assert re.findall(r'action="([^"]*)" class="kw-card', shown) == [where]
    assert [line.text for line in queries.agenda(joan, 1)[1:]] == ["The row"]


def test_a_missing_answer_to_who_it_is_for_keeps_it(cast, joan):
    post(browser(cast.maya), "/me/to-talk-about/", item="Hers")

    assert len(queries.agenda(joan, 1)) == 1


def test_the_client_says_how_it_went(cast, joan):
    one = actions.add_try_out(by=joan, what="Ring Priya", session_n=1)

    answer = post(
        browser(cast.maya), f"/me/sessions/try/{one.pk}/", how_it_went="She was glad.", sharing="shared"
    )

    [shown] = queries.try_outs(joan)
    assert (answer.status_code, shown.how_it_went.text, shown.done) == (302, "She was glad.", True)


def test_no_staff_page_changes_when_the_client_keeps_something(cast, joan, opened):
    maya, page = cast.maya_now(), browser(cast.joan)
    one = actions.add_try_out(by=joan, what="Ring Priya", session_n=1)
    urls = [at(cast), at(cast, "1/"), at(cast, "1/record/"), f"/course/{cast.mayas.pk}/to-talk-about/"]
    before = [bare(page, url) for url in urls]

    actions.add_agenda_item(by=maya, text="Kept", sharing=Sharing.JUST_ME)
    actions.add_try_out(by=maya, what="Kept too", sharing=Sharing.LATER)
    actions.try_out_outcome(by=maya, try_out=one, how_it_went="Kept as well", sharing=Sharing.JUST_ME)
    add_person(by=maya, label="Nan", sharing=Sharing.JUST_ME)

    assert [bare(page, url) for url in urls] == before


@pytest.mark.parametrize(
    "path",
    [
        "",
        "plan/",
        "1/",
        "1/note/",
        "1/summary/",
        "1/record/",
        "1/move/",
        "1/screen/",
        "1/show/",
        "1/paper/",
        "1/typed-in/",
        "1/ratings/",
        "1/record/file/",
    ],
)
def test_somebody_elses_sessions_do_not_exist(cast, opened, path):
    assert browser(cast.joan).get(at(cast, path)).status_code == 200
    assert browser(cast.mira).get(at(cast, path)).status_code == 404


def test_a_session_that_is_not_there_does_not_exist(cast):
    joan, maya = browser(cast.joan), browser(cast.maya)

    assert [joan.get(at(cast, path)).status_code for path in ("1/", "2/", "nothing/")] == [200, 404, 404]
    assert maya.get("/me/sessions/1/").status_code == 404


def test_after_the_end_there_is_nothing_to_send(cast, joan, opened):
    actions.write_note(by=joan, session=opened, note="Kept.", summary="Shown.")
    actions.close_room(by=joan, session=opened)
    close(by=joan, course=cast.mayas, how="as_agreed")
    page = browser(cast.joan)

    for path in (
        "",
        "try/",
        "1/",
        "1/note/",
        "1/summary/",
        "1/screen/",
        "1/show/",
        "1/ratings/",
        "1/typed-in/",
    ):
        text = page.get(at(cast, path)).content.decode()
        forms = re.findall(r'<form[^>]*action="([^"]*)"', text)
        assert [action for action in forms if action not in ("/sign-out/", "/lock/")] == [], path
    assert post(page, at(cast, "1/note/"), note="New", summary="").status_code in (409, 422)
    assert read(joan, opened)["note"].text == "Kept."


def test_the_record_tells_of_safety_what_was_decided_and_what_still_waits(cast, joan, opened):
    enter_for_client(by=joan, answers={"phq9": [1] * 9, "gad7": [None] * 7}, on=NOW.date())

    text = browser(cast.joan).get(at(cast, "1/record/")).context["text"]

    assert [line for line in text.splitlines() if line.startswith(("Scores", "Safety"))] == [
        "Scores: PHQ-9 9; GAD-7 no complete total",
        "Safety: 1 waiting for a review.",
    ]
