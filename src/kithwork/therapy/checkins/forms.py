"""One question, the whole form, and the form that staff fill in for a client. Nothing is required."""

from datetime import date
from typing import Any

from django import forms

from kithwork.foundation.ui.forms import KithworkForm, OptionRadios
from kithwork.therapy.checkins.models import REFUSED, Answers
from kithwork.therapy.checkins.steps import FORMS, Step, steps

LEFT_OUT = ""


def _options(one: Step) -> list[tuple[str, str]]:
    """The answers exactly as printed, and the one that is always open."""
    return [*((str(option.value), option.label) for option in one.item.options), (REFUSED, "Rather not say")]


def _given(answer: str) -> int | str | None:
    if answer == LEFT_OUT:
        return None
    return REFUSED if answer == REFUSED else int(answer)


class AnswerForm(KithworkForm):
    """One question on a page of its own."""

    item = forms.IntegerField(required=False, widget=forms.HiddenInput)
    answer = forms.ChoiceField(required=False, widget=OptionRadios)

    def __init__(self, *args: Any, asked: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = asked.item.text
        self.fields["answer"].choices = _options(asked)  # type: ignore[attr-defined]

    @property
    def given(self) -> int | str | None:
        """The answer as it is kept."""
        return _given(self.cleaned_data["answer"])


class WholeForm(KithworkForm):
    """All the questions on one page; "Left out" is chosen until something else is."""

    def __init__(self, *args: Any, kept: dict[str, Answers] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in steps():
            row = (kept or {}).get(one.instrument.id)
            value = row.items[one.item.n - 1] if row else None
            self.fields[one.field] = forms.ChoiceField(
                label=f"{one.item.n}. {one.item.text}", required=False, widget=OptionRadios,
                choices=[*_options(one), (LEFT_OUT, "Leave out")], initial=LEFT_OUT if value is None else str(value),
            )  # fmt: skip

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Each questionnaire with its questions, as the page shows them."""
        shown = []
        for form in FORMS:
            mine = [one for one in steps() if one.instrument.id == form]
            shown.append((mine[0].instrument, [self[one.field] for one in mine]))
        return shown

    @property
    def given(self) -> dict[str, list[int | str | None]]:
        """The answers, questionnaire by questionnaire."""
        return {
            form: [_given(self.cleaned_data[one.field]) for one in steps() if one.instrument.id == form]
            for form in FORMS
        }


class EnterForm(WholeForm):
    """What a client answered on paper or aloud, written down by staff."""

    on = forms.DateField(
        label="Answered on", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    source = forms.ChoiceField(
        label="How was it answered?", required=False, widget=OptionRadios(columns=2),
        choices=[("paper", "On paper"), ("aloud", "Aloud, in the room")],
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.order_fields(["on", "source"])

    def clean_on(self) -> date:
        return self.cleaned_data["on"] or self.today

    def clean_source(self) -> str:
        return self.cleaned_data["source"] or "paper"
