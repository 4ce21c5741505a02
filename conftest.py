"""What every test may ask for: the cast, and a Kithwork whose clock stands on a Tuesday in March."""

import os

import pytest

# Before NumPy is there: small matrices, of which several tests at once would each spin on all processors.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("KITHWORK_NOW", "2025-03-18T13:30:00+00:00")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs a loop of its own

# What starts a whole Kithwork meets a database there, though no test of it asks for one.
STARTS_KITHWORK = {"access", "foundation", "server", "stories"}


def pytest_collection_modifyitems(items):
    """What asks for no database is the same on any."""
    for item in items:
        asks = "db" in item.fixturenames or item.get_closest_marker("django_db")
        if not asks and item.path.parent.name not in STARTS_KITHWORK:
            item.add_marker(pytest.mark.any_database)


@pytest.fixture
def cast(db):  # noqa: ARG001 -- opens both databases
    """Everybody, in both databases."""
    from tests.cast import make_cast

    return make_cast()


@pytest.fixture
def db(request):
    """Both databases, undone after the test."""
    request.applymarker(pytest.mark.django_db(databases=["default", "keys"]))
    return request.getfixturevalue("_django_db_helper")
