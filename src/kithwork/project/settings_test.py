"""Settings of the tests: a folder of their own, a quick password hash, and no waiting for the disk."""

import os
import tempfile
from pathlib import Path

from kithwork.foundation import secrets

os.environ["KITHWORK_TEST_DATA"] = "1"
os.environ.setdefault("KITHWORK_SYNCHRONOUS", "NORMAL")
os.environ["KITHWORK_DATA"] = tempfile.mkdtemp(prefix="kithwork-test-")
(Path(os.environ["KITHWORK_DATA"]) / "static").mkdir()
secrets.create(Path(os.environ["KITHWORK_DATA"]) / "installation.key")

from kithwork.project.settings import *  # noqa: E402, F403 -- the environment above must be set first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
for database in DATABASES.values():  # noqa: F405
    database["TEST"] = {"MIGRATE": False}  # the same tables, in a tenth of the time
    if "sqlite" in database["ENGINE"]:
        database["TEST"]["NAME"] = ":memory:"
DEMO = True  # staff of the cast carry no second factor, as in the demo; its own tests ask for one
USE_I18N = True  # the tests bring a language of their own
