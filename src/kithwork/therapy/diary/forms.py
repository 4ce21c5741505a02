"""What somebody may say about a day. Nothing is required."""

from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.forms import (
    ChipCheckboxes,
    KithworkForm,
    OptionRadios,
    SharingRadios,
    TideButtons,
    TideRadios,
    WordsBox,
    sharing_choices,
)
from kithwork.ipt import diary as method
from kithwork.therapy.course.models import Course
from kithwork.therapy.diary import queries

ON_MY_OWN = "on-my-own"


class EntryForm(KithworkForm):
    """A day's entry. An empty choice of readers is the client's usual one; where none was chosen, just me."""

    on = forms.DateField(
        label="Which day", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    mood = forms.TypedChoiceField(
        label=method.MOOD_PROMPT, required=False, coerce=int, empty_value=None,
        choices=[(mood.key, mood.label) for mood in method.moods], widget=TideRadios,
    )  # fmt: skip
    people = forms.MultipleChoiceField(label=method.PEOPLE_PROMPT, required=False, widget=ChipCheckboxes)
    words = forms.CharField(
        label=format_html('{} <span class="kw-label__note">(you can leave this empty)</span>', method.WORDS_PROMPT),
        required=False, strip=False, widget=WordsBox,
    )  # fmt: skip
    sharing = forms.ChoiceField(label="Who are mood and people for?", required=False, widget=SharingRadios)
    words_sharing = forms.ChoiceField(label="Who are the words for?", required=False, widget=SharingRadios)
    words_base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        people: dict[str, str],
        today: date,
        usual: tuple[str, str],
        therapist: str,
        full: bool = False,
        tap: bool = False,
        **kwargs: Any,
    ) -> None:
        """``full`` asks the fuller items too, behind "More about today"; ``tap`` saves as soon as a mood is chosen."""
        super().__init__(*args, **kwargs)
        # A form that came back to be corrected keeps its mood as a choice, so that no press loses it.
        self.tap = tap and not self.is_bound
        if self.tap:
            self.fields["mood"].widget = TideButtons(choices=self.fields["mood"].choices)  # type: ignore[attr-defined]
            self["mood"].help_text = "One tap saves. Leave out anything you like."
        self.today, self.usual = today, usual
        self.full = full
        self.fields["people"].choices = [*people.items(), (ON_MY_OWN, method.ON_MY_OWN)]  # type: ignore[attr-defined]
        for name in ("sharing", "words_sharing"):
            self.fields[name].choices = sharing_choices(therapist)  # type: ignore[attr-defined]
            self.fields[name].widget.therapist = therapist
        for item in method.more_items if full else ():
            if not item.opt_in:
                self.fields[f"more_{item.key}"] = _more_field(item)

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
        told: dict[str, Any] = {
            "mood": data["mood"], "people": chosen, "on_my_own": ON_MY_OWN in data["people"],
            "words": data["words"], "sharing": data["sharing"], "words_sharing": data["words_sharing"],
        }  # fmt: skip
        return told | ({"more": self._more(data)} if self.full else {})

    def _more(self, data: dict[str, Any]) -> dict[str, int | str]:
        given = {key[5:]: value for key, value in data.items() if key.startswith("more_") and value}
        return {key: value if value == method.NO_CONTACT else int(value) for key, value in given.items()}

    @property
    def more(self) -> list[Any]:
        """The fuller items, for the template."""
        return [self[name] for name in self.fields if name.startswith("more_")]


def _more_field(item: method.MoreItem) -> forms.ChoiceField:
    """One fuller item: a number from its scale, or nothing. Never turned into the five steps, nor the other way."""
    ends = {0: f"0, {item.low_end}", item.highest: f"{item.highest}, {item.high_end}"}
    choices = [("", "Leave this out"), *((str(n), ends.get(n, str(n))) for n in range(item.highest + 1))]
    if item.may_be_no_contact:
        choices.append((method.NO_CONTACT, "I had no contact with anyone"))
    return forms.ChoiceField(label=item.label, required=False, choices=choices)


def entry_form(
    data: Any,
    *,
    audience: Audience,
    course: Course,
    today: date,
    therapist: str,
    people: dict[str, str],
    entry: str = "",
    full: bool = True,
) -> EntryForm:
    """The form for a new entry, or for changing one; the client's new entries are saved by one tap."""
    client = course.client
    usual = (client.usual_sharing, client.usual_words_sharing)
    initial = queries.as_told(audience, entry, ON_MY_OWN) if entry else queries.fresh(today, usual)
    # A shorter form, such as the one on Today, leaves the fuller items alone.
    full = any(name.startswith("more_") for name in data) if data else full
    return EntryForm(
        data, initial=initial, people=people, today=today, usual=usual, therapist=therapist, full=full,
        tap=audience.is_client and not entry,
    )  # fmt: skip


class UndoForm(KithworkForm):
    """Taking an entry back: nothing but the key."""


class UsualForm(KithworkForm):
    """Asked once: who is this usually for?"""

    usual = forms.ChoiceField(label="Usually:", widget=OptionRadios)

    WAYS = {
        "all-to-myself": (Sharing.JUST_ME, Sharing.JUST_ME),
        "mood-and-people": (Sharing.SHARED, Sharing.JUST_ME),
        "everything": (Sharing.SHARED, Sharing.SHARED),
    }

    def __init__(self, *args: Any, therapist: str, now: tuple[str, str] = ("", ""), **kwargs: Any) -> None:
        """``now`` is what the client chose before, if she did."""
        super().__init__(*args, **kwargs)
        self.fields["usual"].choices = [  # type: ignore[attr-defined]
            ("all-to-myself", "All to myself"),
            ("mood-and-people", f"Mood and people for {therapist}"),
            ("everything", f"Everything for {therapist}"),
        ]
        self.fields["usual"].initial = next((way for way, both in self.WAYS.items() if both == now), None)
