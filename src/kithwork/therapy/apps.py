"""The shelf as one Django app."""

from django.apps import AppConfig


class TherapyConfig(AppConfig):
    name = "kithwork.therapy"
    label = "therapy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the places that a lower room keeps for a higher one."""
        from kithwork.therapy.diary import examples
        from kithwork.therapy.focus.slots import ahead
        from kithwork.therapy.sessions import actions as sessions
        from kithwork.therapy.story.slots import diary

        diary.days, diary.count = examples.days_in_words, examples.days_told
        ahead.try_out, ahead.page = sessions.add_try_out, "to-talk-about"
