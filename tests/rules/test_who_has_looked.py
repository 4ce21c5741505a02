"""Who has looked: every look of staff is on the client's page, without a word of what was read; no trail, no page."""

import html
import re
from collections import Counter
from datetime import date
from itertools import cycle, islice

from django.db import connection

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail.queries import events_of
from kithwork.project.whose_pages import routes
from kithwork.therapy.course.access import LISTS
from kithwork.therapy.diary import actions as diary
from kithwork.therapy.people import actions as people
from kithwork.therapy.together.looks import PLACES
from tests.cast import browser

LOOKS = 300
WORDS = "Seven plain words that nobody else says."


def staff_pages(course):
    """Every page of a course that staff may open, where nothing more than the course names it."""
    for route in routes():
        where = route.pattern.replace("<str:course_id>", course)
        if route.name.startswith("course:") and route.who["therapist"] != "deny" and "<" not in where:
            yield where


def test_three_hundred_looks_are_three_hundred_events_and_all_stand_on_the_clients_page(cast):
    people.add_person(by=cast.maya_now(), label="Sam", ring=1, sharing=Sharing.SHARED)
    diary.write_entry(
        by=cast.maya_now(),
        on=date(2025, 3, 18),
        words=WORDS,
        sharing=Sharing.SHARED,
        words_sharing=Sharing.SHARED,
    )
    joan, before = browser(cast.joan), len(events_of(cast.mayas.pk))
    opened = [where for where in staff_pages(cast.mayas.pk) if joan.get(where).status_code == 200]
    asked = len(events_of(cast.mayas.pk)) - before
    assert len(opened) > 12

    for where in islice(cycle(opened), LOOKS - asked):
        assert joan.get(where).status_code == 200

    events = [event for event in reversed(events_of(cast.mayas.pk)) if event.who == cast.joan.pk][-LOOKS:]
    assert Counter((event.act, event.who_name, event.role, event.who_kind) for event in events) == {
        ("read", "Joan Hale", "therapist", "staff"): LOOKS
    }
    page = html.unescape(browser(cast.maya).get("/me/who-has-looked/").content.decode())
    told = re.findall(r"<dd>opened ([^<]+?)(?:, (\d+) times)?</dd>", page)
    assert sum(int(times or 1) for _, times in told) == LOOKS
    columns = [
        str(getattr(event, column.attname)) for event in events for column in event._meta.concrete_fields
    ]
    # A name by itself: three letters of it may stand in any random id.
    assert [text for text in columns if WORDS in text or re.search(r"\b(Sam|Maya)\b", text)] == []
    assert WORDS not in page


def test_every_page_that_staff_open_has_a_name_in_the_clients_words(cast):
    joan = browser(cast.joan)
    for where in staff_pages(cast.mayas.pk):
        joan.get(where)

    met = {
        event.page for event in events_of(cast.mayas.pk) if event.act == "read" and event.who == cast.joan.pk
    }

    assert met - set(PLACES) - LISTS == set()


def test_where_the_trail_cannot_be_written_nothing_is_read(cast):
    diary.write_entry(
        by=cast.maya_now(),
        on=date(2025, 3, 18),
        words=WORDS,
        sharing=Sharing.SHARED,
        words_sharing=Sharing.SHARED,
    )
    joan, where = browser(cast.joan), f"/course/{cast.mayas.pk}/diary/"
    joan.raise_request_exception = False
    assert WORDS in joan.get(where).content.decode()
    before = len(events_of(cast.mayas.pk))

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE foundation_event RENAME TO foundation_event_away")
    answer = joan.get(where)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE foundation_event_away RENAME TO foundation_event")

    assert (answer.status_code, WORDS in answer.content.decode()) == (500, False)
    assert len(events_of(cast.mayas.pk)) == before
