"""Which languages Kithwork speaks here: English, and every catalogue that was added to ``locale/``."""

from pathlib import Path

from django.conf.locale import LANG_INFO

SOURCE = ("en-gb", "English")


def offered(*folders: Path) -> list[tuple[str, str]]:
    """English, then each language that has a compiled catalogue, called as its own speakers call it."""
    found = {path.parent.parent.name for folder in folders for path in folder.glob("*/LC_MESSAGES/django.mo")}
    codes = sorted(name.replace("_", "-").lower() for name in found)
    return [SOURCE, *((code, _own_name(code)) for code in codes if code != SOURCE[0])]


def _own_name(code: str) -> str:
    about = LANG_INFO.get(code) or LANG_INFO.get(code.split("-", maxsplit=1)[0]) or {}
    return str(about.get("name_local", code))
