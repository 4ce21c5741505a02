"""*Decide later*: gathered on one page of hers, decided there, and nothing of it reaches anybody else before."""

import re
from datetime import timedelta

import pytest
from tests.cast import NOW, browser
from tests.whole_record import kinds_of_record, of_client, share_everything

from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.people import actions as people
from kithwork.therapy.story import actions as story
from kithwork.therapy.together.waiting import waiting

KEPT, LATER, SHARED = Sharing.JUST_ME, Sharing.LATER, Sharing.SHARED
HERE = "/me/to-decide/"
KEY = "k" * 24


def add_sam(maya, sharing):
    return people.add_person(by=maya, label="Sam", relation="partner", ring=1, angle=90, sharing=sharing)


def choices(page, sharing):
    """What the page's own form would send, with one choice for everything."""
    text = page.get(HERE).content.decode()
    [shown] = re.findall(r'name="shown" value="([^"]+)"', text)
    names = set(re.findall(r'type="radio" name="([^"]+)"', text))
    return {"key": KEY, "shown": shown, **dict.fromkeys(names, sharing)}


@pytest.fixture
def maya(cast):
    return cast.maya_now(NOW - timedelta(hours=1))


def test_everything_that_waits_is_gathered_from_every_room(cast, maya):
    whole = share_everything(maya, cast.audience(cast.joan, cast.mayas))
    of_client(whole, LATER, "Later")

    found = waiting(maya)
    there = {piece.record.pk for piece in found}
    for name, model in kinds_of_record().items():
        if name not in ("Placement", "Line"):  # they go with the person
            rows = model.seen.visible_to(maya).filter(sharing=LATER)
            assert [row.pk for row in rows if row.pk not in there] == [], name
    texts = {words.text for piece in found for _, words in piece.said}
    by_field = ["card", "day", "first", "plan", "change", "staying well"]
    assert {f"Later {word}." for word in by_field} <= texts
    assert waiting(cast.audience(cast.joan, cast.mayas)) == []


def test_one_save_keeps_shares_and_leaves_waiting(cast, maya):
    sam = add_sam(maya, SHARED)
    for field, text in (("good", "One."), ("hard", "Two."), ("wish", "Three.")):
        people.write_card(by=maya, person=sam, field=field, text=text, sharing=LATER)
    page = browser(cast.maya)
    sent = choices(page, LATER) | {f"{sam.pk}.good": "shared", f"{sam.pk}.hard": "just-me"}

    answer = page.post(HERE, sent)

    text = page.get(answer["Location"]).content.decode()
    assert "Joan can see what you shared, from today on." in text
    assert [text.count(word) for word in ("One.", "Two.", "Three.")] == [0, 0, 1]
    theirs = browser(cast.joan).get(f"/course/{cast.mayas.pk}/people/{sam.pk}/").content.decode()
    assert [word in theirs for word in ("One.", "Two.", "Three.")] == [True, False, False]
    assert "Shared 18 March" in theirs


def test_a_person_and_what_is_said_of_them_can_be_shared_at_once(cast, maya):
    sam = add_sam(maya, LATER)
    people.write_card(by=maya, person=sam, field="good", text="Makes me laugh.", sharing=LATER)
    page, joan = browser(cast.maya), browser(cast.joan)
    theirs = f"/course/{cast.mayas.pk}/people/{sam.pk}/"
    assert joan.get(theirs).status_code == 404

    page.post(HERE, choices(page, "shared"))

    assert "Makes me laugh." in joan.get(theirs).content.decode()
    assert joan.get(f"/course/{cast.mayas.pk}/people/circles/").content.decode().count('data-name="Sam"') == 1


def test_words_are_not_shared_before_whom_they_are_about(cast, maya):
    sam = add_sam(maya, LATER)
    people.write_card(by=maya, person=sam, field="good", text="Makes me laugh.", sharing=LATER)
    page = browser(cast.maya)

    answer = page.post(HERE, choices(page, "later") | {f"{sam.pk}.good": "shared"})

    assert answer.status_code == 422
    assert "Sam is only known to you so far. Share that too, or keep these words to yourself." in (
        answer.content.decode()
    )
    assert len(waiting(maya)) == 2


