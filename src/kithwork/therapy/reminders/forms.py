"""When, and of what. An empty field keeps what stands."""

from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kithwork.foundation.outbox.channels import channels
from kithwork.foundation.ui.forms import ChipCheckboxes, KithworkForm
from kithwork.foundation.ui.said import spoken
from kithwork.therapy.course.models import Client
from kithwork.therapy.reminders.actions import Wish
from kithwork.therapy.reminders.models import Reminder
from kithwork.therapy.reminders.queries import DAYS
from kithwork.therapy.reminders.times import time_zones


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "kw-input--short"})
    return forms.TimeField(label=label, required=False, widget=widget,
                           error_messages={"invalid": _("Write a time like 19:00.")})  # fmt: skip


class ClockForm(KithworkForm):
    """Where somebody lives by the clock; and the language, where more than one is spoken here."""

    time_zone = forms.ChoiceField(
        label=_("Your time zone"), help_text=_("The nearest large city that keeps your time."),
        error_messages={"invalid_choice": _("That is no time zone. Choose one from the list.")},
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Your language"), required=False,
        help_text=_("Of these pages and of the messages that come to you. What somebody wrote stays as written."),
    )  # fmt: skip

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        initial = {"time_zone": client.time_zone, "language": spoken(client.language)}
        super().__init__(*args, initial=initial, **kwargs)
        zones = [(one, one.replace("_", " ")) for one in time_zones()]
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        if len(settings.LANGUAGES) == 1:
            del self.fields["language"]


class ReminderForm(KithworkForm):
    """All of a client's choice about reminders."""

    on = forms.BooleanField(label=_("Send me reminders"), required=False)
    diary = forms.BooleanField(label=_("To write in my diary, on a day without an entry"), required=False)
    check_in = forms.BooleanField(
        label=_("Of the questions before a session, on the day before it"), required=False
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        required=False,
        coerce=int,
        choices=list(enumerate(DAYS)),
        widget=ChipCheckboxes,
    )
    at = _time(_("At what time?"))
    quiet_from = _time(_("From"))
    quiet_until = _time(_("Until"))
    channel = forms.ChoiceField(label=_("How?"), required=False)

    def __init__(self, *args: Any, now: Reminder, **kwargs: Any) -> None:
        """``now`` is what holds so far."""
        self.now = now
        names = ("on", "diary", "check_in", "weekdays", "at", "quiet_from", "quiet_until", "channel")
        super().__init__(*args, initial={name: getattr(now, name) for name in names}, **kwargs)
        choices = [(one.key, one.label) for one in channels().values()]
        self.fields["channel"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            del self.fields["channel"]

    @property
    def wish(self) -> Wish:
        """What was chosen."""
        data = self.cleaned_data

        def given(name: str) -> time:
            chosen: time = getattr(self.now, name) if data[name] is None else data[name]
            return chosen

        return Wish(
            on=data["on"], weekdays=tuple(data["weekdays"]), at=given("at"), quiet_from=given("quiet_from"),
            quiet_until=given("quiet_until"), diary=data["diary"], check_in=data["check_in"],
            channel=data.get("channel") or self.now.channel,
        )  # fmt: skip
