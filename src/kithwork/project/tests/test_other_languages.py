"""The tags of ``{% load i18n %}``, refusals and dates, in a made-up language."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import engines
from django.utils import translation
from tests.cast import browser
from tests.forms_of import forms_of

from kithwork.foundation.ui.dates import say_date, say_rough
from kithwork.foundation.ui.said import in_words, said, spoken
from kithwork.ipt.timeline import FuzzyDate
from kithwork.project.translation.catalogue import Catalogue, Message, compiled, new_head
from kithwork.refusal import Refusal
from kithwork.therapy.course.models import Client
from kithwork.therapy.focus.models import GriefDate
from kithwork.therapy.focus.rough import read_day, show_day, type_day
from kithwork.therapy.sessions.queries import spoken as moment_in_words
from kithwork.therapy.story import actions as story
from kithwork.therapy.story.queries import events

SAID = {
    Message("Save"): ["Sava"],
    Message("Half of 50%% & more"): ["Mezo di 50%% & plu"],
    Message("%(who)s asks %(what)s."): ["%(what)s es demandata da %(who)s."],
    Message("%(who)s is gone."): ["%(nobody)s departis."],
    Message("%(n)s day", "%(n)s days"): ["%(n)s dio", "%(n)s dii"],
    Message("Close", context="verb"): ["Klozar"],
    Message("Agree the focus"): ["Konsentar"],
    Message("Session {n} is over."): ["La kunveno {n} finis."],
    Message("l j F", context="a date"): ["j. F, l"],
    Message("Broken {place}."): ["{another}."],
    Message("about {year}"): ["cirkum {year}"],
    Message("spring {year}"): ["printempo di {year}"],
    Message("winter {first}/{second}"): ["vintro {first}/{second}"],
    Message("spring"): ["printempo"],
    Message("{day}, each year"): ["omnayare, ye {day}"],
    Message("{when} to {until_when}"): ["de {when} til {until_when}"],
    Message("j F Y", context="a date"): ["j. F Y"],
    Message("j F", context="a date"): ["j. F"],
}


@pytest.fixture
def io(settings, tmp_path):
    """A catalogue of a few sentences, in Ido, which nobody here speaks."""
    path = tmp_path / "io" / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(compiled(Catalogue(new_head("io"), SAID)))
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en-gb", "English"), ("io", "Ido")]
    with translation.override("io"):
        yield


def shown(source, **context):
    template = engines["django"].from_string("{% load i18n %}" + source)
    with translation.override("en-gb"):
        english = template.render(context)
    return english, template.render(context)


@pytest.mark.parametrize(
    ("source", "english", "ido"),
    [
        ('{% translate "Save" %}', "Save", "Sava"),
        ('{% translate "Half of 50% & more" %}', "Half of 50% & more", "Mezo di 50% & plu"),
        ('{% translate "Close" %}', "Close", "Close"),
        ('{% translate "Close" context "verb" %}', "Close", "Klozar"),
        ('{% translate "Save" as word %}<b>{{ word }}</b>', "<b>Save</b>", "<b>Sava</b>"),
        ("{% translate task %}", "Agree the focus", "Konsentar"),
        ("{% translate unsafe %}", "&lt;b&gt;", "&lt;b&gt;"),
        ("{% translate nothing %}", "", ""),
        (
            "{% blocktranslate with what=unsafe who=name|upper %}{{ who }} asks {{ what }}.{% endblocktranslate %}",
            "MAYA asks &lt;b&gt;.",
            "&lt;b&gt; es demandata da MAYA.",
        ),
        (
            "{% blocktranslate trimmed with who=name %}\n  {{ who }}\n  is gone.\n{% endblocktranslate %}",
            "Maya is gone.",
            "Maya is gone.",  # a translation with a place that is not there is not used
        ),
        (
            "{% for n in days %}{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %} {% endfor %}",  # noqa: E501
            "1 day 2 days ",
            "1 dio 2 dii ",
        ),
        ('{{ on|date:"l j F" }}', "Tuesday 18 March", "18. Marto, Mardio"),
    ],
)
def test_a_template_says_it_in_both_languages_escaped_alike(io, source, english, ido):
    context = {
        "task": "Agree the focus",
        "unsafe": "<b>",
        "name": "Maya",
        "days": [1, 2],
        "on": date(2025, 3, 18),
    }

    assert shown(source, **context) == (english, ido)


def test_a_refusal_is_looked_up_with_its_places_and_stays_english_when_a_translation_is_broken(io):
    over, broken = (
        Refusal("Session {n} is over.", next_step="Save", n=4),
        Refusal("Broken {place}.", place="leg"),
    )

    assert (over.sentence, str(said(over)), str(said(broken))) == (
        "Session 4 is over.", "La kunveno 4 finis. Sava", "Broken leg.",
    )  # fmt: skip


def test_a_refusal_without_values_may_hold_braces():
    assert str(said(Refusal("Take {this} away."))) == "Take {this} away."


@pytest.mark.parametrize(
    ("said_as", "english", "ido"),
    [
        ("2020", "2020", "2020"),
        ("about 2015", "about 2015", "cirkum 2015"),
        ("spring 2022", "spring 2022", "printempo di 2022"),
        ("winter 2022", "winter 2022/23", "vintro 2022/23"),
        ("winter 1999", "winter 1999/00", "vintro 1999/00"),
        ("summer 2022", "summer 2022", "summer 2022"),  # nobody has translated this one yet
        ("March 2021", "March 2021", "Marto 2021"),
        ("5 March 2021", "5 March 2021", "5. Marto 2021"),
    ],
)
def test_a_rough_date_is_shown_in_both_languages(io, said_as, english, ido):
    rough = FuzzyDate.parse(said_as)

    with translation.override("en-gb"):
        shown_in_english = say_rough(rough)
    assert (shown_in_english, say_rough(rough), str(rough)) == (english, ido, english)


@pytest.mark.parametrize(
    ("said_as", "english", "ido"),
    [
        ("12 March", "12 March, each year", "omnayare, ye 12. Marto"),
        ("29 February", "29 February, each year", "omnayare, ye 29. Februaro"),
        ("March", "March", "Marto"),
        ("spring", "spring", "printempo"),
        ("spring 2022", "spring 2022", "printempo di 2022"),
        ("12 March 2023", "12 March 2023", "12. Marto 2023"),
        ("", "", ""),
    ],
)
def test_a_day_that_comes_round_is_shown_in_both_languages_and_typed_in_english(io, said_as, english, ido):
    row = GriefDate(**read_day(said_as))

    with translation.override("en-gb"):
        shown_in_english = show_day(row)
    assert (shown_in_english, show_day(row), type_day(row)) == (english, ido, said_as)


def test_a_rough_date_in_a_form_can_be_saved_as_it_stands(io, cast):
    event = story.add_event(
        by=cast.maya_now(), title="Row", when="spring 2020", until="spring 2022", lane="work"
    )
    Client.objects.update(language="io")
    page, address = browser(cast.maya), f"/me/story/{event.pk}/"

    shown = page.get(address).content.decode()
    chosen = page.get(f"/me/story/?event={event.pk}").content.decode()
    [form] = [one for one in forms_of(shown, address) if "until" in one.sends]
    saved = page.post(address, {name: values[0] for name, values in form.sends.items()})
    mover = [one.sends["when"] for one in forms_of(chosen, "/me/story/") if "when" in one.sends]

    assert ("de printempo di 2020 til printempo di 2022" in chosen, ["spring 2020"] in mover) == (True, True)
    assert (form.sends["when"], form.sends["until"], saved.status_code) == (
        ["spring 2020"], ["spring 2022"], 302
    )  # fmt: skip
    assert [(one.when, one.until_when) for one in events(cast.maya_now())] == [
        ("printempo di 2020", "printempo di 2022")
    ]


def test_a_moment_is_spoken_in_both_languages(io):
    moments = [datetime(2025, 3, 18, hour, minute, tzinfo=UTC) for hour, minute in ((14, 0), (9, 30), (0, 5))]

    with translation.override("en-gb"):
        english = [moment_in_words(moment, ZoneInfo("UTC")) for moment in moments]
    assert english == [f"Tuesday 18 March, {hour}" for hour in ("2 pm", "9:30 am", "12:05 am")]
    assert [moment_in_words(moment, ZoneInfo("UTC")) for moment in moments] == [
        f"18. Marto, Mardio, {hour}" for hour in ("2 pm", "9:30 am", "12:05 am")
    ]


def test_dates_choices_and_the_nearest_language(io):
    assert say_date(date(2025, 3, 18), "l j F") == "18. Marto, Mardio"
    assert in_words([("save", "Save"), ("own", "Words of hers")]) == [
        ("save", "Sava"),
        ("own", "Words of hers"),
    ]
    assert (spoken("io"), spoken("en"), spoken("xx"), spoken("")) == ("io", "en-gb", "en-gb", "en-gb")
