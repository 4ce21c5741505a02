"""The focus and its workspace, and "What we agreed": one view for both sides."""

from functools import partial
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithwork.foundation.passages.queries import read
from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt import workspaces
from kithwork.ipt.cycle_steps import FOOT
from kithwork.ipt.goals import MOST as MOST_GOALS
from kithwork.ipt.problem_areas import problem_areas
from kithwork.ipt.safety import withheld_sentence
from kithwork.ipt.workspaces import Question
from kithwork.refusal import Refusal
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import contract_standing, therapist_of
from kithwork.therapy.focus import actions, queries
from kithwork.therapy.focus.access import can_remove
from kithwork.therapy.focus.forms import (
    ChooseForm,
    FromItemForm,
    ItemForm,
    MarksForm,
    PersonForm,
    SortForm,
    TryForm,
    facts_of,
)
from kithwork.therapy.focus.kinds import Kind, kinds
from kithwork.therapy.focus.models import Focus, FocusItem, FocusNote
from kithwork.therapy.focus.slots import ahead
from kithwork.therapy.focus.space import Space, answered, is_withheld, space, stands_under
from kithwork.therapy.focus.worksheets.queries import open_sheets
from kithwork.therapy.formulation import actions as goals
from kithwork.therapy.formulation import queries as formulation
from kithwork.therapy.people.models import Person
from kithwork.therapy.people.queries import labels, people
from kithwork.therapy.story.queries import weighed

T = TypeVar("T")
MOST = 2


@course_page("plan")
def plan(_request: HttpRequest, door: Door) -> HttpResponse:
    """What we agreed: sessions, focus, the picture, goals; made to be printed too."""
    audience = door.audience
    standing = formulation.standing(audience)
    agreed = formulation.agreed_wording(audience)
    shown = [(one.label, one.text) for one in standing.sections if one.text] if standing.shared_at else []
    context = {
        "contract": contract_standing(audience, door.course),
        "focuses": queries.current(audience),
        "standing": standing,
        "wording": agreed or shown,
        "is_agreed": bool(agreed),
        "goals": formulation.goals(audience),
        "ways": {name: door.url(name) for name in ("contract", "focus", "formulation")},
    }
    return door.page("focus/plan.html", {**_common(door), **context})


@course_page("focus")
def focus(_request: HttpRequest, door: Door) -> HttpResponse:
    """What the work is on now, each with its workspace; and what it was on before."""
    return _focus_page(door)


@course_page("focus")
def choose(request: HttpRequest, door: Door) -> HttpResponse:
    """Choose the focus, or a second one with its reason."""
    second = bool(queries.standing(door.audience))
    return _choosing(request, door, None, is_second=second)


@course_page("focus")
def replace(request: HttpRequest, door: Door, focus_id: str) -> HttpResponse:
    """Put another focus in the place of this one."""
    found = _written_to(door, focus_id)
    others = [one for one in queries.standing(door.audience) if one.id != found.id]
    return _choosing(request, door, found, is_second=bool(others))


@course_page("focus")
def change(request: HttpRequest, door: Door, focus_id: str) -> HttpResponse:
    """Say it in other words, or say with whom."""
    found = _written_to(door, focus_id)
    every = queries.current if found.until is None else queries.earlier
    shown = next(one for one in every(door.audience) if one.id == found.id)
    initial = {"person": shown.person_id, "in_our_words": shown.in_our_words, "in_our_words_base": shown.base}
    form = PersonForm(request.POST or None, initial=initial, people=labels(door.audience))
    if why := _too_late(door, found):
        return door.too_late(form, why, back=door.url("focus"))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        saved = door.save(
            form,
            lambda: actions.change(
                by=door.audience, focus=found, person=_person(door, said["person"]),
                in_our_words=said["in_our_words"], base=said["in_our_words_base"],
            ),
            to=door.url("focus"),
        )  # fmt: skip
        if saved:
            return saved
    return door.page("focus/change.html", {**_common(door), "focus": shown}, form=form)


