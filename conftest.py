"""What every test may ask for: the cast, and a Kithwork whose clock stands on a Tuesday in March."""

import os
from copy import deepcopy
from importlib import import_module

import pytest

# Before NumPy is there: small matrices, of which several tests at once would each spin on all processors.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("KITHWORK_NOW", "2025-03-18T13:30:00+00:00")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs a loop of its own

# What starts a whole Kithwork meets a database there, though no test of it asks for one.
STARTS_KITHWORK = {"access", "foundation", "server", "stories"}


def pytest_collection_modifyitems(items):
    """Whoever asks for a database gets both; what asks for none is the same on any."""
    for item in items:
        if "db" in item.fixturenames:
            item.add_marker(pytest.mark.django_db(databases=["default", "keys"]))
        elif not item.get_closest_marker("django_db") and item.path.parent.name not in STARTS_KITHWORK:
            item.add_marker(pytest.mark.any_database)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):  # noqa: ARG001 -- Django's own, which makes both databases
    """Both databases with everybody in them, made once: whatever a test does there is undone after it."""
    from django.db import connection
    from tests.cast import make_cast

    # The tables are made from the models; that the trail only grows is said by a migration alone.
    only_grows = import_module("kithwork.foundation.migrations.0002_the_trail_only_grows")
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            only_grows.guard(None, editor)
        return make_cast()


@pytest.fixture
def cast(db, django_db_setup):  # noqa: ARG001 -- opens both databases
    """Everybody, as nobody has touched them yet."""
    from kithwork.clinic.today.facts import remembered

    remembered.forget()  # it goes by the last act in a course, and the same act at the same time may be another test's
    return deepcopy(django_db_setup)
