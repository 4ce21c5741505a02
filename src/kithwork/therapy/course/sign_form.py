"""The form under everything that is signed: whose signature, and how it was given."""

from django import forms

from kithwork.foundation.ui.forms import KithworkForm
from kithwork.foundation.ui.said import in_words
from kithwork.ipt.signing import Manner, Signer, manners
from kithwork.therapy.course.pages import Door


class SignForm(KithworkForm):
    """A client signs for herself, signed in; staff also enter what she signed in the room or on paper."""

    party = forms.ChoiceField(required=False, choices=[(one.value, one.value) for one in Signer])
    manner = forms.ChoiceField(required=False, choices=lambda: in_words(manners.choices()))

    def given(self, door: Door) -> dict[str, str]:
        """Whose signature it is, and how it was given."""
        if door.is_client:
            return {"party": Signer.CLIENT, "manner": Manner.SIGNED_IN}
        chosen = self.cleaned_data
        return {"party": chosen["party"] or Signer.THERAPIST, "manner": chosen["manner"] or Manner.SIGNED_IN}
