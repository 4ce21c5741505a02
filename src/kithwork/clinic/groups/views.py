"""The groups page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kithwork.foundation.accounts.viewer import who_may


@who_may(lead="own")
def groups(request: HttpRequest) -> HttpResponse:
    """That groups are not built yet."""
    return render(request, "groups/groups.html")
