"""What belongs to no other room: asking about a look, and deciding who things are for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import KithworkForm, SharingRadios, WordsBox, sharing_choices
from kithwork.therapy.together.waiting import Waiting, shown_as


class AskForm(KithworkForm):
    """A question about who looked, begun for her; she can say it in her own words."""

    item = forms.CharField(
        label=_("What would you like to ask?"), widget=WordsBox(rows=3), max_length=500,
        error_messages={"required": _("Write what you would like to ask.")},
    )  # fmt: skip


class DecideForm(KithworkForm):
    """Every choice stands at *decide later* until somebody moves it."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, pieces: Sequence[Waiting], therapist: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = pieces
        self.fields["shown"].initial = shown_as(pieces)
        for piece in pieces:
            self.fields[piece.id] = forms.ChoiceField(
                label=_("Who is this for?"), required=False, choices=sharing_choices(therapist), initial=Sharing.LATER,
                widget=SharingRadios(therapist=therapist),
            )  # fmt: skip

    @property
    def asked(self) -> list[tuple[Waiting, BoundField]]:
        """Each thing with its choice."""
        return [(piece, self[piece.id]) for piece in self.pieces]

    @property
    def choices(self) -> dict[str, Sharing]:
        """What was chosen; nothing chosen leaves it for later."""
        data = self.cleaned_data
        return {piece.id: Sharing(data[piece.id] or Sharing.LATER) for piece in self.pieces}

    def look_again(self) -> None:
        """What changed meanwhile is on the page now: the next save is about that."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["shown"] = shown_as(self.pieces)  # type: ignore[index]
