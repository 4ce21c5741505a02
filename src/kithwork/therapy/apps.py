"""The shelf as one Django app."""

from django.apps import AppConfig


class TherapyConfig(AppConfig):
    name = "kithwork.therapy"
    label = "therapy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the places that a lower room keeps for a higher one."""
        from kithwork.therapy.diary import examples
        from kithwork.therapy.focus import in_the_picture
        from kithwork.therapy.formulation.slots import focus
        from kithwork.therapy.story.slots import diary

        focus.pieces = in_the_picture.pieces
        diary.days, diary.count = examples.days_in_words, examples.days_told
