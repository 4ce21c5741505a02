"""Every form that a page shows has one effect, however often it arrives at once; and one key is for one body."""

import re
import secrets
import sqlite3
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from html.parser import HTMLParser

from tests.server.running import Visitor
from tests.stories.test_every_page import kind_of

PASSWORD = "lantern-orchard-seven"
# Leaving, and what ends a thing for all that come after it.
NOT_HERE = re.compile(
    r"sign-out|/leave|/lock|/account/|/data/|/ending/finish|/close/|/undo/|/remove/|/off/|/invite|/withdraw|/drop"
)
FORMS, AT_ONCE = 30, 5


class Forms(HTMLParser):
    """The forms of one page, filled in as somebody in a hurry would."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.inside, self.select = False, ""

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("method", "get").lower() == "post"
            if self.inside:
                self.found.append((given.get("action", ""), {}))
        elif self.inside:
            self._field(tag, given)

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False

    def _field(self, tag, given):
        fields, name, kind = self.found[-1][1], given.get("name", ""), given.get("type", "text")
        if tag == "select":
            self.select = name
        elif tag == "option" and given.get("value") and self.select not in fields:
            fields[self.select] = given["value"]
        elif tag == "textarea" and name:
            fields[name] = "Some words."
        elif tag in ("input", "button") and name:
            self._put(fields, name, kind if tag == "input" else "button", given)

    def _put(self, fields, name, kind, given):
        value = given.get("value", "")
        usual = {
            "date": "2025-03-18",
            "time": "10:00",
            "number": "3",
            "text": "Some words",
            "password": PASSWORD,
        }
        if kind in ("radio", "button"):
            if "checked" in given or (name not in fields and value):
                fields[name] = value
        elif kind == "checkbox":
            if "checked" in given:
                fields[name] = value or "on"
        else:
            fields[name] = value or usual.get(kind, "")


def forms_of(visitor, start) -> Iterator[tuple[str, dict[str, str]]]:
    """One form of every kind, from the pages that links lead to."""
    waiting, pages, known = [start], set(), set()
    kinds: Counter[str] = Counter()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path.partition("?")[0])
        if (
            path in pages
            or kinds[kind] >= 1
            or re.search(r"/(static|sign-out|leave)/|/file/$|/account/", path)
        ):
            continue
        pages.add(path)
        kinds[kind] += 1
        text = visitor.get(path).text
        parser = Forms()
        parser.feed(text)
        for action, fields in parser.found:
            where = action or path
            like = (kind_of(where.partition("?")[0]), tuple(sorted(fields)))
            if like not in known and "key" in fields and not NOT_HERE.search(where):
                known.add(like)
                yield where, fields
        waiting += re.findall(r'href="(/[^"#]*)', text)


def acts(server):
    """How many things people did, read past Kithwork from the trail itself. One act may stand in several courses."""
    done = "SELECT DISTINCT who, act, at FROM foundation_event WHERE act <> 'read' AND who_kind <> 'system'"
    with closing(sqlite3.connect(server.folder / "data.sqlite3")) as database:
        return len(database.execute(done).fetchall())


def test_thirty_forms_five_times_at_once_have_thirty_effects(served):
    worked: list[str] = []
    wrong: dict[str, object] = {}
    for who, start in (("joan", "/clinic/caseload/"), ("maya", "/me/")):
        visitor, most = Visitor(served, who, password=PASSWORD), FORMS // 2 + len(worked)
        for where, fields in forms_of(visitor, start):
            if len(worked) >= most:
                break
            body = {**fields, "key": secrets.token_urlsafe(24)}
            before = acts(served)
            with ThreadPoolExecutor(AT_ONCE) as pool:
                answers = list(pool.map(lambda _, v=visitor, w=where, b=body: v.post(w, b), range(AT_ONCE)))
            done, ends = acts(served) - before, {(one.status, one.address) for one in answers}
            if done == 0 and all(status < 500 for status, _ in ends):
                continue  # filled in wrongly and refused, or nothing to change
            other = visitor.post(where, body | {"more": "Something else."})
            if (done, len(ends), acts(served) - before) != (1, 1, 1) or other.status >= 500:
                wrong[where] = (done, ends, other.status, acts(served) - before)
            worked.append(where)

    assert wrong == {}
    assert len(worked) >= FORMS, worked
