"""What the two bring between sessions: things to talk about, and how a try-out went."""

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import arc_of
from kithwork.therapy.focus.space import nothing_to_try
from kithwork.therapy.people.queries import labels
from kithwork.therapy.sessions import actions, queries
from kithwork.therapy.sessions.forms import TryForm
from kithwork.therapy.sessions.views.parts import (
    act_on,
    agenda_form,
    first_name,
    kept_or_again,
    outcome_form,
    posted,
    sharing_with,
    therapist,
)


@course_page("to-talk-about")
def to_talk_about(request: HttpRequest, door: Door) -> HttpResponse:
    """The agenda of the session that comes next; each of the two can add to it."""
    if request.method != "POST":
        return _show(door)
    form = agenda_form(door, bound=True)
    return kept_or_again(
        door,
        form,
        act=lambda: actions.add_agenda_item(
            by=door.audience,
            text=form.cleaned_data["item"],
            session_n=door.course.current_session,
            **({"sharing": form.cleaned_data["sharing"]} if sharing_with(door) else {}),
        ),
        to=door.url("to-talk-about"),
        again=lambda form: _show(door, form),
    )


def _show(door: Door, form: Form | None = None, *, refused: Form | None = None) -> HttpResponse:
    """The page; ``refused`` is a button's form, which has a reason to say and no fields to show."""
    ahead, n = queries.next_ahead(door.audience), door.course.current_session
    if ahead is not None:
        n = ahead.n
    context = {
        # Once every agreed session was held, what is brought has no number to be for.
        "n": None if arc_of(door.course, door.audience).current is None else n,
        "title": queries.title_of(ahead) if ahead else "",
        "here": door.url("to-talk-about"),
        "agenda": queries.agenda(door.audience, n, ahead),
        "when": queries.spoken(ahead.at, door.zone) if ahead and ahead.planned_at else "",
        "agenda_form": form or agenda_form(door),
        "therapist": therapist(door),
        "first_name": first_name(door),
        "tries": [
            (one, door.url("try-out", try_id=one.id))
            for one in queries.try_outs(door.audience)
            if not one.done
        ],
    }
    return door.page("sessions/to_talk_about.html", context, form=form or refused)


@require_POST
@course_page("to-talk-about")
def take_off(_request: HttpRequest, door: Door, item_id: str) -> HttpResponse:
    """Take one's own item off again."""
    found = queries.agenda_item(door.audience, item_id)
    if found is None:
        raise Http404
    return act_on(
        door,
        lambda: actions.remove_agenda_item(by=door.audience, item=found),
        to=door.url("to-talk-about"),
        again=lambda form: _show(door, refused=form),
    )


@course_page("to-talk-about")
def try_outs(request: HttpRequest, door: Door) -> HttpResponse:
    """Everything that there is to try; each of the two can choose something."""
    form = TryForm(
        posted(door), people=list(labels(door.audience).items()), therapist=sharing_with(door),
        initial={"sharing": "shared"},
    )  # fmt: skip

    withheld = nothing_to_try(door.audience)

    def again(form: Form) -> HttpResponse:
        found = [(one, door.url("try-out", try_id=one.id)) for one in queries.try_outs(door.audience)]
        context = {
            "open": [one for one in found if not one[0].done], "tried": [one for one in found if one[0].done],
            "try_form": form, "first_name": first_name(door), "therapist": therapist(door), "withheld": withheld,
        }  # fmt: skip
        return door.page("sessions/try_outs.html", context, form=form)

    if request.method != "POST":
        return again(form)
    if withheld:
        return door.too_late(form, withheld, back=door.url("try-outs"))

    def act() -> object:
        data = form.cleaned_data
        chosen = {"sharing": data["sharing"]} if sharing_with(door) else {}
        return actions.add_try_out(
            by=door.audience, what=data["what"], person=data["person"], on=data["on"], **chosen
        )

    return kept_or_again(door, form, act=act, to=door.url("try-outs"), again=again)


@course_page("session")
def try_out(request: HttpRequest, door: Door, try_id: str) -> HttpResponse:
    """One thing to try: how it went, or let it go."""
    shown = next((one for one in queries.try_outs(door.audience) if one.id == try_id), None)
    row = queries.try_out(door.audience, try_id)
    if shown is None or row is None:
        raise Http404
    form = outcome = outcome_form(door, shown, bound=request.method == "POST")

    def again(form: Form) -> HttpResponse:
        return door.page(
            "sessions/try_out.html",
            {"one": shown, "outcome": outcome, "all_url": door.url("try-outs")},
            form=form,
        )

    if request.method != "POST":
        return again(form)
    if request.POST.get("act") == "drop":
        return act_on(
            door, lambda: actions.drop_try_out(by=door.audience, try_out=row), to=door.url("sessions"),
            again=again,
        )  # fmt: skip

    def act() -> None:
        data = form.cleaned_data
        chosen = {"sharing": data["sharing"]} if "sharing" in data else {}
        if "effect" in request.POST:
            chosen |= {"effect": data["effect"], "effect_base": data["effect_base"]}
        actions.try_out_outcome(
            by=door.audience,
            try_out=row,
            how_it_went=data["how_it_went"],
            base=data["how_it_went_base"],
            **chosen,
        )

    return kept_or_again(door, form, act=act, to=door.url("try-out", try_id=try_id), again=again)
