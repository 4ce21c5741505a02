"""What an administrator fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.accounts.models import RoleKind
from kithwork.foundation.ui.forms import ChipCheckboxes, KithworkForm, OptionRadios
from kithwork.ipt.ending import Wording
from kithwork.therapy.checkins.queries import to_turn_on

WHAT_ROLES_DO = {
    "therapist": _("Opens the courses in their own care, and no others."),
    "supervisor": _("Opens no course yet."),
    "lead": _("Sees counts, no words."),
    "admin": _("Accounts and settings, no clinical page."),
}


class InviteStaffForm(KithworkForm):
    """Somebody new at the clinic."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the address."),
                        "invalid": _("That does not look like an e-mail address.")},
    )  # fmt: skip
    name = forms.CharField(
        label=_("Name, as clients will see it"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write their name: clients see who looked at their record.")},
    )  # fmt: skip
    role = forms.ChoiceField(
        label=_("What they do here"), choices=RoleKind.choices, widget=OptionRadios(descriptions=WHAT_ROLES_DO),
        error_messages={"required": _("Choose what they do here.")},
    )  # fmt: skip


class SettingsForm(KithworkForm):
    """What the clinic has chosen."""

    opens_at = forms.TimeField(
        label=_("Opens at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    closes_at = forms.TimeField(
        label=_("Closes at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    review_within_hours = forms.IntegerField(
        label=_("Hours until a flag about safety should be looked at"), min_value=1, max_value=168,
        help_text=_(
"Clients are told the time. Where the clinic is closed then, it is the next working day. Nobody has "
        "looked by then: it goes on to whoever stands in."
),
        widget=forms.NumberInput(attrs={"class": "kw-input--short"}),
    )  # fmt: skip
    readable_months_after_end = forms.IntegerField(
        label=_("Months that a client can read her record after the course has ended"), min_value=0, max_value=600,
        help_text=_("Afterwards she finds a page that says whom to ask. Nothing is erased by this."),
        widget=forms.NumberInput(attrs={"class": "kw-input--short"}),
    )  # fmt: skip
    little_change_points = forms.IntegerField(
        label=_("Little change: under how many points of PHQ-9"), min_value=1, max_value=27,
        help_text=_("Six is the published number for reliable change. Therapists see the arithmetic."),
        widget=forms.NumberInput(attrs={"class": "kw-input--short"}),
    )  # fmt: skip
    ending_wording = forms.ChoiceField(
        label=_("How you speak of the ending"), required=False, widget=OptionRadios,
        choices=[(one.value, one.label) for one in Wording],
        help_text=_("A therapist can choose the other for a single course."),
    )  # fmt: skip

    questionnaires_on = forms.MultipleChoiceField(
        label=_("Questionnaires that this clinic may use beside the usual ones"), required=False,
        widget=ChipCheckboxes,
        help_text=_(
"They are off because their terms are narrower than Kithwork’s own. Turn one on only if the clinic "
        "keeps to its terms, or holds its licence."
),
    )  # fmt: skip
    check_in_codes = forms.BooleanField(
        label=_("A code by e-mail may open one check-in without signing in"), required=False,
        help_text=_(
"The code goes to the client’s own address, works once for ten minutes, and opens nothing else. "
        "Whoever reads that mailbox could use it."
),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.MultipleChoiceField = self.fields["questionnaires_on"]  # type: ignore[assignment]
        field.choices = [(one.id, f"{one.short_title}: {one.attribution}") for one in to_turn_on()]


class SureForm(KithworkForm):
    """An act that needs nothing but the wish."""
