"""Placing people, lines between them, and moments to compare with."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.ui.forms import KithworkForm
from kithwork.foundation.ui.said import in_words, said
from kithwork.ipt.inventory import NotARing, Ring, line_kinds, read_angle, read_ring, views
from kithwork.therapy.people.forms.adding import WhoForForm
from kithwork.therapy.people.picture import ShownPerson

T = TypeVar("T")


class PlaceForm(KithworkForm):
    """Put somebody on a ring. An angle alone turns them where they are."""

    ring = forms.CharField(required=False)
    angle = forms.CharField(required=False)
    view = forms.ChoiceField(required=False, choices=[("", ""), *in_words(views.choices())])

    def clean_ring(self) -> Ring | None:
        return _or_invalid(read_ring, self.cleaned_data["ring"]) if self.cleaned_data["ring"] else None

    def clean_angle(self) -> int | None:
        return _or_invalid(read_angle, self.cleaned_data["angle"])

    def clean_view(self) -> str:
        return self.cleaned_data["view"] or "now"

    def clean(self) -> None:
        if not self.data.get("ring") and not self.data.get("angle"):
            raise forms.ValidationError(_("Choose a ring, or leave them off."))

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
        raise forms.ValidationError(str(said(refused))) from None


class LineForm(KithworkForm):
    """Say how it is between two people. How it is between the client and this one is asked on the card itself."""

    other = forms.ChoiceField(
        label=_("Between them and"),
        error_messages={"required": _("Choose somebody to draw the line to.")},
    )
    kind = forms.ChoiceField(
        label=_("How is it between them?"),
        required=False,
        choices=[("", _("No line")), *in_words(line_kinds.choices())],
    )

    def __init__(self, *args: Any, others: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [("", _("Choose somebody")), *others.items()]  # type: ignore[attr-defined]


class SnapshotForm(WhoForForm):
    """Keep the circles as they stand: nothing but who may know of the moment."""
