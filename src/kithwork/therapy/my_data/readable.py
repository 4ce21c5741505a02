"""The copy to read: one page that needs neither Kithwork nor a network, with no script in it."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.foundation.passages.copying import Revision
from kithwork.foundation.passages.sharing import Sharing
from kithwork.foundation.ui.dates import say_date
from kithwork.foundation.ui.wording import printed
from kithwork.instruments import Option
from kithwork.instruments import get as instrument
from kithwork.ipt.diary import more_items
from kithwork.therapy.checkins.queries.reading import number
from kithwork.therapy.checkins.scales import scale_of
from kithwork.therapy.my_data import half_written, labels
from kithwork.therapy.my_data.record import CopiedCourse, Item, Record

NOT_SAID = gettext_noop("Chose not to say")
SENT = {
    "open": gettext_noop("not sent yet"),
    "sent": gettext_noop("sent"),
    "withdrawn": gettext_noop("taken back"),
}
TAKEN_AWAY = ("removed_at", "withdrawn_at", "deleted_at")
LOOK = Path(__file__).resolve().parent / "static" / "my_data" / "copy.css"
WHO = {
    Sharing.JUST_ME: gettext_noop("Just me"),
    Sharing.LATER: gettext_noop("Just me, so far"),
    Sharing.SHARED: gettext_noop("Shared"),
    Sharing.AGREED: gettext_noop("Agreed"),
}


@dataclass(frozen=True)
class Said:
    """One field in words, with who it is for."""

    label: str
    lines: tuple[str, ...]
    who: str
    by: str


@dataclass(frozen=True)
class Entry:
    """One record as somebody reads it."""

    on: str
    facts: tuple[tuple[str, str], ...]
    said: tuple[Said, ...]
    who: str


@dataclass(frozen=True)
class Section:
    """Everything of one kind."""

    key: str
    title: str
    entries: tuple[Entry, ...]


def page(record: Record, *, therapist: str) -> str:
    """The whole copy as one page of HTML."""
    zone = ZoneInfo(record.settings["time_zone"])
    own = {one.field: one.text for one in record.words if one.newest}
    context = {
        "record": record, "name": own.get("name", ""),
        "about": [own[one] for one in ("about", "contact") if one in own],
        "made": _day(record.made_at, zone), "style": _style(),
        "courses": [(course, list(sections(course, zone))) for course in record.courses],
        "left_out": labels.left_out(record.left_out, therapist=therapist), "therapist": therapist,
        "own": record.whose == "client",
        "half_written": [(_day(one.at, zone), one) for one in half_written.shown(record)],
    }  # fmt: skip
    return render_to_string("my_data/copy.html", context)


@cache
def _style() -> SafeString:
    """The page's look, written into it: a file that stands alone can fetch none. Our own file, nothing of anybody's."""
    return mark_safe(f"<style>{LOOK.read_text(encoding='utf-8')}</style>")  # noqa: S308


def sections(course: CopiedCourse, zone: ZoneInfo) -> Iterator[Section]:
    """What a course holds, kind by kind, in the order of ``labels.HEADINGS``; without what was taken away."""
    put_right = {one.values.get("replaces") for one in course.items}
    standing = [
        one for one in course.items
        if one.id not in put_right and not any(one.values.get(name) for name in TAKEN_AWAY)
    ]  # fmt: skip
    names = _names(standing)
    kinds = dict.fromkeys([*labels.HEADINGS, *sorted({one.kind for one in standing})])
    for kind in kinds:
        if kind in labels.FOR_PROGRAMS:
            continue
        told = (_entry(one, names, zone) for one in standing if one.kind == kind)
        entries = tuple(one for one in told if one.said or one.facts)
        if entries:
            yield Section(kind, labels.heading(kind), entries)


def _names(items: list[Item]) -> dict[str, str]:
    """What to call a record that another one points at: its first words."""
    newest = {one.id: [words.text for words in one.words if words.newest] for one in items}
    named = {record: texts[0] for record, texts in newest.items() if texts}
    return named | {one.id: _(SENT[one.values["state"]]) for one in items if one.kind == "checkin"}


def _entry(item: Item, names: dict[str, str], zone: ZoneInfo) -> Entry:
    facts = tuple(
        (labels.field_label(item.kind, name), shown)
        for name in labels.TELLING.get(item.kind, ())
        if (shown := _shown(item, name, names, zone))
    )
    asked = [*labels.PROMPTS.get(item.kind, {}), *(one.field for one in item.words)]
    standing = sorted((one for one in item.words if one.newest), key=lambda one: asked.index(one.field))
    said = tuple(_said(item.kind, one) for one in standing)
    return Entry(_day(item.at, zone), facts, said, _(WHO.get(Sharing(item.sharing), "")))


def _shown(item: Item, name: str, names: dict[str, str], zone: ZoneInfo) -> str:
    value = item.values.get(name)
    if how := _TOLD_APART.get((item.kind, name)):
        return how(item)
    if value in (None, "", [], False):
        return ""
    if isinstance(value, list):
        return ", ".join(names[one] for one in value if one in names)
    if value is True:
        return _("yes")
    chosen = labels.CHOICES.get((item.kind, name), {}).get(str(value))
    return chosen or names.get(str(value)) or _moment(value, zone) or str(value).replace("_", " ")


def _answers(item: Item) -> str:
    """ "1: Several days; 2: left out; 3: rather not say": each answer as it was printed."""
    asked = instrument(item.values["instrument"])
    told = (
        (n, _answered(asked.items[n - 1].options or asked.options, given))
        for n, given in enumerate(item.values["items"], start=1)
    )
    return format_html_join("; ", "{}: {}", told)


def _extras(item: Item) -> str:
    """What was asked beside the questions that count, each in full: it has no number to know it by."""
    given, asked = item.values["extras"], instrument(item.values["instrument"]).extra_items
    told = ((printed(one.text), _answered(one.options, given[one.id])) for one in asked if one.id in given)
    return format_html_join("; ", "{} {}", told)


def _answered(options: Iterable[Option], given: Any) -> str:
    words = {None: _("left out"), "refused": _("rather not say")}.get(given)
    labels_of = {option.value: option.label for option in options}
    return words or printed(str(labels_of.get(given, given)))


def _more(item: Item) -> str:
    """The fuller items of a day, as its page tells them."""
    given = item.values.get("more") or {}
    told = ((_(one.label), given[one.key]) for one in more_items if one.key in given)
    return "; ".join("{} {}".format(asked, _("{number} of 10").format(number=n)) for asked, n in told)


def _scale(item: Item) -> str:
    return scale_of(item.values["instrument"], item.values["part"]).label


def _total(item: Item) -> str:
    total = item.values["total"]
    return number(None if total is None else Decimal(total)) or ""


# Columns that are read with what stands beside them.
_TOLD_APART: dict[tuple[str, str], Callable[[Item], str]] = {
    ("answers", "instrument"): lambda item: instrument(item.values["instrument"]).short_title,
    ("answers", "items"): _answers,
    ("answers", "extras"): _extras,
    ("answers", "total"): _total,
    ("enteredscore", "instrument"): _scale,
    ("enteredscore", "total"): _total,
    ("entry", "more"): _more,
}


def _moment(value: Any, zone: ZoneInfo) -> str:
    try:
        if len(str(value)) == len("2025-03-18"):
            return say_date(date.fromisoformat(str(value)), "j F Y")
        return _day(datetime.fromisoformat(str(value)), zone)
    except ValueError:
        return ""


def _day(at: datetime, zone: ZoneInfo) -> str:
    return say_date(at.astimezone(zone), "l j F Y")


def _said(kind: str, one: Revision) -> Said:
    by = _("Written together") if one.side == "staff" and one.together_in else ""
    return Said(
        labels.field_label(kind, one.field),
        tuple(_lines(one.text)) or (_(NOT_SAID),),
        _(WHO.get(one.sharing, "")),
        by,
    )


def _lines(text: str) -> Iterator[str]:
    """The lines of a text; of a body with a structure, such as a conversation, whatever in it is words."""
    try:
        body = json.loads(text) if text[:1] in "{[" else text
    except ValueError:
        body = text
    yield from _leaves(body)


def _leaves(body: Any) -> Iterator[str]:
    if isinstance(body, dict | list):
        for one in body.values() if isinstance(body, dict) else body:
            yield from _leaves(one)
    elif isinstance(body, str):
        yield from body.splitlines()
