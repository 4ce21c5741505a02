"""My data: a copy that holds all that is hers and nothing of staff's, stopping, and erasing."""

import json
import re
from datetime import timedelta

import pytest
from tests.cast import NOW, PASSWORD, browser

from kithwork.foundation.accounts.models import Account
from kithwork.foundation.outbox.models import Outbox
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.rather_not import RatherNot
from kithwork.foundation.trail.queries import events_of
from kithwork.foundation.trail.who import Who
from kithwork.foundation.vault.erasure import erasure_of
from kithwork.foundation.vault.models import ClientKey
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Client
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.diary import queries as diary_queries
from kithwork.therapy.my_data import actions, labels, machine, readable
from kithwork.therapy.my_data.erasing import erase_due
from kithwork.therapy.my_data.queries import own_record, shared_record
from kithwork.therapy.my_data.record import places_left_out
from kithwork.therapy.people import actions as people
from kithwork.therapy.people import queries as people_queries
from kithwork.therapy.people.models import Snapshot
from kithwork.therapy.reminders import actions as reminders
from kithwork.therapy.reminders.models import Reminder
from kithwork.therapy.safety import actions as safety
from kithwork.therapy.sessions import actions as sessions
from kithwork.therapy.sessions import queries as session_queries
from kithwork.therapy.story import actions as story

KEPT, SHARED = Sharing.JUST_ME, Sharing.SHARED
SERVER = Who(kind="system", role="server")
WEEK = timedelta(days=7)


@pytest.fixture
def told(cast):
    """A record with something of every reader in it."""
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)
    sam = people.add_person(by=maya, label="Sam", relation="partner", ring=1, sharing=SHARED)
    nan = people.add_person(by=maya, label="Nan", relation="family", ring=2, sharing=KEPT)
    people.write_card(by=maya, person=sam, field="good", text="Makes me laugh.", sharing=SHARED)
    people.write_card(by=maya, person=sam, field="wish", text="That he asks.", sharing=KEPT)
    diary.write_entry(by=maya, on=NOW.date(), mood=2, people=[sam.pk, nan.pk], words="Kept day.")
    diary.write_entry(
        by=maya, on=NOW.date(), mood=1, people=[nan.pk], words="Shared words.", words_sharing=SHARED
    )
    story.add_event(
        by=joan, title="Row about money", when="2025-03-01", lane="relationships", people=[sam.pk]
    )
    safety.note_concern(by=joan, text="Worry of staff.")
    meeting = sessions.plan(by=joan, at=NOW, how="video")
    sessions.open_room(by=joan, session=meeting)
    sessions.write_note(by=joan, session=meeting, note="Note of staff.", summary="What we did.")
    sessions.share_summary(by=joan, session=meeting)
    return sam, nan


HERS = [
    *("Kept day.", "Shared words.", "Makes me laugh.", "That he asks."),
    *("Nan", "Sam", "Row about money", "What we did."),
]
KEPT_WORDS = ["Kept day.", "That he asks.", "Nan"]
OF_STAFF = ["Worry of staff.", "Note of staff."]


def texts(cast):
    record = own_record(cast.maya_now())
    return {"readable": readable.page(record, therapist="Joan"), "machine": machine.write(record)}


@pytest.mark.parametrize("what", ["readable", "machine"])
def test_her_copy_holds_all_that_is_hers_and_nothing_that_staff_wrote_for_themselves(cast, told, what):
    text = texts(cast)[what]

    assert [words for words in HERS if words not in text] == []
    assert [words for words in OF_STAFF if words in text] == []


def test_what_is_left_out_is_listed_whether_or_not_there_is_any(cast):
    empty = own_record(cast.maya_now())

    page = readable.page(empty, therapist="Joan")

    assert set(empty.left_out) == set(places_left_out()) >= {"therapysession.note", "concern.concern"}
    for line in labels.left_out(empty.left_out, therapist="Joan"):
        assert line in page.replace("&#x27;", "’")


def test_every_place_of_staffs_own_has_its_line(cast):
    assert "Notes of the clinic" not in labels.left_out(tuple(places_left_out()), therapist="Joan")


def test_the_machine_copy_is_equal_when_it_is_read_again(cast, told):
    record = own_record(cast.maya_now())

    assert machine.read(machine.write(record)) == record
    with pytest.raises(Refusal):
        machine.read("{}")


def test_earlier_wordings_are_hers_too(cast, told):
    sam, _ = told
    people.write_card(by=cast.maya_now(), person=sam, field="good", text="Makes us laugh.", sharing=SHARED,
                      base=people_queries.card(cast.maya_now(), sam).words["good"].base)  # fmt: skip

    assert "Makes me laugh." in texts(cast)["machine"]
    assert "Makes me laugh." not in texts(cast)["readable"]


