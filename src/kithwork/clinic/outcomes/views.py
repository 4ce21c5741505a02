"""The outcomes page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kithwork.clinic.outcomes import queries
from kithwork.foundation.accounts.viewer import who_may


@who_may(lead="own")
def outcomes(request: HttpRequest) -> HttpResponse:
    """Counts of courses, with what each is out of."""
    context = {"tables": queries.tables(), "smallest": queries.SMALLEST}
    return render(request, "outcomes/outcomes.html", context)
