"""A person's card. Every question comes from ``ipt.inventory.card_fields``; every answer has its own readers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.passages.actions import Changed
from kithwork.foundation.passages.queries import Words
from kithwork.foundation.passages.sharing import KEPT, Sharing, readers_of
from kithwork.foundation.ui.forms import (
    KithworkForm,
    OptionRadios,
    sharing_choices,
)
from kithwork.foundation.ui.said import in_words
from kithwork.ipt.inventory import CardField, fields_for, line_kinds, looking_back
from kithwork.therapy.people.actions import COLUMNS, Piece
from kithwork.therapy.people.forms.adding import LEFT_OPEN, PersonFields
from kithwork.therapy.people.forms.answers import answer_field
from kithwork.therapy.people.picture import ShownPerson

AT_A_TIME = 3  # so many questions, and then "Ask me something else"


class RemoveForm(KithworkForm):
    """Hide, or delete."""

    how = forms.ChoiceField(
        label=_("What would you like?"),
        choices=[("hide", _("Hide for now")), ("delete", _("Delete"))],
        widget=OptionRadios(
            descriptions={
                "hide": _("Out of sight everywhere. You can show them again."),
                "delete": _(
                    "Every word about them is emptied. This can’t be undone; older backups keep it for a while."
                ),
            }
        ),
    )


class LookBackForm(KithworkForm):
    """Whether the card shows what stood on it before."""

    how = forms.ChoiceField(
        label=_("What stood here before"), required=False, choices=in_words(looking_back.choices()),
        widget=OptionRadios(descriptions={choice.key: choice.note for choice in looking_back}),
    )  # fmt: skip


@dataclass(frozen=True)
class CardPart:
    """One field of the card as the page shows it."""

    text: BoundField
    who: BoundField
    base: BoundField
    asks: CardField
    is_filled: bool
    shown: Any

    @property
    def as_read(self) -> str:
        """What was said, as it is read: choices by their labels."""
        return self.asks.shown(self.shown.text)

    @property
    def beside(self) -> list[tuple[Words, str]]:
        """What else stands there for its owner alone, each with how it is read."""
        also = self.shown.also if self.shown else ()
        return [(other, self.asks.shown(other.text)) for other in also if other.text]


class CardForm(PersonFields):
    """A person's card: every field optional, each with its own readers. What a post does not name stays as it is."""

    line = forms.ChoiceField(
        label=_("How is it between you?"),
        required=False,
        choices=[LEFT_OPEN, *in_words(line_kinds.choices())],
    )
    label_base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, person: ShownPerson, therapist: str, usual: str, today: date, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _initial(person)
        super().__init__(*args, therapist=therapist, usual=person.sharing, **kwargs)
        self.person, self.today = person, today
        self.asked = fields_for(person.state, person.words)
        # Words are never offered to more readers than know of the person.
        likely = usual if person.sharing not in KEPT and usual else Sharing.JUST_ME
        for each in self.asked:
            self._add(each, person, therapist, likely)

    def _add(self, each: CardField, person: ShownPerson, therapist: str, likely: str) -> None:
        said = person.words.get(each.key)
        likely = Sharing.JUST_ME if each.is_about_safety else likely
        self.fields[each.key] = answer_field(each, person, said.text if said else "", today=self.today)
        self.fields[f"{each.key}_sharing"] = forms.ChoiceField(
            label=_("Who is this for?"), required=False, choices=sharing_choices(therapist),
            initial=said.sharing if said and said.text else likely,
            widget=forms.RadioSelect(attrs={"class": "kw-choice__input"}),
        )  # fmt: skip
        self.fields[f"{each.key}_base"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=said.base if said else ""
        )

    @property
    def parts(self) -> list[CardPart]:
        """The card's fields in their order."""
        return [self._part(each) for each in self.asked]

    def _part(self, each: CardField) -> CardPart:
        said = self.person.words.get(each.key)
        typed = bool(self.data.get(each.key)) if self.is_bound else bool(said)
        who, base = self[f"{each.key}_sharing"], self[f"{each.key}_base"]
        return CardPart(self[each.key], who, base, each, typed or bool(said), said)

    @property
    def first_parts(self) -> list[CardPart]:
        """What was said, and so many questions that nobody has to look at a long form."""
        parts = self.parts
        asked = {part.asks.key for part in [part for part in parts if not part.is_filled][:AT_A_TIME]}
        return [part for part in parts if part.is_filled or part.asks.key in asked]

    @property
    def more_parts(self) -> list[list[CardPart]]:
        """The other questions, a few at a time."""
        rest = [part for part in self.parts if not part.is_filled][AT_A_TIME:]
        return [rest[n : n + AT_A_TIME] for n in range(0, len(rest), AT_A_TIME)]

    @property
    def details(self) -> dict[str, Any]:
        """The details that the post names. A box that isn't ticked is named by the form's own mark."""
        named = {name for name in (*COLUMNS, "label", "sharing") if self.data.get(name) is not None}
        if "whole" in self.data:
            named.add("is_group")
        found = {name: self.cleaned_data[name] for name in named}
        return {**found, "label_base": self.cleaned_data["label_base"]} if "label" in named else found

    @property
    def pieces(self) -> list[Piece]:
        """The fields that the post names."""
        data = self.cleaned_data
        return [
            Piece(each.key, data[each.key], self._who(each.key), data[f"{each.key}_base"])
            for each in self.asked
            if self._is_named(each) and self._changes(each.key)
        ]

    def _is_named(self, each: CardField) -> bool:
        """Whether a post speaks of a field. Chips that are all taken off are named by the form's own mark."""
        return each.key in self.data or (each.choices is not None and "whole" in self.data)

    def _who(self, key: str) -> Sharing:
        said = self.person.words.get(key)
        chosen = self.cleaned_data[f"{key}_sharing"] or (
            said.sharing if said and said.text else Sharing.JUST_ME
        )
        return readers_of(self.cleaned_data[key], Sharing(chosen))

    def _changes(self, key: str) -> bool:
        """Whether a post says anything new. Another field's save never puts one of two texts in place of both."""
        said, text = self.person.words.get(key), self.cleaned_data[key]
        if said is None:
            return bool(text.strip())
        same_readers = not text.strip() or self._who(key) == said.sharing
        return bool(text != said.text or self.cleaned_data[f"{key}_base"] != said.base or not same_readers)

    def take_newest(self, changed: Changed) -> None:
        """Let the next save build on what stands now."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[f"{changed.field}_base"] = changed.newest.base if changed.newest else ""  # type: ignore[index]

    def needs_label(self) -> bool:
        """A post that leaves the name out keeps it."""
        return "label" in self.data

    def full_clean(self) -> None:
        self.fields["label"].required = not self.is_bound or self.needs_label()
        super().full_clean()


def _initial(person: ShownPerson) -> dict[str, Any]:
    named = person.words.get("label")
    return {
        "label": person.label, "label_base": named.base if named else "", "relation": person.relation,
        "state": person.state.value, "since_year": person.since_year, "is_group": person.is_group,
        "group_size": person.group_size, "line": person.line, "sharing": person.sharing,
    }  # fmt: skip
