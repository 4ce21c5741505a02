"""The client's own page about reminders. There is none for staff."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithwork.foundation.ui.dates import say_time
from kithwork.foundation.ui.forms import KithworkForm
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.reminders import actions, queries
from kithwork.therapy.reminders.access import account_that_may_be_mailed
from kithwork.therapy.reminders.forms import ClockForm, ReminderForm


@course_page("reminders", staff=False)
def reminders(request: HttpRequest, door: Door) -> HttpResponse:
    """What is sent, when, and in which words."""
    form = ReminderForm(request.POST or None, now=queries.reminder_of(door.audience))
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.change(by=door.audience, wish=form.wish), to=door.url("reminders")
        )
        if saved:
            return saved
    return _page(door, form)


@require_POST
@course_page("reminders", staff=False)
def send_now(request: HttpRequest, door: Door) -> HttpResponse:
    """ "Send me one now": the same words, at once."""
    form = KithworkForm(request.POST)
    form.is_valid()
    saved = door.save(
        form, lambda: actions.send_one_now(by=door.audience), to=f"{door.url('reminders')}?sent=1"
    )
    return saved or _page(door, ReminderForm(now=queries.reminder_of(door.audience)), refused=form)


@course_page("own-clock", staff=False)
def own_clock(request: HttpRequest, door: Door) -> HttpResponse:
    """By which clock, and in which language, her pages speak."""
    form = ClockForm(request.POST or None, client=door.course.client)
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("time_zone", "language") if name in form.fields}
        saved = door.save(
            form, lambda: actions.set_own_clock(by=door.audience, **chosen), to=door.url("own-clock")
        )
        if saved:
            return saved
    at = say_time(door.audience.now.astimezone(door.zone))
    return door.page("reminders/own_clock.html", {"at": at}, form=form)


def _page(door: Door, form: ReminderForm, *, refused: KithworkForm | None = None) -> HttpResponse:
    account = account_that_may_be_mailed(door.audience.client)
    subject, body = queries.wording(f"{settings.ADDRESS}/sign-in/")
    if "sent" in door.request.GET:
        door.receipt_note = _("It is on its way. Look where your mail comes in.")
    context = {
        "choice": form, "now": form.now, "in_words": queries.in_words(form.now),
        "email": account.email if account else "", "subject": subject, "body": body,
        "did_not_arrive": queries.did_not_arrive(door.audience), "zone": door.zone.key.replace("_", " "),
    }  # fmt: skip
    return door.page("reminders/reminders.html", context, form=refused or form)
