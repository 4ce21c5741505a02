"""Somebody who acts: a client by id alone, staff by id and the name they had then, or Kithwork itself."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Who:
    """The one an event is about. ``name`` stays empty for clients: their names are sealed words."""

    kind: Literal["client", "staff", "system"]
    id: str = ""
    name: str = ""
    role: str = ""


SYSTEM = Who(kind="system")
