"""A sheet as a form, made from its data. Every question can be left empty."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithwork.foundation.passages.queries import Words
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import (
    KithworkForm,
    OptionRadios,
    SharingRadios,
    WordsBox,
    WordsField,
    sharing_choices,
)
from kithwork.ipt.worksheets import Field, Filler, Kind
from kithwork.ipt.worksheets import Worksheet as Sheet
from kithwork.therapy.focus.models import Focus
from kithwork.therapy.focus.worksheets import answers
from kithwork.therapy.focus.worksheets.actions import BelongsTo, Said
from kithwork.therapy.focus.worksheets.models import Worksheet
from kithwork.therapy.focus.worksheets.rows import (
    BLANK_ROWS,
    RowsField,
    ShownRow,
    script_name,
    shown_rows,
    takes_script,
)
from kithwork.therapy.people.models import Person

TENS = [(str(number), str(number)) for number in range(11)]
LONGEST_ITEM = 300


@dataclass(frozen=True)
class Around:
    """What a sheet's form needs to know of its course: who can be named, and what it can belong to."""

    people: Mapping[str, str]
    focuses: Mapping[str, str]
    therapist: str = ""  # the other reader, on the client's own pages; nobody where the two write together
    withheld: bool = False


@dataclass(frozen=True)
class Asked:
    """One question as the page shows it."""

    field: Field
    bound: BoundField
    base: BoundField | None = None
    keep: BoundField | None = None
    rows: list[ShownRow] | None = None
    script: str = ""  # the name of the box for a talk that was typed or pasted
    others: tuple[Words, ...] = ()  # what else stands there, which only its owner ever sees


class SheetForm(KithworkForm):
    """One sheet: its questions with the revisions that were shown, what it belongs to, and who it is for."""

    def __init__(
        self, data: Any, *, sheet: Sheet, around: Around, standing: Mapping[str, Words], **kwargs: Any
    ) -> None:
        """``standing``: what is written in it so far, by field."""
        super().__init__(data, **kwargs)
        self.sheet, self.standing, self.is_own = sheet, standing, bool(around.therapist)
        self.speakers = [*around.people.values()]
        # A question that encourages speaking up is left out while that is put aside, unless it was answered.
        self.asking = [
            field for field in sheet.fields
            if not (field.speaks_up and around.withheld and field.key not in standing)
        ]  # fmt: skip
        self.leaves_out = len(self.asking) < len(sheet.fields)
        for field in self.asking:
            self.fields[field.key] = _asked(field, around)
            if field.kind not in answers.APART:
                self.fields[f"{field.key}_base"] = forms.CharField(required=False, widget=forms.HiddenInput)
            if self.is_own and sheet.by_field and field.kind not in answers.APART:
                self.fields[f"{field.key}_keep"] = forms.BooleanField(
                    label=_("Only I see this part"), required=False
                )
        if not sheet.staff_only:
            self._add_belongings(around)

    def _add_belongings(self, around: Around) -> None:
        nowhere = [("", _("Nothing in particular"))]
        self.fields["focus"] = forms.ChoiceField(
            label=_("What it belongs to"), required=False, choices=[*nowhere, *around.focuses.items()]
        )
        self.fields["session"] = forms.IntegerField(
            label=_("For which session"), required=False, min_value=1, max_value=999,
            widget=forms.NumberInput(attrs={"class": "kw-input--short", "inputmode": "numeric"}),
        )  # fmt: skip
        if self.is_own:
            self.fields["sharing"] = forms.ChoiceField(
                label=_("Who is this for?"), required=False, choices=sharing_choices(around.therapist),
                widget=SharingRadios(therapist=around.therapist),
            )  # fmt: skip

    @property
    def questions(self) -> list[Asked]:
        """The questions in the sheet's order."""
        return [self._question(field) for field in self.asking]

    def _question(self, field: Field) -> Asked:
        standing = self.standing.get(field.key)
        asked = Asked(
            field, self[field.key], self._maybe(f"{field.key}_base"), self._maybe(f"{field.key}_keep"),
            others=standing.also if standing else (),
        )  # fmt: skip
        if field.kind is not Kind.ROWS:
            return asked
        found = self[field.key].value() or []
        # Empty rows that came back with the form are the empty rows of the page.
        blank = 0 if self.is_bound else (1 if found else BLANK_ROWS)
        rows = shown_rows(field, field.key, found, blank=blank)
        return replace(asked, rows=rows, script=script_name(field.key) if takes_script(field) else "")

    def _maybe(self, name: str) -> BoundField | None:
        return self[name] if name in self.fields else None

    @property
    def belongings(self) -> list[BoundField]:
        """What the sheet belongs to, asked apart from its questions."""
        return [self[name] for name in ("focus", "session") if name in self.fields]

    @property
    def said(self) -> Said:
        """What was filled in."""
        data, words = self.cleaned_data, [one for one in self.asking if one.kind not in answers.APART]
        return Said(
            answers={
                one.key: _number(data[one.key]) if one.kind is Kind.TEN else data[one.key] for one in words
            },
            keeps={one.key for one in words if data.get(f"{one.key}_keep")},
            bases={one.key: data[f"{one.key}_base"] for one in words},
        )

    def belongs(self, *, people: Mapping[str, Person], focuses: Mapping[str, Focus]) -> BelongsTo:
        """What the sheet belongs to, of what this writer knows."""
        data = self.cleaned_data
        day, person = answers.asks(self.sheet, Kind.DAY), answers.asks(self.sheet, Kind.PERSON)
        return BelongsTo(
            on=data[day.key] if day else None, person=people.get(data[person.key]) if person else None,
            focus=focuses.get(data.get("focus", "")), session=data.get("session"),
        )  # fmt: skip

    def sharing(self, usual: str) -> Sharing:
        """Who it is for: as she chose, else as she usually does, else for herself."""
        return Sharing(self.cleaned_data.get("sharing") or usual or Sharing.JUST_ME)


