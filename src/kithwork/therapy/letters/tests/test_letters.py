"""From the first wording to the letter that left: whose words are in it, who has seen it, what no longer changes."""

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from tests.cast import NOW, browser
from tests.forms_of import forms_of

from kithwork.foundation.paper.printing import pdf
from kithwork.foundation.passages import actions as passages
from kithwork.foundation.passages.actions import Changed
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.trail.models import Event
from kithwork.ipt.letters import TEMPLATES, NotReady, State, kinds_of_letter
from kithwork.refusal import Refusal
from kithwork.therapy.ending import actions as ending
from kithwork.therapy.ending import queries as ending_queries
from kithwork.therapy.ending.models import EndingReview
from kithwork.therapy.formulation import actions as formulation
from kithwork.therapy.formulation.queries import standing
from kithwork.therapy.letters import actions, queries
from kithwork.therapy.letters.drafting import facts
from kithwork.therapy.letters.printing import document, sheet_of
from kithwork.therapy.letters.sources import PLACES

SHARED, JUST_ME = Sharing.SHARED, Sharing.JUST_ME


def text_of(audience, letter):
    """What stands on the paper, every page of it, as somebody's reader would extract it."""
    shown = queries.shown(audience, letter)
    made = document(shown, sheet_of(shown, client="Maya Ellis", therapist="Joan Hale"))
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(made))).pages).split())


def piece(audience, letter, text):
    return next(one for one in queries.shown(audience, letter).asked if one.text == text)


def again(audience, letter):
    return queries.find(audience, letter.pk)


def test_a_letter_begins_with_what_is_shared_and_has_a_place_in_it(picture, maya, joan):
    letter = actions.begin(by=joan, kind="formulation")

    said = text_of(joan, letter)
    assert "Dear Maya," in said
    assert "The less we talk, the lower I get." in said
    assert "Say it sooner." in said
    assert "Draft. Not signed off. Page 1 of 1" in said
    assert "KEPT" not in said
    assert queries.letters(maya) == []  # for staff alone until it is shown


@pytest.mark.parametrize("kind", kinds_of_letter.keys())
def test_no_kind_of_letter_holds_what_is_kept_or_noted_by_staff(picture, maya, joan, kind):
    letter = actions.begin(by=joan, kind=kind)
    actions.show(by=joan, letter=letter)
    yes = {one.id: True for one in queries.shown(maya, again(maya, letter)).asked}
    actions.answer(by=maya, letter=letter, answer="fits", said="KEPT answer.", allowed=yes)
    signed = actions.sign_off(by=joan, letter=letter) if kind != "plain" else again(joan, letter)

    for audience in (maya, joan):
        assert "KEPT" not in text_of(audience, signed)


def test_nobody_can_put_in_what_is_not_shared_by_naming_it(picture, maya, joan):
    review = ending_queries.of_course(maya, EndingReview)
    letter = actions.begin(by=joan, kind="ending")

    actions.write(
        by=joan, letter=letter, texts={}, bases={}, kept=[f"{review.pk}.feelings", f"{review.pk}.changed"]
    )

    assert [(one.source, one.field) for one in queries.pieces(joan, letter)] == [
        ("ending.changed", "changed")
    ]


def test_the_clients_own_words_stand_in_it_only_with_a_yes_to_each(picture, maya, joan):
    letter = actions.begin(by=joan, kind="ending")
    actions.show(by=joan, letter=letter)
    assert "I rang first." not in text_of(joan, again(joan, letter))

    hers = piece(maya, again(maya, letter), "I rang first.")
    actions.answer(by=maya, letter=letter, answer="fits", allowed={hers.id: True})
    assert "I rang first." in text_of(joan, again(joan, letter))

    actions.answer(by=maya, letter=letter, answer="fits", allowed={hers.id: False})
    assert "I rang first." not in text_of(joan, again(joan, letter))


def test_a_yes_is_for_those_words_and_while_they_are_shared(picture, maya, joan):
    letter = actions.begin(by=joan, kind="ending")
    actions.show(by=joan, letter=letter)
    actions.answer(
        by=maya,
        letter=letter,
        answer="fits",
        allowed={piece(maya, again(maya, letter), "I rang first.").id: True},
    )
    assert "I rang first." in text_of(joan, again(joan, letter))
    review = ending_queries.of_course(maya, EndingReview)
    assert review is not None

    base = ending_queries.review(maya).parts["changed"].words.base
    ending.write(by=maya, field="changed", text="I rang first, and cried.", sharing=SHARED, base=base)
    assert "I rang first" not in text_of(joan, again(joan, letter))

    actions.write(by=joan, letter=letter, texts={}, bases={}, kept=[f"{review.pk}.changed"])
    assert piece(joan, again(joan, letter), "I rang first, and cried.").allowed is None
    passages.change_sharing(maya, record=review, field="changed", sharing=JUST_ME)
    assert queries.shown(maya, again(maya, letter)).asked == ()