@require_POST
@course_page("focus")
def end(request: HttpRequest, door: Door, focus_id: str) -> HttpResponse:
    """Let a focus come to rest."""
    found, form = _standing(door, focus_id), _empty_form(request)
    saved = door.save(form, lambda: actions.end(by=door.audience, focus=found), to=door.url("focus"))
    return saved or _focus_page(door, form)


@course_page("focus")
def add_item(request: HttpRequest, door: Door, focus_id: str, kind: str) -> HttpResponse:
    """Write one thing into the workspace."""
    found, listed = _written_to(door, focus_id), _kind(kind)
    if listed.area != found.area:
        raise Http404
    listed = answered(_question(request, found.area), listed)
    initial: dict[str, Any] = {"on": door.today} if "on" in listed.asks else {}
    if "of_step" in listed.asks:
        initial["of_step"] = request.GET.get("step", "")
    form = _item_form(request, door, listed, found.id, {**initial, **_usual(door)})
    if why := _too_late(door, found):
        return door.too_late(form, why, back=door.url("focus"))
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form,
            lambda: actions.add_item(by=door.audience, focus=found, kind=listed, **form.act),
            to=f"{door.url('focus')}#list-{stands_under(listed.key)}",
        )
        if saved:
            return saved
    return door.page("focus/item.html", {**_common(door), "kind": listed, "item": None}, form=form)


@course_page("focus")
def item(request: HttpRequest, door: Door, kind: str, item_id: str) -> HttpResponse:
    """Change one thing, or who it is for."""
    listed = _kind(kind)
    if gone := _taken_away(door, listed, item_id):
        form = _item_form(request, door, listed, gone.focus_id, {})
        return door.too_late(form, actions.TakenAway(), back=door.url("focus"))
    found = _or_404(queries.find_item(door.audience, listed, item_id))
    form = _item_form(request, door, listed, found.focus_id, _as_shown(door, found, listed))
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form,
            lambda: actions.change_item(by=door.audience, item=found, bases=form.shown_bases, **form.act),
            to=f"{door.url('focus')}#list-{stands_under(listed.key)}",
        )
        if saved:
            return saved
    context = {"kind": listed, "item": found, "may_remove": can_remove(door.audience, found)}
    return door.page("focus/item.html", {**_common(door), **context}, form=form)


@require_POST
@course_page("focus")
def remove_item(request: HttpRequest, door: Door, kind: str, item_id: str) -> HttpResponse:
    """Take one thing from every page."""
    found, form = _or_404(queries.find_item(door.audience, _kind(kind), item_id)), _empty_form(request)
    saved = door.save(form, lambda: actions.remove_item(by=door.audience, item=found), to=door.url("focus"))
    return saved or _focus_page(door, form)


@course_page("focus")
def before(_request: HttpRequest, door: Door, focus_id: str) -> HttpResponse:
    """What the work was on before, to be read: nothing of it was lost."""
    shown = _or_404(queries.find_earlier(door.audience, focus_id))
    context = {
        **_common(door),
        "space": _space(door, shown),
        "focus": shown,
        "reads": True,
    }
    return door.page("focus/before.html", context)


@require_POST
@course_page("focus")
def mark(request: HttpRequest, door: Door, focus_id: str) -> HttpResponse:
    """Say how the suggestions stand."""
    found = _standing(door, focus_id)
    shown = next(one for one in queries.current(door.audience) if one.id == found.id)
    form = MarksForm(request.POST, steps=_space(door, shown).steps)
    if form.is_valid():
        to = f"{door.url('focus')}#next-{found.id}"
        act = partial(actions.mark_steps, by=door.audience, focus=found, states=form.states)
        if saved := door.save(form, act, to=to):
            return saved
    return _focus_page(door, form)


@course_page("focus")
def sort(request: HttpRequest, door: Door, item_id: str) -> HttpResponse:
    """Put parts of a story where they belong."""
    kind = kinds.get("story")
    found = _or_404(queries.find_item(door.audience, kind, item_id))
    if not isinstance(found, FocusNote):
        raise Http404
    told = queries.shown_item(door.audience, found, kind)
    form = SortForm(request.POST or None, paragraphs=queries.paragraphs(door.audience, found, told.lead))
    if request.method == "POST" and form.is_valid():
        act = partial(actions.sort_story, by=door.audience, story=found, pieces=form.pieces)
        if saved := door.save(form, act, to=f"{door.url('focus')}#list-{kind.key}"):
            return saved
    return door.page("focus/sort.html", {**_common(door), "story": told}, form=form)


