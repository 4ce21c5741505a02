"""Two form views that save one row and redirect, and a page that lists sixty."""

from django.contrib.auth.decorators import login_required
from django.forms import ModelForm, modelform_factory
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from benchmarks.bare.models import Answer, Entry

LISTED = 60
EntryForm = modelform_factory(Entry, fields=["on", "mood", "on_my_own", "words", "sharing", "words_sharing"])
AnswerForm = modelform_factory(Answer, fields=["item", "answer"])


@login_required
def diary(request: HttpRequest) -> HttpResponse:
    """The newest entries, and the form for a new one."""
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _saved(request, form, "/diary/")
    entries = Entry.objects.filter(client=request.user.pk, withdrawn_at__isnull=True).order_by(
        "-on", "-created_at"
    )
    return render(request, "diary.html", {"form": form, "entries": entries[:LISTED]})


@login_required
def answer(request: HttpRequest) -> HttpResponse:
    """One answer."""
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _saved(request, form, "/answer/")
    return render(request, "diary.html", {"form": form, "entries": []})


def _saved(request: HttpRequest, form: "ModelForm[Entry] | ModelForm[Answer]", to: str) -> HttpResponse:
    form.instance.client_id = int(request.user.pk or 0)
    form.save()
    return HttpResponseRedirect(to)
