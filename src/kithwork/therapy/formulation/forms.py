"""What somebody may write into the shared picture, say about it, and hope for. Only a goal needs words."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.ui.forms import KithworkForm, OptionRadios, WordsBox
from kithwork.foundation.ui.said import in_words
from kithwork.ipt.formulation import comment_kinds
from kithwork.ipt.goals import HIGHEST, LOWEST, SCALE_ENDS, endings, occasions
from kithwork.ipt.problem_areas import problem_areas
from kithwork.therapy.formulation.pieces import Piece
from kithwork.therapy.formulation.queries import ShownGoal, ShownSection

CANVAS = "write"  # come back to the page on which the picture is drawn up

REFUSED = "refused"


class SectionForm(KithworkForm):
    """One part, with the revision that was shown, and pieces that may go into it. The box bears the part's own name."""

    then = forms.ChoiceField(
        required=False, choices=[(CANVAS, CANVAS)], widget=forms.HiddenInput({"id": False})
    )

    def __init__(
        self,
        data: Any,
        *,
        section: ShownSection,
        seed: Iterable[Piece] = (),
        kept: Iterable[Piece] = (),
        then: str = "",
    ) -> None:
        base = section.words.base if section.words else ""
        super().__init__(data, initial={section.key: section.text, f"{section.key}_base": base, "then": then})
        self.section, self.seed, self.kept = section, list(seed), list(kept)
        self.fields[section.key] = forms.CharField(
            label=section.label, help_text=section.help, required=False, strip=False, widget=WordsBox(rows=5)
        )
        self.fields[f"{section.key}_base"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["pieces"], self.fields["kept"] = _choose_of(self.seed), _choose_of(self.kept)

    @property
    def box(self) -> Any:
        """The field for the words."""
        return self[self.section.key]

    @property
    def base(self) -> Any:
        """The hidden field with the revision that was shown."""
        return self[f"{self.section.key}_base"]

    @property
    def ticked(self) -> set[str]:
        """Which pieces were chosen, where the form comes back for another look."""
        return {*(self["pieces"].value() or ()), *(self["kept"].value() or ())}

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        key, said = self.section.key, self.cleaned_data
        chosen = {*said["pieces"], *said["kept"]}
        pieces = [piece for piece in (*self.seed, *self.kept) if piece.key in chosen]
        return {"section": key, "text": said[key], "base": said[f"{key}_base"], "pieces": pieces}


def _choose_of(pieces: Iterable[Piece]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        required=False, choices=[(piece.key, piece.text) for piece in pieces],
        error_messages={"invalid_choice": _("A piece that you chose is not there any more. Your words are kept.")},
    )  # fmt: skip


class CommentForm(KithworkForm):
    """What somebody says about a part."""

    kind = forms.ChoiceField(
        label=_("What would you like to say?"), choices=lambda: in_words(comment_kinds.choices()), widget=OptionRadios,
        error_messages={"required": _("Choose one of the four.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("In your words"), help_text=_("You can leave this empty."), required=False, strip=False,
        widget=WordsBox(rows=4),
    )  # fmt: skip


class AnswerForm(KithworkForm):
    """What is answered to something that was said about a part."""

    answer = forms.CharField(label=_("Your answer"), required=False, strip=False, widget=WordsBox(rows=4))
    answer_base = forms.CharField(required=False, widget=forms.HiddenInput)


class GoalForm(KithworkForm):
    """One goal."""

    goal = forms.CharField(
        label=gettext_lazy("What would you like to be different between you and someone?"), max_length=300,
        widget=WordsBox(rows=2), error_messages={"required": gettext_lazy("A goal needs a word or two.")},
    )  # fmt: skip
    area = forms.ChoiceField(label=gettext_lazy("Which of the four does it belong to?"), required=False)
    by_session = forms.IntegerField(
        label=gettext_lazy("By which session, roughly"), required=False, min_value=1, max_value=200,
        help_text=gettext_lazy("You can leave this empty."),
        widget=forms.NumberInput(attrs={"class": "kw-input--short", "inputmode": "numeric"}),
    )  # fmt: skip
    by_day = forms.DateField(
        label=gettext_lazy("Or by which day"), required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "kw-input--date"}),
    )  # fmt: skip
    goal_base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["area"]
        area.choices = [("", _("Leave it open")), *in_words(problem_areas.choices())]

    @property
    def when(self) -> dict[str, Any]:
        """Until when, roughly."""
        return {name: self.cleaned_data[name] for name in ("by_session", "by_day")}


class CloseForm(KithworkForm):
    """How a goal ended, if somebody wants to say."""

    ended_as = forms.ChoiceField(
        label=gettext_lazy("How did it end?"), required=False,
        widget=OptionRadios,
        choices=lambda: in_words((one.key, one.label) for one in endings if one.key != "replaced"),
    )  # fmt: skip


class RateForm(KithworkForm):
    """All goals at once, each from 0 to 10. What is left empty is not rated now."""

    def __init__(self, data: Any, *, goals: list[ShownGoal], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.goals = goals
        low, high = SCALE_ENDS
        says = _("0 is %(low)s, 10 is %(high)s.") % {"low": _(low.label), "high": _(high.label)}
        for goal in goals:
            self.fields[_name(goal.id)] = forms.ChoiceField(
                label=goal.goal, help_text=says, required=False, choices=_ratings(), widget=OptionRadios(columns=11)
            )  # fmt: skip
        self.fields["occasion"] = forms.ChoiceField(
            label=_("When is this?"),
            required=False,
            choices=[("", _("Any time")), *in_words(occasions.choices())],
        )

    @property
    def boxes(self) -> list[Any]:
        """One field a goal."""
        return [self[_name(goal.id)] for goal in self.goals]

    @property
    def ratings(self) -> dict[str, int | None]:
        """What was said about each goal, by its id; "rather not say" is None, and what was left out is absent."""
        said = {goal.id: self.cleaned_data[_name(goal.id)] for goal in self.goals}
        return {goal: None if one == REFUSED else int(one) for goal, one in said.items() if one}


def _ratings() -> list[tuple[str, str]]:
    return [*((str(n), str(n)) for n in range(LOWEST, HIGHEST + 1)), (REFUSED, gettext("Rather not say"))]


def _name(goal: str) -> str:
    return f"rating_{goal}"
