"""A link in a message: it says nothing, grants nothing, and leads its own client to one check-in."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client as Browser
from tests.cast import NOW, PASSWORD, browser

from kithwork.foundation import clock
from kithwork.foundation.accounts.models import Clinic
from kithwork.foundation.outbox.actions import send_waiting
from kithwork.foundation.ui.forms import new_key
from kithwork.foundation.vault.models import AccountLink
from kithwork.refusal import Refusal
from kithwork.therapy.checkins import actions, queries
from kithwork.therapy.checkins.models import MailedCode, MailedLink
from kithwork.therapy.checkins.tests.helping import both, leave, text
from kithwork.therapy.safety.actions import say_how_to_reach
from kithwork.therapy.safety.queries import open_flags

CLINICAL = re.compile(
    r"phq|gad|check.?in|therap|depress|anxi|health|session|question|mood|clinic|joan|maya", re.IGNORECASE
)


def post(page, path, **fields):
    return page.post(path, {"key": new_key(), **fields})


def link_in_mail(cast, *, by=None):
    """The path of the link in the message that a client is sent."""
    actions.send_link(by=by or cast.audience(cast.joan, cast.mayas, now=clock.now()))
    send_waiting(clock=clock.now)
    [found] = re.findall(r"https?://\S+", str(mail.outbox[-1].body))
    return urlsplit(found).path


def code_in_mail():
    send_waiting(clock=clock.now)
    [found] = re.findall(r"\b\d{6}\b", str(mail.outbox[-1].body))
    return found


def age(**more):
    """Let every link be older than it is."""
    MailedLink._base_manager.update(expires_at=NOW - timedelta(**more))


@pytest.fixture
def link(cast):
    return link_in_mail(cast)


@pytest.fixture
def codes(cast):
    Clinic.objects.update(check_in_codes=True)


def test_neither_message_nor_address_holds_a_word_of_what_it_is_for(cast, link):
    message = mail.outbox[-1]

    assert (message.subject, message.to) == ("You have a message", [cast.maya.email])
    assert CLINICAL.findall(f"{message.subject} {message.body}".replace(link, "")) == []
    assert re.fullmatch(r"/l/[\w-]{90,110}/", link)
    assert [one for one in (cast.mayas.pk, cast.mayas.client_id) if one in message.body] == []


def test_staff_press_a_button_and_the_message_leaves(cast):
    joan, where = browser(cast.joan), f"/course/{cast.mayas.pk}/check-in/plan/"

    answer = post(joan, f"{where}link/")

    assert send_waiting(clock=clock.now) == 1
    assert "Last asked for Tuesday 18 March" in text(joan.get(answer["Location"]))
    again = post(joan, f"{where}link/")
    assert (again.status_code, "A link left a few minutes ago." in text(again)) == (422, True)


def test_signed_out_it_leads_to_sign_in_whether_or_not_it_is_ours(cast, client, link):
    for where in (link, "/l/AAAA/", f"{link[:-3]}AA/"):
        answer = client.get(where)
        assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={where}")


def test_after_sign_in_it_leads_its_client_to_that_one_check_in(cast, client, link):
    came = client.post(
        f"/sign-in/?next={link}", {"login": cast.maya.email, "password": PASSWORD, "next": link}
    )
    assert came["Location"] == link
    opening = client.get(link)["Location"]
    assert opening == "/me/check-in/"
    begun = post(client, opening)["Location"].split("?")[0]

    assert client.get(link)["Location"] == begun
    post(client, f"{begun}answers/")
    assert client.get(link)["Location"] == begun
    assert "Sent " in text(client.get(begun))


def test_a_later_check_in_is_not_what_an_earlier_link_leads_to(cast, link):
    maya = browser(cast.maya)
    first = post(maya, "/me/check-in/")["Location"].split("?")[0]
    post(maya, f"{first}answers/")
    second = post(maya, "/me/check-in/")["Location"].split("?")[0]

    assert second != first
    assert maya.get(link)["Location"] == first


@pytest.mark.parametrize("who", ["carl", "joan", "mira", "sade", "ravi", "ada", "noor"])
def test_for_anybody_else_it_is_as_if_it_were_not(cast, link, who):
    page = browser(getattr(cast, who))

    answers = [page.get(link), page.get("/l/AAAA/")]
    shown = [re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text(answer)) for answer in answers]

    assert (answers[0].status_code, shown[0]) == (404, shown[1])


def test_an_old_link_says_so_to_its_own_client_and_leads_nowhere(cast, link):
    age(days=1)

    answer = browser(cast.maya).get(link)

    assert (answer.status_code, "does not work any more" in text(answer)) == (404, True)


def test_nothing_is_sent_without_an_address_a_named_person_or_a_course_that_goes_on(cast):
    AccountLink.objects.filter(client=cast.mayas.client_id).delete()
    with pytest.raises(Refusal) as refused:
        actions.send_link(by=both(cast)[1])
    assert refused.value.code == "no-address"
    assert "no account here" in text(browser(cast.joan).get(f"/course/{cast.mayas.pk}/check-in/plan/change/"))

    carl = cast.audience(cast.carl, cast.carls)
    leave(cast)
    with pytest.raises(Refusal):
        actions.send_link(by=cast.maya_now())
    assert actions.send_link(by=carl).course_id == cast.carls.pk


def test_whether_a_draft_was_begun_shows_on_no_page_of_staff(cast, link):
    joan, where = browser(cast.joan), f"/course/{cast.mayas.pk}/check-in/plan/change/"

    def shown():
        return re.sub(r'(name="(key|csrfmiddlewaretoken)" value=")[^"]+', "", text(joan.get(where)))

    before = shown()
    begun = post(browser(cast.maya), "/me/check-in/")["Location"].split("?")[0]
    assert browser(cast.maya).get(link)["Location"] == begun

    assert shown() == before


def test_a_link_that_a_reminder_sent_is_hers_alone(cast):
    reminded = link_in_mail(cast, by=cast.maya_now(clock.now()))

    where = f"/course/{cast.mayas.pk}/check-in/plan/change/"
    assert browser(cast.maya).get(reminded)["Location"] == "/me/check-in/"
    assert "Last asked for" not in text(browser(cast.joan).get(where))
    assert link_in_mail(cast) != reminded
    assert "Last asked for" in text(browser(cast.joan).get(where))


def test_to_somebody_who_wishes_for_no_mail_none_leaves_and_staff_see_the_same(cast):
    say_how_to_reach(by=cast.maya_now(clock.now()), answers={}, bases={}, no_mail=True)
    joan, where = browser(cast.joan), f"/course/{cast.mayas.pk}/check-in/plan/"

    answer = post(joan, f"{where}link/")

    assert send_waiting(clock=clock.now) == 0
    assert "Last asked for Tuesday 18 March" in text(joan.get(answer["Location"]))


def test_codes_are_off_until_a_clinic_turns_them_on(cast, client, link):
    assert client.get(link).status_code == 302
    post(client, f"{link}code/")
    assert send_waiting(clock=clock.now) == 0
    assert post(client, f"{link}open/", code="123456").status_code == 404


def test_a_code_opens_that_one_check_in_and_no_other_page(cast, codes, link):
    page = Browser()
    asking = text(page.get(link))
    post(page, f"{link}code/")
    code = code_in_mail()
    assert (mail.outbox[-1].subject, CLINICAL.findall(str(mail.outbox[-1].body))) == (
        "You have a message",
        [],
    )
    assert (
        CLINICAL.findall(re.sub(r"<[^>]+>|[\w-]{90,}", "", asking.split("<main")[1].split("</main")[0])) == []
    )

    opened = post(page, f"{link}open/", code=code)
    assert "Joan sees your answers once you send them" in text(page.get(opened["Location"]))
    begun = post(page, link)["Location"].split("?")[0]
    assert begun == f"{link}questions/"
    answered = post(page, begun, item="9", answer="1")["Location"]
    assert 'data-kw="help-now"' in text(page.get(answered))
    assert [flag.answer for flag in open_flags(both(cast)[1])] == [1]
    for path in ("/me/", "/me/check-in/", "/me/diary/", f"/course/{cast.mayas.pk}/check-in/"):
        assert page.get(path)["Location"].startswith("/sign-in/")

    post(page, f"{link}all/", phq9_1="2")
    sent = post(page, f"{link}answers/")
    assert "Joan sees your answers now" in text(page.get(sent["Location"]))
    assert [point.answered for point in queries.scores(both(cast)[1], "phq9")] == [1]
    assert page.get(f"{link}questions/")["Location"] == link


def test_a_code_works_once_in_one_browser(cast, codes, link):
    page, other = Browser(), Browser()
    post(page, f"{link}code/")
    code = code_in_mail()

    assert post(page, f"{link}open/", code=code).status_code == 302
    assert post(other, f"{link}open/", code=code).status_code == 422
    assert other.get(f"{link}questions/")["Location"] == link


def test_a_code_runs_out(cast, codes, link):
    page = Browser()
    post(page, f"{link}code/")
    code = code_in_mail()
    MailedCode._base_manager.update(expires_at=NOW - timedelta(minutes=1))

    assert post(page, f"{link}open/", code=code).status_code == 422


def test_five_wrong_tries_use_a_code_up_and_three_an_hour_are_sent(cast, codes, link):
    page = Browser()
    post(page, f"{link}code/")
    code = code_in_mail()
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(5):
        assert post(page, f"{link}open/", code=wrong).status_code == 422
    assert post(page, f"{link}open/", code=code).status_code == 422

    for _ in range(4):
        post(page, f"{link}code/")
    assert send_waiting(clock=clock.now) == 2


def test_asking_for_a_code_answers_the_same_for_any_link(cast, codes, link):
    page = Browser()
    for where in (link, "/l/AAAA/"):
        assert post(page, f"{where}code/")["Location"] == f"{where}?asked=1"
        shown = page.get(f"{where}?asked=1")
        assert (shown.status_code, "If this link is still good" in text(shown)) == (200, True)
        assert post(page, f"{where}open/", code="000000").status_code == 422
    assert send_waiting(clock=clock.now) == 1


def test_a_code_for_one_link_opens_no_other(cast, codes, link):
    page = Browser()
    post(page, f"{link}code/")
    post(page, f"{link}open/", code=code_in_mail())
    assert page.get(link).status_code == 200
    carls = link_in_mail(cast, by=cast.audience(cast.mira, cast.carls, now=clock.now()))

    assert "Or use a code" in text(page.get(carls))
    assert page.get(f"{carls}questions/")["Location"] == carls


def test_once_its_check_in_was_sent_no_code_is_sent_for_a_link(cast, codes, link):
    maya = browser(cast.maya)
    begun = post(maya, "/me/check-in/")["Location"].split("?")[0]
    post(maya, f"{begun}answers/")

    post(Browser(), f"{link}code/")

    assert send_waiting(clock=clock.now) == 0
