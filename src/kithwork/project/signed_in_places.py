"""Where somebody is signed in: a list for them alone, with a way to end each."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from kithwork.foundation.accounts.viewer import who_may

signed_in = who_may(client="own", therapist="own", supervisor="own", lead="own", admin="own")

# In this order: a browser also names those whose pages it can show.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("iPhone", lazy("an iPhone")),
    ("iPad", lazy("an iPad")),
    ("Android", lazy("an Android phone")),
    ("Windows", "Windows"),
    ("Macintosh", lazy("a Mac")),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Place:
    """One browser in which somebody is signed in."""

    id: int
    browser: str
    ip: str
    since: datetime
    is_this: bool


@signed_in
def places(request: HttpRequest) -> HttpResponse:
    """The list, and a way to end all others at once."""
    if request.method == "POST":
        for one in _sessions(request):
            if one.session_key != request.session.session_key:
                one.end()
        return HttpResponseRedirect(f"{reverse('usersessions_list')}?ended=1")
    shown = [_place(one, request) for one in _sessions(request)]
    return render(request, "usersessions/places.html", {"places": shown, "ended": "ended" in request.GET})


@signed_in
@require_POST
def end(request: HttpRequest, place: int) -> HttpResponse:
    """End one of one's own. Ending this one signs out."""
    one = next((each for each in _sessions(request) if each.id == place), None)
    if one is None:
        raise Http404
    one.end()
    return HttpResponseRedirect(f"{reverse('usersessions_list')}?ended=1")


def _sessions(request: HttpRequest) -> list[UserSession]:
    found: list[UserSession] = UserSession.objects.purge_and_list(request.user)
    return sorted(found, key=lambda one: (one.session_key != request.session.session_key, -one.id))


def _place(one: UserSession, request: HttpRequest) -> Place:
    is_this = one.session_key == request.session.session_key
    return Place(one.id, browser_words(one.user_agent), one.ip, one.created_at, is_this)


def browser_words(agent: str) -> str:
    """ "Firefox on Windows", as far as the browser says."""
    browser = next((name for mark, name in BROWSERS if mark in agent), _("A browser"))
    machine = next((name for mark, name in MACHINES if mark in agent), "")
    return _("{browser} on {machine}").format(browser=browser, machine=machine) if machine else browser
