"""A file that somebody named: what keeps it from being read is said in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kithwork.project.cli import Stop


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Open ``path`` within; nobody needs to see where in the code it failed."""
    try:
        yield
    except FileNotFoundError:
        raise Stop(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise Stop(f"{path} is a folder. Give one file.") from None
    except PermissionError:
        raise Stop(f"You may not read {path}. Ask whoever owns it, or give another file.") from None
