"""Choosing a focus, and writing into its workspace. Every word can be left empty."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import (
    FuzzyDateInput,
    KithworkForm,
    OptionRadios,
    SharingRadios,
    WordsBox,
    WordsField,
    sharing_choices,
)
from kithwork.foundation.ui.said import in_words, said
from kithwork.ipt.problem_areas import dispute_stages, problem_areas, second_focus_reasons
from kithwork.ipt.workspaces import step_states, ways_of_losing
from kithwork.refusal import Refusal
from kithwork.therapy.focus.kinds import SORTS_INTO, Kind, kinds
from kithwork.therapy.focus.models import FocusItem
from kithwork.therapy.focus.queries import Paragraph
from kithwork.therapy.focus.rough import read_day, type_day
from kithwork.therapy.focus.space import Suggestion

IN_OUR_WORDS = gettext_lazy("In your own words")


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "kw-input--date"}),
    )


class PersonForm(KithworkForm):
    """With whom, and in which words."""

    person = forms.ChoiceField(label=gettext_lazy("With whom, if it is about somebody"), required=False)
    in_our_words = forms.CharField(label=IN_OUR_WORDS, required=False, strip=False, widget=WordsBox(rows=4))
    in_our_words_base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.choices = [("", _("Nobody in particular")), *people.items()]


class ChooseForm(PersonForm):
    """One of the four; a second one also says why."""

    area = forms.ChoiceField(
        label=gettext_lazy("What is the work on?"), choices=lambda: in_words(problem_areas.choices()),
        widget=OptionRadios,
        error_messages={"required": gettext_lazy("Choose one of the four, or come back when you are sure.")},
    )  # fmt: skip
    since = _day(gettext_lazy("From which day"))
    reason = forms.ChoiceField(
        label=gettext_lazy("Why a second one?"),
        required=False,
        choices=lambda: in_words(second_focus_reasons.choices()),
        widget=OptionRadios,
    )
    reason_words = forms.CharField(
        label=gettext_lazy("Why, in your words"), required=False, strip=False, widget=WordsBox(rows=2)
    )

    field_order = ("area", "person", "in_our_words", "since", "reason", "reason_words")

    def __init__(self, *args: Any, is_second: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["area"]
        area.widget.descriptions = {one.key: _(one.plain) for one in problem_areas}
        if not is_second:
            del self.fields["reason"], self.fields["reason_words"]


class ItemForm(KithworkForm):
    """One thing for the workspace: its words with the revisions that were shown, its facts, and who it is for."""

    def __init__(
        self,
        data: Any,
        *,
        kind: Kind,
        steps: dict[str, str],
        today: date,
        sharing: dict[str, str],
        **kwargs: Any,
    ) -> None:
        """``sharing``: the therapist's name and the client's usual choice; empty when written together."""
        super().__init__(data, **kwargs)
        self.kind, self.today, self.usual = kind, today, sharing.get("usual", "")
        for name in kind.asks:
            self.fields[name] = _asked(name, steps)
        for prompt in kind.words:
            self.fields[prompt.key] = WordsField(
                label=_(prompt.label), help_text=_(prompt.help) if prompt.help else ""
            )
            self.fields[f"{prompt.key}_base"] = forms.CharField(required=False, widget=forms.HiddenInput)
        if sharing:
            self.fields["sharing"] = forms.ChoiceField(
                label=_("Who is this for?"), required=False, choices=sharing_choices(sharing["therapist"]),
                widget=SharingRadios(therapist=sharing["therapist"]),
            )  # fmt: skip

    def clean_when(self) -> str:
        try:
            read_day(self.cleaned_data["when"])
        except Refusal as refusal:
            raise forms.ValidationError(str(said(refusal))) from refusal
        return str(self.cleaned_data["when"])

    @property
    def boxes(self) -> list[Any]:
        """The fields to show, in their order; the key and the bases are hidden."""
        return [bound for bound in self if not bound.is_hidden]

    @property
    def bases(self) -> list[Any]:
        """The hidden fields with the revisions that were shown."""
        return [bound for bound in self if bound.is_hidden and bound.name != "key"]

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        chosen = data.get("sharing") or self.usual or Sharing.JUST_ME
        words = {prompt.key: data[prompt.key] for prompt in self.kind.words}
        return {"words": words, "sharing": Sharing(chosen), **self._columns()}

    @property
    def shown_bases(self) -> dict[str, str]:
        """The revision that was shown of each field."""
        return {prompt.key: self.cleaned_data[f"{prompt.key}_base"] for prompt in self.kind.words}

    def _columns(self) -> dict[str, Any]:
        data = self.cleaned_data
        columns: dict[str, Any] = {}
        for name in self.kind.asks:
            if name == "when":
                columns |= dict(read_day(data["when"]))
            elif name == "how_lost":
                columns["choice"] = data["how_lost"]
            elif name == "of_step":
                columns["step_id"] = data["of_step"]
            elif name == "on":
                columns["on"] = data["on"] or self.today
            elif name == "place":
                columns["place"] = data["place"] or 1
            else:
                columns[name] = data[name]
        return columns


def _asked(name: str, steps: dict[str, str]) -> forms.Field:
    stages = {stage.key: _(stage.plain) for stage in dispute_stages}
    fields: dict[str, forms.Field] = {
        "stage": forms.ChoiceField(
            label=_("Where does it stand now?"), required=False, choices=in_words(dispute_stages.choices()),
            widget=OptionRadios(descriptions=stages),
        ),
        "on": _day(_("On which day")),
        "done_on": _day(_("Done on")),
        "when": forms.CharField(
            label=_("When is it?"), required=False, help_text=_("As you know it: 12 March, or March 2023."),
            widget=FuzzyDateInput,
        ),
        "chosen": forms.BooleanField(label=_("This is what I want to try"), required=False),
        "place": forms.IntegerField(
            label=_("Its place, from easy to hard"), required=False, min_value=1, max_value=50,
            widget=forms.NumberInput(attrs={"class": "kw-input--short", "inputmode": "numeric"}),
        ),
        "of_step": forms.ChoiceField(label=_("Which step?"), choices=list(steps.items())),
        "how_lost": forms.ChoiceField(
            label=_("What kind of loss was it?"), required=False,
            choices=[("", _("Leave it open")), *in_words(ways_of_losing.choices())],
        ),
    }  # fmt: skip
    return fields[name]


class MarksForm(KithworkForm):
    """How each suggestion stands."""

    def __init__(self, data: Any, *, steps: Sequence[Suggestion], **kwargs: Any) -> None:
        super().__init__(data, auto_id=False, **kwargs)
        self.steps = steps
        for step in steps:
            self.fields[f"step_{step.key}"] = forms.ChoiceField(
                label=_(step.label),
                required=False,
                choices=in_words(step_states.choices()),
                initial=step.state,
            )

    @property
    def boxes(self) -> list[Any]:
        """One field a suggestion."""
        return [self[f"step_{step.key}"] for step in self.steps]

    @property
    def states(self) -> dict[str, str]:
        """What was chosen for each; what was left out of the form is not there."""
        said = {step.key: self.cleaned_data[f"step_{step.key}"] for step in self.steps}
        return {step: state for step, state in said.items() if state}


class SortForm(KithworkForm):
    """Where each paragraph of a story belongs. Each can stay where it is."""

    def __init__(self, data: Any, *, paragraphs: Sequence[Paragraph], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.paragraphs = paragraphs
        places = [("", _("Leave it in the story")), *((key, _(kinds.get(key).label)) for key in SORTS_INTO)]
        for number, _paragraph in enumerate(paragraphs, 1):
            self.fields[f"piece_{number}"] = forms.ChoiceField(
                label=_("Where does this part belong?"), required=False, choices=places
            )

    @property
    def rows(self) -> list[tuple[Paragraph, Any]]:
        """Each paragraph with its field."""
        return [(one, self[f"piece_{number}"]) for number, one in enumerate(self.paragraphs, 1)]

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """The list and the words of each part that was put somewhere."""
        said = [
            (self.cleaned_data[f"piece_{number}"], one.text) for number, one in enumerate(self.paragraphs, 1)
        ]
        return [(place, text) for place, text in said if place]


class TryForm(KithworkForm):
    """Something to try, from what stands in the workspace."""

    what = forms.CharField(
        label=gettext_lazy("What would you like to try?"), max_length=500, strip=False, widget=WordsBox(rows=3),
        error_messages={
            "required": gettext_lazy("Say what there is to try, or go back. Nothing this week is fine too.")
        },
    )  # fmt: skip
    person = forms.ChoiceField(label=gettext_lazy("With whom"), required=False)
    on = _day(gettext_lazy("When, roughly"))

    def __init__(self, data: Any, *, people: dict[str, str], sharing: dict[str, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["person"]
        field.choices = [("", _("Nobody in particular")), *people.items()]
        self.usual = sharing.get("usual", "")
        if sharing:
            self.fields["sharing"] = forms.ChoiceField(
                label=_("Who is this for?"), required=False, choices=sharing_choices(sharing["therapist"]),
                widget=SharingRadios(therapist=sharing["therapist"]),
            )  # fmt: skip

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        chosen = said.get("sharing") or self.usual or Sharing.JUST_ME
        return {"what": said["what"], "person": said["person"], "on": said["on"], "sharing": Sharing(chosen)}


class FromItemForm(KithworkForm):
    """A goal, from what stands in the workspace."""

    goal = forms.CharField(
        label=gettext_lazy("What would you like to be different between you and someone?"), max_length=300,
        widget=WordsBox(rows=2), error_messages={"required": gettext_lazy("A goal needs a word or two.")},
    )  # fmt: skip
    by_day = _day(gettext_lazy("By when, roughly"))


def facts_of(item: FocusItem, kind: Kind) -> dict[str, Any]:
    """What a form shows of an item beside its words."""
    facts = {
        "stage": getattr(item, "stage", ""), "on": getattr(item, "on", None),
        "done_on": getattr(item, "done_on", None), "place": getattr(item, "place", None),
        "chosen": bool(getattr(item, "chosen_at", None)), "of_step": getattr(item, "step_id", ""),
        "how_lost": getattr(item, "choice", ""),
    }  # fmt: skip
    if "when" in kind.asks:
        facts["when"] = type_day(item)  # type: ignore[arg-type]  # a rough day
    return {name: facts[name] for name in kind.asks}
