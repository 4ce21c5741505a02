"""How a refusal becomes a page: its sentence and its next step, and only its code in the log."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kithwork.foundation.ui.said import said
from kithwork.refusal import Refusal

log = logging.getLogger("kithwork.refusals")


def page_for(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page that says no."""
    log.info("refused %s", refusal.code)
    return render(request, "project/refused.html", {"refusal": said(refusal)}, status=refusal.status)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The same page for what does not exist and for what is not yours."""
    return render(request, "project/not_found.html", status=404)


def too_often(request: HttpRequest) -> HttpResponse:
    """Somebody, or something, asked too often."""
    return render(request, "project/too_often.html", status=429)


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours went wrong; nothing of theirs is shown."""
    return render(request, "project/broken.html", status=500)


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token did not fit: the words come back on the page."""
    from kithwork.project.unsent import show_back  # circular through middleware otherwise

    return show_back(request, status=403)
