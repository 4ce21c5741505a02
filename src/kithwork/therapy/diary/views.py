"""The diary's pages: for the client under /me/diary/, and what she shares of it under /course/<id>/diary/."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from kithwork.foundation.passages.queries import read
from kithwork.foundation.passages.sharing import Sharing
from kithwork.therapy.course.actions import set_usual_sharing
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import therapist_name
from kithwork.therapy.diary import actions, queries
from kithwork.therapy.diary.forms import ON_MY_OWN, EntryForm, UsualForm
from kithwork.therapy.people.queries import labels


@course_page("diary")
def diary(request: HttpRequest, door: Door) -> HttpResponse:
    """The entries, and the form for a new one."""
    form = _form(door, request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = door.save(form, lambda: actions.write_entry(by=door.audience, on=form.cleaned_data["on"], **form.act),
                          to=request.POST.get("back") == "today" and door.url("today") or door.url("diary"))  # fmt: skip
        if saved:
            return saved
    people = labels(door.audience)
    context = {
        "days": queries.days(door.audience, people=people),
        "usual": UsualForm(therapist=_therapist(door)),
        "asks_usual": door.is_client and not door.course.client.usual_sharing,
        "therapist": _therapist(door),
    }
    return door.page("diary/diary.html", context, form=form)


@course_page("diary", staff=False)
def entry(request: HttpRequest, door: Door, entry_id: str) -> HttpResponse:
    """Change one's own entry."""
    found = queries.find(door.audience, entry_id)
    if found is None:
        raise Http404
    words = read(door.audience, found).get("words")
    initial = {
        "on": found.on, "mood": found.mood, "people": [*found.people, *([ON_MY_OWN] if found.on_my_own else [])],
        "words": words.text if words else "", "sharing": found.facts, "words_base": words.base if words else "",
        "words_sharing": words.sharing if words else Sharing.JUST_ME,
    }  # fmt: skip
    form = _form(door, request.POST or None, initial)
    if request.method == "POST" and form.is_valid():
        base = form.cleaned_data["words_base"]
        saved = door.save(form, lambda: actions.change_entry(by=door.audience, entry=found, words_base=base, **form.act),
                          to=door.url("diary"))  # fmt: skip
        if saved:
            return saved
    return door.page("diary/entry.html", {"entry": found, "therapist": _therapist(door)}, form=form)


@require_POST
@course_page("diary", staff=False)
def undo(request: HttpRequest, door: Door, entry_id: str) -> HttpResponse:
    """Undo: take an entry back."""
    found = queries.find(door.audience, entry_id)
    if found is None:
        raise Http404
    form = EntryForm(request.POST, people={}, today=door.today, usual=("", ""), therapist="")
    form.is_valid()
    saved = door.save(form, lambda: actions.withdraw_entry(by=door.audience, entry=found), to=door.url("diary"))
    return saved or HttpResponseRedirect(door.url("diary"))


@require_POST
@course_page("diary", staff=False)
def usual(request: HttpRequest, door: Door) -> HttpResponse:
    """The client's answer to "who is this usually for?"."""
    form = UsualForm(request.POST, therapist=_therapist(door))
    if form.is_valid():
        facts, words = UsualForm.WAYS[form.cleaned_data["usual"]]
        client = door.course.client
        saved = door.save(
            form, lambda: set_usual_sharing(by=door.audience, client=client, usual=facts, words=words),
            to=door.url("diary"),
        )  # fmt: skip
        if saved:
            return saved
    return HttpResponseRedirect(door.url("diary"))


def _form(door: Door, data: object, initial: dict[str, object] | None = None) -> EntryForm:
    client = door.course.client
    return EntryForm(
        data, initial=initial or {"on": door.today, "sharing": client.usual_sharing, "words_sharing": client.usual_words_sharing},
        people=labels(door.audience), today=door.today, usual=(client.usual_sharing, client.usual_words_sharing),
        therapist=_therapist(door),
    )  # fmt: skip


def _therapist(door: Door) -> str:
    return therapist_name(door.course, now=door.audience.now)