def test_rather_not_say_is_an_answer_in_the_copy_too(cast, told):
    sam, _ = told
    people.write_card(by=cast.maya_now(), person=sam, field="hard", text=RatherNot(), sharing=SHARED)

    assert "Chose not to say" in texts(cast)["readable"]
    assert '"refused": true' in texts(cast)["machine"]
    shared = shared_record(cast.mayas.client_id, by=SERVER, now=NOW)
    assert '"refused": true' not in machine.write(shared)


def test_the_copy_to_read_needs_nothing_from_elsewhere(cast, told):
    page = texts(cast)["readable"]

    assert re.findall(r"<script|<link|\bsrc=|@import|url\(|https?://|\son[a-z]+=", page) == []
    assert page.count("<style>") == 1


def test_what_somebody_typed_is_shown_in_the_copy_and_never_obeyed(cast):
    diary.write_entry(by=cast.maya_now(), on=NOW.date(), words="<script>alert(1)</script>")

    assert "<script" not in texts(cast)["readable"]


def test_a_copy_from_the_server_holds_what_both_can_see_and_tells_nothing_of_the_rest(cast, told):
    _, nan = told
    shared = machine.write(shared_record(cast.mayas.client_id, by=SERVER, now=NOW))

    assert [words for words in HERS if words in shared] == [
        words for words in HERS if words not in KEPT_WORDS
    ]
    assert [words for words in (*KEPT_WORDS, *OF_STAFF, nan.pk) if words in shared] == []
    days = [one for one in json.loads(shared)["courses"][0]["items"] if one["kind"] == "entry"]
    assert [one["values"] for one in days] == [{"on": "2025-03-18"}]


def test_a_copy_from_the_server_is_the_same_whatever_she_keeps(cast, told):
    before = machine.write(shared_record(cast.mayas.client_id, by=SERVER, now=NOW))
    diary.write_entry(by=cast.maya_now(), on=NOW.date(), mood=5, words="More that is kept.")
    people.add_person(by=cast.maya_now(), label="Ines", relation="friend", ring=1, sharing=KEPT)
    reminders.send_one_now(by=cast.maya_now())

    assert machine.write(shared_record(cast.mayas.client_id, by=SERVER, now=NOW)) == before


def test_a_copy_from_the_server_stands_first_under_who_has_looked(cast, told):
    shared_record(cast.mayas.client_id, by=SERVER, now=NOW)

    page = browser(cast.maya).get("/me/who-has-looked/").content.decode()

    first = page.index("Somebody who runs the server took a copy of what you share")
    assert first < page.index("As usual")


def take(page, key, **fields):
    return page.post("/me/data/copy/", {"key": key * 24, "what": "machine", "password": PASSWORD, **fields})


def test_a_copy_asks_for_the_password_and_is_on_the_trail_once_a_press(cast, told):
    page = browser(cast.maya)

    wrong, first, second = take(page, "a", password="not it"), take(page, "b"), take(page, "b")

    assert (wrong.status_code, b"Kept day." in wrong.content) == (422, False)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first["Content-Disposition"] == 'attachment; filename="copy-2025-03-18.json"'
    assert {words in first.content.decode() for words in HERS} == {True}
    assert [event.act for event in events_of(cast.mayas.pk)].count("data.copied") == 1
    assert take(page, "b", what="readable").status_code == 422


def test_stopping_takes_back_what_she_wrote_and_leaves_what_was_written_together(cast, told):
    joan, told_here = (
        browser(cast.joan),
        {
            "diary": "Shared words.",
            "people": ">Sam<",
            "story": "Row about money",
        },  # no key of a form holds that
    )

    def shown():
        pages = {one: joan.get(f"/course/{cast.mayas.pk}/{one}/").content.decode() for one in told_here}
        return {one: told_here[one] in text for one, text in pages.items()}

    assert shown() == {"diary": True, "people": True, "story": True}
    browser(cast.maya).post("/me/data/stop-sharing/", {"key": "s" * 24, "sure": "on"})

    assert shown() == {"diary": False, "people": False, "story": True}
    assert "Shared words." in browser(cast.maya).get("/me/diary/").content.decode()
    assert Client.objects.get(pk=cast.mayas.client_id).usual_sharing == "just-me"


def test_stopping_leaves_known_who_staff_wrote_about_too(cast, told):
    sam, _ = told
    people.write_card(by=cast.audience(cast.joan, cast.mayas), person=sam, field="hard", text="Goes quiet.")

    actions.stop_sharing(by=cast.maya_now())

    seen = people_queries.card(cast.audience(cast.joan, cast.mayas), sam).words
    assert {field: words.text for field, words in seen.items()} == {"label": "Sam", "hard": "Goes quiet."}


STAYS = (
    "Where Joan began something, or wrote on it too: what it is called, and what is ticked or chosen there, also where "
    "you changed it. Kithwork does not keep who chose it last. You can still change it there."
)


