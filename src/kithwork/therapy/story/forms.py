"""What somebody may say about how it came about. Nothing is required but a name for what is to be found again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kithwork.foundation.passages.queries import Words
from kithwork.foundation.passages.sharing import Sharing, readers_of_all
from kithwork.foundation.ui.forms import (
    ChipCheckboxes,
    FuzzyDateInput,
    KithworkForm,
    OptionRadios,
    SharingRadios,
    WordsField,
    sharing_choices,
)
from kithwork.foundation.ui.said import in_words
from kithwork.ipt import cycle_steps, first, weighing
from kithwork.ipt.shelf import Prompt
from kithwork.ipt.timeline import USUAL_LINK, effects, lanes, link_ends, link_kinds

LEFT_OPEN = ("", _("Leave this open"))


@dataclass(frozen=True)
class Writer:
    """Who sits at the form: whether readers are asked about, who the other reader is, and the usual choice."""

    asks: bool
    therapist: str
    usual: Sharing = Sharing.JUST_ME


@dataclass(frozen=True)
class Asked:
    """One question of a form, with what stands there already."""

    bound: BoundField
    base: BoundField
    words: Words | None


class WordsForm(KithworkForm):
    """Questions that are answered in words, and who the answers are for.

    In the therapist's hand nobody is asked who it is for: it is written together and shared.
    """

    sharing = forms.ChoiceField(label=_("Who is this for?"), required=False, widget=SharingRadios)
    rows = 2

    def __init__(
        self,
        *args: Any,
        prompts: Iterable[Prompt],
        words: Mapping[str, Words],
        writer: Writer,
        sharing: Sharing | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.standing, self.prompts, self.was = words, tuple(prompts), sharing
        for prompt in self.prompts:
            self._ask(prompt)
        self._ask_who(writer, sharing)

    def _ask(self, prompt: Prompt) -> None:
        stands = self.standing.get(prompt.key)
        self.fields[prompt.key] = WordsField(
            label=prompt.label, help_text=prompt.help, rows=self.rows, initial=stands.text if stands else ""
        )
        self.fields[f"{prompt.key}_base"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=stands.base if stands else ""
        )

    def _ask_who(self, writer: Writer, sharing: Sharing | None) -> None:
        if not writer.asks:
            del self.fields["sharing"]
            return
        field = self.fields["sharing"]
        field.choices = sharing_choices(writer.therapist)  # type: ignore[attr-defined]
        field.widget.therapist = writer.therapist
        field.initial = sharing or self._one_state(writer)

    def _one_state(self, writer: Writer) -> Sharing | None:
        """The state that all that stands here has; none chosen where they differ."""
        states = self._states() or {writer.usual}
        return states.pop() if len(states) == 1 else None

    def _states(self) -> set[Sharing]:
        """Who the words that stand here are for; a refusal has readers of its own."""
        return {words.sharing for words in self.standing.values() if not words.refused}

    @property
    def asked(self) -> list[Asked]:
        """The questions in their order."""
        return [
            Asked(self[prompt.key], self[f"{prompt.key}_base"], self.standing.get(prompt.key))
            for prompt in self.prompts
        ]

    @property
    def texts(self) -> dict[str, str]:
        return {prompt.key: self.cleaned_data.get(prompt.key, "") for prompt in self.prompts}

    @property
    def bases(self) -> dict[str, str]:
        return {prompt.key: self.cleaned_data.get(f"{prompt.key}_base", "") for prompt in self.prompts}

    @property
    def chosen(self) -> Sharing | None:
        """Who it is for; None where nobody chose."""
        said = self.cleaned_data.get("sharing")
        return Sharing(said) if said else None

    @property
    def readers(self) -> Sharing:
        """Who a whole record is for: as chosen, else as it was, else only she herself."""
        states = self._states()
        readers = self.chosen or self.was or (states.pop() if len(states) == 1 else Sharing.JUST_ME)
        return readers if self._says_more() else readers_of_all(self._own_texts(), readers)

    def _own_texts(self) -> Iterable[str]:
        return self.texts.values()

    def _says_more(self) -> bool:
        """Whether anything but the questions in words was answered."""
        beside = {*self.texts, *(f"{name}_base" for name in self.texts), "sharing", "key"}
        return any(value for name, value in self.cleaned_data.items() if name not in beside)


class SymptomForm(WordsForm):
    """One experience: whether it is there, and what it does to being with people."""

    present = forms.ChoiceField(
        label=_("Is it like this for you at the moment?"), required=False, choices=in_words(first.presence.choices()),
        widget=OptionRadios(columns=2),
    )  # fmt: skip


class EpisodeForm(WordsForm):
    """An earlier time."""

    when = forms.CharField(
        label=_("When, roughly?"), required=False, widget=FuzzyDateInput,
        help_text=_("A year is enough, or something like spring 2022 or ten years ago."),
    )  # fmt: skip
    until = forms.CharField(label=_("When did it ease?"), required=False, widget=FuzzyDateInput)

    @property
    def span(self) -> dict[str, str]:
        """What the action takes about time."""
        return {"when": self.cleaned_data["when"], "until": self.cleaned_data["until"]}


class StepForm(WordsForm):
    """One step of "How it goes round". ``given`` is what stands in a field before anybody wrote in it."""

    answer = forms.ChoiceField(
        label=cycle_steps.QUESTION, required=False, choices=in_words(cycle_steps.answers.choices()),
        widget=OptionRadios(columns=2),
    )  # fmt: skip
    could_stop_here = forms.BooleanField(label=_("It could stop here"), required=False)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given = {"name": name}
        box = self.fields["name"]
        box.widget, box.initial = forms.TextInput({"maxlength": 60, "autocomplete": "off"}), name

    def _own_texts(self) -> Iterable[str]:
        return [text for name, text in self.texts.items() if text.strip() != self.given.get(name)]

    def has_something(self) -> bool:
        """Whether anything at all was said; passing by keeps nothing."""
        data = self.cleaned_data
        said = any(text.strip() for text in self._own_texts())
        return bool(
            data["answer"] or data["could_stop_here"] or said or self.standing or self.initial.get("answer")
        )


class EventForm(WordsForm):
    """Something that happened, on a date as rough as memory."""

    title = forms.CharField(
        label=_("What happened?"), max_length=200, help_text=_("A few words to know it by.")
    )
    title_base = forms.CharField(required=False, widget=forms.HiddenInput)
    when = forms.CharField(
        label=_("When, roughly?"), widget=FuzzyDateInput,
        help_text=_("2020, spring 2022, last March, about ten years ago, or 5 March 2023."),
    )  # fmt: skip
    until = forms.CharField(
        label=_("Until, if it went on for a while"), required=False, widget=FuzzyDateInput
    )
    lane = forms.ChoiceField(
        label=_("What is it about?"),
        choices=in_words(lanes.choices()),
        widget=OptionRadios(columns=3),
        initial="relationships",
    )
    mood = forms.ChoiceField(
        label=_("How was your mood around then?"),
        required=False,
        choices=[LEFT_OPEN, *in_words(effects.choices())],
    )
    people = forms.MultipleChoiceField(label=_("Who was part of it?"), required=False, widget=ChipCheckboxes)
    about = Prompt(
        "effect",
        gettext_noop("What did it do to you, or between you?"),
        gettext_noop("Leave this empty if you like."),
    )

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, prompts=[self.about], **kwargs)
        self.fields["people"].choices = list(names.items())  # type: ignore[attr-defined]
        title = self.standing.get("title")
        if title:
            self.fields["title"].initial, self.fields["title_base"].initial = title.text, title.base

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "title": data["title"], "when": data["when"], "until": data["until"] or None, "lane": data["lane"],
            "effect": data["mood"], "effect_words": data["effect"], "people": data["people"],
            "sharing": self.readers,
        }  # fmt: skip

    @property
    def bases(self) -> dict[str, str]:
        return {**super().bases, "title": self.cleaned_data["title_base"]}


class LinkForm(WordsForm):
    """What goes together with an event."""

    other = forms.ChoiceField(label=_("It goes together with"))
    how = forms.ChoiceField(
        label=_("How?"), choices=in_words(link_kinds.choices()), initial=USUAL_LINK, required=False,
        help_text=_("Nobody has to know which led to which."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, things: Mapping[str, Mapping[str, str]], without: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, prompts=(), words={}, **kwargs)
        choices = choices_of(things, link_ends.keys(), without=without)
        self.fields["other"].choices = choices  # type: ignore[attr-defined]

    @property
    def has_choices(self) -> bool:
        return bool(self.fields["other"].choices)  # type: ignore[attr-defined]


class MoveForm(KithworkForm):
    """Where on the axis an event is to stand: a date in words, a day, or a number of steps."""

    when = forms.CharField(label=_("Move it to"), required=False, widget=FuzzyDateInput)
    day = forms.DateField(required=False)
    steps = forms.IntegerField(required=False, min_value=-1200, max_value=1200)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (self.errors or data.get("when", "").strip() or data.get("day") or data.get("steps")):
            self.add_error("when", _("Write when it was, roughly, or choose a step."))
        return data

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes. A button's step goes before what stands in the box."""
        data = self.cleaned_data
        if data["steps"] or data["day"]:
            return {"day": data["day"], "steps": data["steps"] or 0}
        return {"when": data["when"]}


