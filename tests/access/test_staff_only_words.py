"""What staff keep among themselves stands on no page of a client's, and in nothing that she can take away."""

import pytest

from tests.access.asking import CANARY, own_pages
from tests.access.conftest import staff_only

pytestmark = [pytest.mark.any_database, pytest.mark.django_db(databases=["default", "keys"])]


def found_on(page, addresses):
    seen = set()
    for address in addresses:
        answer = page.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        seen |= {word.decode() for word in CANARY.findall(body)}
    return seen


def test_no_surface_of_hers_holds_a_word_that_staff_keep(clinic):
    hidden = staff_only(clinic.mayas)
    names = clinic.mayas.names
    theirs = found_on(clinic.page(clinic.cast.joan), own_pages(names, prefix="course:"))
    assert len(hidden) >= 4
    assert hidden & theirs

    page = clinic.page(clinic.cast.maya)
    hers = found_on(page, own_pages(names, prefix="me:")) | found_on(page, own_pages(names, prefix="course:"))

    assert len(hers) > 40
    assert hers & hidden == set()