def test_what_the_two_wrote_needs_a_yes_only_where_somebody_else_gets_it(picture, joan):
    hers, gps = actions.begin(by=joan, kind="formulation"), actions.begin(by=joan, kind="to_gp")

    assert [one.text for one in queries.shown(joan, hers).asked] == []
    assert [one.text for one in queries.shown(joan, gps).asked] == ["Say it sooner.", "I rang first."]


def test_a_letter_for_somebody_else_waits_for_a_yes_to_exactly_its_wording(picture, maya, joan, cast):
    letter = actions.begin(by=joan, kind="to_gp")
    with pytest.raises(NotReady):
        actions.sign_off(by=joan, letter=letter)
    actions.show(by=joan, letter=letter)
    actions.answer(by=maya, letter=letter, answer="fits")

    actions.write(by=joan, letter=letter, texts={"address": "Dr Patel"}, bases={}, kept=[])
    assert queries.shown(maya, again(maya, letter)).answers[0].holds is False
    with pytest.raises(NotReady):
        actions.sign_off(by=joan, letter=letter)

    later = cast.audience(cast.joan, cast.mayas, now=NOW + timedelta(minutes=5))
    actions.answer(by=later, letter=letter, answer="fits", how="in_room")
    signed = actions.sign_off(by=later, letter=letter)
    assert "A copy of a letter to Maya, sent to you with Maya’s agreement." in text_of(maya, signed)


def test_a_letter_goes_from_draft_to_sent_and_each_step_is_on_the_trail(picture, maya, joan):
    letter = actions.begin(by=joan, kind="ending")
    states = [letter.state]
    states.append(actions.show(by=joan, letter=letter).state)
    actions.answer(by=maya, letter=letter, answer="change", said="Say daughter, please.")
    states.append(actions.sign_off(by=joan, letter=letter).state)
    states.append(actions.record_sent(by=joan, letter=letter, how="post", on=NOW.date()).state)

    assert states == [State.DRAFT, State.SHOWN, State.SIGNED, State.SENT]
    assert queries.shown(joan, again(joan, letter)).answers[0].said == "Say daughter, please."
    acts = (
        Event.objects.filter(chain=joan.course, act__startswith="letter.")
        .order_by("place")
        .values_list("act", flat=True)
    )
    assert list(acts) == ["letter.begun", "letter.shown", "letter.answered", "letter.signed", "letter.sent"]


def test_a_signed_letter_never_changes(picture, maya, joan):
    letter = actions.begin(by=joan, kind="formulation")
    signed = actions.sign_off(by=joan, letter=letter)
    before = text_of(maya, signed)
    assert ("Draft" in before, "18 March 2025" in before, queries.shown(maya, signed).is_as_signed) == (
        False,
        True,
        True,
    )

    for act in (
        lambda: actions.write(by=joan, letter=letter, texts={"opening": "Other."}, bases={}, kept=[]),
        lambda: actions.sign_off(by=joan, letter=letter),
        lambda: actions.show(by=joan, letter=letter),
        lambda: actions.put_aside(by=joan, letter=letter),
        lambda: actions.answer(by=maya, letter=letter, answer="fits"),
    ):
        with pytest.raises(Refusal):
            act()
    formulation.write_section(by=joan, section="cycle", text="Something else.", base=_base(joan, "cycle"))
    assert text_of(maya, again(maya, letter)) == before

    passages.write(
        joan,
        record=signed,
        field="opening",
        text="Slipped in.",
        sharing=SHARED,
        base=queries.shown(joan, signed).parts[0].words.base,
    )
    assert queries.shown(maya, again(maya, letter)).is_as_signed is False


def test_a_correction_is_a_new_letter_and_the_old_one_stays(picture, maya, joan):
    letter = actions.begin(by=joan, kind="ending")
    with pytest.raises(Refusal):
        actions.correct(by=joan, letter=letter)
    actions.sign_off(by=joan, letter=letter)

    new = actions.correct(by=joan, letter=again(joan, letter))

    assert (new.corrects_id, new.state, queries.find(maya, new.pk)) == (letter.pk, State.DRAFT, None)
    assert queries.shown(joan, new).parts[0].text == queries.shown(joan, again(joan, letter)).parts[0].text
    with pytest.raises(Refusal):
        actions.correct(by=joan, letter=again(joan, letter))


def test_two_who_write_at_once_lose_nothing(picture, joan):
    letter = actions.begin(by=joan, kind="plain")
    actions.write(by=joan, letter=letter, texts={"opening": "First."}, bases={}, kept=[])

    with pytest.raises(Changed) as both:
        actions.write(by=joan, letter=letter, texts={"opening": "Second."}, bases={}, kept=[])
    assert (both.value.yours, both.value.newest.text) == ("Second.", "First.")


def test_the_client_writes_no_letter_and_sees_none_that_is_being_written(picture, maya, joan):
    letter = actions.begin(by=joan, kind="plain")
    with pytest.raises(Refusal):
        actions.begin(by=maya, kind="plain")
    with pytest.raises(Refusal):
        actions.answer(by=maya, letter=letter, answer="fits")


