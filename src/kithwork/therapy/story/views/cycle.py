"""How it goes round: the ring made one's own, its steps put in order, and earlier pictures of it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt import cycle_steps
from kithwork.ipt.shelf import Prompt
from kithwork.ipt.timeline import End
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.story import actions, queries, ring
from kithwork.therapy.story.access import can_remove
from kithwork.therapy.story.forms import AddStepForm, ExampleForm, SharingForm, StepForm
from kithwork.therapy.story.models import CycleStep, CycleVersion
from kithwork.therapy.story.slots import diary
from kithwork.therapy.story.views.common import note, quiet_writer, therapist_of


@course_page("cycle")
def cycle(request: HttpRequest, door: Door) -> HttpResponse:
    """The ring, one step at a time, made one's own."""
    arranged = queries.arrangement(door.audience)
    step = _chosen(arranged.steps, request.POST.get("station") or _asked_for(request))
    form = _step_form(door, step, request.POST or None)
    if request.method == "POST" and form.is_valid():
        to = _station_url(door, _after(arranged.steps, step).key)
        if not form.has_something():
            return HttpResponseRedirect(to)
        saved = door.save(form, _step_act(door, step, form), to=to)
        if saved:
            return saved
    return _cycle_page(door, arranged, step, form=form)


def _whether_it_is_there(audience: Audience) -> str:
    return "coming" if diary.is_coming(audience) else "there"


@course_page("cycle", mark=_whether_it_is_there)
def cycle_diary(request: HttpRequest, door: Door) -> HttpResponse:
    """What the diary can say, for an open page that waits for it: only asked through when it has been worked out."""
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponseRedirect(f"{door.url('cycle')}#diary-says")
    context = {"says": queries.diary_says(door.audience), "urls": _urls(door)}
    return door.page("story/_diary_says.html", context)


def _cycle_page(
    door: Door,
    arranged: queries.Arrangement,
    step: queries.ShownStep,
    *,
    form: StepForm | None = None,
    example_form: ExampleForm | None = None,
) -> HttpResponse:
    just_saved = next((one for one in arranged.all if one.id and one.id == door.saved), None)
    if just_saved:
        door.receipt_note = note(door, just_saved.sharing)
    things, after = queries.linkable(door.audience), _after(arranged.steps, step)
    told = _with_examples(door, arranged, things)
    context = {
        "arranged": arranged, "step": step, "texts": cycle_steps, "after": after,
        "step_form": form or _step_form(door, step, None), "therapist": therapist_of(door),
        "ring": ring.draw(arranged.steps, step.station, lambda key: _station_url(door, key)),
        "is_last": after == arranged.steps[0], "says": queries.diary_says(door.audience),
        "round": told, "examples": next(found for one, found in told if one == step),
        "example_form": example_form or _example_form(door, things, None), "versions": queries.versions(door.audience),
        "keep_form": SharingForm(writer=quiet_writer(door), auto_id="id_keep_%s"),
        "urls": _urls(door),
    }  # fmt: skip
    return door.page("story/cycle.html", context, form=example_form or form)


URLS = (
    "story",
    "first",
    "difficulties",
    "cycle",
    "cycle-diary",
    "cycle-steps",
    "cycle-example",
    "cycle-keep",
)


def _urls(door: Door) -> dict[str, str]:
    return {name.replace("-", "_"): door.url(name) for name in URLS}


def _station_url(door: Door, station: str) -> str:
    return f"{door.url('cycle')}?station={cycle_steps.in_address(station)}"


def _asked_for(request: HttpRequest, name: str = "station") -> str:
    return cycle_steps.from_address(request.GET.get(name, ""))


def _chosen(steps: list[queries.ShownStep], key: str) -> queries.ShownStep:
    """The step that is asked for. One that was left out has no place; a name that nobody gave is not found."""
    found = next((step for step in steps if step.key == key), None)
    if found is None and key and key not in cycle_steps.stations:
        raise Http404
    return found or steps[0]


