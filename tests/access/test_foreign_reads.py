"""Nobody reads what is somebody else's by changing an id, and it answers like what does not exist."""

import re

import pytest

from tests.access.asking import CANARY, foreign, own_pages

pytestmark = [pytest.mark.any_database, pytest.mark.django_db(databases=["default", "keys"])]

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
READERS = {"a client": ("maya", "me:", 17), "a therapist": ("joan", "course:", 17)}
AT_LEAST = 5_000  # reads of what is somebody else's, by all readers together


def asks(clinic, each):
    """Every read of what is Carl's, out of Maya's course."""
    return list(foreign(clinic.mayas.names, clinic.carls.ids, clinic.carls.names, each))


def answer_of(page, address):
    answer = page.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    body = TOKEN.sub(b"", body)  # another one each time
    return answer.status_code, body, sorted(answer.headers.items())


@pytest.mark.parametrize("reader", READERS)
def test_one_reads_ones_own(clinic, reader):
    """What follows would hold of empty pages too; these are not."""
    who, prefix, _ = READERS[reader]
    page, seen = clinic.page(getattr(clinic.cast, who)), set()

    for address in own_pages(clinic.mayas.names, prefix=prefix):
        seen |= set(CANARY.findall(answer_of(page, address)[1]))

    assert len(seen) > 40
    assert {word.decode() for word in seen} <= set(clinic.mayas.words)


@pytest.mark.parametrize("reader", READERS)
def test_a_foreign_id_reads_nothing_and_answers_like_one_that_is_not(clinic, reader):
    who, _, each = READERS[reader]
    page, own = clinic.page(getattr(clinic.cast, who)), {word.encode() for word in clinic.mayas.words}
    known, asked, leaks, unlike = {}, 0, [], []

    for ask in asks(clinic, each):
        theirs = answer_of(page, ask.address)
        if ask.like not in known:
            known[ask.like] = answer_of(page, ask.like)
        asked += 1
        if set(CANARY.findall(theirs[1])) - own:
            leaks.append(ask.address)
        if theirs != known[ask.like]:
            unlike.append(ask.address)

    assert (leaks, unlike) == ([], [])
    assert asked == len(asks(clinic, each)) >= AT_LEAST / len(READERS)


def test_there_are_as_many_foreign_reads_as_are_promised(clinic):
    assert sum(len(asks(clinic, each)) for _, _, each in READERS.values()) >= AT_LEAST


@pytest.mark.parametrize("reader", READERS)
def test_a_foreign_id_in_the_query_shows_nothing_of_theirs(clinic, reader):
    who, prefix, _ = READERS[reader]
    page, theirs = clinic.page(getattr(clinic.cast, who)), clinic.carls.names
    asked = "&".join(
        f"{name}={theirs['person_id']}" for name in ("person", "item", "what", "station", "symptom", "open")
    )
    own = {word.encode() for word in clinic.mayas.words}

    for address in own_pages(clinic.mayas.names, prefix=prefix):
        assert set(CANARY.findall(answer_of(page, f"{address}?saved=1200&{asked}")[1])) <= own, address
