"""The diary without a network: choosing it for a phone, its page without data, its worker, and what arrives from it."""

import hmac
import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_GET

from kithwork.foundation.accounts.viewer import everybody
from kithwork.foundation.ui.forms import error_lines
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import therapist_name
from kithwork.therapy.diary.actions import write_entry
from kithwork.therapy.diary.forms import OfflineForm, entry_form
from kithwork.therapy.diary.phone import kept_by_the_worker, mark_of
from kithwork.therapy.people.queries import labels


@course_page("diary", staff=False)
def set_up(request: HttpRequest, door: Door) -> HttpResponse:
    """Choose, for this phone alone, to write without a network. Who else uses the phone is asked first."""
    others = request.GET.get("others", "")
    context = {
        "others": others if others in ("yes", "no") else "", "mark": mark_of(door.viewer.account),
        "therapist": therapist_name(door.course, now=door.audience.now), "back_url": door.url("diary"),
    }  # fmt: skip
    return door.page("diary/set_up.html", context)


@course_page("diary", staff=False)
def from_phone(request: HttpRequest, door: Door) -> HttpResponse:
    """Tell a phone who is signed in; and keep an entry that waited there, once, however often it arrives.

    An entry that was written under another account's mark is refused here, whatever the phone believes.
    """
    mark = mark_of(door.viewer.account)
    if request.method != "POST":
        return JsonResponse({"mark": mark, "token": get_token(request)})
    if not hmac.compare_digest(request.POST.get("phone", "").encode(), mark.encode()):
        return JsonResponse({"why": "not-yours"}, status=403)
    people, therapist = labels(door.audience), therapist_name(door.course, now=door.audience.now)
    form = entry_form(
        request.POST, audience=door.audience, course=door.course, today=door.today, therapist=therapist, people=people
    )  # fmt: skip
    if form.is_valid() and door.save(
        form, lambda: write_entry(by=door.audience, on=form.cleaned_data["on"], waited=True, **form.act),
        to=door.url("diary"),
    ):  # fmt: skip
        return JsonResponse({"why": "saved"})
    return JsonResponse({"why": "refused", "says": [line.message for line in error_lines(form)]}, status=422)


@everybody
@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The page that a phone shows without a network. It is the same for everybody and holds nothing of anybody."""
    return render(request, "diary/offline.html", {"form": OfflineForm()})


@everybody
@require_GET
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker: what it keeps, and its script. A browser asks anew each time."""
    kept, script = json.dumps(kept_by_the_worker()), json.dumps(static("diary/worker.js"))
    lines = f"self.KEPT = {kept};\nimportScripts({script});\n"
    answer = HttpResponse(lines, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer
