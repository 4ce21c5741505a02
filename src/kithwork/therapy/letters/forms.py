"""What somebody may write in a letter, say to one, or record of it. Nothing but the choice of a kind is required."""

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithwork.foundation.ui.forms import ChipCheckboxes, KithworkForm, OptionRadios, WordsBox
from kithwork.foundation.ui.said import in_words
from kithwork.ipt.letters import answers, kinds_of_letter, ways_of_sending
from kithwork.ipt.signing import Manner, manners
from kithwork.therapy.letters.models import AROUND
from kithwork.therapy.letters.queries import Quote, ShownLetter
from kithwork.therapy.letters.sources import Source

YES_OR_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
ALLOWED = {"yes": True, "no": False}


class BeginForm(KithworkForm):
    """Which kind of letter."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of letter?"), choices=lambda: in_words(kinds_of_letter.choices()),
        widget=OptionRadios(descriptions={one.key: one.note for one in kinds_of_letter}),
        error_messages={"required": gettext_lazy("Choose one of them.")},
    )  # fmt: skip


class WriteForm(KithworkForm):
    """The whole letter: what stands around it, every part, and what of the shared record may stand in each."""

    def __init__(self, data: Any, *, letter: ShownLetter, sources: list[Source]) -> None:
        words = letter.around | {one.part.key: one.words for one in letter.parts if one.words}
        initial = {field: found.text for field, found in words.items()}
        bases = {f"{field}_base": found.base for field, found in words.items()}
        super().__init__(data, initial=initial | bases)
        self.letter = letter
        self.own = [*AROUND, *(one.part.key for one in letter.parts)]
        labels = _around_labels(letter) | {
            one.part.key: one.part.heading or _("How it opens") for one in letter.parts
        }
        for field in self.own:
            rows = 3 if field in ("sender", "address") else 1 if field in AROUND else 5
            self.fields[field] = forms.CharField(
                label=labels[field], required=False, strip=False, widget=WordsBox(rows=rows)
            )
            self.fields[f"{field}_base"] = forms.CharField(required=False, widget=forms.HiddenInput)
        for one in letter.parts:
            self._offer(one.part.key, one.part.takes, sources, {quote.source for quote in one.quotes})

    def _offer(self, part: str, takes: tuple[str, ...], sources: list[Source], standing: set[str]) -> None:
        """The pieces that may stand in one part; those that do are ticked."""
        order = {key: place for place, key in enumerate(takes)}
        found = sorted(
            (one for one in sources if one.place.key in order), key=lambda one: order[one.place.key]
        )
        if found:
            self.fields[f"in_{part}"] = forms.MultipleChoiceField(
                label=_("From what you share"), required=False, widget=ChipCheckboxes,
                choices=[(one.id, f"{_(one.place.label)}: {Truncator(one.words.text).chars(70)}") for one in found],
                initial=[one.id for one in found if one.id in standing],
            )  # fmt: skip

    @property
    def around(self) -> list[Any]:
        """The fields around the parts, with the hidden one for each."""
        return [(self[field], self[f"{field}_base"]) for field in AROUND]

    @property
    def parts(self) -> list[Any]:
        """Each part's field, its hidden one, and what may stand in it."""
        keys = [one.part.key for one in self.letter.parts]
        return [
            (self[key], self[f"{key}_base"], self[f"in_{key}"] if f"in_{key}" in self.fields else None)
            for key in keys
        ]

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        return {
            "texts": {field: said[field] for field in self.own},
            "bases": {field: said[f"{field}_base"] for field in self.own},
            "kept": [one for name in self.fields if name.startswith("in_") for one in said[name]],
        }


def _around_labels(letter: ShownLetter) -> dict[str, str]:
    to = _("Whose copy it is, and the address") if letter.template.for_others else _("To, and the address")
    return {
        "sender": _("From: the service and its address"), "address": to, "greeting": _("How it begins"),
        "farewell": _("How it ends"),
    }  # fmt: skip


class AnswerForm(KithworkForm):
    """What the client says to a letter, and a yes or no for each piece that asks for one."""

    answer = forms.ChoiceField(
        label=gettext_lazy("What would you like to say?"),
        choices=lambda: in_words(answers.choices()), widget=OptionRadios,
        error_messages={"required": gettext_lazy("Choose one of the four.")},
    )  # fmt: skip
    said = forms.CharField(
        label=gettext_lazy("In your words"), help_text=gettext_lazy("You can leave this empty."), required=False,
        strip=False, widget=WordsBox(rows=4),
    )  # fmt: skip

    def __init__(self, data: Any, *, letter: ShownLetter, by_staff: bool) -> None:
        chosen = {
            _name(quote): "yes" if quote.allowed else "no"
            for quote in letter.asked
            if quote.allowed is not None
        }
        super().__init__(data, initial=chosen)
        self.asked = letter.asked
        for quote in letter.asked:
            self.fields[_name(quote)] = forms.ChoiceField(
                label=_("May this stand in the letter?"), help_text=quote.text, required=False, choices=YES_OR_NO,
                widget=OptionRadios(columns=2),
            )  # fmt: skip
        if not letter.template.for_others:
            self.fields["answer"].choices = [  # type: ignore[attr-defined]  # a choice field's own
                one for one in in_words(answers.choices()) if one[0] != "not_to_go"
            ]
        if by_staff:
            self.fields["how"] = forms.ChoiceField(
                label=_("How were you told?"), widget=OptionRadios(columns=2),
                choices=[one for one in in_words(manners.choices()) if one[0] != Manner.SIGNED_IN],
                error_messages={"required": _("Choose how you were told.")},
            )  # fmt: skip

    @property
    def boxes(self) -> list[Any]:
        """One yes or no a piece."""
        return [self[_name(quote)] for quote in self.asked]

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes. A piece that was left out keeps its answer."""
        said = self.cleaned_data
        allowed = {quote.id: ALLOWED[said[_name(quote)]] for quote in self.asked if said[_name(quote)]}
        return {
            "answer": said["answer"], "said": said["said"], "allowed": allowed,
            "how": said.get("how") or Manner.SIGNED_IN,
        }  # fmt: skip


class SentForm(KithworkForm):
    """That it left: how, and on which day."""

    how = forms.ChoiceField(
        label=gettext_lazy("How did it go?"),
        choices=lambda: in_words(ways_of_sending.choices()), widget=OptionRadios(columns=2),
        error_messages={"required": gettext_lazy("Choose how it went.")},
    )  # fmt: skip
    on = forms.DateField(
        label=gettext_lazy("On which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Give the day."), "invalid": gettext_lazy("Give a day.")},
    )  # fmt: skip


def _name(quote: Quote) -> str:
    return f"piece_{quote.id}"