@course_page("focus")
def to_try(request: HttpRequest, door: Door, kind: str, item_id: str) -> HttpResponse:
    """Make something to try out of what stands in the workspace."""
    listed = _kind(kind)
    if _taken_away(door, listed, item_id):
        form = TryForm(request.POST, people=labels(door.audience), sharing=_sharing(door))
        return door.too_late(form, actions.TakenAway(), back=door.url("focus"))
    found = _or_404(queries.find_item(door.audience, listed, item_id))
    withheld = is_withheld(door.audience, listed.area)
    if withheld and request.method != "POST":
        raise Http404
    told = queries.shown_item(door.audience, found, listed)
    form = TryForm(
        request.POST or None, people=labels(door.audience), sharing=_sharing(door),
        initial={"what": told.seed[:500], "person": found.focus.person_id, **_usual(door)},
    )  # fmt: skip
    if withheld:  # since the form was opened
        why = Refusal(withheld_sentence(own_page=door.is_client), code="withheld")
        return door.too_late(form, why, back=door.url("focus"))
    if request.method == "POST" and form.is_valid():
        act = partial(ahead.try_out, by=door.audience, **form.act)
        if saved := door.save(form, act, to=door.url(ahead.page)):
            return saved
    return door.page("focus/try.html", {**_common(door), "told": told, "is_seed": bool(told.seed)}, form=form)


@course_page("focus")
def to_goal(request: HttpRequest, door: Door, kind: str, item_id: str) -> HttpResponse:
    """Make a goal out of what stands in the workspace."""
    listed = _kind(kind)
    if _taken_away(door, listed, item_id):
        return door.too_late(FromItemForm(request.POST), actions.TakenAway(), back=door.url("focus"))
    found = _or_404(queries.find_item(door.audience, listed, item_id))
    told = queries.shown_item(door.audience, found, listed)
    form = FromItemForm(request.POST or None, initial={"goal": told.seed[:300]})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act = partial(
            goals.add_goal, by=door.audience, goal=said["goal"], by_day=said["by_day"], area=listed.area
        )
        if saved := door.save(form, act, to=door.url("goals")):
            return saved
    standing = formulation.goals(door.audience)
    context = {
        "told": told,
        "is_seed": bool(told.seed),
        "standing": standing,
        "is_full": len(standing) >= MOST_GOALS,
    }
    return door.page(
        "focus/to_goal.html", {**_common(door), **context, "goals_url": door.url("goals")}, form=form
    )


def _focus_page(door: Door, form: KithworkForm | None = None) -> HttpResponse:
    current = queries.current(door.audience)
    spaces = [_space(door, shown) for shown in current]
    context = {
        "spaces": [(one, MarksForm(None, steps=one.steps)) for one in spaces],
        "areas": problem_areas,
        "earlier": queries.earlier(door.audience),
        "may_choose": len(current) < MOST,
        "open_sheets": open_sheets(door.audience),
        "sheets_url": door.url("worksheets"),
        "frightened": FOOT,
        "to_talk_about": door.url(ahead.page) if ahead.page else "",
        "goals": formulation.goals(door.audience),
        "goals_url": door.url("goals"),
        "formulation_url": door.url("formulation"),
        "circles": door.url("circles"),
    }
    return door.page("focus/focus.html", {**_common(door), **context}, form=form)


def _space(door: Door, shown: queries.ShownFocus) -> Space:
    return space(door.audience, door.course, shown, today=door.today, turn=_turn(door, shown.id))


def _turn(door: Door, focus: str) -> int:
    """Which three questions: counted by the address, so that it works without script and keeps nothing."""
    said = door.request.GET.get("ask", "")
    number, _dot, of = said.partition(".")
    return int(number) if of == focus and number.isascii() and number.isdigit() and len(number) < 4 else 0


