"""Fill a data folder with the cast: run as a program of its own, as an installation would be."""

import os
import sys

from kithwork.project import setting_up
from kithwork.project.data import folder_from_environment


def main() -> None:
    """Make the folder in ``KITHWORK_DATA``, its databases, and the cast; print Maya's course."""
    folder = folder_from_environment()
    setting_up.make_folder(folder, "demo")
    setting_up.start_django()
    setting_up.migrate()
    from tests.cast import make_cast

    cast = make_cast()
    sys.stdout.write(cast.mayas.pk + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithwork.project.settings")
    main()
