"""The story's pages: the first session's picture, the timeline, and how it goes round."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from kithwork.foundation.passages.queries import Words
from kithwork.foundation.passages.sharing import KEPT, Sharing
from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt import cycle_steps, first, problem_areas, safety
from kithwork.ipt.problem_areas import NOT_SURE
from kithwork.ipt.shelf import Prompt
from kithwork.ipt.timeline import FIRST_PROMPT, End
from kithwork.therapy.checkins.queries import scores
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import agreed_sessions, therapist_name
from kithwork.therapy.people.queries import labels
from kithwork.therapy.story import actions, queries, ring, timeline
from kithwork.therapy.story.access import can_remove
from kithwork.therapy.story.forms import (
    EpisodeForm,
    EventForm,
    LinkForm,
    StepForm,
    SymptomForm,
    WordsForm,
    Writer,
)
from kithwork.therapy.story.models import Episode, Event, PutDown, StoryRecord

# The parts of the first picture that are single questions, each with its own form.
PARTS: dict[str, tuple[Prompt, ...]] = {
    "now": (
        Prompt("how_it_is", "How is it for you these days?", "In your own words, as much as you like."),
        Prompt("with_people", "What does it do to being with people?"),
    ),
    "began": tuple(Prompt(f"began_{p.key}", p.label, p.help) for p in first.began),
    "care": tuple(Prompt(f"care_{p.key}", p.label, p.help) for p in first.other_care),
}


def writer_of(door: Door, usual: Sharing = Sharing.JUST_ME) -> Writer:
    """Who sits at the form. The client's own usual choice goes before a page's."""
    own = door.course.client.usual_words_sharing
    return Writer(door.is_client, _therapist(door), Sharing(own) if own else usual)


def _therapist(door: Door) -> str:
    return therapist_name(door.course, now=door.audience.now)


def _note(door: Door, sharing: Sharing | None) -> str:
    """Who sees what was just saved."""
    if not door.is_client:
        return f"Written together: {door.client_name.split(' ')[0]} sees it too."
    return f"{_therapist(door)} can see it." if sharing and sharing not in KEPT else "Only you see it."


# The first session


@course_page("first")
def first_session(request: HttpRequest, door: Door) -> HttpResponse:
    """The first session's picture: one page, many small forms, each saved by itself."""
    shown = queries.first_picture(door.audience)
    posted: KithworkForm | None = None
    part = request.POST.get("part", "")
    if request.method == "POST":
        posted, act, to = _posted(door, shown, part)
        if posted.is_valid():
            saved = door.save(posted, act, to=to)
            if saved:
                return saved
    door.receipt_note = _note(door, None) if not door.is_client else ""
    return door.page("story/first.html", _first_context(door, shown, part, posted), form=posted)


def _posted(
    door: Door, shown: queries.FirstShown, part: str
) -> tuple[KithworkForm, Callable[[], object], str]:
    """The form that was sent, what it does, and where to go then."""
    data, by, here = door.request.POST, door.audience, door.url("first")
    record = data.get("record", "")
    if part in PARTS:
        form = _part_form(door, shown, part, data)
        return (
            form,
            lambda: actions.write_part(by=by, texts=form.texts, sharing=form.chosen, bases=form.bases),
            (f"{here}?open={part}#{part}"),
        )
    if part == "symptom":
        return _symptom_posted(door, shown, data)
    if part == "episode":
        return _episode_posted(door, record, data)
    if part == "put-down":
        return _put_down_posted(door, record, data)
    if part == "remove":
        found = _own(door, record)
        return KithworkForm(data), lambda: actions.remove(by=by, record=found), here
    if part == "take-out":
        field = data.get("field", "")
        return (
            KithworkForm(data),
            lambda: actions.take_out(by=by, record=record, field=field),
            f"{here}#together",
        )
    raise Http404


def _symptom_posted(
    door: Door, shown: queries.FirstShown, data: Mapping[str, str]
) -> tuple[KithworkForm, Callable[[], object], str]:
    kind, here = data.get("record", ""), door.url("first")
    form = _symptom_form(door, shown, kind, data)
    keys = first.experiences.keys()
    following = keys[keys.index(kind) + 1 :][:1]
    onwards = data.get("go") == "next" and following
    to = f"{here}?symptom={following[0]}#s-{following[0]}" if onwards else f"{here}?open=now#s-{kind}"
    return form, lambda: actions.set_symptom(
        by=door.audience, kind=kind, present=form.cleaned_data["present"], words=form.texts, sharing=form.readers,
        bases=form.bases,
    ), to  # fmt: skip


