"""What may be said of people. Only a name is needed, and any name will do."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from django import forms
from django.forms import BoundField

from kithwork.foundation.passages.actions import Changed
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.foundation.ui.forms import KithworkForm, OptionRadios, SharingRadios, WordsBox, sharing_choices
from kithwork.ipt.inventory import (
    LABEL_PROMPT,
    CardField,
    NotARing,
    Ring,
    State,
    fields_for,
    line_kinds,
    read_angle,
    read_ring,
    relations,
    rings,
    views,
)
from kithwork.therapy.people.actions import COLUMNS, Piece
from kithwork.therapy.people.picture import ShownPerson

T = TypeVar("T")
ALWAYS_OPEN = 5  # the card's first fields; the others wait folded until they hold something
UNSAID = ("", "Rather not say")
STATES = [(state.value, state.label) for state in State]


NUMBER = {"class": "kw-input--short", "inputmode": "numeric"}


class PersonFields(KithworkForm):
    """What is known of somebody beside the card's words."""

    label = forms.CharField(label="What do you call them?", help_text=LABEL_PROMPT, max_length=80)
    relation = forms.ChoiceField(
        label="Who are they to you?", required=False, choices=[UNSAID, *relations.choices()]
    )
    state = forms.ChoiceField(label="Are they in your life?", required=False, choices=STATES)
    since_year = forms.IntegerField(
        label="Since which year?", help_text="If they died, or you lost touch. Leave it empty if you like.",
        required=False, min_value=1900, max_value=2100, widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip
    is_group = forms.BooleanField(label="This is a group of people", required=False)
    group_size = forms.IntegerField(
        label="How many are they, roughly?", required=False, min_value=2, max_value=999,
        widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip
    sharing = forms.ChoiceField(label="Who is this for?", required=False)

    def __init__(self, *args: Any, therapist: str, usual: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual = usual
        self.fields["label"].widget.attrs["autocomplete"] = "off"
        self.fields["sharing"].widget = SharingRadios(choices=sharing_choices(therapist), therapist=therapist)
        self.fields["sharing"].choices = sharing_choices(therapist)  # type: ignore[attr-defined]

    def clean_state(self) -> str:
        return self.cleaned_data["state"] or State.PRESENT.value

    def clean_sharing(self) -> Sharing:
        return Sharing(self.cleaned_data["sharing"] or self.usual or Sharing.JUST_ME)


class AddForm(PersonFields):
    """Add somebody."""

    ring = forms.ChoiceField(
        label="How close do they feel these days?", required=False, choices=rings.choices(),
        widget=OptionRadios(columns=2),
    )  # fmt: skip

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        ring = read_ring(data["ring"] or "off")
        names = ("label", "relation", "state", "since_year", "is_group", "group_size", "sharing")
        return {**{name: data[name] for name in names}, "ring": ring}


class PlaceForm(KithworkForm):
    """Put somebody on a ring. An angle alone turns them where they are."""

    ring = forms.CharField(required=False)
    angle = forms.CharField(required=False)
    view = forms.ChoiceField(required=False, choices=[("", ""), *views.choices()])

    def clean_ring(self) -> Ring | None:
        return _or_invalid(read_ring, self.cleaned_data["ring"]) if self.cleaned_data["ring"] else None

    def clean_angle(self) -> int | None:
        return _or_invalid(read_angle, self.cleaned_data["angle"])

    def clean_view(self) -> str:
        return self.cleaned_data["view"] or "now"

    def clean(self) -> None:
        if not self.data.get("ring") and not self.data.get("angle"):
            raise forms.ValidationError("Choose a ring, or leave them off.")

    def act(self, person: ShownPerson) -> dict[str, Any]:
        """What the action takes: a turn keeps the ring."""
        data = self.cleaned_data
        place = person.place_in(data["view"])
        ring = data["ring"] if self.data.get("ring") else place.ring if place else None
        return {"ring": int(ring) if ring else None, "angle": data["angle"], "view": data["view"]}


def _or_invalid(read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except NotARing as refused:
        raise forms.ValidationError(f"{refused.sentence} {refused.next_step}") from None


class LineForm(KithworkForm):
    """Say how it is between two people. Without another one, between the client and this one."""

    other = forms.ChoiceField(label="Between them and", required=False)
    kind = forms.ChoiceField(
        label="How is it between them?", required=False, choices=[("", "No line"), *line_kinds.choices()]
    )

    def __init__(self, *args: Any, others: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [("", "Choose somebody"), *others.items()]  # type: ignore[attr-defined]


class RemoveForm(KithworkForm):
    """Hide, or delete."""

    how = forms.ChoiceField(
        label="What would you like?",
        choices=[("hide", "Hide for now"), ("delete", "Delete")],
        widget=OptionRadios(
            descriptions={
                "hide": "Out of sight everywhere. You can show them again.",
                "delete": "Every word about them is emptied. This can’t be undone; older backups keep it for a while.",
            }
        ),
    )


class CardPart(NamedTuple):
    """One field of the card as the page shows it."""

    text: BoundField
    who: BoundField
    base: BoundField
    asks: CardField
    is_filled: bool
    shown: Any


class CardForm(PersonFields):
    """A person's card: every field optional, each with its own readers. What a post does not name stays as it is."""

    line = forms.ChoiceField(
        label="How is it between you?", required=False, choices=[UNSAID, *line_kinds.choices()]
    )
    label_base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: ShownPerson, therapist: str, usual: str, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(person)
        super().__init__(*args, therapist=therapist, usual=person.sharing, **kwargs)
        self.person = person
        self.asked = fields_for(person.state)
        # Words are never offered to more readers than know of the person.
        likely = usual if person.sharing not in KEPT and usual else Sharing.JUST_ME
        for each in self.asked:
            self._add(each, person, therapist, likely)

    def _add(self, each: CardField, person: ShownPerson, therapist: str, likely: str) -> None:
        said = person.words.get(each.key)
        self.fields[each.key] = forms.CharField(
            label=each.prompt_for(person.state), help_text=each.help, required=False, strip=False,
            widget=WordsBox(rows=2), initial=said.text if said else "",
        )  # fmt: skip
        self.fields[f"{each.key}_sharing"] = forms.ChoiceField(
            label="Who is this for?", required=False, choices=sharing_choices(therapist),
            initial=said.sharing if said else likely, widget=forms.RadioSelect(attrs={"class": "kw-choice__input"}),
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
        return [part for n, part in enumerate(self.parts) if n < ALWAYS_OPEN or part.is_filled]

    @property
    def more_parts(self) -> list[CardPart]:
        return [part for n, part in enumerate(self.parts) if n >= ALWAYS_OPEN and not part.is_filled]

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
            if each.key in self.data and self._says(each.key)
        ]

    def _who(self, key: str) -> Sharing:
        said = self.person.words.get(key)
        return Sharing(self.cleaned_data[f"{key}_sharing"] or (said.sharing if said else Sharing.JUST_ME))

    def _says(self, key: str) -> bool:
        return bool(self.cleaned_data[key].strip() or self.person.words.get(key))

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
