"""Words that could not be saved because the sign-in or the page had run out: shown back, kept nowhere."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

NOT_WORDS = frozenset({"csrfmiddlewaretoken", "key", "password", "login"})
SURELY_WORDS = frozenset({"words", "note", "summary", "text", "label", "title", "item", "link"})
CODE_OR_ID = re.compile(r"[a-z0-9_.:-]{0,24}|[\w.-]{22,}")


def show_back(request: HttpRequest, *, status: int) -> HttpResponse:
    """A page with the words on it, to copy, and the way on. They never enter a log, a cookie or a table."""
    words = [
        value
        for name, values in request.POST.lists()
        if name not in NOT_WORDS
        for value in values
        if value.strip() and (name in SURELY_WORDS or not CODE_OR_ID.fullmatch(value))
    ]
    return render(request, "project/unsent.html", {"words": words, "next": request.path}, status=status)
