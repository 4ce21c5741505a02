"""Nobody changes what is somebody else's: not by an id in the address, the body, a list or the query."""

import re
from itertools import count

import pytest
from django.db import connections

from tests.access.asking import foreign, own_pages
from tests.forms_of import forms_of

pytestmark = [pytest.mark.any_database, pytest.mark.django_db(databases=["default", "keys"])]

WRITERS = {"a client": ("maya", "me:"), "a therapist": ("joan", "course:")}
NOT_OURS = {"django_session"}  # its rows are the writer's own, and sealed
TOKENS = {"csrfmiddlewaretoken", "key"}
ID = re.compile(r"[\w-]{22}|\d+")
# What somebody might put into a body who hopes that it is taken over.
HOPEFUL = (
    "id",
    "client",
    "client_id",
    "course",
    "course_id",
    "record",
    "account",
    "owner",
    "person",
    "event",
    "entry",
)


def everything():
    """Every row of every table in both databases, as text."""
    rows = set()
    for alias in ("default", "keys"):
        with connections[alias].cursor() as cursor:
            for table in sorted(set(connections[alias].introspection.table_names(cursor)) - NOT_OURS):
                cursor.execute(f'SELECT * FROM "{table}"')
                rows |= {f"{alias}.{table} {row!r}" for row in cursor.fetchall()}
    return rows


def whose(rows, record):
    """The rows that name somebody of this record, and all others."""
    marks = [*record.everything, record.therapist.pk, record.client.email, record.therapist.email]
    own = {row for row in rows if any(mark in row for mark in marks)}
    return own, rows - own


@pytest.fixture(params=WRITERS)
def writer(request, clinic):
    """A writer's page; afterwards nothing of anybody else's has changed, and nothing of theirs is named by hers."""
    who, prefix = WRITERS[request.param]
    own, others = whose(everything(), clinic.mayas)
    assert any(clinic.carls.course in row for row in others)
    yield clinic.page(getattr(clinic.cast, who)), prefix
    own_after, others_after = whose(everything(), clinic.mayas)
    assert others_after == others
    theirs = clinic.carls.everything
    assert [row for row in own_after - own if any(one in row for one in theirs)] == []


def keys():
    return (f"{number:024d}" for number in count())


def same(one, other):
    return (one.status_code, one.headers.get("Location")) == (
        other.status_code,
        other.headers.get("Location"),
    )


def test_a_write_to_a_foreign_address_changes_nothing(clinic, writer):
    page, _ = writer
    key, asked, done = keys(), 0, []

    for ask in foreign(clinic.mayas.names, clinic.carls.ids, clinic.carls.names, 12):
        body = {"key": next(key), "text": "Written over.", "sharing": "shared"}
        answer, asked = page.post(ask.address, body), asked + 1
        # Taking back what is not there is answered as done, whoever's it is.
        if answer.status_code not in (404, 405) and not same(answer, page.post(ask.like, body)):
            done.append((ask.address, answer.status_code))

    assert (done, asked > 1000) == ([], True)


def test_a_foreign_id_in_a_body_or_a_query_changes_nothing(clinic, writer):
    page, prefix = writer
    theirs, key, asked = clinic.carls.names, keys(), 0

    for form in own_forms(page, clinic, prefix):
        everywhere = dict.fromkeys(form.names - TOKENS, theirs["person_id"]) | dict.fromkeys(
            HOPEFUL, clinic.carls.course
        )
        sent = [
            everywhere,
            form.sends | {name: [theirs["event_id"], theirs["person_id"]] for name in form.chosen},
        ]
        sent += [form.sends | {name: theirs["person_id"]} for name in one_of_each(form.records - TOKENS)]
        for body in sent:
            address = f"{form.action}?person={theirs['person_id']}&record={theirs['event_id']}"
            answer = page.post(address, body | {"key": next(key)})
            asked += 1
            assert answer.status_code < 500, address

    assert asked > 100


def one_of_each(names):
    """One name of each kind: a form with a row a person asks the same in every row."""
    kinds = {re.sub(ID, "", name): name for name in sorted(names)}
    return kinds.values()


def own_forms(page, clinic, prefix):
    """Every kind of form on one's own pages that changes something, once."""
    known = set()
    for address in own_pages(clinic.mayas.names, prefix=prefix):
        answer = page.get(address)
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        for form in forms_of(answer.content.decode(), address):
            kind = frozenset(re.sub(ID, "", name) for name in form.names)
            stays = form.action.startswith(("/me/", "/course/"))
            if form.method == "post" and stays and kind not in known:
                known.add(kind)
                yield form
