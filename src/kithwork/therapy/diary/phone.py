"""The diary on a phone without a network: whose it is, and what the worker keeps there for everybody."""

import hashlib
import hmac

from django.conf import settings
from django.templatetags.static import static

from kithwork.foundation.secrets import purpose_key
from kithwork.therapy.safety.queries import clinic_country, help_lines

# Pages that hold nothing of anybody: fetched as somebody who is signed out.
PAGES = ("/offline/", "/help/", "/nothing-here/")
FILES = (
    "ui/tokens.css", "ui/base.css", "ui/layout.css", "ui/forms.css", "ui/components.css", "ui/pictures.css",
    "ui/print.css", "diary/diary.css", "safety/safety.css", "ui/favicon.svg",
    "ui/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2", "ui/fonts/literata-latin-400-normal.woff2",
    "django_htmx/htmx-4.min.js", "ui/js/leave.js", "ui/js/form-once.js", "ui/js/menu.js", "ui/js/errors.js",
    "ui/js/worker.js", "diary/offline.js",
)  # fmt: skip
# Scripts import these by their plain names.
MODULES = (
    "diary/offline-page.js", "diary/opening.js", "diary/phone.js", "diary/sealing.js", "diary/sending.js",
    "ui/js/words.js",
)  # fmt: skip


def mark_of(account: str) -> str:
    """Whose a phone's diary is, as that phone knows it: a name for an account that says and opens nothing."""
    return hmac.new(purpose_key("phone-mark"), account.encode(), hashlib.sha256).hexdigest()[:32]


def kept_by_the_worker() -> dict[str, object]:
    """What the worker keeps, under a version that moves with the files and with the numbers to call."""
    files = [static(name) for name in (*FILES, *MODULES)]
    numbers = [f"{line}" for line in help_lines(clinic_country())]
    version = hashlib.sha256("\n".join([*files, *numbers]).encode()).hexdigest()[:16]
    plain = [settings.STATIC_URL + name for name in MODULES]
    return {"version": version, "pages": PAGES, "files": [*files, *plain]}
