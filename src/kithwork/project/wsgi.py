"""Where a WSGI server finds Kithwork."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithwork.project.settings")
application = get_wsgi_application()

# What was loaded at the start stays: the collector need not walk through it on every page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