def _choosing(request: HttpRequest, door: Door, replaced: Focus | None, *, is_second: bool) -> HttpResponse:
    form = ChooseForm(
        request.POST or None, initial={"since": door.today}, people=labels(door.audience), is_second=is_second
    )
    if replaced and (why := _too_late(door, replaced)):
        return door.too_late(form, why, back=door.url("focus"))
    if request.method == "POST" and form.is_valid():
        saved = door.save(form, lambda: _choose(door, form.cleaned_data, replaced), to=door.url("focus"))
        if saved:
            return saved
    context = {"replaced": replaced, "weighed": weighed(door.audience)}
    return door.page("focus/choose.html", {**_common(door), **context}, form=form)


def _choose(door: Door, said: dict[str, Any], replaced: Focus | None) -> Focus:
    chosen = {
        "area": said["area"], "person": _person(door, said["person"]), "in_our_words": said["in_our_words"],
        "reason": said.get("reason", ""), "reason_words": said.get("reason_words", ""),
        "since": said["since"] or door.today,
    }  # fmt: skip
    if replaced:
        return actions.replace(by=door.audience, focus=replaced, **chosen)
    return actions.choose(by=door.audience, **chosen)


def _item_form(
    request: HttpRequest, door: Door, kind: Kind, focus_id: str, initial: dict[str, Any]
) -> ItemForm:
    steps = queries.step_names(door.audience, focus_id) if "of_step" in kind.asks else {}
    return ItemForm(
        request.POST or None,
        kind=kind,
        steps=steps,
        today=door.today,
        initial=initial,
        sharing=_sharing(door),
    )


def _sharing(door: Door) -> dict[str, str]:
    """What the client is asked about readers; nothing where the two write together."""
    if not door.is_client:
        return {}
    return {"therapist": _first_name(door), "usual": door.course.client.usual_words_sharing}


def _question(request: HttpRequest, area: str) -> Question | None:
    """The question that somebody is answering, if one led here."""
    asked = request.GET.get("ask", "")
    questions = workspaces.get(area).questions
    return questions.get(asked) if asked in questions else None


def _as_shown(door: Door, found: FocusItem, kind: Kind) -> dict[str, Any]:
    words = read(door.audience, found)
    initial = {**facts_of(found, kind), "sharing": found.sharing}
    for name, one in words.items():
        initial |= {name: one.text, f"{name}_base": one.base}
    return initial


def _usual(door: Door) -> dict[str, str]:
    return {"sharing": door.course.client.usual_words_sharing}


def _common(door: Door) -> dict[str, Any]:
    return {
        "room": door.url("focus"), "client": door.client_name.split(" ")[0], "therapist": _first_name(door),
        "therapist_name": _full_name(door),
    }  # fmt: skip


def _full_name(door: Door) -> str:
    account = therapist_of(door.course, now=door.audience.now)
    return account.name if account else ""


def _first_name(door: Door) -> str:
    return _full_name(door).split(" ")[0] or _("your therapist")


def _standing(door: Door, focus_id: str) -> Focus:
    return _or_404(next((one for one in queries.standing(door.audience) if one.id == focus_id), None))


def _written_to(door: Door, focus_id: str) -> Focus:
    """A focus that stands; for somebody who has typed already, one that has come to rest since as well."""
    if door.request.method == "POST":
        return _or_404(queries.find(door.audience, focus_id))
    return _standing(door, focus_id)


def _too_late(door: Door, found: Focus) -> Refusal | None:
    """Why what was typed into a focus can't be saved any more; nothing on a page that is only looked at."""
    return door.why_not(lambda: actions.check_stands(by=door.audience, focus=found))


def _taken_away(door: Door, kind: Kind, item_id: str) -> FocusItem | None:
    """What was taken away since its form was opened; nothing for a page that is only looked at."""
    return queries.find_removed(door.audience, kind, item_id) if door.request.method == "POST" else None


def _person(door: Door, person: str) -> Person | None:
    return next((one for one in people(door.audience) if one.id == person), None)


def _kind(key: str) -> Kind:
    if key not in kinds:
        raise Http404
    return kinds.get(key)


def _empty_form(request: HttpRequest) -> KithworkForm:
    form = KithworkForm(request.POST)
    form.is_valid()
    return form


def _or_404(found: T | None) -> T:
    if found is None:
        raise Http404
    return found
