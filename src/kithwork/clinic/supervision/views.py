"""The supervision page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kithwork.foundation.accounts.viewer import who_may


@who_may(therapist="own", supervisor="own")
def supervision(request: HttpRequest) -> HttpResponse:
    """What supervision is here, and that nothing waits."""
    return render(request, "supervision/supervision.html")
