"""The shelf as one Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TherapyConfig(AppConfig):
    name = "kithwork.therapy"
    label = "therapy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the places that a lower room keeps for a higher one."""
        from kithwork.therapy.diary import examples, says, worked_out
        from kithwork.therapy.focus import in_the_picture
        from kithwork.therapy.focus.slots import ahead
        from kithwork.therapy.focus.worksheets.slots import diary as day_of_a_sheet
        from kithwork.therapy.formulation.slots import focus
        from kithwork.therapy.sessions import actions as sessions
        from kithwork.therapy.sessions.slots import Look, together
        from kithwork.therapy.story.slots import diary

        focus.pieces = in_the_picture.pieces
        diary.days, diary.says, diary.is_coming = examples.days_in_words, says.says, worked_out.is_due
        together.looks = (
            Look(_("Focus"), "focus"),
            Look(_("Sheets"), "worksheets"),
            Look(_("Circles"), "circles"),
            Look(_("How it goes round"), "cycle"),
            Look(_("Story"), "story"),
            Look(_("What we agreed"), "formulation"),
            Look(_("Progress"), "progress"),
        )
        ahead.try_out, ahead.page = sessions.add_try_out, "to-talk-about"
        day_of_a_sheet.moment = examples.moment