def test_a_day_is_decided_in_two_parts(cast, maya):
    entry = diary.write_entry(
        by=maya, on=NOW.date(), mood=2, words="Quiet day.", sharing=LATER, words_sharing=LATER
    )
    page, theirs = browser(cast.maya), f"/course/{cast.mayas.pk}/diary/"

    page.post(HERE, choices(page, "later") | {f"{entry.pk}.facts": "shared"})

    text = browser(cast.joan).get(theirs).content.decode()
    assert ("Tue 18 March" in text, "Quiet day." in text) == (True, False)
    assert [piece.id for piece in waiting(maya)] == [f"{entry.pk}.words"]


def test_what_was_written_since_is_not_shared_unseen(cast, maya):
    event = story.add_event(by=maya, title="A row", when="2025-03-01", lane="relationships", sharing=LATER)
    page = browser(cast.maya)
    sent = choices(page, "shared")
    base = waiting(maya)[0].said[0][1].base
    story.change_event(
        by=maya, event=event, title="A worse row", when="2025-03-01", lane="relationships", sharing=LATER,
        bases={"title": base},
    )  # fmt: skip

    answer = page.post(HERE, sent)

    assert answer.status_code == 422
    assert "Nothing has been shared yet." in answer.content.decode()
    assert "A worse row" not in browser(cast.joan).get(f"/course/{cast.mayas.pk}/story/").content.decode()
    [again] = re.findall(r'name="shown" value="([^"]+)"', answer.content.decode())
    assert page.post(HERE, sent | {"key": "j" * 24, "shown": again}).status_code == 302
    assert "A worse row" in browser(cast.joan).get(f"/course/{cast.mayas.pk}/story/").content.decode()


def test_the_same_save_twice_has_one_effect(cast, maya):
    sam = add_sam(maya, SHARED)
    people.write_card(by=maya, person=sam, field="good", text="One.", sharing=LATER)
    page = browser(cast.maya)
    sent = choices(page, "shared")

    first, second = (page.post(HERE, sent) for _ in range(2))

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])


def test_today_offers_it_and_says_how_many_only_to_her(cast, maya):
    page = browser(cast.maya)
    assert "you wanted to decide about" not in page.get("/me/").content.decode()
    sam = add_sam(maya, SHARED)
    people.write_card(by=maya, person=sam, field="good", text="One.", sharing=LATER)
    assert "1 thing you wanted to decide about" in page.get("/me/").content.decode()
    people.write_card(by=maya, person=sam, field="hard", text="Two.", sharing=LATER)

    assert "2 things you wanted to decide about" in page.get("/me/").content.decode()
    assert 'href="/me/to-decide/"' in page.get("/me/more/").content.decode()
    assert browser(cast.joan).get(HERE).status_code == 404


def test_after_the_end_what_waits_stays_hers(cast, maya):
    from kithwork.therapy.ending import actions as ending

    sam = add_sam(maya, SHARED)
    people.write_card(by=maya, person=sam, field="good", text="One.", sharing=LATER)
    ending.finish(by=cast.audience(cast.joan, cast.mayas), how="as_agreed")

    text = browser(cast.maya).get(HERE).content.decode()

    assert ("One." in text, "All of this stays yours." in text, 'type="radio"' in text) == (True, True, False)


def test_taking_something_back_says_that_it_may_have_been_read(cast, maya):
    sam = add_sam(maya, SHARED)
    people.write_card(by=maya, person=sam, field="good", text="One.", sharing=SHARED)
    page, card = browser(cast.maya), f"/people/{sam.pk}/"
    take_back = {"good": "One.", "good_sharing": "just-me", "good_base": card_base(maya, sam)}

    unread = page.post(f"/me{card}", take_back | {"key": "a" * 24})
    assert "It may have been read before." in page.get(unread["Location"]).content.decode()
    assert "last opened" not in page.get(unread["Location"]).content.decode()

    page.post(
        f"/me{card}",
        take_back | {"key": "b" * 24, "good_sharing": "shared", "good_base": card_base(maya, sam)},
    )
    assert "One." in browser(cast.joan).get(f"/course/{cast.mayas.pk}{card}").content.decode()
    read = page.post(f"/me{card}", take_back | {"key": "c" * 24, "good_base": card_base(maya, sam)})

    assert "Joan last opened your record on 18 March." in page.get(read["Location"]).content.decode()
    assert "One." not in browser(cast.joan).get(f"/course/{cast.mayas.pk}{card}").content.decode()


def card_base(maya, sam):
    from kithwork.foundation.passages.queries import read

    return read(maya, sam)["good"].base
