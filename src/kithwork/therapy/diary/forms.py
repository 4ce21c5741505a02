"""What somebody may say about a day. Nothing is required."""

from datetime import date
from typing import Any

from django import forms

from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.foundation.ui.forms import ChipCheckboxes, KithworkForm, SharingRadios, TideRadios, WordsBox, sharing_choices
from kithwork.ipt.diary import moods

ON_MY_OWN = "on-my-own"


class EntryForm(KithworkForm):
    """A day's entry. An empty choice of readers is the client's usual one; where none was chosen, just me."""

    on = forms.DateField(label="Which day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    mood = forms.TypedChoiceField(
        label="How is today going?", required=False, coerce=int, empty_value=None,
        choices=[(mood.key, mood.label) for mood in moods], widget=TideRadios,
    )  # fmt: skip
    people = forms.MultipleChoiceField(
        label="Who was in your day, or on your mind?", required=False, widget=ChipCheckboxes
    )
    words = forms.CharField(label="A few words", required=False, strip=False, widget=WordsBox)
    sharing = forms.ChoiceField(label="Who are mood and people for?", required=False, widget=SharingRadios)
    words_sharing = forms.ChoiceField(label="Who are the words for?", required=False, widget=SharingRadios)
    words_base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, people: dict[str, str], today: date, usual: tuple[str, str], therapist: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.usual = today, usual
        choices = [*people.items(), (ON_MY_OWN, "On my own")]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]
        for name in ("sharing", "words_sharing"):
            self.fields[name].choices = sharing_choices(therapist)  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        return self.cleaned_data.get("on") or self.today

    def clean_sharing(self) -> Sharing:
        return Sharing(self.cleaned_data["sharing"] or self.usual[0] or Sharing.JUST_ME)

    def clean_words_sharing(self) -> Sharing:
        return Sharing(self.cleaned_data["words_sharing"] or self.usual[1] or Sharing.JUST_ME)

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        chosen = [person for person in data["people"] if person != ON_MY_OWN]
        return {
            "mood": data["mood"], "people": chosen, "on_my_own": ON_MY_OWN in data["people"],
            "words": data["words"], "sharing": data["sharing"], "words_sharing": data["words_sharing"],
        }  # fmt: skip


class UsualForm(KithworkForm):
    """Asked once: who is this usually for?"""

    usual = forms.ChoiceField(label="Usually")

    WAYS = {
        "all-to-myself": (Sharing.JUST_ME, Sharing.JUST_ME),
        "mood-and-people": (Sharing.SHARED, Sharing.JUST_ME),
        "everything": (Sharing.SHARED, Sharing.SHARED),
    }

    def __init__(self, *args: Any, therapist: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["usual"].choices = [  # type: ignore[attr-defined]
            ("all-to-myself", "All to myself"),
            ("mood-and-people", f"Mood and people for {therapist}"),
            ("everything", f"Everything for {therapist}"),
        ]


def is_kept(sharing: Sharing) -> bool:
    """Whether only the client sees it."""
    return sharing in KEPT
