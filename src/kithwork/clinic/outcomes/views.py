"""The outcomes page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kithwork.clinic.outcomes import queries
from kithwork.clinic.outcomes.curves import usual_here
from kithwork.clinic.outcomes.national import national
from kithwork.foundation.accounts.viewer import who_may


@who_may(lead="own")
def outcomes(request: HttpRequest) -> HttpResponse:
    """Counts of courses, with what each is out of."""
    context = {"tables": queries.tables(), "smallest": queries.SMALLEST, "national": national(), "usual": usual_here()}
    return render(request, "outcomes/outcomes.html", context)
