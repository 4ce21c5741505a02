"""Words that could not be saved because the sign-in or the page had run out: shown back, kept nowhere."""

import re
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kithwork.foundation.accounts.viewer import NOBODY
from kithwork.project.navigation import frame_of

NOT_WORDS = frozenset({"csrfmiddlewaretoken", "key", "password", "login"})
SURELY_WORDS = frozenset({"words", "note", "summary", "text", "label", "title", "item", "link"})
CODE_OR_ID = re.compile(r"[a-z0-9_.:-]{0,24}|[\w.-]{22,}")


def show_back(request: HttpRequest, *, status: int) -> HttpResponse:
    """A page with the words on it, and a way to save them once more. They never enter a log, a cookie or a table."""
    fields = [
        (name, value) for name, values in request.POST.lists() if name not in NOT_WORDS for value in values
    ]
    words = [
        value for name, value in fields
        if value.strip() and (name in SURELY_WORDS or not CODE_OR_ID.fullmatch(value))
    ]  # fmt: skip
    viewer = getattr(request, "viewer", NOBODY)
    frame = frame_of(request, viewer, None)
    context = {
        "words": words, "next": request.path, "signed_in": bool(viewer.account),
        "again": {"fields": fields, "key": request.POST.get("key", "")} if _from_our_page(request) else None,
        # Whoever wrote this may need to leave quickly, signed in or not.
        "kw": replace(frame, leave_quickly=frame.leave_quickly or viewer.kind == "anonymous"),
    }  # fmt: skip
    return render(request, "project/unsent.html", context, status=status)


def _from_our_page(request: HttpRequest) -> bool:
    """Whether a page of ours has sent this. What another site makes a browser send gets no button to go on with."""
    ours = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == ours or request.headers.get("Sec-Fetch-Site") == "same-origin"