def _episode_posted(
    door: Door, record: str, data: Mapping[str, str]
) -> tuple[KithworkForm, Callable[[], object], str]:
    found = _found(door, Episode, record)
    form, by, to = (
        _episode_form(door, found, data),
        door.audience,
        f"{door.url('first')}?open=earlier#earlier",
    )

    def act() -> object:
        when = form.cleaned_data["when"]
        if found is None:
            return actions.add_episode(by=by, when=when, sharing=form.readers, **form.texts)
        return actions.change_episode(
            by=by, episode=found, when=when, texts=form.texts, sharing=form.readers, bases=form.bases
        )

    return form, act, to


def _put_down_posted(
    door: Door, record: str, data: Mapping[str, str]
) -> tuple[KithworkForm, Callable[[], object], str]:
    found = _found(door, PutDown, record)
    form, by, to = (
        _put_down_form(door, found, data),
        door.audience,
        f"{door.url('first')}?open=put_down#put_down",
    )

    def act() -> object:
        if found is None:
            return actions.add_put_down(by=by, sharing=form.readers, **form.texts)
        return actions.change_put_down(
            by=by, put_down=found, texts=form.texts, sharing=form.readers, bases=form.bases
        )

    return form, act, to


def _found(door: Door, kind: type[queries.S], record: str) -> queries.S | None:
    """The row that a form names; a form that names none is for a new one."""
    if not record:
        return None
    found = queries.find(door.audience, kind, record)
    if found is None:
        raise Http404
    return found


def _own(door: Door, record: str) -> StoryRecord:
    found = queries.find(door.audience, Episode, record) or queries.find(door.audience, PutDown, record)
    if found is None:
        raise Http404
    return found


def _first_context(
    door: Door, shown: queries.FirstShown, part: str, posted: KithworkForm | None
) -> dict[str, Any]:
    """Everything that the page shows; the form that came back with an error stands in its own place."""
    asked = door.request.GET
    forms = {
        name: posted if posted and part == name else _part_form(door, shown, name, None) for name in PARTS
    }
    record = door.request.POST.get("record", "")
    symptom = record if part == "symptom" else asked.get("symptom", "")
    episode = record if part == "episode" else asked.get("episode", "")
    put_down = record if part == "put-down" else asked.get("put-down", "")
    return {
        "shown": shown, "forms": forms, "first": first, "safety": safety,
        "titles": dict(first.sections.choices()),
        "agreed": agreed_sessions(door.audience, door.course), "contract_url": door.url("contract"),
        "safety_url": "" if door.is_client else door.url("safety-asked"),
        "symptom": symptom, "symptom_form": _open_symptom(door, shown, symptom, part, posted),
        "episode": episode, "put_down": put_down,
        "episode_form": posted if posted and part == "episode"
        else _episode_form(door, _found(door, Episode, episode), None),
        "put_down_form": posted if posted and part == "put-down"
        else _put_down_form(door, _found(door, PutDown, put_down), None),
        "together": [] if door.course.is_over else queries.written_together(door.audience, _session(door)),
        "session": _session(door),
        "open": _open_part(part, symptom, episode, put_down) or asked.get("open", ""),
        "cycle_url": door.url("cycle"), "story_url": door.url("story"), "therapist": _therapist(door),
    }  # fmt: skip


def _session(door: Door) -> int:
    return door.course.together_in


def _open_part(part: str, symptom: str, episode: str, put_down: str) -> str:
    if symptom:
        return "now"
    if episode or part == "episode":
        return "earlier"
    if put_down or part == "put-down":
        return "put_down"
    return part


def _part_form(door: Door, shown: queries.FirstShown, part: str, data: Any) -> WordsForm:
    prompts = PARTS[part]
    words = {p.key: shown.fields[p.key] for p in prompts if p.key in shown.fields}
    return WordsForm(data, prompts=prompts, words=words, writer=writer_of(door), auto_id=f"id_{part}_%s")


def _open_symptom(
    door: Door, shown: queries.FirstShown, kind: str, part: str, posted: KithworkForm | None
) -> KithworkForm | None:
    if posted and part == "symptom":
        return posted
    return _symptom_form(door, shown, kind, None) if kind in first.experiences else None


