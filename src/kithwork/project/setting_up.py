"""Starting Django on a data folder, and making its databases."""

import os
from pathlib import Path

from kithwork.foundation import secrets
from kithwork.project.data import DataFolder


def start_django() -> None:
    """Load settings and models. Call it once the data folder is in the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithwork.project.settings")
    import django  # after the environment is set

    django.setup()


def make_folder(folder: DataFolder, kind: str) -> None:
    """A folder that only its owner reads, with an installation key in it."""
    folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.path.chmod(0o700)
    if not folder.key_file.exists():
        secrets.create(folder.key_file)
    folder.mark(kind)


def migrate() -> None:
    """Bring both databases to the present shape, and make the table of shared counts."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    # The keys' tables are all foundation's; the other shelves' migrations would do nothing there, and take seconds.
    call_command("migrate", "foundation", database="keys", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def collect_static(folder: DataFolder) -> None:
    """Gather the look's files, unless none has changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    newest = str(max((_newest(Path(place)) for place in settings.STATICFILES_DIRS), default=0.0))
    stamp = folder.static / ".gathered"
    if stamp.exists() and stamp.read_text() == newest:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    folder.static.mkdir(exist_ok=True)
    stamp.write_text(newest)


def tidy_up() -> None:
    """What a crash may have left behind: keys without clients, erasures half done."""
    from kithwork.foundation import clock
    from kithwork.foundation.vault import erasure
    from kithwork.therapy.course.access import existing_clients
    from kithwork.therapy.my_data.erasing import erase_due

    erase_due(now=clock.now())
    erasure.sweep_orphans(existing_clients, now=clock.now())


def _newest(place: Path) -> float:
    return max((file.stat().st_mtime for file in place.rglob("*") if file.is_file()), default=0.0)
