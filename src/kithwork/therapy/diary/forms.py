"""What somebody may say about a day. Nothing is required."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.dates import say_date
from kithwork.foundation.ui.forms import (
    ChipCheckboxes,
    KithworkForm,
    OptionRadios,
    SharingRadios,
    TideButtons,
    TideRadios,
    WordsBox,
    WordsField,
    sharing_choices,
)
from kithwork.foundation.ui.said import said
from kithwork.foundation.ui.tide import mood_words
from kithwork.ipt import diary as method
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Course
from kithwork.therapy.diary import queries
from kithwork.therapy.people.actions import check_in_sight
from kithwork.therapy.people.models import Person

ON_MY_OWN = "on-my-own"
A_WEEK = 7
LONGEST_ITEM = 500


class EntryForm(KithworkForm):
    """A day's entry. An empty choice of readers is the client's usual one; where none was chosen, just me."""

    on = forms.DateField(
        label=_("Which day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    mood = forms.TypedChoiceField(
        label=_(method.MOOD_PROMPT), required=False, coerce=int, empty_value=None,
        choices=[(mood.key, _(mood.label)) for mood in method.moods], widget=TideRadios,
    )  # fmt: skip
    people = forms.MultipleChoiceField(label=_(method.PEOPLE_PROMPT), required=False, widget=ChipCheckboxes)
    someone = forms.CharField(
        label=_("Someone else"), required=False, max_length=Person.words["label"].longest,
        help_text=_(
            "A first name, an initial or a nickname will do. Somebody new is added to People, for the same readers as"
            " mood and people."
        ),
        error_messages={"max_length": _("That is long for a name: up to %(limit_value)d letters fit here.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "diary-someone__name"}),
    )  # fmt: skip
    words = WordsField()
    sharing = forms.ChoiceField(label=_("Who are mood and people for?"), required=False, widget=SharingRadios)
    words_sharing = forms.ChoiceField(label=_("Who are the words for?"), required=False, widget=SharingRadios)
    words_base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        people: dict[str, str],
        today: date,
        usual: tuple[str, str],
        therapist: str,
        check_name: Callable[..., None],
        full: bool = False,
        tap: bool = False,
        **kwargs: Any,
    ) -> None:
        """``full`` asks the fuller items too, behind "More about today"; ``tap`` saves as soon as a mood is chosen.

        ``check_name`` refuses the name of somebody who cannot be named here.
        """
        super().__init__(*args, **kwargs)
        self.check_name = check_name
        # A form that came back to be corrected keeps its mood as a choice, so that no press loses it.
        self.tap = tap and not self.is_bound
        if self.tap:
            self.fields["mood"].widget = TideButtons(choices=self.fields["mood"].choices)  # type: ignore[attr-defined]
            self["mood"].help_text = _("One tap saves. Leave out anything you like.")
        self["words"].label = format_html(
            str(_('{} <span class="kw-label__note">(you can leave this empty)</span>')),
            _(method.WORDS_PROMPT),
        )
        self.today, self.usual = today, usual
        self.full = full
        self.fields["people"].choices = [*people.items(), (ON_MY_OWN, _(method.ON_MY_OWN))]  # type: ignore[attr-defined]
        for name in ("sharing", "words_sharing"):
            self.fields[name].choices = sharing_choices(therapist)  # type: ignore[attr-defined]
            self.fields[name].widget.therapist = therapist
        self.about = self.initial.get("on") or today
        if self.about != today:
            self["mood"].label = _("How was {day_in_words}?").format(
                day_in_words=day_in_words(self.about, today)
            )
        for item in method.more_items if full else ():
            self.fields[f"more_{item.key}"] = _more_field(item)

    def clean_on(self) -> date:
        return self.cleaned_data.get("on") or self.today

    def clean_someone(self) -> str:
        name: str = self.cleaned_data["someone"]
        try:
            self.check_name(label=name)
        except Refusal as refusal:
            raise forms.ValidationError(str(said(refusal))) from refusal
        return name

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
            "someone": data["someone"],
        }  # fmt: skip
        return told | ({"more": self._more(data)} if self.full else {})

    def _more(self, data: dict[str, Any]) -> dict[str, int]:
        return {key[5:]: int(value) for key, value in data.items() if key.startswith("more_") and value}

    @property
    def people_chips(self) -> list[Any]:
        """The people's options, for a list that has room for somebody new as well."""
        return [one.data for one in self["people"].subwidgets]

    @property
    def more(self) -> list[tuple[method.MoreItem, Any]]:
        """The fuller items, each with its field, for the template."""
        return [(item, self[f"more_{item.key}"]) for item in method.more_items] if self.full else []

    @property
    def has_more(self) -> bool:
        """Whether any of them is answered, or needs another look."""
        return any(field.value() or field.errors for _, field in self.more)