def _after(steps: list[queries.ShownStep], step: queries.ShownStep) -> queries.ShownStep:
    return steps[(steps.index(step) + 1) % len(steps)]


def _step_form(door: Door, step: queries.ShownStep, data: Any) -> StepForm:
    hints = {"my_words": step.station.in_my_words}
    prompts = [Prompt(p.key, p.label, hints.get(p.key, p.help)) for p in cycle_steps.own_prompts]
    return StepForm(
        data, prompts=prompts, words=step.words, writer=quiet_writer(door), sharing=step.sharing, name=step.label,
        initial={"answer": step.answer, "could_stop_here": step.could_stop},
    )  # fmt: skip


def _step_act(door: Door, step: queries.ShownStep, form: StepForm) -> Callable[[], object]:
    data = form.cleaned_data
    return lambda: actions.set_cycle_step(
        by=door.audience, station=step.key, answer=data["answer"], could_stop_here=data["could_stop_here"],
        sharing=form.readers, bases=form.bases, **form.texts,
    )  # fmt: skip


# Examples


def _with_examples(
    door: Door, arranged: queries.Arrangement, things: Mapping[str, Mapping[str, str]]
) -> list[tuple[queries.ShownStep, list[tuple[queries.ShownLink, str]]]]:
    """Each step with what was attached to it, as far as this audience sees both ends."""
    links = queries.links(door.audience, things)
    return [
        (step, [(link, link.beside(step.key)) for link in links if step.key in link.ends])
        for step in arranged.steps
    ]


def _example_form(door: Door, things: Mapping[str, Mapping[str, str]], data: Any) -> ExampleForm:
    return ExampleForm(data, things=things, writer=quiet_writer(door), auto_id="id_example_%s")


@require_POST
@course_page("cycle")
def add_example(request: HttpRequest, door: Door) -> HttpResponse:
    """Attach a day of the diary, or something that happened, to a step."""
    arranged = queries.arrangement(door.audience)
    step = _chosen(arranged.steps, request.POST.get("station", ""))
    form = _example_form(door, queries.linkable(door.audience), request.POST)
    if form.is_valid():
        kind, _, other = form.cleaned_data["other"].partition(":")
        saved = door.save(
            form,
            lambda: actions.link(
                by=door.audience,
                one=End("step", step.key),
                other=End(kind, other),
                sharing=form.shared_with(),
            ),
            to=f"{_station_url(door, step.key)}#examples",
        )
        if saved:
            return saved
    return _cycle_page(door, arranged, step, example_form=form)


@require_POST
@course_page("cycle")
def remove_example(request: HttpRequest, door: Door, link_id: str) -> HttpResponse:
    """Take an example off its step; what it was stays."""
    link = queries.find_link(door.audience, link_id)
    if link is None or "step" not in (link.one_kind, link.other_kind):
        raise Http404
    station = link.one if link.one_kind == "step" else link.other
    to = f"{_station_url(door, station)}#examples"
    form = KithworkForm(request.POST)
    saved = door.save(form, lambda: actions.unlink(by=door.audience, link=link), to=to)
    return saved or HttpResponseRedirect(to)


# The order of the steps


@course_page("cycle")
def arrange(request: HttpRequest, door: Door) -> HttpResponse:
    """The steps as a list: put in another order, left out, brought back, added."""
    forms: dict[str, Any] = {}
    if request.method == "POST":
        part = request.POST.get("part", "")
        form, act, to = _arranged(door, part, request.POST)
        forms[part] = form
        if form.is_valid():
            saved = door.save(form, act, to=to)
            if saved:
                return saved
    arranged = queries.arrangement(door.audience)
    door.receipt_note = note(door, arranged.sharing)
    moved = _asked_for(request, "moved")
    context = {
        "steps": arranged.steps, "left_out": arranged.left_out, "order_sharing": arranged.sharing,
        "texts": cycle_steps, "therapist": therapist_of(door), "moved": moved, "moved_by": request.GET.get("by", ""),
        "place": next((n for n, one in enumerate(arranged.steps, 1) if one.key == moved), 0),
        "add_form": forms.get("add") or AddStepForm(writer=quiet_writer(door), auto_id="id_add_%s"),
        "order_form": forms.get("share") or _order_form(door, arranged, None), "cycle_url": door.url("cycle"),
        "removable": {one.id for one in arranged.all if one.is_own and _can_remove(door, one)},
        "has_room": len(arranged.steps) < cycle_steps.MOST_STEPS,
    }  # fmt: skip
    return door.page("story/steps.html", context, form=next(iter(forms.values()), None))


