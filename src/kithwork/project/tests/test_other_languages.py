"""The tags of ``{% load i18n %}``, refusals and dates, in a made-up language."""

from datetime import date

import pytest
from django.template import engines
from django.utils import translation

from kithwork.foundation.ui.dates import say_date
from kithwork.foundation.ui.said import in_words, said, spoken
from kithwork.project.translation.catalogue import Catalogue, Message, compiled, new_head
from kithwork.refusal import Refusal

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


def test_dates_choices_and_the_nearest_language(io):
    assert say_date(date(2025, 3, 18), "l j F") == "18. Marto, Mardio"
    assert in_words([("save", "Save"), ("own", "Words of hers")]) == [
        ("save", "Sava"),
        ("own", "Words of hers"),
    ]
    assert (spoken("io"), spoken("en"), spoken("xx"), spoken("")) == ("io", "en-gb", "en-gb", "en-gb")
