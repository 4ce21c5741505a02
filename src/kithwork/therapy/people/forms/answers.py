"""The control that fits how a question of the card is answered: words, chips, or a rough date."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext

from kithwork.foundation.ui.forms import ChipCheckboxes, FuzzyDateInput, WordsField
from kithwork.foundation.ui.said import in_words, said
from kithwork.ipt.inventory import CardField, as_answer
from kithwork.refusal import Refusal
from kithwork.therapy.people.picture import ShownPerson


class AnswerByChoices(forms.MultipleChoiceField):
    """Chips that can be switched on, kept as one answer."""

    def clean(self, value: Any) -> str:
        return as_answer(super().clean(value))


class RoughDate(forms.CharField):
    """A date as people remember it, kept in their own words; "last summer" is read from ``today``."""

    def __init__(self, *args: Any, asks: CardField, today: date, **kwargs: Any) -> None:
        self.asks, self.today = asks, today
        super().__init__(*args, max_length=40, widget=FuzzyDateInput, **kwargs)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            return self.asks.check(text, today=self.today)
        except Refusal as refused:
            raise forms.ValidationError(str(said(refused))) from None


def answer_field(each: CardField, person: ShownPerson, said: str, *, today: date) -> forms.Field:
    """The control that fits how a question is answered."""
    asked: dict[str, Any] = {
        "label": each.prompt_for(person.state, person.label, say=gettext),
        "help_text": each.help,
    }
    if each.choices is not None:
        chosen = list(each.chosen(said))
        choices = in_words(each.choices.choices())
        return AnswerByChoices(
            choices=choices, widget=ChipCheckboxes, initial=chosen, required=False, **asked
        )
    if each.is_date:
        return RoughDate(asks=each, today=today, initial=said, required=False, **asked)
    return WordsField(rows=2, initial=said, **asked)
