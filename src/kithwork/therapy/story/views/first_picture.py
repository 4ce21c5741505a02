"""The first session's picture: one page, many small forms, each saved by itself."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop

from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt import first, safety
from kithwork.ipt.shelf import Prompt
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import agreed_sessions
from kithwork.therapy.story import actions, queries
from kithwork.therapy.story.forms import EpisodeForm, SymptomForm, WordsForm
from kithwork.therapy.story.models import Episode, PutDown, StoryRecord
from kithwork.therapy.story.views.common import note, standing_of, therapist_of, writer_of

# The parts of the first picture that are single questions, each with its own form.
PARTS: dict[str, tuple[Prompt, ...]] = {
    "now": (
        Prompt(
            "how_it_is",
            gettext_noop("How is it for you these days?"),
            gettext_noop("In your own words, as much as you like."),
        ),
        Prompt("with_people", gettext_noop("What does it do to being with people?")),
    ),
    "began": tuple(Prompt(f"began_{p.key}", p.label, p.help) for p in first.began),
    "care": tuple(Prompt(f"care_{p.key}", p.label, p.help) for p in first.other_care),
}


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
    door.receipt_note = note(door, None) if not door.is_client else ""
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
        said: dict[str, Any] = {**form.span, "today": door.today, "sharing": form.readers}
        if found is None:
            return actions.add_episode(by=by, **said, **dict[str, Any](form.texts))
        return actions.change_episode(by=by, episode=found, texts=form.texts, bases=form.bases, **said)

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
        "cycle_url": door.url("cycle"), "story_url": door.url("story"), "therapist": therapist_of(door),
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
    words, sharing = standing_of(door, found)
    initial = {"when": str(found.rough or ""), "until": str(found.rough_end or "")} if found else {}
    return EpisodeForm(
        data, prompts=first.earlier_times, words=words, writer=writer_of(door), sharing=sharing,
        initial=initial, auto_id="id_episode_%s",
    )  # fmt: skip


def _put_down_form(door: Door, found: PutDown | None, data: Any) -> WordsForm:
    words, sharing = standing_of(door, found)
    return WordsForm(
        data,
        prompts=first.put_down,
        words=words,
        writer=writer_of(door),
        sharing=sharing,
        auto_id="id_putdown_%s",
    )
