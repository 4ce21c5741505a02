"""The shelf as one Django app."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "kithwork.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
