"""The forms of a page as a browser without scripts would send them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

SILENT = {"submit", "button", "image", "file", "reset"}
CHOSEN = {"radio", "checkbox"}
PUT_THERE = CHOSEN | {"hidden"}
NAMES_A_RECORD = re.compile(r"[\w-]{22}")


@dataclass
class Form:
    """One form: where it goes, what it would send as it stands, and which names it knows."""

    action: str
    method: str
    sends: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)  # the names of its boxes for words
    chosen: set[str] = field(default_factory=set)  # the names whose values the page itself put there
    records: set[str] = field(default_factory=set)  # those among them whose values name a record

    def send(self, name: str, value: str) -> None:
        self.names.add(name)
        self.sends.setdefault(name, []).append(value)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, list[Form]()
        self.box, self.choice, self.text = "", "", ""

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(found.get("action") or self.address, found.get("method", "get").lower()))
        elif self.forms:
            self._control(tag, found)

    def _control(self, tag, found):
        form, name = self.forms[-1], found.get("name", "")
        if tag == "input" and name and found.get("type") not in SILENT:
            form.names.add(name)
            if found.get("type") in PUT_THERE:
                form.chosen.add(name)
                self._note(name, found.get("value", ""))
            if found.get("type") not in CHOSEN or "checked" in found:
                form.send(name, found.get("value", "on" if found.get("type") in CHOSEN else ""))
        elif tag == "textarea" and name:
            form.words.add(name)
            self.box, self.text = name, ""
        elif tag == "select" and name:
            form.names.add(name)
            form.chosen.add(name)
            self.choice = name
        if tag == "option" and self.choice:
            self._note(self.choice, found.get("value", ""))
        if tag == "option" and self.choice and ("selected" in found or self.choice not in form.sends):
            form.sends[self.choice] = [found.get("value", "")]

    def _note(self, name, value):
        if NAMES_A_RECORD.search(value):
            self.forms[-1].records.add(name)

    def handle_data(self, data):
        self.text += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.box:
            self.forms[-1].send(self.box, self.text.removeprefix("\n"))
            self.box = ""
        elif tag == "select":
            self.choice = ""


def forms_of(page: str, address: str) -> list[Form]:
    """Every form of a page, in order."""
    reader = _Reader(address)
    reader.feed(page)
    return reader.forms