def _can_remove(door: Door, step: queries.ShownStep) -> bool:
    found = queries.find(door.audience, CycleStep, step.id)
    return found is not None and can_remove(door.audience, found)


def _order_form(door: Door, arranged: queries.Arrangement, data: Any) -> SharingForm:
    return SharingForm(data, writer=quiet_writer(door), sharing=arranged.sharing, auto_id="id_order_%s")


def _arranged(
    door: Door, part: str, data: Mapping[str, str]
) -> tuple[KithworkForm, Callable[[], object], str]:
    """The form that was sent, what it does, and where to go then."""
    by, here, station = door.audience, door.url("cycle-steps"), data.get("station", "")
    if part == "add":
        form = AddStepForm(data, writer=quiet_writer(door), auto_id="id_add_%s")
        return (
            form,
            lambda: actions.add_step(by=by, name=form.cleaned_data["name"], sharing=form.shared_with()),
            here,
        )
    if part == "share":
        shared = _order_form(door, queries.arrangement(by), data)
        return shared, lambda: actions.share_order(by=by, sharing=shared.shared_with()), here
    if station not in {one.key for one in queries.arrangement(by).all}:
        raise Http404
    # No anchor: a page that jumps to one does not give the focus back to the button.
    there = f"{here}?moved={cycle_steps.in_address(station)}&by={part}"
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "earlier": (lambda: actions.move_step(by=by, station=station, places=-1), there),
        "later": (lambda: actions.move_step(by=by, station=station, places=1), there),
        "leave-out": (lambda: actions.leave_out_step(by=by, station=station), here),
        "bring-back": (lambda: actions.bring_back_step(by=by, station=station), there),
        "remove": (lambda: actions.remove(by=by, record=_own_step(door, station)), here),
    }
    if part not in acts:
        raise Http404
    return KithworkForm(data), *acts[part]


def _own_step(door: Door, station: str) -> CycleStep:
    found, _ = queries.row_for(door.audience, CycleStep, station=station)
    if found is None or station in cycle_steps.stations:
        raise Http404
    return found


# Earlier pictures


@require_POST
@course_page("cycle")
def keep_version(request: HttpRequest, door: Door) -> HttpResponse:
    """Keep the picture as it is today."""
    form = SharingForm(request.POST, writer=quiet_writer(door))
    to = f"{door.url('cycle')}#earlier"
    saved = form.is_valid() and door.save(
        form, lambda: actions.keep_version(by=door.audience, sharing=form.shared_with()), to=to
    )
    return saved or HttpResponseRedirect(to)


@course_page("cycle")
def version(request: HttpRequest, door: Door, version_id: str) -> HttpResponse:
    """The picture as it was on one day. It can be taken out again."""
    row = queries.find(door.audience, CycleVersion, version_id)
    steps = queries.version_steps(door.audience, version_id)
    if row is None or steps is None:
        raise Http404
    if request.method == "POST":
        form = KithworkForm(request.POST)
        saved = door.save(form, lambda: actions.remove(by=door.audience, record=row), to=door.url("cycle"))
        return saved or HttpResponseRedirect(door.url("cycle"))
    context = {
        "version": next(one for one in queries.versions(door.audience) if one.id == version_id), "steps": steps,
        "ring": ring.draw(steps, None, lambda key: f"#{key}"), "texts": cycle_steps,
        "can_remove": can_remove(door.audience, row), "cycle_url": door.url("cycle"),
    }  # fmt: skip
    return door.page("story/version.html", context)
