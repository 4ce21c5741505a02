"""What is asked at the ending. Every part can be left empty."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import (
    KithworkForm,
    OptionRadios,
    SharingRadios,
    WordsBox,
    WordsField,
    sharing_choices,
)
from kithwork.foundation.ui.said import in_words
from kithwork.ipt.contract import rhythms
from kithwork.ipt.ending import Wording, reasons_for_ending, warning_sign_kinds, ways_of_ending, what_next
from kithwork.ipt.protocol import Protocol
from kithwork.ipt.protocol_editing import LONGEST, MOST_SESSIONS, SHORTEST
from kithwork.therapy.ending.bringing import Piece
from kithwork.therapy.ending.keepsake import Part
from kithwork.therapy.ending.queries import ShownPart


class PartForm(KithworkForm):
    """One part: the words, who they are for, and the revision they were written on."""

    sharing = forms.ChoiceField(label=gettext_lazy("Who is this for?"), required=False, widget=SharingRadios)
    show = forms.BooleanField(label=gettext_lazy("Show it now"), required=False)

    def __init__(self, *args: Any, part: ShownPart, therapist: str, client: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{part.key}-%s", initial=_initial(part), **kwargs)
        self.part = part
        words = _words_field(part)
        base = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields = {part.key: words, f"{part.key}_base": base, **self.fields}
        self["show"].label = _("Show it to %(name)s") % {"name": client}
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

    sign = forms.CharField(
        label=gettext_lazy("What you, or others, would notice first"), max_length=500, strip=False
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is about"), required=False, widget=forms.Select,
        choices=lambda: [("", gettext_lazy("Not said")), *in_words(warning_sign_kinds.choices())],
    )  # fmt: skip
    sharing = forms.ChoiceField(label=gettext_lazy("Who is this for?"), required=False, widget=SharingRadios)

    def __init__(self, *args: Any, therapist: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="sign-%s", initial={"sharing": Sharing.SHARED}, **kwargs)
        _ask_who(self, therapist)

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        chosen = Sharing(data.get("sharing") or Sharing.JUST_ME)
        return {"sign": data["sign"], "kind": data["kind"], "sharing": chosen}


class BringForm(KithworkForm):
    """What comes along from the course before. Nothing is ticked, and the copies are hers alone unless she says so."""

    pieces = forms.MultipleChoiceField(
        label=gettext_lazy("What to bring along"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sharing = forms.ChoiceField(label=gettext_lazy("Who is this for?"), required=False, widget=SharingRadios)

    def __init__(self, *args: Any, pieces: Iterable[Piece], therapist: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="bring-%s", initial={"sharing": Sharing.JUST_ME}, **kwargs)
        self.fields["pieces"].choices = [(one.key, one.text) for one in pieces]  # type: ignore[attr-defined]
        _ask_who(self, therapist)

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        chosen = Sharing(self.cleaned_data["sharing"] or Sharing.JUST_ME)
        return {"pieces": self.cleaned_data["pieces"], "sharing": chosen}


class FinishForm(KithworkForm):
    """How the course ends. Nothing is chosen beforehand, and it is said twice."""

    how = forms.ChoiceField(
        label=gettext_lazy("How it ends"),
        choices=lambda: in_words(ways_of_ending.choices()),
        widget=OptionRadios,
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Why"), required=False,
        help_text=gettext_lazy("You can both read this afterwards. It can be left open."),
        choices=lambda: [("", gettext_lazy("Not said")), *in_words(reasons_for_ending.choices())],
    )  # fmt: skip
    why = forms.CharField(
        label=gettext_lazy("In your words"), required=False, strip=False, max_length=5_000, widget=WordsBox(rows=3),
        help_text=gettext_lazy("Staff see this. Your client sees it only if you show it."),
    )  # fmt: skip
    show_why = forms.BooleanField(label=gettext_lazy("Show these words"), required=False)
    what_comes = forms.ChoiceField(
        label=gettext_lazy("What comes next"), required=False,
        choices=lambda: [("", gettext_lazy("Not said")), *in_words(what_next.choices())],
    )  # fmt: skip
    sure = forms.BooleanField(
        label=gettext_lazy("End the course now"),
        error_messages={
            "required": gettext_lazy("Tick “End the course now” to go on. It cannot be undone.")
        },
    )  # fmt: skip

    def __init__(self, *args: Any, client: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="finish-%s", **kwargs)
        self["show_why"].label = _("Show these words to %(name)s") % {"name": client}

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("how", "reason", "why", "show_why", "what_comes")}


class FollowingForm(KithworkForm):
    """A course after the course, with its own rhythm. It stays "to be agreed" until both have signed."""

    protocol = forms.ChoiceField(label=gettext_lazy("Form of IPT"))
    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often"), required=False,
        choices=lambda: [("", gettext_lazy("Not said")), *in_words(rhythms.choices())],
    )  # fmt: skip
    sessions = forms.IntegerField(
        label=gettext_lazy("How many sessions"), required=False, min_value=1, max_value=MOST_SESSIONS,
        help_text=gettext_lazy("Leave it empty for the usual number, or for no number at all."),
        widget=forms.NumberInput(attrs={"class": "kw-input--short", "inputmode": "numeric"}),
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=gettext_lazy("How long each one is, in minutes"), required=False, min_value=SHORTEST, max_value=LONGEST,
        widget=forms.NumberInput(attrs={"class": "kw-input--short", "inputmode": "numeric"}),
    )  # fmt: skip
    ends_on = forms.DateField(
        label=gettext_lazy("When you expect to end, or to look at it again"), required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "kw-input--date"}),
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Iterable[Protocol], **kwargs: Any) -> None:
        usual = {"protocol": "ipt_m", "rhythm": "monthly", "minutes": 50}
        super().__init__(*args, initial=usual, auto_id="following-%s", **kwargs)
        field: Any = self.fields["protocol"]
        field.choices = [(one.key, one.title) for one in offered]

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "key"}


class WordingForm(KithworkForm):
    """How the two speak of the ending in this course."""

    wording = forms.ChoiceField(
        label=gettext_lazy("How you speak of it with each other"), required=False, widget=OptionRadios
    )

    def __init__(self, *args: Any, usual: Wording, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="wording-%s", **kwargs)
        field: Any = self.fields["wording"]
        field.choices = [
            ("", _("As the clinic does: %(wording)s") % {"wording": usual.label}),
            *((one.value, one.label) for one in Wording),
        ]


class StopForm(KithworkForm):
    """The client would like to stop. Both can stay empty."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why, if you like to say"), required=False, widget=OptionRadios,
        choices=lambda: [("", gettext_lazy("Leave it open")), *in_words(reasons_for_ending.choices())],
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("In your words"),
        required=False,
        strip=False,
        max_length=5_000,
        widget=WordsBox(rows=3),
    )

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("reason", "words")}


class KeepsakeForm(KithworkForm):
    """What to take along, piece by piece. A piece that is no longer there is passed over."""

    def chosen(self, parts: Iterable[Part]) -> dict[str, list[str]]:
        """What the action takes: the open pieces left out, and the kept ones added."""
        ticked = set(self.data.getlist("piece"))  # type: ignore[attr-defined]
        pieces = [piece for part in parts for piece in part.pieces]
        return {
            "left_out": [one.key for one in pieces if not one.kept and one.key not in ticked],
            "added": [one.key for one in pieces if one.kept and one.key in ticked],
        }


def _ask_who(form: KithworkForm, therapist: str) -> None:
    """Ask the client who it is for; at the table, and of the therapist's own words, nobody is asked."""
    if not therapist:
        del form.fields["sharing"]
        return
    form.fields["sharing"].choices = sharing_choices(therapist)  # type: ignore[attr-defined]
    form.fields["sharing"].widget.therapist = therapist
