"""What is asked at the ending. Every part can be left empty."""

from typing import Any

from django import forms

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import (
    ChipCheckboxes,
    KithworkForm,
    OptionRadios,
    SharingRadios,
    WordsBox,
    WordsField,
    sharing_choices,
)
from kithwork.ipt.ending import keepsake_parts, warning_sign_kinds, ways_of_ending
from kithwork.therapy.ending.queries import ShownPart


class PartForm(KithworkForm):
    """One part: the words, who they are for, and the revision they were written on."""

    sharing = forms.ChoiceField(label="Who is this for?", required=False, widget=SharingRadios)
    show = forms.BooleanField(label="Show it now", required=False)

    def __init__(self, *args: Any, part: ShownPart, therapist: str, client: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{part.key}-%s", initial=_initial(part), **kwargs)
        self.part = part
        words = _words_field(part)
        base = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields = {part.key: words, f"{part.key}_base": base, **self.fields}
        self.fields["show"].label = f"Show it to {client}"
        _ask_who(self, therapist)
        if not part.of_therapist:
            del self.fields["show"]

    @property
    def words_field(self) -> forms.BoundField:
        return self[self.part.key]

    @property
    def base_field(self) -> forms.BoundField:
        return self[f"{self.part.key}_base"]

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "field": self.part.key, "text": data[self.part.key], "base": data[f"{self.part.key}_base"],
            "sharing": self._sharing(),
        }  # fmt: skip

    def _sharing(self) -> Sharing | None:
        if self.part.of_therapist:
            return Sharing.SHARED if self.cleaned_data["show"] else Sharing.THERAPIST
        if "sharing" in self.fields:
            return Sharing(self.cleaned_data["sharing"] or Sharing.JUST_ME)
        return None


def _words_field(part: ShownPart) -> forms.CharField:
    """The therapist's own words are asked of nobody else; what is asked of the client can be refused."""
    asked: dict[str, Any] = {"label": part.label, "help_text": part.help, "max_length": 20_000}
    if part.of_therapist:
        return forms.CharField(required=False, strip=False, widget=WordsBox(rows=3), **asked)
    return WordsField(**asked)


def _initial(part: ShownPart) -> dict[str, Any]:
    words = part.words
    return {
        part.key: words.text if words else "",
        f"{part.key}_base": words.base if words else "",
        "sharing": words.sharing if words else Sharing.SHARED,
        "show": words is not None and words.sharing is Sharing.SHARED,
    }


class SignForm(KithworkForm):
    """An early sign."""

    sign = forms.CharField(label="What you, or others, would notice first", max_length=500, strip=False)
    kind = forms.ChoiceField(
        label="What it is about", required=False, widget=forms.Select,
        choices=[("", "Not said"), *warning_sign_kinds.choices()],
    )  # fmt: skip
    sharing = forms.ChoiceField(label="Who is this for?", required=False, widget=SharingRadios)

    def __init__(self, *args: Any, therapist: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="sign-%s", initial={"sharing": Sharing.SHARED}, **kwargs)
        _ask_who(self, therapist)

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        chosen = Sharing(data.get("sharing") or Sharing.JUST_ME)
        return {"sign": data["sign"], "kind": data["kind"], "sharing": chosen}


class FinishForm(KithworkForm):
    """How the course ends. Nothing is chosen beforehand, and it is said twice."""

    how = forms.ChoiceField(label="How it ends", choices=ways_of_ending.choices(), widget=OptionRadios)
    sure = forms.BooleanField(
        label="End the course now",
        error_messages={"required": "Tick “End the course now” to go on. It cannot be undone."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="finish-%s", **kwargs)


class KeepsakeForm(KithworkForm):
    """What to print."""

    part = forms.MultipleChoiceField(
        label="What to take along", required=False, choices=keepsake_parts.choices(), widget=ChipCheckboxes
    )
    private = forms.BooleanField(label="Includes things only you can see", required=False)

    def __init__(self, *args: Any, asks_private: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_private:
            del self.fields["private"]


def _ask_who(form: KithworkForm, therapist: str) -> None:
    """Ask the client who it is for; at the table, and of the therapist's own words, nobody is asked."""
    if not therapist:
        del form.fields["sharing"]
        return
    form.fields["sharing"].choices = sharing_choices(therapist)  # type: ignore[attr-defined]
    form.fields["sharing"].widget.therapist = therapist
