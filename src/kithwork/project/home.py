"""The few pages that belong to no room: the front door, whether we are up, leaving quickly, the lock."""

import time
from typing import Any

from allauth.account.views import logout as logout_page
from django.conf import settings
from django.contrib.auth import logout
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from kithwork.foundation import clock
from kithwork.foundation.accounts.viewer import everybody, who_may
from kithwork.project.middleware import LOCKED

signed_in = who_may(client="own", therapist="own", supervisor="own", lead="own", admin="own")


@everybody
def front_door(request: HttpRequest) -> HttpResponse:
    """Everybody to their own first page."""
    return HttpResponseRedirect(home_of(request.viewer))  # type: ignore[attr-defined]


def home_of(viewer: Any) -> str:
    """The page that somebody starts on."""
    if viewer.kind == "client":
        return reverse("me:today")
    if viewer.roles & {"therapist", "supervisor"}:
        return reverse("clinic-today")
    if "lead" in viewer.roles:
        return reverse("outcomes")
    if "admin" in viewer.roles:
        return reverse("admin")
    return reverse("account_login") if viewer.kind == "anonymous" else reverse("nothing-here")


@everybody
@require_GET
def nothing_here(request: HttpRequest) -> HttpResponse:
    """A dull page: where "Leave quickly" goes, and what an account without a role sees."""
    return render(request, "project/nothing_here.html")


@everybody
@csrf_exempt  # leaving must work from a stale page, and does no harm when forged
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out here and now, and let the browser forget. Asked for by its address alone it only looks dull."""
    if request.method == "POST":
        logout(request)
    response = HttpResponseRedirect(reverse("nothing-here"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, and let the browser forget; what waits there for somebody else stays, where the page says so."""
    response: HttpResponse = logout_page(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache"' if request.POST.get("keep") else '"cache", "storage"'
    return response


@signed_in
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: password, second factor, where one is signed in, the lock."""
    return render(request, "project/account.html", {"email": request.user.email})  # type: ignore[union-attr]


@signed_in
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Step away from the screen: the password opens it again."""
    request.session[LOCKED] = time.time()
    return HttpResponseRedirect(f"{reverse('locked')}?{urlencode({'next': _safe_next(request)})}")


@signed_in
def locked(request: HttpRequest) -> HttpResponse:
    """The locked screen."""
    error = ""
    if request.method == "POST":
        if _may_try(request) and request.user.check_password(request.POST.get("password", "")):
            request.session.pop(LOCKED, None)
            return HttpResponseRedirect(_safe_next(request))
        error = _("That was not the password. Try again, or sign out.")
    return render(request, "project/locked.html", {"error": error, "next": _safe_next(request)},
                  status=422 if error else 200)  # fmt: skip


def _may_try(request: HttpRequest) -> bool:
    from allauth.core import ratelimit  # needs the app registry

    return bool(ratelimit.consume(request, action="reauthenticate", user=request.user))


def _safe_next(request: HttpRequest) -> str:
    wished = request.POST.get("next") or request.GET.get("next") or "/"
    allowed = url_has_allowed_host_and_scheme(wished, allowed_hosts={request.get_host()})
    return wished if allowed and wished.startswith("/") else "/"


@everybody
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the database answers."""
    for name in ("default", "keys"):
        with connections[name].cursor() as cursor:
            cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@everybody
@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether this process can serve: databases answer, and the clock runs."""
    healthz(request)
    return JsonResponse({"status": "ready", "demo": settings.DEMO, "now": clock.now().isoformat()})
