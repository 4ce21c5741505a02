"""The shelf as one Django app."""

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    name = "kithwork.clinic"
    label = "clinic"
    default_auto_field = "django.db.models.BigAutoField"
