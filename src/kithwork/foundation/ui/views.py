"""The page on which every component stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kithwork.foundation.ui.examples import GROUPS


def components(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/components.html", {"groups": GROUPS})
