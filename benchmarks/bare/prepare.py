"""Make the bare project's database: its tables, one person, and sixty entries to list."""

import os
from datetime import date, timedelta

import django

EMAIL, PASSWORD = "maya", "lantern-orchard-seven"
WORDS = "Rang Priya. She’d thought I was cross with her."


def main() -> None:
    """Fill the folder named in the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.bare.settings")
    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from benchmarks.bare.models import Entry
    from benchmarks.bare.views import LISTED

    call_command("migrate", verbosity=0, run_syncdb=True)
    maya = get_user_model().objects.create_user(EMAIL, password=PASSWORD)
    first = date(2025, 1, 1)
    Entry.objects.bulk_create(
        Entry(client_id=maya.pk, on=first + timedelta(days=n), mood=1 + n % 5, words=WORDS)
        for n in range(LISTED)
    )


if __name__ == "__main__":
    main()
