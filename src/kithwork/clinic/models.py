"""Gathers the shelf's models for Django; nothing else imports this."""

from kithwork.clinic.today.models import *  # noqa: F403