def _more_field(item: method.MoreItem) -> forms.ChoiceField:
    """One fuller item: a number from its scale, or nothing. Never turned into the five steps, nor the other way."""
    numbers = [(str(number), str(number)) for number in range(method.HIGHEST + 1)]
    return forms.ChoiceField(
        label=item.label, required=False, choices=[*numbers, ("", _("Leave out"))], widget=forms.RadioSelect
    )


def day_in_words(on: date, today: date) -> str:
    """ "yesterday", "Wednesday" within the last week, or "Wednesday 12 March"."""
    days = (today - on).days
    if days == 1:
        return str(_("yesterday"))
    return say_date(on, "l" if 0 < days < A_WEEK else "l j F")


def entry_form(
    data: Any,
    *,
    audience: Audience,
    course: Course,
    today: date,
    therapist: str,
    people: dict[str, str],
    entry: str = "",
    on: date | None = None,
    full: bool = True,
) -> EntryForm:
    """The form for a new entry, or for changing one; the client's new entries are saved by one tap."""
    client = course.client
    usual = (client.usual_sharing, client.usual_words_sharing)
    initial = (
        queries.as_told(audience, entry, ON_MY_OWN, usual) if entry else queries.fresh(on or today, usual)
    )
    # A shorter form, such as the one on Today, leaves the fuller items alone.
    full = any(name.startswith("more_") for name in data) if data else full
    return EntryForm(
        data, initial=initial, people=people, today=today, usual=usual, full=full,
        therapist=therapist if audience.is_client else "", tap=audience.is_client and not entry,
        check_name=partial(check_in_sight, by=audience),
    )  # fmt: skip


class DayForm(KithworkForm):
    """Which day a page is about. What cannot be one is left out."""

    on = forms.DateField(
        label=_("Another day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class BringForm(KithworkForm):
    """What of an entry goes on the list of things to talk about, and who sees it. Sent to that list's own page."""

    item = forms.CharField(
        label=_("What goes on the list"), max_length=LONGEST_ITEM, widget=WordsBox(rows=4),
        help_text=_("Change it as you like. A word is enough."),
    )  # fmt: skip
    sharing = forms.ChoiceField(label=_("Who is this for?"), required=False, widget=SharingRadios)

    def __init__(self, *args: Any, therapist: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sharing"].choices = sharing_choices(therapist)  # type: ignore[attr-defined]
        self.fields["sharing"].widget.therapist = therapist


def brought(day: queries.Day) -> str:
    """An entry as a line on the list, to be changed: her words, else the day and its mood."""
    words = day.words.text.strip() if day.words else ""
    if len(words) > LONGEST_ITEM:
        words = words[: LONGEST_ITEM - 1].rstrip() + "…"
    mood = f": {mood_words(day.mood).lower()}" if day.mood else ""
    return words or f"{say_date(day.on, 'l j F')}{mood}"


class UndoForm(KithworkForm):
    """Taking an entry back: nothing but the key."""


class UsualForm(KithworkForm):
    """Asked once: who is this usually for?"""

    usual = forms.ChoiceField(label=_("Usually:"), widget=OptionRadios)

    WAYS = {
        "all-to-myself": (Sharing.JUST_ME, Sharing.JUST_ME),
        "mood-and-people": (Sharing.SHARED, Sharing.JUST_ME),
        "everything": (Sharing.SHARED, Sharing.SHARED),
    }

    def __init__(self, *args: Any, therapist: str, now: tuple[str, str] = ("", ""), **kwargs: Any) -> None:
        """``now`` is what the client chose before, if she did."""
        super().__init__(*args, **kwargs)
        self.fields["usual"].choices = [  # type: ignore[attr-defined]
            ("all-to-myself", _("All to myself")),
            ("mood-and-people", _("Mood and people for {therapist}").format(therapist=therapist)),
            ("everything", _("Everything for {therapist}").format(therapist=therapist)),
        ]
        self.fields["usual"].initial = next((way for way, both in self.WAYS.items() if both == now), None)


class OfflineForm(KithworkForm):
    """What can be written without a network. It is filled in by the phone, and never sent from its page as it is."""

    mood = forms.ChoiceField(
        label=_(method.MOOD_PROMPT), required=False, choices=[(mood.key, _(mood.label)) for mood in method.moods],
        widget=TideRadios,
    )  # fmt: skip
    words = forms.CharField(label=method.WORDS_PROMPT, required=False, widget=WordsBox)
    sharing = forms.ChoiceField(
        label=_("Who is this for?"), required=False, initial="", widget=OptionRadios,
        choices=[("", _("As usual")), (Sharing.JUST_ME, _("Just me")), (Sharing.SHARED, _("My therapist too"))],
    )  # fmt: skip
    on = forms.DateField(
        label=_("Which day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
