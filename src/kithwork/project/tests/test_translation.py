"""What a translator is given: every kind of string, and catalogues that survive being filled in."""

import gettext
import io
import shutil
import subprocess

import pytest

from kithwork.project.translation.catalogue import (
    Catalogue,
    Message,
    as_text,
    compiled,
    new_head,
    read,
    update,
)
from kithwork.project.translation.collecting import NotOneString, everything, in_python_text

AGREE = Message("Agree the focus")
DAYS = Message("%(n)s day", "%(n)s days")
CLOSE = Message("Close", context="verb")
LINES = Message('Two\nlines, a "quote" and a \\')
FOUND = {AGREE: ["ipt/tasks.py:tasks"], DAYS: ["a.html:3", "b.html:4"], CLOSE: ["c.py:5"], LINES: ["d.py:6"]}


@pytest.fixture(scope="module")
def found():
    """All that a translator is given: gathering it takes seconds."""
    return everything()


def test_strings_of_every_kind_are_found(found):
    kinds = {
        Message("Skip to the page"): "a template's phrase",
        Message("Course of %(name)s"): "a template's sentence",
        Message("l j F", context="a date"): "the order of a date",
        Message("Just me"): "Python's lazy mark",
        Message("“%(label)s” needs an answer."): "Python's mark",
        Message("There is already a {name}."): "nothing: no such sentence",
        Message("Choose from 1 to {most} sessions, or leave it empty."): "a refusal",
        Message("Write {name} 2022, or last {name}."): "a refusal's next step",
        AGREE: "a task of the method",
        Message("What {name} turns to me for"): "a question of the method",
        Message("Bereavement"): "a label of the method",
    }

    assert {kind for message, kind in kinds.items() if message not in found} == {"nothing: no such sentence"}


def test_keys_questionnaires_and_months_are_no_strings_to_translate(found):
    texts = {message.text for message in found}

    assert (
        texts & {"phq9", "try_out", "Little interest or pleasure in doing things", "January", "Y-m-d"}
        == set()
    )


@pytest.mark.parametrize("source", ['_(f"Session {n}")', '_("a" + b)'])
def test_what_no_catalogue_can_hold_stops_the_gathering(source):
    with pytest.raises(NotOneString):
        list(in_python_text(source, "there.py"))


def test_a_catalogue_is_filled_in_brought_up_to_date_and_read_by_python(tmp_path):
    path = tmp_path / "io" / "LC_MESSAGES" / "django.po"
    update(path, FOUND)
    text = path.read_text().replace(
        'msgid "Agree the focus"\nmsgstr ""', 'msgid "Agree the focus"\nmsgstr "Konsentar"'
    )
    path.write_text(text.replace('msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "dio"\nmsgstr[1] "dii"'))

    kept = update(path, FOUND | {Message("New"): ["e.py:7"]})

    said = gettext.GNUTranslations(io.BytesIO(path.with_suffix(".mo").read_bytes()))
    assert kept.said == {AGREE: ["Konsentar"], DAYS: ["dio", "dii"]}
    assert (said.gettext(AGREE.text), said.ngettext(DAYS.text, DAYS.plural, 2)) == ("Konsentar", "dii")
    assert "e.py:7" in path.read_text()


def test_everything_that_a_catalogue_holds_comes_back_as_it_was():
    said = {
        message: [f"[{message.text}]", "many"] if message.plural else [f"[{message.text}]"]
        for message in FOUND
    }
    catalogue = Catalogue(new_head("io"), said, doubtful={CLOSE})

    read_again = read(as_text(FOUND, catalogue))

    compiled_again = gettext.GNUTranslations(io.BytesIO(compiled(read_again)))
    assert read_again == catalogue
    assert compiled_again.gettext(LINES.text) == said[LINES][0]
    assert compiled_again.pgettext("verb", "Close") == "Close"  # doubtful: not shown


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext's own program is not here")
def test_gettext_itself_finds_no_fault_with_what_we_write(tmp_path, found):
    path = tmp_path / "django.po"
    path.write_text(as_text(found, Catalogue(new_head("io"))))

    subprocess.run(["msgfmt", "--check-format", "-o", tmp_path / "django.mo", path], check=True)
