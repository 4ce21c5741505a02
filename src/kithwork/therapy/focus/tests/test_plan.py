"""What was agreed, on one page: while the course goes on, and after its end."""

import re

from tests.cast import browser

from kithwork.therapy.course import contracts
from kithwork.therapy.course.actions import close


def said(cast):
    """What the page says to each of the two, without what follows from being one of them."""
    pages = (
        browser(cast.maya).get("/me/plan/"),
        browser(cast.joan).get(f"/course/{cast.mayas.pk}/plan/"),
    )
    return [" ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split()) for page in pages]


OPEN = (
    "A proposal waits to be agreed: 20 sessions",
    "(to be agreed)",
    "Not chosen yet.",
    "It can change at any time",
)
OVER = ("(offered, not signed by both)", "Nothing was chosen.", "None was shared.", "It stays here to read.")


def test_after_the_end_nothing_waits_and_nothing_is_still_to_come(cast):
    joan = cast.audience(cast.joan, cast.mayas)
    contracts.offer(by=joan, sessions=20)
    assert [[words in page for words in (*OPEN, *OVER)] for page in said(cast)] == [
        [True] * 4 + [False] * 4
    ] * 2

    close(by=joan, course=cast.mayas, how="as_agreed")

    assert [[words in page for words in (*OPEN, *OVER)] for page in said(cast)] == [
        [False] * 4 + [True] * 4
    ] * 2


def test_what_was_not_taken_up_stands_with_what_was_before(cast):
    joan = cast.audience(cast.joan, cast.mayas)
    contracts.offer(by=joan, sessions=20)
    close(by=joan, course=cast.mayas, how="as_agreed")

    page = browser(cast.maya).get("/me/contract/").content.decode()

    assert ("Not taken up." in page, "Waiting to be agreed" in page) == (True, False)


def test_staff_find_it_from_the_overview(cast):
    page = browser(cast.joan).get(f"/course/{cast.mayas.pk}/").content.decode()

    assert f'href="/course/{cast.mayas.pk}/plan/"' in page
