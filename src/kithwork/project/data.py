"""The folder that holds everything of one installation: databases, keys, mail; and the marks on it."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT = "kithwork-data"


@dataclass(frozen=True)
class DataFolder:
    """One installation's folder."""

    path: Path

    @property
    def key_file(self) -> Path:
        """The installation key; ``KITHWORK_INSTALLATION_KEY_FILE`` keeps it somewhere else."""
        return Path(os.environ.get("KITHWORK_INSTALLATION_KEY_FILE") or self.path / "installation.key")

    @property
    def data(self) -> Path:
        return self.path / "data.sqlite3"

    @property
    def keys(self) -> Path:
        return self.path / "keys.sqlite3"

    @property
    def mail(self) -> Path:
        return self.path / "mail"

    @property
    def static(self) -> Path:
        return self.path / "static"

    @property
    def accounts(self) -> Path:
        return self.path / "demo-accounts.json"

    @property
    def _mark(self) -> Path:
        return self.path / "kithwork.json"

    @property
    def kind(self) -> str:
        """``demo``, ``real``, or empty for a folder that is not ours yet."""
        return str(self.about().get("kind", ""))

    def about(self) -> dict[str, str]:
        """What was noted when the folder was made."""
        return json.loads(self._mark.read_text()) if self._mark.exists() else {}

    def mark(self, kind: str, **about: str) -> None:
        """Note what this folder is. A folder never changes its kind."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._mark.write_text(json.dumps({"kind": kind, **about}))


def folder_from_environment() -> DataFolder:
    """The folder this process works on."""
    return DataFolder(Path(os.environ.get("KITHWORK_DATA") or DEFAULT).expanduser().resolve())
