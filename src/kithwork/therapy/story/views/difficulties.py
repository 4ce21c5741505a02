"""The four kinds of difficulty: to read, to recognise, and to weigh. The page decides nothing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt import weighing as rules
from kithwork.ipt.problem_areas import NOT_SURE
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.story import actions, queries
from kithwork.therapy.story.forms import WeighingForm
from kithwork.therapy.story.views.common import note, quiet_writer, therapist_of


@course_page("difficulties")
def difficulties(request: HttpRequest, door: Door) -> HttpResponse:
    """Each kind with its stories and its own small form, saved by itself."""
    shown = queries.weighing(door.audience)
    posted: WeighingForm | None = None
    area = request.POST.get("area", "")
    if request.method == "POST":
        one = next((one for one in shown if one.key == area), None)
        if one is None:
            raise Http404
        posted = _form(door, one, request.POST)
        if posted.is_valid():
            answer = _save(door, one, posted)
            if answer:
                return answer
    just_saved = next((one for one in shown if one.id and one.id == door.saved), None)
    if just_saved:
        door.receipt_note = note(door, just_saved.sharing)
    asked = area or request.GET.get("area", "")
    context = {
        "kinds": [(one, posted if posted and one.key == area else _form(door, one, None)) for one in shown],
        "rules": rules, "unsure": NOT_SURE, "open": asked, "cycle_url": door.url("cycle"),
        "first_url": door.url("first"), "therapist": therapist_of(door),
    }  # fmt: skip
    return door.page("story/difficulties.html", context, form=posted)


def _save(door: Door, one: queries.ShownWeighing, form: WeighingForm) -> HttpResponse | None:
    here = f"{door.url('difficulties')}#{one.key}"
    if not form.has_something():
        return HttpResponseRedirect(here)
    return door.save(
        form,
        lambda: actions.weigh(
            by=door.audience, area=one.key, fits=form.cleaned_data["fits"], why=form.texts[rules.WHY.key],
            sharing=form.chosen or one.sharing or Sharing.LATER, bases=form.bases,
        ),
        to=here,
    )  # fmt: skip


def _form(door: Door, one: queries.ShownWeighing, data: Any) -> WeighingForm:
    words = {rules.WHY.key: one.why} if one.why else {}
    return WeighingForm(
        data, words=words, writer=quiet_writer(door, Sharing.LATER), sharing=one.sharing, initial={"fits": one.fits},
        auto_id=f"id_{one.key}_%s",
    )  # fmt: skip
