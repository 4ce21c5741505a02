"""Names for things: record ids of 128 random bits, and the column types that hold ids and codes, never words."""

import secrets
from typing import TYPE_CHECKING, Any

from django.db import models

# The stubs' field is generic, Django's own is not.
if TYPE_CHECKING:
    _TextColumn = models.CharField[str, str]
else:
    _TextColumn = models.CharField


def new_id() -> str:
    """A record's id: 22 URL-safe characters, 128 random bits, never a permission.

    It never begins with a hyphen: on a command line that would be read as an option.
    """
    while (drawn := secrets.token_urlsafe(16)).startswith("-"):
        pass
    return drawn


class IdField(_TextColumn):
    """A random id. Not a place for words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)


class CodeField(_TextColumn):
    """A short machine word from a closed list in the code (a kind, a state, a key). Not a place for words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 48)
        super().__init__(*args, **kwargs)


def id_key() -> IdField:
    """The primary key of every record."""
    return IdField(primary_key=True, default=new_id, editable=False)