class SharingForm(WordsForm):
    """Only who something is for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prompts=(), words={}, **kwargs)

    def shared_with(self, otherwise: Sharing | None = None) -> Sharing:
        """Who it is for: as chosen, else as it was, else only she herself."""
        return self.chosen or otherwise or Sharing.JUST_ME


class AddStepForm(SharingForm):
    """One more step for the picture."""

    name = forms.CharField(
        label=_("One more step"), max_length=60, help_text=_("A few words that fit on the picture."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip


class ExampleForm(SharingForm):
    """Something from the diary or the story that shows what a step is like."""

    other = forms.ChoiceField(label=_("Add an example from the diary or the story"))

    def __init__(self, *args: Any, things: Mapping[str, Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = choices_of(things, ("event", "diary"))  # type: ignore[attr-defined]

    @property
    def has_choices(self) -> bool:
        return bool(self.fields["other"].choices)  # type: ignore[attr-defined]


class WeighingForm(WordsForm):
    """How far one kind of difficulty fits."""

    fits = forms.ChoiceField(
        label=weighing.QUESTION,
        required=False,
        choices=in_words(weighing.fits.choices()),
        widget=OptionRadios(columns=2),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prompts=[weighing.WHY], **kwargs)

    def has_something(self) -> bool:
        """Whether anything at all was said; passing by keeps nothing."""
        said = any(text.strip() for text in self.texts.values())
        return bool(self.cleaned_data["fits"] or said or self.standing or self.initial.get("fits"))


def choices_of(
    things: Mapping[str, Mapping[str, str]], kinds: Iterable[str], *, without: str = ""
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Things that can be linked, in groups by kind; empty groups are left out."""
    groups = [
        (
            link_ends[kind].label,
            [(f"{kind}:{one}", name) for one, name in things[kind].items() if one != without],
        )
        for kind in kinds
    ]
    return [group for group in groups if group[1]]
