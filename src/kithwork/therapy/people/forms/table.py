"""Everybody as a table, for the desk: a row a person, and empty rows for whoever comes to mind.

Each control carries what it showed. Only what was changed is saved, so a cell that nobody touched never stands
against what somebody else wrote meanwhile.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import SharingRadios, WordsBox, sharing_choices
from kithwork.foundation.ui.said import in_words
from kithwork.ipt.inventory import IN_SHORT, CardField, State, card_fields, read_ring, rings
from kithwork.therapy.people.actions import Piece, Row
from kithwork.therapy.people.forms.adding import WhoForForm
from kithwork.therapy.people.models import Person
from kithwork.therapy.people.picture import ShownPerson

EMPTY_ROWS = 4
COLUMNS: tuple[CardField, ...] = tuple(card_fields[key] for key in IN_SHORT)
RINGS = [("off", _("Off for now")), *(choice for choice in in_words(rings.choices()) if choice[0] != "off")]


class ShownRow(NamedTuple):
    """One row as the page shows it."""

    person: ShownPerson | None
    label: BoundField
    ring: BoundField
    cells: list[tuple[BoundField, bool]]  # with whether the client keeps the words that stand there
    hidden: list[BoundField]


class TableForm(WhoForForm):
    """All rows in one form, saved in one act."""

    words_sharing = forms.ChoiceField(label=_("Who are new words for?"), required=False)

    def __init__(
        self,
        *args: Any,
        people: Sequence[ShownPerson],
        records: Mapping[str, Person],
        therapist: str,
        usual_words: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, therapist=therapist, **kwargs)
        self.people, self.records, self.usual_words = people, records, usual_words
        self.fields["sharing"].label = _("Who are new names for?")
        self.fields["words_sharing"].widget = SharingRadios(
            choices=sharing_choices(therapist), therapist=therapist
        )
        self.fields["words_sharing"].choices = sharing_choices(therapist)  # type: ignore[attr-defined]
        for one in people:
            self._add_row(one.id, one)
        for n in range(1, EMPTY_ROWS + 1):
            self._add_row(f"new{n}", None, called=gettext("new row {n}").format(n=n))

    def _add_row(self, row: str, person: ShownPerson | None, *, called: str = "") -> None:
        called = person.label if person else called
        words = person.words if person else {}
        self.fields[f"{row}_label"] = forms.CharField(
            label=_("Name"), required=False, max_length=80, initial=person.label if person else "",
            show_hidden_initial=True, widget=_cell(forms.TextInput(), _("Name, {called}").format(called=called)),
        )  # fmt: skip
        self.fields[f"{row}_ring"] = forms.ChoiceField(
            label=_("Ring"), required=False, choices=RINGS, show_hidden_initial=True,
            initial=str(int(person.ring)) if person and person.ring else "off",
            widget=_cell(forms.Select(), _("Ring, {called}").format(called=called)),
        )  # fmt: skip
        for field in COLUMNS:
            prompt = field.prompt_for(person.state if person else State.PRESENT, say=gettext)
            self.fields[f"{row}_{field.key}"] = forms.CharField(
                label=prompt, required=False, strip=False, show_hidden_initial=True,
                initial=words[field.key].text if field.key in words and not words[field.key].refused else "",
                widget=_cell(WordsBox(rows=2), f"{prompt}, {called}"),
            )  # fmt: skip
        for name in ("label", *(field.key for field in COLUMNS)) if person else ():
            base = words[name].base if name in words else ""
            self.fields[f"{row}_{name}_base"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=base
            )

    def clean_words_sharing(self) -> Sharing:
        return Sharing(self.cleaned_data["words_sharing"] or self.usual_words or Sharing.JUST_ME)

    def clean(self) -> None:
        for n in range(1, EMPTY_ROWS + 1):
            if self._touched(f"new{n}") and not self.cleaned_data.get(f"new{n}_label"):
                self.add_error(f"new{n}_label", _("Give them a name, an initial or a nickname."))

    @property
    def rows(self) -> list[ShownRow]:
        """The rows as they are shown: everybody, then the empty ones."""
        empty = [(f"new{n}", None) for n in range(1, EMPTY_ROWS + 1)]
        return [self._row(row, person) for row, person in [*((one.id, one) for one in self.people), *empty]]

    def _row(self, row: str, person: ShownPerson | None) -> ShownRow:
        bases = [name for name in self.fields if name.startswith(f"{row}_") and name.endswith("_base")]
        words = person.words if person else {}
        cells = [
            (self[f"{row}_{field.key}"], field.key in words and words[field.key].is_kept) for field in COLUMNS
        ]
        hidden = [self[name] for name in bases]
        return ShownRow(person, self[f"{row}_label"], self[f"{row}_ring"], cells, hidden)

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes: the rows that were touched."""
        rows = [self._as_row(one.id, one) for one in self.people if self._touched(one.id)]
        rows += [self._as_row(f"new{n}", None) for n in range(1, EMPTY_ROWS + 1) if self._touched(f"new{n}")]
        return {"rows": rows, "sharing": self.cleaned_data["sharing"]}

    def _touched(self, row: str) -> list[str]:
        """The names of a row's controls that say something else than they showed."""
        names = ["label", "ring", *(field.key for field in COLUMNS)]
        return [name for name in names if f"{row}_{name}" in self.changed_data]

    def _as_row(self, row: str, person: ShownPerson | None) -> Row:
        data, touched = self.cleaned_data, self._touched(row)
        pieces = tuple(
            Piece(key, data[f"{row}_{key}"], self._who(person, key), data.get(f"{row}_{key}_base", ""))
            for key in touched
            if key in IN_SHORT
        )
        return Row(
            person=self.records[person.id] if person else None,
            label=data[f"{row}_label"] if "label" in touched or person is None else None,
            label_base=data.get(f"{row}_label_base", ""),
            ring=read_ring(data[f"{row}_ring"] or "off"), moves="ring" in touched, pieces=pieces,
        )  # fmt: skip

    def _who(self, person: ShownPerson | None, key: str) -> Sharing:
        """Words keep their readers; new ones are for whom the form says."""
        said = person.words.get(key) if person else None
        return said.sharing if said else self.cleaned_data["words_sharing"]


def _cell(widget: forms.Widget, called: str) -> forms.Widget:
    widget.attrs |= {"aria-label": called, "autocomplete": "off"}
    return widget