def _symptom_form(door: Door, shown: queries.FirstShown, kind: str, data: Any) -> SymptomForm:
    found = next((one for one in shown.experiences if one.key == kind), None)
    if found is None:
        raise Http404
    hints = {"effect": first.experiences[kind].effect}
    prompts = [Prompt(p.key, p.label, hints.get(p.key, p.help)) for p in first.experience_prompts]
    answer = next((choice.key for choice in first.presence if choice.label == found.said), "")
    return SymptomForm(
        data, prompts=prompts, words=found.words, writer=writer_of(door), sharing=found.sharing,
        initial={"present": answer}, auto_id="id_symptom_%s",
    )  # fmt: skip


def _episode_form(door: Door, found: Episode | None, data: Any) -> EpisodeForm:
    words, sharing = _standing(door, found)
    when = str(found.rough or "") if found else ""
    return EpisodeForm(
        data, prompts=first.earlier_times, words=words, writer=writer_of(door), sharing=sharing,
        initial={"when": when}, auto_id="id_episode_%s",
    )  # fmt: skip


def _put_down_form(door: Door, found: PutDown | None, data: Any) -> WordsForm:
    words, sharing = _standing(door, found)
    return WordsForm(
        data,
        prompts=first.put_down,
        words=words,
        writer=writer_of(door),
        sharing=sharing,
        auto_id="id_putdown_%s",
    )


def _standing(door: Door, found: StoryRecord | None) -> tuple[Mapping[str, Words], Sharing | None]:
    if found is None:
        return {}, None
    return queries.words_of(door.audience, found), Sharing(found.sharing)


# What happened


