"""Serve the bare project with the settings that Kithwork gives its server: one worker, two blocking threads."""

import sys

from django.core.wsgi import get_wsgi_application

if __name__ == "__main__":
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "benchmarks.bare.serve:application", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.WSGI,
        workers=1, blocking_threads=2, log_level=LogLevels.warning, log_access=False,
    ).serve()  # fmt: skip
else:
    application = get_wsgi_application()
