"""One seeded folder for all of these tests; each test works on a copy of its own."""

import os
import shutil
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.server import running
from tests.server.running import Server, seed


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/server" in str(item.path):
            item.add_marker(pytest.mark.server)


def own_databases(worker):
    """On PostgreSQL: two databases for this process alone, beside those that were given."""
    import psycopg

    addresses = {}
    for variable in ("KITHWORK_DATABASE_URL", "KITHWORK_KEYS_URL"):
        given = os.environ[variable]
        name = f"served_{worker}_{variable.split('_')[1].lower()}"
        with psycopg.connect(given, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
            connection.execute(f'CREATE DATABASE "{name}"')
        parts = urlsplit(given)
        addresses[variable] = urlunsplit(parts._replace(path=f"/{name}"))
    return addresses


@pytest.fixture(scope="session")
def seeded(tmp_path_factory):
    """A folder with the cast in it, and Maya's course."""
    if os.environ.get("KITHWORK_DATABASE_URL"):
        running.DATABASES.update(own_databases(os.environ.get("PYTEST_XDIST_WORKER", "main")))
    folder = tmp_path_factory.mktemp("seeded") / "data"
    return folder, seed(folder)


@pytest.fixture
def mayas(seeded):
    return seeded[1]


@pytest.fixture
def folder(seeded, tmp_path):
    """A copy of the seeded folder. On PostgreSQL its databases are one for all: the tests add, and count their own."""
    copy = tmp_path / "data"
    shutil.copytree(seeded[0], copy)
    return copy


@pytest.fixture
def server(folder):
    with Server(folder) as served:
        yield served


@pytest.fixture
def on_sqlite():
    return not os.environ.get("KITHWORK_DATABASE_URL")