def test_stopping_says_that_what_she_chose_on_what_staff_began_stays_and_it_does(cast):
    maya, joan = cast.maya_now(), cast.audience(cast.joan, cast.mayas)
    began = people.add_person(by=joan, label="Priya", relation="friend")
    wrote_on = people.add_person(by=maya, label="Sam", relation="friend", sharing=SHARED)
    people.write_card(by=joan, person=wrote_on, field="hard", text="Goes quiet.")
    own = people.add_person(by=maya, label="Leah", relation="friend", sharing=SHARED)
    for person in (began, wrote_on, own):
        people.change_person(by=maya, person=person, details={"relation": "partner"})

    page = browser(cast.maya).get("/me/data/stop-sharing/").content.decode()
    actions.stop_sharing(by=maya)

    assert STAYS in page
    seen = {one.label: one.relation for one in people_queries.everybody(joan)}
    assert seen == {"Priya": "partner", "Sam": "partner"}


def test_stopping_takes_back_where_she_placed_somebody_that_staff_added(cast):
    maya, joan = cast.maya_now(NOW + timedelta(hours=1)), cast.audience(cast.joan, cast.mayas)
    priya = people.add_person(by=joan, label="Priya", ring=1)
    people.place(by=maya, person=priya, ring=3)
    people.take_snapshot(by=maya, sharing=SHARED)

    actions.stop_sharing(by=maya)

    rings = {disc.label: disc.ring for disc in people_queries.circles(joan).discs}
    assert (rings, list(Snapshot.seen.visible_to(joan))) == ({"Priya": 1}, [])


def ask(page, key="e", **fields):
    return page.post("/me/data/erase/", {"key": key * 24, "sure": "on", "password": PASSWORD, **fields})


def test_erasing_takes_the_password_and_a_tick(cast):
    page = browser(cast.maya)

    answers = [ask(page, "x", password="wrong"), ask(page, "y", sure="")]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert erasure_of(cast.mayas.client_id) is None


def test_an_erasure_waits_a_week_and_can_be_taken_back(cast, told):
    page = browser(cast.maya)
    assert ask(page).status_code == 302
    assert b"to be erased" in browser(cast.joan).get(f"/course/{cast.mayas.pk}/").content
    assert erase_due(now=NOW + WEEK - timedelta(minutes=1)) == 0

    assert page.post("/me/data/keep/", {"key": "k" * 24}).status_code == 302

    assert erase_due(now=NOW + 2 * WEEK) == 0
    assert b"Kept day." in page.get("/me/diary/").content
    assert b"to be erased" not in browser(cast.joan).get(f"/course/{cast.mayas.pk}/").content


def test_after_the_week_the_words_the_account_and_the_address_are_gone_and_pages_say_erased(cast, told):
    page, joan = browser(cast.maya), browser(cast.joan)
    reminders.send_one_now(by=cast.maya_now())
    ask(page)

    assert erase_due(now=NOW + WEEK + timedelta(hours=1)) == 1

    assert not ClientKey.objects.filter(pk=cast.mayas.client_id).exists()
    assert not Account.objects.filter(email=cast.maya.email).exists()
    assert (Reminder.objects.count(), Outbox.objects.count()) == (0, 0)
    assert page.get("/me/diary/")["Location"].startswith("/sign-in/")
    shown = joan.get(f"/course/{cast.mayas.pk}/diary/").content.decode()
    assert ("Shared words." in shown, "erased" in shown) == (False, True)
    assert b"This record was erased on 25 March 2025" in joan.get(f"/course/{cast.mayas.pk}/").content
    assert b"Carl" in browser(cast.mira).get("/clinic/caseload/").content
    assert diary_queries.days(cast.maya_now())[0].words.text == "erased"


def test_no_planned_session_outlives_a_course_that_was_erased(cast):
    joan = cast.audience(cast.joan, cast.mayas)
    sessions.plan(by=joan, at=NOW + 2 * WEEK)
    actions.ask_erasure(by=cast.maya_now(), sure=True)
    before = len(events_of(cast.mayas.pk))

    erase_due(now=NOW + WEEK)

    rows = [(one.closed_at, one.attendance) for one in session_queries.rows(joan)]
    events = events_of(cast.mayas.pk)
    assert (rows, [event.act for event in events[: len(events) - before]]) == (
        [(NOW + WEEK, "clinic_cancelled")],
        ["data.erased", "sessions.closed"],
    )


def test_once_it_has_begun_there_is_no_way_back_and_a_second_worker_does_no_harm(cast):
    actions.ask_erasure(by=cast.maya_now(), sure=True)
    erase_due(now=NOW + WEEK)

    assert erase_due(now=NOW + WEEK) == 0
    with pytest.raises(Refusal):
        actions.keep_record(by=cast.maya_now(NOW + WEEK))


def test_asking_again_does_not_move_the_day(cast):
    first = actions.ask_erasure(by=cast.maya_now(), sure=True).due_at
    again = actions.ask_erasure(by=cast.maya_now(NOW + timedelta(days=3)), sure=True).due_at

    assert (again, [event.act for event in events_of(cast.mayas.pk)].count("data.erasure_asked")) == (
        first,
        1,
    )
