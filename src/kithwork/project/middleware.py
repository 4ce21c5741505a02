"""Every request's way in: whoever asks is worked out, kept keys are dropped after, and nothing opens by default."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_from_request

from kithwork.foundation import clock
from kithwork.foundation.accounts.viewer import Viewer, may_open, viewer_of
from kithwork.foundation.once import reading_a_page
from kithwork.foundation.ui.said import spoken
from kithwork.foundation.vault.links import client_of, link
from kithwork.foundation.vault.sealing import Erased, keys_held
from kithwork.project.refusals import not_found, page_for
from kithwork.project.whose_pages import access_of
from kithwork.refusal import Refusal
from kithwork.therapy.course.queries import language_of

GetResponse = Callable[[HttpRequest], HttpResponse]
SEEN, SIGNED_IN, STAY, LOCKED = "seen_at", "signed_in_at", "stay_until", "locked_at"
SEEN_EVERY_SECONDS = 60
OPEN_WHILE_LOCKED = frozenset({"locked", "leave", "account_logout", "help", "nothing-here"})
SETTING_UP_SECOND_FACTOR = frozenset(
    {"mfa_activate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_index",
     "mfa_download_recovery_codes", "account_reauthenticate", "account_logout", "help", "leave", "nothing-here"}
)  # fmt: skip


def quiet_headers(get_response: GetResponse) -> GetResponse:
    """No page is kept anywhere, and none may use the camera, the microphone or the place."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    return middleware


def viewer(get_response: GetResponse) -> GetResponse:
    """Work out who is asking, and hold client keys for this one request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with keys_held():
            account = request.user if request.user.is_authenticated else None
            request.viewer = viewer_of(account, now=clock.now(), client_of=client_of)  # type: ignore[attr-defined]
            request.link_account = link  # type: ignore[attr-defined]  # accounts lie below the vault
            return get_response(request)

    return middleware


def language(get_response: GetResponse) -> GetResponse:
    """Speak a client's own language, and to everybody else the one that their browser asks for."""
    if len(settings.LANGUAGES) == 1:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        own = language_of(viewer.client) if viewer.client else get_language_from_request(request)
        with translation.override(spoken(own)):
            return get_response(request)

    return middleware


class Gate:
    """Deny by default; time-outs; the lock; the second factor; and refusals as pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return not_found(request)  # no address of ours holds one, and PostgreSQL cannot even ask for it
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with reading_a_page():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        access = access_of(view, request.resolver_match)
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        if viewer.account and _has_timed_out(request, viewer, stays=getattr(view, "keeps_signed_in", True)):
            return _signed_out(request)
        if not may_open(access, viewer):
            if viewer.kind == "anonymous" and any(who != "deny" for who in access.values()):
                return _to_sign_in(request)
            raise Http404
        if viewer.account:
            return _held_up(request, viewer)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Erased):
            exception = Refusal("This record has been erased. Nothing can be added to it.", code="erased")
        return page_for(request, exception) if isinstance(exception, Refusal) else None


def _held_up(request: HttpRequest, viewer: Viewer) -> HttpResponse | None:
    """A locked page asks for the password first; staff without a second factor set one up first."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    if request.session.get(LOCKED) and name not in OPEN_WHILE_LOCKED:
        return HttpResponseRedirect(f"{reverse('locked')}?next={request.path}")
    if viewer.kind == "staff" and not settings.DEMO and name not in SETTING_UP_SECOND_FACTOR:
        from allauth.mfa.utils import is_mfa_enabled  # needs the app registry

        if not is_mfa_enabled(request.user, ["totp"]):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
    return None


def _has_timed_out(request: HttpRequest, viewer: Viewer, *, stays: bool) -> bool:
    """Idle too long or signed in too long, by real time; an open session room keeps its therapist signed in.

    What a page asks by itself doesn't say that somebody is there: then ``stays`` is false.
    """
    now, session = time.time(), request.session
    signed_in = session.setdefault(SIGNED_IN, now)
    seen = session.get(SEEN, now)
    if now - signed_in > settings.KITHWORK_ABSOLUTE_HOURS * 3600:
        return True
    idle = settings.KITHWORK_IDLE_MINUTES["client" if viewer.client else "staff"] * 60
    if now - seen > idle and now > session.get(STAY, 0):
        return True
    if stays and (SEEN not in session or now - seen > SEEN_EVERY_SECONDS):
        session[SEEN] = now
    return False


def _signed_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    request.viewer = Viewer()  # type: ignore[attr-defined]
    return _to_sign_in(request)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and request.POST:
        from kithwork.project.unsent import show_back  # templates need the app registry

        return show_back(request, status=401)
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={request.path}")
