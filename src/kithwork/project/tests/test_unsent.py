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


def test_a_page_of_ours_offers_to_save_once_more_and_another_site_gets_no_button(cast):
    stale = Browser(enforce_csrf_checks=True)
    stale.force_login(cast.maya)

    ours = stale.post("/me/diary/", WRITTEN, headers={"sec-fetch-site": "same-origin"}).content.decode()
    theirs = stale.post("/me/diary/", WRITTEN, headers={"sec-fetch-site": "cross-site"}).content.decode()

    assert ("Save once more</button>" in ours, "Save once more</button>" in theirs) == (True, False)
    assert ("Tired" in ours, "Tired" in theirs) == (True, True)
    assert 'name="sharing" value="just-me"' in ours


def test_whoever_was_signed_out_while_writing_can_still_leave_quickly(client, db):
    page = client.post("/me/diary/", WRITTEN).content.decode()

    assert ("Tired" in page, 'data-kw-leave="/leave/"' in page) == (True, True)
