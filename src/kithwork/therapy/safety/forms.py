"""A review, a heading of the plan, a worry of staff."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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
from kithwork.ipt.safety import RAISED_BY_HAND, decisions, flag_kinds, review_fields, safe_contact
from kithwork.ipt.shelf import Prompt


class ReviewForm(KithworkForm):
    """What was asked, answered and decided. No decision is chosen beforehand."""

    decisions = forms.MultipleChoiceField(
        label=_("Decisions"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=in_words((choice.key, choice.label) for choice in decisions),
        help_text=_("Choose one or more. Nothing is preset."),
    )  # fmt: skip
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in review_fields:
            self.fields[field.key] = forms.CharField(
                label=field.label, required=False, strip=False, widget=WordsBox
            )
        self.order_fields(["asked", "answered", "decisions"])

    @property
    def words(self) -> dict[str, str]:
        """The written parts."""
        return {field.key: self.cleaned_data[field.key] for field in review_fields}


class PlanForm(KithworkForm):
    """One heading of the plan, and who it is for."""

    text = WordsField(rows=5)
    sharing = forms.ChoiceField(label=_("Who is this for?"), required=False)
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, heading: Prompt, therapist: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self["text"].label, self["text"].help_text = heading.label, heading.help
        field: forms.ChoiceField = self.fields["sharing"]  # type: ignore[assignment]
        field.choices = sharing_choices(therapist)
        field.widget = SharingRadios(therapist=therapist, choices=field.choices)

    def clean_sharing(self) -> Sharing | None:
        chosen = self.cleaned_data["sharing"]
        return Sharing(chosen) if chosen else None


class RaiseForm(KithworkForm):
    """A flag that staff raise: what it is about, a few words, and who looks at it."""

    kind = forms.ChoiceField(
        label=_("What is it about?"), required=False, widget=OptionRadios,
        choices=[(key, flag_kinds.get(key).label) for key in RAISED_BY_HAND],
    )  # fmt: skip
    text = forms.CharField(
        label=_("In a few words"), required=False, strip=False, widget=WordsBox(rows=3),
        help_text=_("You can leave this empty. Only staff see it."),
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("Who looks at it?"), required=False, widget=OptionRadios)

    def __init__(self, *args: Any, carers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = carers  # type: ignore[attr-defined]
        self.fields["owner"].initial = carers[0][0] if carers else ""


class ReachingForm(KithworkForm):
    """How it is safe to reach the client. ``own`` adds what is hers alone to say; ``apart`` says that her
    answers have different readers, so that none are chosen beforehand."""

    def __init__(self, *args: Any, therapist: str, own: bool, apart: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for prompt in safe_contact:
            self.fields[prompt.key] = WordsField(label=prompt.label, help_text=prompt.help, rows=2)
            self.fields[f"{prompt.key}_base"] = forms.CharField(required=False, widget=forms.HiddenInput)
        if own:
            choices = [one for one in sharing_choices(therapist) if one[0] != Sharing.LATER]
            self.fields["sharing"] = forms.ChoiceField(
                label=_("Who is this for?"), required=False, choices=choices,
                widget=SharingRadios(therapist=therapist, choices=choices),
                help_text=_("Your answers here have different readers. Choose none, and each keeps its own; "
                            "a new one is just for you.") if apart else "",
            )  # fmt: skip
            self.fields["no_mail"] = forms.BooleanField(
                label=_("Please send me no e-mail at all"), required=False,
                help_text=_(
"Only you see this. No reminder comes then, and no link for a new password: if you forget "
                "yours, ask the clinic."
),
            )  # fmt: skip

    @property
    def answers(self) -> dict[str, str]:
        """What was written, question by question."""
        return {prompt.key: self.cleaned_data[prompt.key] for prompt in safe_contact}

    @property
    def shown_bases(self) -> dict[str, str]:
        """The revisions that the page had shown."""
        return {prompt.key: self.cleaned_data[f"{prompt.key}_base"] for prompt in safe_contact}

    @property
    def sharing(self) -> Sharing | None:
        """Who the answers are for; None where nobody chose, and for staff, who have no choice to make."""
        chosen = self.cleaned_data.get("sharing")
        return Sharing(chosen) if chosen else None

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The questions, in their order."""
        return [self[prompt.key] for prompt in safe_contact]

    @property
    def bases(self) -> list[forms.BoundField]:
        """What travels unseen."""
        return [self[f"{prompt.key}_base"] for prompt in safe_contact]


class ConcernForm(KithworkForm):
    """A worry that staff keep among themselves."""

    text = forms.CharField(
        label=_("A worry to keep among staff"), required=False, strip=False, widget=WordsBox(rows=2)
    )
