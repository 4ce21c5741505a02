"""Run Kithwork as `python -m kithwork`."""

from kithwork.project.cli import main

raise SystemExit(main())
