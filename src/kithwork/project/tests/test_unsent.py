"""What was typed is never lost to a sign-in or a page that ran out: it comes back on the screen."""

from django.test import Client as Browser

WRITTEN = {"key": "k" * 24, "words": "Tired", "sharing": "just-me", "note": "two words"}


def test_words_come_back_when_the_sign_in_has_run_out(client, db):
    answer = client.post("/me/diary/", WRITTEN)

    page = answer.content.decode()
    assert (answer.status_code, "Tired" in page, "two words" in page, ">just-me<" in page) == (
        401,
        True,
        True,
        False,
    )


def test_words_come_back_when_the_page_was_too_old(cast):
    stale = Browser(enforce_csrf_checks=True)
    stale.force_login(cast.maya)

    answer = stale.post("/me/diary/", WRITTEN)

    assert (answer.status_code, "Tired" in answer.content.decode()) == (403, True)
    assert "Tired" not in stale.get("/me/diary/").content.decode()
