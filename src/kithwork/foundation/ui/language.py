"""The reader's language: what has been said in it once is kept under it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.utils.translation import get_language

# With one language Django takes four steps to the same setting, a hundred times a page.
reading_language: Callable[[], str | None] = (
    get_language if settings.USE_I18N else partial(str, settings.LANGUAGE_CODE)
)
