"""The shelf as one Django app."""

from django.apps import AppConfig


class TherapyConfig(AppConfig):
    name = "kithwork.therapy"
    label = "therapy"
    default_auto_field = "django.db.models.BigAutoField"
