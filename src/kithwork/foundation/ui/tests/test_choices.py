"""Lists of choices as they are written into a page."""

from django import forms
from django.utils.safestring import SafeString

from kithwork.foundation.ui.icons import icon
from kithwork.foundation.ui.tide import tide_svg
from kithwork.foundation.ui.widgets import ChipCheckboxes, SharingRadios, TideButtons, TideRadios


class Asked(forms.Form):
    mood = forms.ChoiceField(choices=[(4, "Good")], widget=TideRadios)
    tapped = forms.ChoiceField(choices=[(4, "Good")], widget=TideButtons)
    people = forms.MultipleChoiceField(
        choices=[("p1", "Sam <b>& Jo"), ("p2", SafeString("<i>Ann</i>"))], widget=ChipCheckboxes
    )
    sharing = forms.ChoiceField(choices=[("later", "Decide <later>")], widget=SharingRadios(therapist="J<n"))


ASKED = Asked(initial={"mood": 4, "tapped": 4, "people": ["p1"], "sharing": "later"})


def test_names_of_people_are_shown_and_never_obeyed():
    face = f'<span class="kw-choice__face">{icon("check", size=18)}'
    assert str(ASKED["people"]) == (
        '<div class="kw-chips">'
        '<label class="kw-choice kw-choice--chip" for="id_people_0">'
        '<input class="kw-choice__input" type="checkbox" name="people" value="p1" id="id_people_0" checked>'
        f"{face}<span>Sam &lt;b&gt;&amp; Jo</span></span></label>"
        '<label class="kw-choice kw-choice--chip" for="id_people_1">'
        '<input class="kw-choice__input" type="checkbox" name="people" value="p2" id="id_people_1">'
        f"{face}<span><i>Ann</i></span></span></label></div>"
    )


def test_a_mood_is_chosen_or_tapped():
    face = f'<span class="kw-choice__face">{tide_svg(4, size=38, hidden=True)}<span>Good</span></span>'
    assert str(ASKED["mood"]) == (
        '<div class="kw-tides"><label class="kw-choice kw-choice--tide" for="id_mood_0"><input class='
        f'"kw-choice__input" type="radio" name="mood" value="4" id="id_mood_0" checked>{face}</label></div>'
    )
    assert str(ASKED["tapped"]) == (
        '<div class="kw-tides"><button class="kw-choice kw-choice--tide kw-choice--chosen" type="submit" name="tapped" '
        f'value="4" id="id_tapped_0">{face}</button></div>'
    )


def test_whom_something_is_for_is_a_card_and_what_it_means():
    html = str(ASKED["sharing"])
    assert html.startswith(
        '<div class="kw-sharing"><input class="kw-sharing__input" type="radio" name="sharing" value="later" '
        'id="id_sharing_0" data-state="later" checked><label class="kw-sharing__card" for="id_sharing_0">'
        f'{icon("clock", size=22)}<span>Decide &lt;later&gt;</span></label><p class="kw-sharing__note" '
        'data-state="just-me">J&lt;n cannot see this'
    )
    assert html.count("kw-sharing__note") == 3
