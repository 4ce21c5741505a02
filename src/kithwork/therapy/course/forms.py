"""What the two can agree about the course as a whole."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kithwork.foundation.ui.forms import KithworkForm, OptionRadios, WordsBox
from kithwork.foundation.ui.said import in_words
from kithwork.ipt.contract import FIRST, NOT_GOING_ON, reasons, rhythms, terms
from kithwork.ipt.course_life import reasons_for_pausing
from kithwork.therapy.course.queries import ShownContract


def _minutes(n: int) -> str:
    return ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}


NOT_SAID = ("", gettext_lazy("Not said"))
MINUTES = [NOT_SAID, *((n, lazy(_minutes, str)(n)) for n in (30, 45, 50, 60, 75, 90))]
FACTS = ("sessions", "reason", "why", "minutes", "rhythm", "ends_on")


class OfferForm(KithworkForm):
    """A new contract. The number can stay empty only for a course without an agreed end, or when not going on."""

    sessions = forms.IntegerField(
        label=gettext_lazy("How many sessions, counting those you have had"), required=False, min_value=1,
        max_value=200, widget=forms.NumberInput(attrs={"class": "kw-input--short", "inputmode": "numeric"}),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=gettext_lazy("Why now?"), widget=OptionRadios,
        error_messages={"required": gettext_lazy("Choose why this is new.")},
    )  # fmt: skip
    why = forms.CharField(
        label=gettext_lazy("Why, in your words"), required=False, strip=False, widget=WordsBox(rows=2),
        help_text=gettext_lazy("You can leave this empty."),
    )  # fmt: skip
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("How long each one is"), required=False, coerce=int, empty_value=None,
        choices=MINUTES,
    )  # fmt: skip
    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often"),
        required=False,
        choices=lambda: [NOT_SAID, *in_words(rhythms.choices())],
    )
    ends_on = forms.DateField(
        label=gettext_lazy("When you expect to end"), required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "kw-input--date"}),
    )  # fmt: skip
    offer_base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_first: bool, held: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reason"]
        field.choices = [one for one in in_words(reasons.choices()) if not (has_first and one[0] == FIRST)]
        field.widget.descriptions = {NOT_GOING_ON: _where_it_stops(held)}
        for term in terms:
            self.fields[term.key] = forms.CharField(
                label=term.label, help_text=term.help, required=False, strip=False, widget=WordsBox(rows=3)
            )

    @property
    def terms(self) -> list[Any]:
        """The boxes for what is agreed in words."""
        return [self[term.key] for term in terms]

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        return {
            **{name: said[name] for name in FACTS},
            "terms": {term.key: said[term.key] for term in terms},
            "base": said["offer_base"],
        }


def terms_to_begin_from(before: ShownContract | None, *, usual: bool) -> dict[str, str]:
    """What a new contract's boxes hold at first: what was agreed last; before that, for staff, a usual wording."""
    if before:
        return {key: said.text for key, said in before.terms.items()}
    return {term.key: term.usual for term in terms if usual and term.usual}


def _where_it_stops(held: int) -> str:
    return _("The course stops after session %(n)d. The number above can stay empty.") % {"n": max(held, 1)}


NOBODY = "nobody"


class PauseForm(KithworkForm):
    """A time without sessions. Who reads meanwhile is the one thing that must be said."""

    reader = forms.ChoiceField(
        label=gettext_lazy("Who reads what is shared in the meantime?"), widget=OptionRadios,
        error_messages={"required": gettext_lazy("Choose who reads in the meantime, or nobody.")},
    )  # fmt: skip
    reason = forms.ChoiceField(label=gettext_lazy("Why?"), required=False)
    until = forms.DateField(
        label=gettext_lazy("When you expect to go on"), required=False,
        help_text=gettext_lazy("Leave it empty, if you don’t know yet. Nothing happens by itself on that day."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "kw-input--date"}),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("A line that you both see"), required=False, strip=False, max_length=2_000,
        widget=WordsBox(rows=2), help_text=gettext_lazy("For example: how to get in touch meanwhile."),
    )  # fmt: skip

    def __init__(self, *args: Any, carers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader: Any = self.fields["reader"]
        reader.choices = [*carers, (NOBODY, _("Nobody"))]
        reader.widget.descriptions = {
            NOBODY: _("Every page says so to your client, and no check-in can be begun until you go on."),
        }
        why: Any = self.fields["reason"]
        why.choices = [("", _("Not said")), *in_words(reasons_for_pausing.choices())]

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        reader = "" if data["reader"] == NOBODY else data["reader"]
        return {"reader": reader, "reason": data["reason"], "until": data["until"], "note": data["note"]}