def test_what_is_not_sent_is_one_query_for_any_number_of_courses(picture, joan, cast):
    mira = cast.audience(cast.mira, cast.carls)
    draft, signed = actions.begin(by=joan, kind="plain"), actions.begin(by=joan, kind="formulation")
    sent, aside = actions.begin(by=joan, kind="ending"), actions.begin(by=joan, kind="plain")
    actions.begin(by=mira, kind="did_not_attend")
    actions.sign_off(by=joan, letter=signed)
    actions.sign_off(by=joan, letter=sent)
    actions.record_sent(by=joan, letter=sent, how="by_hand", on=NOW.date())
    actions.put_aside(by=joan, letter=aside)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = queries.not_sent([joan, mira])
    assert len(asked) == 1
    assert {(one.course, one.label, one.state) for one in found} == {
        (joan.course, "A letter in your own words", State.DRAFT),
        (joan.course, "What we agreed", State.SIGNED),
        (mira.course, "After a missed session", State.DRAFT),
    }
    assert {one.letter for one in queries.not_sent([joan])} == {draft.pk, signed.pk}
    assert queries.not_sent([]) == []


def test_every_source_and_fact_that_a_template_names_is_known(joan, cast):
    named = {source for one in TEMPLATES for part in one.parts for source in part.takes}
    known = dict.fromkeys(facts(joan, cast.mayas), "1")
    parts = [part for one in TEMPLATES for part in one.parts]

    assert named <= set(PLACES)
    # A sentence that names something unknown would never be drafted.
    assert [part.drafted(known) for part in parts] == [
        re.sub(r"\{\w+\}", "1", " ".join(part.sentences)) for part in parts
    ]
    assert "{" not in " ".join(part.drafted({}) for part in parts)


def _base(audience, section):
    return next(one.words.base for one in standing(audience).sections if one.key == section)


def test_the_pages_show_both_their_side(picture, maya, joan, cast):
    letter = actions.begin(by=joan, kind="ending")
    staff, client = browser(cast.joan), browser(cast.maya)
    hers, theirs = f"/me/letters/{letter.pk}/", f"/course/{joan.course}/letters/{letter.pk}/"

    assert (client.get(hers).status_code, client.get(f"{hers}file/").status_code) == (404, 404)
    assert b"Being written" in staff.get(f"/course/{joan.course}/letters/").content
    preview = staff.get(f"{theirs}as-seen/").content.decode()
    assert ("I rang first." in preview, "May this stand in the letter?" in preview) == (True, True)

    staff.post(f"{theirs}show/", {"key": "a" * 24})
    shown = client.get(hers).content.decode()
    assert "What would you like to say?" in shown
    name = f"piece_{piece(maya, again(maya, letter), 'I rang first.').id}"
    answer = client.post(
        f"{hers}answer/", {"key": "b" * 24, "answer": "fits", name: "yes", "said": "Thank you."}
    )
    assert answer.status_code == 302
    assert "Thank you." in staff.get(theirs).content.decode()

    paper = client.get(f"{hers}file/?window=1")
    assert (paper["Content-Type"], paper.content[:4]) == ("application/pdf", b"%PDF")
    assert "no-store" in paper["Cache-Control"]


def test_a_letter_signed_off_between_two_seconds_prints(picture, joan, cast):
    letter = actions.begin(by=joan, kind="ending")
    between = cast.audience(cast.joan, cast.mayas, now=NOW.replace(microsecond=123_456))
    actions.sign_off(by=between, letter=letter)

    paper = browser(cast.joan).get(f"/course/{joan.course}/letters/{letter.pk}/file/")

    assert (paper.status_code, paper.content[:4]) == (200, b"%PDF")


def test_a_step_that_cannot_be_taken_says_why_on_the_page(picture, joan, cast):
    letter = actions.begin(by=joan, kind="to_gp")
    here = f"/course/{joan.course}/letters/{letter.pk}/"

    answer = browser(cast.joan).post(f"{here}sign/", {"key": "c" * 24})

    assert (answer.status_code, "has not said yes to this wording" in answer.content.decode()) == (422, True)


def test_writing_on_an_older_page_shows_both_texts(picture, joan, cast):
    letter = actions.begin(by=joan, kind="ending")
    where, page = f"/course/{joan.course}/letters/{letter.pk}/write/", browser(cast.joan)
    before = page.get(where).content.decode()
    [form] = [one for one in forms_of(before, where) if "done" in one.names]
    actions.write(by=joan, letter=letter, texts={"done": "Theirs."}, bases={}, kept=[])

    answer = page.post(where, {**form.sends, "done": "Mine."})
    said = answer.content.decode()
    assert ("What stands now" in before, answer.status_code) == (False, 409)
    assert ("Theirs." in said, "Mine." in said) == (True, True)
