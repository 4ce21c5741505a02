"""Forms keep what was written, say what is missing, and never block sending."""

from __future__ import annotations

import re

from django import forms

from kithwork.foundation.rather_not import RatherNot
from kithwork.foundation.ui.examples.forms import (
    DiaryForm,
    EventForm,
    FocusForm,
    OneTapForm,
    SayForm,
    TogetherForm,
)
from kithwork.foundation.ui.forms import ErrorLine, KithworkForm, error_lines


class LooseForm(KithworkForm):
    first = forms.CharField()

    def clean(self) -> None:
        self.add_error(None, "These two do not go together.")


def test_nothing_is_required_in_html() -> None:
    assert not re.search(r"\srequired", str(EventForm()) + str(DiaryForm()))


def test_a_new_form_has_a_new_key() -> None:
    keys = [re.search(r'name="key" value="([\w-]+)"', str(EventForm())) for _ in range(2)]

    assert all(keys)
    assert keys[0].group(1) != keys[1].group(1)


def test_a_form_that_comes_back_keeps_its_key_and_words() -> None:
    shown = str(EventForm({"key": "abc", "what": "Moved <house>", "lane": "family"}))

    assert 'name="key" value="abc"' in shown
    assert 'value="Moved &lt;house&gt;"' in shown


def test_the_key_keeps_its_name_under_a_prefix_and_has_no_id() -> None:
    shown = str(EventForm(prefix="event"))

    assert 'name="key"' in shown
    assert 'name="event-what"' in shown
    assert 'id="id_key"' not in shown


def test_a_missing_answer_is_named_after_its_question() -> None:
    form = EventForm({"lane": "family"})

    assert error_lines(form) == [
        ErrorLine("id_what", "Write a word or two, or leave this page."),
        ErrorLine("id_when", "“When was it?” needs an answer."),
    ]


def test_the_summary_leads_to_the_field_or_to_its_first_answer() -> None:
    assert '<a href="#id_when">' in EventForm({}).error_summary
    assert '<a href="#id_sharing_0">' in DiaryForm({}).error_summary


def test_messages_about_the_whole_form_come_first() -> None:
    assert [line.message for line in error_lines(LooseForm({}))] == [
        "These two do not go together.",
        "“First” needs an answer.",
    ]


def test_an_unsent_form_has_no_summary() -> None:
    assert EventForm().error_summary == ""


def test_hint_and_message_belong_to_their_field() -> None:
    shown = str(EventForm({}))

    assert 'aria-describedby="id_when_helptext id_when_error"' in shown
    assert 'id="id_when_helptext"' in shown
    assert 'id="id_when_error"' in shown


def test_answers_to_one_question_stand_under_one_legend() -> None:
    shown = str(DiaryForm())

    assert '<legend class="kw-label">Who is this for?</legend>' in shown
    assert shown.count("<fieldset") == 3


def test_nothing_is_chosen_before_somebody_chooses() -> None:
    assert " checked" not in str(DiaryForm())


def test_moods_come_back_chosen_from_numbers_and_from_text() -> None:
    assert 'value="2" id="id_mood_1" checked' in str(DiaryForm(initial={"mood": 2}))
    assert 'value="2" id="id_mood_1" checked' in str(DiaryForm({"mood": "2"}))


def test_one_tap_sends_the_mood_as_a_button() -> None:
    assert re.search(r'<button [^>]*type="submit" name="mood" value="5"', str(OneTapForm()))


def test_each_choice_of_who_sees_it_says_what_it_means() -> None:
    shown = str(DiaryForm())

    assert "Joan cannot see this, or tell that you wrote it." in shown
    assert "Joan can read this, around sessions. It isn’t watched." in shown


def test_an_answer_can_carry_a_line_of_explanation() -> None:
    assert '<span class="kw-choice__more">Something began or ended</span>' in str(FocusForm())


def said(standing: str = "", **posted: str) -> object:
    form = SayForm(posted, initial={"hard": standing})
    form.is_valid()
    value = form.cleaned_data.get("hard")
    refused = isinstance(value, RatherNot)
    return {"refused": True, "told": value.told} if refused else value


def test_a_question_is_answered_skipped_or_refused() -> None:
    assert (said(hard="The evenings."), said(), said(hard="")) == ("The evenings.", "", "")
    assert said(hard_rather_not="on") == {"refused": True, "told": False}
    assert said(hard_rather_not="on", hard_may_tell="on") == {"refused": True, "told": True}


def test_of_words_and_a_refusal_the_newer_one_counts() -> None:
    words = "The evenings.\nAnd the mornings."

    assert said(words, hard=words.replace("\n", "\r\n"), hard_rather_not="on") == {
        "refused": True,
        "told": False,
    }
    assert said(RatherNot(), hard="After all.", hard_rather_not="on") == "After all."
    assert said(RatherNot(told=True), hard="") == ""


def test_words_and_a_refusal_that_are_both_new_are_both_kept_and_asked_about() -> None:
    form = SayForm({"hard": "The evenings.", "hard_rather_not": "on"})

    assert form.errors["hard"] == [
        "Your words are here, and “rather not say” is ticked. Empty the box, or take the tick away."
    ]
    assert ">\nThe evenings.</textarea>" in str(form)
    assert 'id="id_hard_rather_not" checked' in str(form)


def test_who_refused_reads_it_and_can_take_it_back() -> None:
    shown = str(SayForm(initial={"hard": RatherNot()})["hard"])

    assert "You chose not to say. You can take that back, or write after all." in shown
    assert 'id="id_hard_rather_not" checked' in shown
    assert "Joan may know that I’d rather not say" in shown
    assert re.search(r"<textarea[^>]*>\s*</textarea>", shown)


def test_at_the_table_nobody_has_to_be_told() -> None:
    shown = str(TogetherForm()["hard"])

    assert "Would rather not say" in shown
    assert "may_tell" not in shown
