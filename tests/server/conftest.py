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


def databases(kind, *, template=""):
    """On PostgreSQL: two databases for this process alone, beside those that were given; empty, or copies."""
    import psycopg

    worker, addresses = os.environ.get("PYTEST_XDIST_WORKER", "main"), {}
    for variable in ("KITHWORK_DATABASE_URL", "KITHWORK_KEYS_URL"):
        given, holds = os.environ[variable], variable.split("_")[1].lower()
        name = f"{kind}_{worker}_{holds}"
        copied = f' TEMPLATE "{template}_{worker}_{holds}"' if template else ""
        with psycopg.connect(given, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}"{copied}')
        addresses[variable] = urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
    return addresses


def on_postgres():
    return bool(os.environ.get("KITHWORK_DATABASE_URL"))


@pytest.fixture(scope="session")
def seeded(tmp_path_factory):
    """A folder with the cast in it, and Maya's course."""
    if on_postgres():
        running.DATABASES.update(databases("seeded"))
    folder = tmp_path_factory.mktemp("seeded") / "data"
    return folder, seed(folder)


@pytest.fixture
def mayas(seeded):
    return seeded[1]


@pytest.fixture
def folder(seeded, tmp_path):
    """A copy of the seeded folder, and of its databases where they are on PostgreSQL."""
    copy = tmp_path / "data"
    shutil.copytree(seeded[0], copy)
    if on_postgres():
        running.DATABASES.update(databases("served", template="seeded"))
    return copy


@pytest.fixture
def server(folder):
    with Server(folder) as served:
        yield served


@pytest.fixture
def on_sqlite():
    return not on_postgres()