@course_page("story")
def story(request: HttpRequest, door: Door) -> HttpResponse:
    """The timeline, the list that says the same, and the form for one more event."""
    form = _event_form(door, None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = door.save(form, lambda: actions.add_event(by=door.audience, **form.act), to=door.url("story"))
        if saved:
            return saved
    events, points = queries.events(door.audience), scores(door.audience, queries.MEASURE)
    just_saved = next((event for event in events if event.id == door.saved), None)
    door.receipt_note = _note(door, just_saved.sharing) if just_saved else ""
    context = {
        "events": events, "scores": points, "prompt": FIRST_PROMPT, "therapist": _therapist(door),
        "picture": timeline.draw(events, points, today=door.today, began=_began(door)),
        "links": queries.links(door.audience, queries.linkable(door.audience)),
        "cycle_url": door.url("cycle"), "first_url": door.url("first"),
    }  # fmt: skip
    return door.page("story/story.html", context, form=form)


def _began(door: Door) -> date:
    return door.course.opened_at.astimezone(door.zone).date()


@course_page("event")
def event(request: HttpRequest, door: Door, event_id: str) -> HttpResponse:
    """One event: change it, link it, or take it out."""
    found = _event(door, event_id)
    form = _event_form(door, found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.change_event(by=door.audience, event=found, bases=form.bases, **form.act),
            to=door.url("story"),
        )  # fmt: skip
        if saved:
            return saved
    return _event_page(door, found, form=form)


@require_POST
@course_page("event")
def link_event(request: HttpRequest, door: Door, event_id: str) -> HttpResponse:
    """Say what goes together with an event."""
    found = _event(door, event_id)
    form = _link_form(door, found, request.POST)
    if form.is_valid():
        kind, _, other = form.cleaned_data["other"].partition(":")
        saved = door.save(
            form,
            lambda: actions.link(
                by=door.audience, one=End("event", found.pk), other=End(kind, other), sharing=form.readers,
                kind=form.cleaned_data["how"] or "together",
            ),
            to=f"{door.url('event', event_id=found.pk)}#links",
        )  # fmt: skip
        if saved:
            return saved
    return _event_page(door, found, link_form=form)


@require_POST
@course_page("event")
def unlink_event(request: HttpRequest, door: Door, event_id: str, link_id: str) -> HttpResponse:
    """Take a link away."""
    found = _event(door, event_id)
    link = queries.find_link(door.audience, link_id)
    if link is None or found.pk not in (link.one, link.other):
        raise Http404
    form = KithworkForm(request.POST)
    to = f"{door.url('event', event_id=found.pk)}#links"
    return door.save(
        form, lambda: actions.unlink(by=door.audience, link=link), to=to
    ) or HttpResponseRedirect(to)


@require_POST
@course_page("event")
def remove_event(request: HttpRequest, door: Door, event_id: str) -> HttpResponse:
    """Take an event out."""
    found = _event(door, event_id)
    form = KithworkForm(request.POST)
    saved = door.save(form, lambda: actions.remove(by=door.audience, record=found), to=door.url("story"))
    return saved or HttpResponseRedirect(door.url("story"))


def _event(door: Door, event_id: str) -> Event:
    found = queries.find(door.audience, Event, event_id)
    if found is None:
        raise Http404
    return found


def _event_page(
    door: Door, found: Event, *, form: EventForm | None = None, link_form: LinkForm | None = None
) -> HttpResponse:
    things = queries.linkable(door.audience)
    shown = next(one for one in queries.events(door.audience) if one.id == found.pk)
    context = {
        "event": shown, "event_form": form or _event_form(door, found, None), "therapist": _therapist(door),
        "link_form": link_form or _link_form(door, found, None), "can_remove": can_remove(door.audience, found),
        "links": [link for link in queries.links(door.audience, things) if found.pk in link.ends],
        "story_url": door.url("story"), "event_url": door.url("event", event_id=found.pk),
    }  # fmt: skip
    return door.page("story/event.html", context, form=link_form or form)


def _event_form(door: Door, found: Event | None, data: Any) -> EventForm:
    words, sharing = _standing(door, found)
    initial: dict[str, Any] = {}
    if found:
        initial = {
            "when": str(found.rough or ""), "until": found.until_when, "lane": found.lane,
            "mood": found.effect_on_mood, "people": found.people,
        }  # fmt: skip
    return EventForm(
        data, initial=initial, names=labels(door.audience), words=words, sharing=sharing,
        writer=writer_of(door, Sharing.LATER),
    )  # fmt: skip


def _link_form(door: Door, found: Event, data: Any) -> LinkForm:
    return LinkForm(
        data, things=queries.linkable(door.audience), without=found.pk, sharing=Sharing(found.sharing),
        writer=writer_of(door), auto_id="id_link_%s",
    )  # fmt: skip


# How it goes round


@course_page("cycle")
def cycle(request: HttpRequest, door: Door) -> HttpResponse:
    """The ring, one station at a time, made one's own."""
    steps = queries.cycle(door.audience)
    step = _chosen(steps, request.POST.get("station") or request.GET.get("station", ""))
    form = _step_form(door, step, request.POST or None)
    here = door.url("cycle")
    if request.method == "POST" and form.is_valid():
        to = f"{here}?station={_after(step)}"
        if not form.has_something():
            return HttpResponseRedirect(to)
        saved = door.save(form, _step_act(door, step, form), to=to)
        if saved:
            return saved
    just_saved = next((one for one in steps if one.id and one.id == door.saved), None)
    door.receipt_note = _note(door, just_saved.sharing) if just_saved else ""
    context = {
        "steps": steps, "step": step, "texts": cycle_steps, "after": _after(step), "therapist": _therapist(door),
        "ring": ring.draw(steps, step.station, lambda key: f"{here}?station={key}"),
        "story_url": door.url("story"), "first_url": door.url("first"), "difficulties_url": door.url("difficulties"),
    }  # fmt: skip
    return door.page("story/cycle.html", context, form=form)


def _chosen(steps: list[queries.ShownStep], key: str) -> queries.ShownStep:
    if key and key not in cycle_steps.stations:
        raise Http404
    return next((step for step in steps if step.station.key == key), steps[0])


def _after(step: queries.ShownStep) -> str:
    return cycle_steps.following(step.station.key).key


def _step_form(door: Door, step: queries.ShownStep, data: Any) -> StepForm:
    hints = {"my_words": step.station.in_my_words}
    prompts = [Prompt(p.key, p.label, hints.get(p.key, p.help)) for p in cycle_steps.own_prompts]
    # What the ring says about oneself starts out as nobody else's business, whatever is usual elsewhere.
    writer = Writer(door.is_client, _therapist(door))
    return StepForm(
        data, prompts=prompts, words=step.words, writer=writer, sharing=step.sharing,
        initial={"answer": step.answer, "could_stop_here": step.could_stop},
    )  # fmt: skip


def _step_act(door: Door, step: queries.ShownStep, form: StepForm) -> Callable[[], object]:
    data = form.cleaned_data
    return lambda: actions.set_cycle_step(
        by=door.audience, station=step.station.key, answer=data["answer"], could_stop_here=data["could_stop_here"],
        sharing=form.chosen or step.sharing or Sharing.JUST_ME, bases=form.bases, **form.texts,
    )  # fmt: skip


@course_page("difficulties")
def difficulties(_request: HttpRequest, door: Door) -> HttpResponse:
    """The four kinds of difficulty, to read; nothing is kept."""
    context = {
        "areas": problem_areas, "unsure": NOT_SURE, "cycle_url": door.url("cycle"),
    }  # fmt: skip
    return door.page("story/difficulties.html", context)
