"""Gathers the shelf's models for Django; nothing else imports this."""

from kithwork.clinic.outcomes.models import *  # noqa: F403
from kithwork.clinic.today.models import *  # noqa: F403
