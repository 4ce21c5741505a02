"""Letters after the end of a course, and what was written as one was signed off or the course ended."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cast import NOW, browser
from tests.forms_of import forms_of

from kithwork.ipt.letters import NotReady, State
from kithwork.refusal import Refusal
from kithwork.therapy.course.actions import close
from kithwork.therapy.course.models import Course
from kithwork.therapy.letters import actions, queries
from kithwork.therapy.letters.tests.test_letters import again, text_of
from kithwork.therapy.sessions import actions as sessions
from kithwork.therapy.sessions.queries import rows as meetings


def ended(cast, joan, how="as_agreed"):
    """The course ends; how staff see it the day after."""
    close(by=joan, course=Course.objects.get(pk=joan.course), how=how)
    return cast.audience(cast.joan, Course.objects.get(pk=joan.course), now=NOW + timedelta(days=1))


def test_staff_write_letters_after_the_end_and_ask_nobody_about_them(picture, maya, joan, cast):
    signed, draft = actions.begin(by=joan, kind="ending"), actions.begin(by=joan, kind="plain")
    shown = actions.show(by=joan, letter=actions.begin(by=joan, kind="to_gp"))
    actions.sign_off(by=joan, letter=signed)
    sessions.close_room(by=joan, session=meetings(joan)[0], attendance="attended")
    later = ended(cast, joan)
    hers = cast.maya_now(now=NOW + timedelta(days=1))

    with pytest.raises(Refusal, match="day"):
        actions.record_sent(by=later, letter=signed, how="post", on=NOW.date() - timedelta(days=1))
    assert actions.record_sent(by=later, letter=signed, how="post", on=NOW.date()).state is State.SENT
    closing = actions.begin(by=later, kind="plain")
    actions.write(by=later, letter=closing, texts={"opening": "Go well."}, bases={}, kept=[])
    assert actions.sign_off(by=later, letter=closing).state is State.SIGNED
    assert "Go well." in text_of(hers, again(hers, closing))
    actions.put_aside(by=later, letter=draft)
    assert [one.letter for one in queries.not_sent([later])] == [shown.pk, closing.pk]

    with pytest.raises(NotReady) as unasked:
        actions.sign_off(by=later, letter=shown)
    assert (unasked.value.sentence, unasked.value.next_step) == (
        "It goes to somebody else, and the course ended before your client said yes to this wording.",
        "Write a letter to your client instead, to be passed on by them, or put this one aside.",
    )
    for act in (
        lambda: actions.show(by=later, letter=actions.begin(by=later, kind="plain")),
        lambda: actions.answer(by=later, letter=shown, answer="fits", how="in_room"),
        lambda: actions.answer(by=replace(hers, may_write=False), letter=shown, answer="fits"),
    ):
        with pytest.raises(Refusal, match="course-ended"):
            act()


def test_a_yes_from_before_the_end_lets_a_letter_for_somebody_else_go_after_it(picture, maya, joan, cast):
    letter = actions.show(by=joan, letter=actions.begin(by=joan, kind="to_gp"))
    actions.answer(by=maya, letter=letter, answer="fits")

    assert actions.sign_off(by=ended(cast, joan), letter=letter).state is State.SIGNED


@pytest.mark.parametrize(("step", "left"), [("aside", []), ("sign", [State.SIGNED])])
def test_a_draft_that_stood_when_the_course_ended_is_put_aside_or_signed_off(picture, joan, cast, step, left):
    letter = actions.begin(by=joan, kind="ending")
    later, here = ended(cast, joan), f"/course/{joan.course}/letters/{letter.pk}/"
    page = browser(cast.joan)

    offered = page.get(here).content.decode()
    answer = page.post(f"{here}{step}/", {"key": "k" * 24})

    assert ([f"{here}{one}/" in offered for one in ("write", "sign", "aside", "show", "answer")],
            answer.status_code, [one.state for one in queries.not_sent([later])]) == (
        [True, True, True, False, False], 302, left,
    )  # fmt: skip


def test_a_letter_is_begun_on_the_page_after_the_end(picture, joan, cast):
    later, where = ended(cast, joan), f"/course/{joan.course}/letters/"
    page = browser(cast.joan)

    offered = 'name="kind"' in page.get(where).content.decode()
    answer = page.post(where, {"key": "m" * 24, "kind": "ending"})

    assert (offered, answer.status_code, [one.label for one in queries.not_sent([later])]) == (
        True, 302, ["At the end"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("how", "begins"),
    [
        ("as_agreed", "Our sessions have come to the end that we agreed."),
        (
            "earlier_together",
            "Our sessions have ended earlier than we first planned, as we decided together.",
        ),
        ("earlier_alone", "Our sessions have ended earlier than we first planned, as you decided."),
        ("no_contact", "Our sessions have ended, and we did not meet again."),
        ("completed", "Our sessions have ended."),
    ],
)
def test_a_letter_at_the_end_says_how_the_course_ended(joan, cast, how, begins):
    later = ended(cast, joan, how)

    letter = actions.begin(by=later, kind="ending")

    assert queries.shown(later, letter).parts[0].text == (
        f"{begins} I would like to put down what I saw you do in them."
    )


def test_an_answer_to_a_letter_signed_off_meanwhile_is_there_to_copy(picture, joan, cast):
    letter = actions.show(by=joan, letter=actions.begin(by=joan, kind="ending"))
    actions.sign_off(by=joan, letter=letter)

    answer = browser(cast.maya).post(
        f"/me/letters/{letter.pk}/answer/",
        {"key": "d" * 24, "answer": "change", "said": "Say daughter, please."},
    )

    assert (answer.status_code, to_copy(answer)) == (
        422,
        [
            "This letter is signed off and stays as it is. Copy your words: you can still say them to your therapist.",
            "Your words, to copy",
            "Say daughter, please.",
        ],
    )
    assert queries.shown(joan, again(joan, letter)).answers == ()


def test_an_answer_that_was_being_written_as_the_course_ended_is_there_to_copy(picture, joan, cast):
    letter = actions.show(by=joan, letter=actions.begin(by=joan, kind="ending"))
    ended(cast, joan)

    answer = browser(cast.maya).post(
        f"/me/letters/{letter.pk}/answer/", {"key": "n" * 24, "answer": "fits", "said": "Thank you."}
    )

    why = (
        "This course has ended. What was written stays here to read."
        " Copy your words: you can get in touch with the clinic about them."
    )
    assert (answer.status_code, to_copy(answer)) == (422, [why, "Your words, to copy", "Thank you."])


def test_an_answer_that_was_saved_and_is_sent_again_has_its_first_answer(picture, joan, cast):
    letter = actions.show(by=joan, letter=actions.begin(by=joan, kind="ending"))
    hers, said = f"/me/letters/{letter.pk}/", {"key": "e" * 24, "answer": "fits", "said": "Yes."}
    page = browser(cast.maya)
    first = page.post(f"{hers}answer/", said)
    actions.sign_off(by=joan, letter=letter)

    assert page.post(f"{hers}answer/", said)["Location"] == first["Location"]


def test_a_letter_signed_off_in_another_window_keeps_what_was_written_to_copy(picture, joan, cast):
    letter = actions.begin(by=joan, kind="plain")
    where, page = f"/course/{joan.course}/letters/{letter.pk}/write/", browser(cast.joan)
    [form] = [one for one in forms_of(page.get(where).content.decode(), where) if "opening" in one.names]
    actions.write(by=joan, letter=letter, texts={"opening": "First."}, bases={}, kept=[])
    actions.sign_off(by=joan, letter=letter)

    answer = page.post(where, {**form.sends, "opening": "Second."})

    assert (answer.status_code, to_copy(answer)[0], to_copy(answer)[-1]) == (
        422,
        "This letter is signed off and stays as it is. Begin a new one that corrects it.",
        "Second.",
    )


def test_a_letter_that_somebody_may_not_see_is_not_there_to_be_answered(picture, joan, cast):
    draft, shown = actions.begin(by=joan, kind="plain"), actions.begin(by=joan, kind="ending")
    actions.show(by=joan, letter=shown)
    actions.sign_off(by=joan, letter=shown)
    said = {"key": "f" * 24, "answer": "fits", "said": "Hm."}

    answers = [
        browser(cast.maya).post(f"/me/letters/{draft.pk}/answer/", said),
        browser(cast.carl).post(f"/me/letters/{shown.pk}/answer/", said),
        browser(cast.mira).post(f"/course/{cast.carls.pk}/letters/{shown.pk}/write/", said),
    ]

    assert [one.status_code for one in answers] == [404] * 3


def to_copy(answer):
    """What a page says to somebody who was too late: why, and each of their words."""
    found = re.findall(
        r'kw-lead">(.*?)</p>|id="typed-title">(.*?)</h2>|kw-words"><p>(.*?)</p>', answer.content.decode()
    )
    return [next(filter(None, one), "") for one in found]
