"""What an administrator fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kithwork.foundation.accounts.models import RoleKind
from kithwork.foundation.ui.forms import ChipCheckboxes, KithworkForm, OptionRadios
from kithwork.ipt.ending import Wording
from kithwork.therapy.checkins.queries import to_turn_on

WHAT_ROLES_DO = {
    "therapist": "Opens the courses in their own care, and no others.",
    "supervisor": "Opens no course yet.",
    "lead": "Sees counts, no words.",
    "admin": "Accounts and settings, no clinical page.",
}


class InviteStaffForm(KithworkForm):
    """Somebody new at the clinic."""

    email = forms.EmailField(
        label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Write the address.", "invalid": "That does not look like an e-mail address."},
    )  # fmt: skip
    name = forms.CharField(
        label="Name, as clients will see it", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Write their name: clients see who looked at their record."},
    )  # fmt: skip
    role = forms.ChoiceField(
        label="What they do here", choices=RoleKind.choices, widget=OptionRadios(descriptions=WHAT_ROLES_DO),
        error_messages={"required": "Choose what they do here."},
    )  # fmt: skip


class SettingsForm(KithworkForm):
    """What the clinic has chosen."""

    opens_at = forms.TimeField(
        label="Opens at", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    closes_at = forms.TimeField(
        label="Closes at", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    review_within_hours = forms.IntegerField(
        label="Hours until a flag about safety should be looked at", min_value=1, max_value=168,
        help_text="Clients are told the time. Where the clinic is closed then, it is the next working day. Nobody has "
        "looked by then: it goes on to whoever stands in.",
        widget=forms.NumberInput(attrs={"class": "kw-input--short"}),
    )  # fmt: skip
    readable_months_after_end = forms.IntegerField(
        label="Months that a client can read her record after the course has ended", min_value=0, max_value=600,
        help_text="Afterwards she finds a page that says whom to ask. Nothing is erased by this.",
        widget=forms.NumberInput(attrs={"class": "kw-input--short"}),
    )  # fmt: skip
    little_change_points = forms.IntegerField(
        label="Little change: under how many points of PHQ-9", min_value=1, max_value=27,
        help_text="Six is the published number for reliable change. Therapists see the arithmetic.",
        widget=forms.NumberInput(attrs={"class": "kw-input--short"}),
    )  # fmt: skip
    ending_wording = forms.ChoiceField(
        label=gettext_lazy("How you speak of the ending"), required=False, widget=OptionRadios,
        choices=[(one.value, one.label) for one in Wording],
        help_text=gettext_lazy("A therapist can choose the other for a single course."),
    )  # fmt: skip

    questionnaires_on = forms.MultipleChoiceField(
        label="Questionnaires that this clinic may use beside the usual ones", required=False,
        widget=ChipCheckboxes,
        help_text="They are off because their terms are narrower than Kithwork’s own. Turn one on only if the clinic "
        "keeps to its terms, or holds its licence.",
    )  # fmt: skip
    check_in_codes = forms.BooleanField(
        label="A code by e-mail may open one check-in without signing in", required=False,
        help_text="The code goes to the client’s own address, works once for ten minutes, and opens nothing else. "
        "Whoever reads that mailbox could use it.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.MultipleChoiceField = self.fields["questionnaires_on"]  # type: ignore[assignment]
        field.choices = [(one.id, f"{one.short_title}: {one.attribution}") for one in to_turn_on()]


class SureForm(KithworkForm):
    """An act that needs nothing but the wish."""
