"""What may be sent here: one question, the whole form, what staff type in, what comes when. Nothing is required."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.ui.forms import ChipCheckboxes, KithworkForm, OptionRadios
from kithwork.foundation.ui.said import in_words
from kithwork.foundation.ui.wording import printed
from kithwork.instruments import Instrument, get
from kithwork.therapy.checkins.models import REFUSED, Answers
from kithwork.therapy.checkins.queries import Plan, origins, raters, rhythms
from kithwork.therapy.checkins.scales import Scale
from kithwork.therapy.checkins.steps import Step, steps

LEFT_OUT = ""
Given = int | str | None


def _options(one: Step) -> list[tuple[str, str]]:
    """The answers exactly as printed, and the one that is always open."""
    return [
        *((str(option.value), printed(option.label)) for option in one.item.options),
        (REFUSED, str(_("Rather not say"))),
    ]


def _given(answer: str) -> Given:
    if answer == LEFT_OUT:
        return None
    return REFUSED if answer == REFUSED else int(answer)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "kw-input--date"}),
    )  # fmt: skip


class AnswerForm(KithworkForm):
    """One question on a page of its own."""

    answer = forms.ChoiceField(required=False, widget=OptionRadios)

    def __init__(self, *args: Any, asked: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = printed(asked.item.text)
        self.fields["answer"].choices = _options(asked)  # type: ignore[attr-defined]

    @property
    def given(self) -> Given:
        """The answer as it is kept."""
        return _given(self.cleaned_data["answer"])


class WholeForm(KithworkForm):
    """All the questions on one page; "Left out" is chosen until something else is."""

    def __init__(
        self,
        *args: Any,
        forms_asked: tuple[str, ...],
        kept: Mapping[str, Answers] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.forms_asked = forms_asked
        for one in steps(forms_asked):
            row = (kept or {}).get(one.instrument.id)
            value = one.kept(row) if row else None
            text = printed(one.item.text)
            label = text if one.is_extra else format_html("{}. {}", one.key, text)
            self.fields[one.field] = forms.ChoiceField(
                label=label, required=False, widget=OptionRadios,
                choices=[*_options(one), (LEFT_OUT, _("Leave out"))], initial=LEFT_OUT if value is None else str(value),
            )  # fmt: skip

    @property
    def groups(self) -> list[tuple[Instrument, list[forms.BoundField]]]:
        """Each questionnaire with its questions, as the page shows them."""
        return [(get(form), [self[one.field] for one in steps((form,))]) for form in self.forms_asked]

    @property
    def given(self) -> dict[str, list[Given]]:
        """The answers that count, questionnaire by questionnaire."""
        return {
            form: [self._answer(one) for one in steps((form,)) if not one.is_extra]
            for form in self.forms_asked
        }

    @property
    def extras(self) -> dict[str, dict[str, Given]]:
        """The answers that never count. Without a checked problem the question behind it was not asked."""
        found: dict[str, dict[str, Given]] = {}
        for one in steps(self.forms_asked):
            if one.is_extra:
                checked = any(isinstance(value, int) and value > 0 for value in self.given[one.instrument.id])
                found.setdefault(one.instrument.id, {})[str(one.key)] = self._answer(one) if checked else None
        return found

    def _answer(self, one: Step) -> Given:
        return _given(self.cleaned_data[one.field])


class CorrectForm(WholeForm):
    """What staff typed, to be put right; ``shown`` names the newest correction that the form was drawn on."""

    on = _day(_("Answered on"))
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.order_fields(["on"])

    def clean_on(self) -> date:
        return self.cleaned_data["on"] or self.today


def _with_length(used: Sequence[Instrument]) -> list[tuple[str, str]]:
    """Questionnaires to choose from, each with how many questions it has."""
    return [
        (one.id, _("{short_title}, {n} questions").format(short_title=one.short_title, n=len(one.items)))
        for one in used
    ]


class EnterForm(CorrectForm):
    """What a client answered on paper or aloud, written down by staff."""

    source = forms.ChoiceField(
        label=_("How was it answered?"), required=False, widget=OptionRadios(columns=2),
        choices=[("paper", _("On paper")), ("aloud", _("Aloud, in the room"))],
    )  # fmt: skip

    parts = forms.MultipleChoiceField(
        label=_("Questionnaires"), required=False, widget=ChipCheckboxes,
        help_text=_("Choose what was answered, also if it is not in the plan. One with something typed in it stays."),
    )  # fmt: skip

    def __init__(self, *args: Any, used: Sequence[Instrument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = _with_length(used)  # type: ignore[attr-defined]

    @property
    def filled(self) -> dict[str, list[Given]]:
        """The answers of each questionnaire that has any: one that stays empty is not entered."""
        return {form: given for form, given in self.given.items() if any(one is not None for one in given)}

    def clean_source(self) -> str:
        return self.cleaned_data["source"] or "paper"


class ScoreForm(KithworkForm):
    """A total that was worked out elsewhere, and where it comes from."""

    scale = forms.ChoiceField(
        label=_("Questionnaire"), error_messages={"required": _("Choose which one it is.")}
    )
    total = forms.DecimalField(
        label=_("Total"), max_digits=7, decimal_places=3, error_messages={"required": _("Write the total.")},
        widget=forms.NumberInput(attrs={"class": "kw-input--short", "inputmode": "decimal"}),
    )  # fmt: skip
    on = _day(_("Rated on"))
    rated_by = forms.ChoiceField(
        label=_("Who rated"), choices=in_words(raters.choices()), widget=OptionRadios(columns=2),
        error_messages={"required": _("Choose who rated.")},
    )  # fmt: skip
    came_from = forms.ChoiceField(
        label=_("Where the score comes from"), choices=in_words(origins.choices()), widget=OptionRadios(columns=2),
        error_messages={"required": _("Choose where the score comes from.")},
    )  # fmt: skip

    def __init__(self, *args: Any, used: Sequence[Scale], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choices = [
            (
                one.key,
                _("{name}, {minimum} to {maximum}").format(
                    name=one.label, minimum=one.minimum, maximum=one.maximum
                ),
            )
            for one in used
        ]
        self.fields["scale"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        return self.cleaned_data["on"] or self.today

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        total: Decimal = data["total"]
        return {
            "scale": data["scale"], "total": total, "on": data["on"], "rated_by": data["rated_by"],
            "came_from": data["came_from"],
        }  # fmt: skip


class ScheduleForm(KithworkForm):
    """Which questionnaires come, and how often; one choice a questionnaire."""

    every_days = forms.TypedChoiceField(
        label=_("How often a check-in would be welcome"), coerce=int, widget=OptionRadios(columns=2),
        choices=[(7, _("Once a week")), (14, _("Every two weeks")), (28, _("About every four weeks")),
                 (0, _("When the two of you say so"))],
        error_messages={"required": _("Choose how often.")},
    )  # fmt: skip
    until = _day(_("Until (you can leave this empty)"))
    agreed = forms.BooleanField(
        label=_("We have talked about this, and it is fine with both of us"), required=False
    )

    def __init__(self, *args: Any, used: Sequence[Instrument], plan: Plan, **kwargs: Any) -> None:
        initial = {"every_days": plan.every_days, "until": plan.until} | {
            f"form_{form}": rhythm for form, rhythm in plan.rhythms.items()
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.used, self.in_plan = used, plan.rhythms
        for one in used:
            self.fields[f"form_{one.id}"] = forms.ChoiceField(
                label=one.short_title, required=False, choices=[("", _("Not used")), *in_words(rhythms.choices())],
                help_text=f"{one.title}: {_how_long(one)}",
            )  # fmt: skip

    @property
    def asked(self) -> list[forms.BoundField]:
        """A choice for each questionnaire of the plan that the client is asked."""
        return self._choices(in_plan=True, by_staff=False)

    @property
    def entered(self) -> list[forms.BoundField]:
        """A choice for each of the plan whose total staff enter."""
        return self._choices(in_plan=True, by_staff=True)

    @property
    def others(self) -> list[forms.BoundField]:
        """A choice for each that could be used as well."""
        return [*self._choices(in_plan=False, by_staff=False), *self._choices(in_plan=False, by_staff=True)]

    def _choices(self, *, in_plan: bool, by_staff: bool) -> list[forms.BoundField]:
        wanted = [
            one for one in self.used if (one.id in self.in_plan, one.score_entry_only) == (in_plan, by_staff)
        ]
        return [self[f"form_{one.id}"] for one in wanted]

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        chosen = {one.id: data[f"form_{one.id}"] for one in self.used if data[f"form_{one.id}"]}
        return {
            "every_days": data["every_days"], "until": data["until"], "agreed": data["agreed"], "rhythms": chosen,
        }  # fmt: skip


def _how_long(one: Instrument) -> str:
    return (
        str(_("total entered by you"))
        if one.score_entry_only
        else _("{n} questions").format(n=len(one.items))
    )


class PaperForm(KithworkForm):
    """What is printed, and whether any name stands on it."""

    parts = forms.MultipleChoiceField(
        label=_("Questionnaires"), widget=ChipCheckboxes,
        error_messages={"required": _("Choose at least one.")},
    )  # fmt: skip
    name = forms.ChoiceField(
        label=_("Name on the paper"), required=False, widget=OptionRadios(columns=2),
        choices=[("", _("No name")), ("line", _("An empty line")), ("initials", _("Initials")),
                 ("first", _("First name"))],
    )  # fmt: skip

    def __init__(self, *args: Any, used: Sequence[Instrument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = _with_length(used)  # type: ignore[attr-defined]


class CodeForm(KithworkForm):
    """The code from a message."""

    code = forms.CharField(
        label=_("Code"), max_length=12, help_text=_("Six digits, from the message."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric",
                                      "class": "kw-input--short"}),
        error_messages={"required": _("Write the code.")},
    )  # fmt: skip
