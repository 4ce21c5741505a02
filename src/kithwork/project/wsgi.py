"""Where a WSGI server finds Kithwork."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithwork.project.settings")
application = get_wsgi_application()
