"""What a link in a message leads to: sign-in and then one check-in; or, where a clinic allows it, a code.

To somebody who is not signed in, every address of this kind looks the same, whether or not we wrote it.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kithwork.foundation import clock
from kithwork.foundation.accounts.viewer import Viewer, everybody
from kithwork.foundation.ui.forms import KithworkForm
from kithwork.refusal import Refusal
from kithwork.therapy.checkins import actions, queries
from kithwork.therapy.checkins.forms import CodeForm
from kithwork.therapy.checkins.models import CheckIn, MailedLink
from kithwork.therapy.checkins.views import answering
from kithwork.therapy.course.access import NotYours, Opened, open_course, open_for_link
from kithwork.therapy.course.pages import Door

P = ParamSpec("P")
CodeView = Callable[Concatenate[HttpRequest, "CodeDoor", P], HttpResponse]
OPENED_BY_CODE = "opened_by_code"
OPEN_FOR_SECONDS = 30 * 60
NOT_THAT_ONE = _("That is not the code, or it has run out.")
PAGES = {
    "check-in": "link", "check-in-one": "link-questions", "check-in-all": "link-all",
    "check-in-answers": "link-answers",
}  # fmt: skip


class LinkOld(Refusal):
    """A link that its own client follows too late."""

    code = "link-old"
    status = 404


class CodeDoor(Door):
    """One check-in's door for somebody who came by a code: every way leads back to it, or to sign-in."""

    def __init__(self, request: HttpRequest, opened: Opened, link: MailedLink, token: str) -> None:
        super().__init__(request, opened, "check-in")
        self.link, self.token = link, token

    def url(self, page: str, **kwargs: str | int) -> str:
        if page in PAGES:
            return reverse(PAGES[page], kwargs={"token": self.token})
        return reverse(f"me:{page}", kwargs=kwargs)


@everybody
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link leads: for its own client to that check-in, for anybody else who is signed in nowhere."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if viewer.account:
        return _for_its_client(viewer, token)
    door = _by_code(request, token)
    if door:
        return _begin(request, door)
    if queries.codes_allowed():
        return _asking(request, token, CodeForm())
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={request.path}")


def _for_its_client(viewer: Viewer, token: str) -> HttpResponse:
    named = queries.named_in(token)
    if not viewer.client or named is None:
        raise Http404
    try:
        opened = open_course(viewer, named[1], page="check-in", now=clock.now())
    except NotYours:
        raise Http404 from None
    link = queries.find_link(opened.audience, named[0])
    if link is None:
        raise Http404
    if link.check_in and link.check_in.state != "withdrawn":
        return HttpResponseRedirect(reverse("me:check-in-one", kwargs={"check_in_id": link.check_in.id}))
    if link.check_in or link.expires_at <= clock.now():
        raise LinkOld(
            "This link does not work any more.", next_step="Your check-ins are on their own page, under More."
        )
    return HttpResponseRedirect(reverse("me:check-in"))


def _begin(request: HttpRequest, door: "CodeDoor") -> HttpResponse:
    """Who sees it, before the first question; a check-in that was begun goes on."""
    if door.link.check_in:
        return HttpResponseRedirect(door.url("check-in-one"))
    form = KithworkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = answering.open_one(request, door, form)
        if saved:
            return saved
    return door.page("checkins/opening.html", answering.before_it(door), form=form)


@require_POST
@everybody
def ask_code(_request: HttpRequest, token: str) -> HttpResponse:
    """Send a code, if there is anything to send it for. The answer is the same either way."""
    named = _link_for(token)
    if named:
        actions.ask_code(by=named[0].audience, link=named[1])
    return HttpResponseRedirect(reverse("link", kwargs={"token": token}) + "?asked=1")


@require_POST
@everybody
def use_code(request: HttpRequest, token: str) -> HttpResponse:
    """Open the one check-in with a code."""
    form = CodeForm(request.POST)
    if form.is_valid():
        named = _link_for(token)
        if named and actions.use_code(by=named[0].audience, link=named[1], code=form.cleaned_data["code"]):
            request.session.cycle_key()
            request.session[OPENED_BY_CODE] = {"link": named[1].id, "until": time.time() + OPEN_FOR_SECONDS}
            return HttpResponseRedirect(reverse("link", kwargs={"token": token}))
        form.add_error("code", NOT_THAT_ONE)
    return _asking(request, token, form)


def _asking(request: HttpRequest, token: str, form: CodeForm) -> HttpResponse:
    if not queries.codes_allowed():
        raise Http404
    context = {
        "form": form, "asked": "asked" in request.GET or form.is_bound, "token": token,
        "sign_in": f"{settings.LOGIN_URL}?next={reverse('link', kwargs={'token': token})}",
    }  # fmt: skip
    return render(request, "checkins/by_code.html", context, status=422 if form.errors else 200)


def _link_for(token: str) -> tuple[Opened, MailedLink] | None:
    """The course and link that an address names, before anybody has shown who they are."""
    named = queries.named_in(token)
    opened = open_for_link(named[1], now=clock.now()) if named else None
    link = queries.find_link(opened.audience, named[0]) if opened and named else None
    return (opened, link) if opened and link else None


def _by_code(request: HttpRequest, token: str) -> "CodeDoor | None":
    """The door that a code has opened in this browser, for half an hour and for this link alone."""
    opened_by = request.session.get(OPENED_BY_CODE) or {}
    found = _link_for(token) if opened_by else None
    if found is None or found[1].id != opened_by.get("link") or time.time() > opened_by.get("until", 0):
        return None
    door = CodeDoor(request, *found, token)
    request.door = door  # type: ignore[attr-defined]
    return door


def code_page(view: CodeView[P]) -> Callable[..., HttpResponse]:
    """A page of the one check-in that a code has opened. Without one, back to where the link leads."""

    @everybody
    @wraps(view)
    def opened_first(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        door = None if viewer.account else _by_code(request, token)
        if door is None or door.link.check_in is None:
            return HttpResponseRedirect(reverse("link", kwargs={"token": token}))
        return view(request, door, *args, **kwargs)

    return opened_first


@code_page
def questions(request: HttpRequest, door: CodeDoor) -> HttpResponse:
    """One question a page; once it was sent, only that it was."""
    found = _its(door)
    if found.state == "open":
        return answering.question(request, door, found)
    request.session.pop(OPENED_BY_CODE, None)
    told = queries.first_name(queries.reviewer_of(door.audience))
    door.receipt_note = answering.sent_note(door, found, told)
    return door.page("checkins/by_code_done.html", {"told": told})


@code_page
def whole(request: HttpRequest, door: CodeDoor) -> HttpResponse:
    """All the questions on one page."""
    return answering.whole_form(request, door, _its(door, draft=True))


@code_page
def look_over(request: HttpRequest, door: CodeDoor) -> HttpResponse:
    """Check your answers, then send."""
    return answering.look_over_page(request, door, _its(door, draft=True))


def _its(door: CodeDoor, *, draft: bool = False) -> CheckIn:
    found = queries.find(door.audience, door.link.check_in_id or "")
    if found is None or (draft and found.state != "open"):
        raise Http404
    return found
