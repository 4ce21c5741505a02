"""Words that were sent when the sign-in had run out: shown back to whoever is at the screen, saved nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

NOT_WORDS = frozenset({"csrfmiddlewaretoken", "key", "password", "login"})
SHORTEST_WORDS = 3


def keep_for_after_sign_in(request: HttpRequest) -> HttpResponse:
    """A page with the words on it, to copy, and the way to sign in. They never enter a log, a cookie or a table."""
    words = [
        value
        for name, values in request.POST.lists()
        if name not in NOT_WORDS
        for value in values
        if len(value) >= SHORTEST_WORDS and (" " in value or "\n" in value)
    ]
    return render(request, "project/unsent.html", {"words": words, "next": request.path}, status=401)