def _number(answer: str) -> int | None:
    return int(answer) if answer else None


def _asked(field: Field, around: Around) -> forms.Field:
    if field.kind is Kind.ROWS:
        return RowsField(field, label=_(field.label), help_text=_(field.help))
    if field.kind is Kind.TEN:
        return forms.ChoiceField(
            label=_(field.label),
            required=False,
            choices=[*TENS, ("", _("Leave out"))],
            widget=OptionRadios(columns=11),
        )
    if field.kind is Kind.DAY:
        day = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "kw-input--date"})
        return forms.DateField(label=_(field.label), required=False, widget=day)
    if field.kind is Kind.PERSON:
        nobody = [("", _("Nobody on the list"))]
        return forms.ChoiceField(
            label=_(field.label), required=False, choices=[*nobody, *around.people.items()]
        )
    if field.by is Filler.THERAPIST:
        return forms.CharField(label=_(field.label), required=False, strip=False, widget=WordsBox())
    return WordsField(label=_(field.label), help_text=_(field.help))


def as_shown(sheet: Sheet, row: Worksheet, standing: Mapping[str, Words]) -> dict[str, Any]:
    """What a form begins with that shows a sheet as it stands."""
    day, person = answers.asks(sheet, Kind.DAY), answers.asks(sheet, Kind.PERSON)
    initial: dict[str, Any] = {"focus": row.focus_id, "session": row.session, "sharing": row.sharing}
    initial |= {day.key: row.on} if day else {}
    initial |= {person.key: row.person_id} if person else {}
    for field in answers.in_words(sheet):
        if field.key in standing:
            words = standing[field.key]
            initial |= {
                field.key: answers.value(field, words.text), f"{field.key}_base": words.base,
                f"{field.key}_keep": words.is_kept and row.sharing != words.sharing,
            }  # fmt: skip
    return initial


class ReadersForm(KithworkForm):
    """Who a whole sheet is for."""

    sharing = forms.ChoiceField(label=gettext_lazy("Who is this for?"), widget=SharingRadios)

    def __init__(self, *args: Any, therapist: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["sharing"]
        choice.choices, choice.widget.therapist = sharing_choices(therapist), therapist


class BringForm(KithworkForm):
    """A line about a sheet for the list of things to talk about. It is sent to that list's own page."""

    item = forms.CharField(
        label=gettext_lazy("What goes on the list"), max_length=LONGEST_ITEM, widget=WordsBox(rows=2)
    )
    sharing = forms.ChoiceField(label=gettext_lazy("Who is this for?"), required=False, widget=SharingRadios)

    def __init__(self, *args: Any, therapist: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not therapist:
            del self.fields["sharing"]
            return
        choice: Any = self.fields["sharing"]
        choice.choices, choice.widget.therapist = sharing_choices(therapist), therapist


class PrivateForm(forms.Form):
    """Whether what only she can see is printed too. Sent in the address: it changes nothing."""

    private = forms.BooleanField(label=gettext_lazy("Includes things only I can see"), required=False)
