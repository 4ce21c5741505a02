"""The work of a session: the week's line, what was done, something to try, and what is left out."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.focus.space import nothing_to_try
from kithwork.therapy.sessions import actions
from kithwork.therapy.sessions.forms import RatherNotForm, TryForm, WorkForm
from kithwork.therapy.sessions.views.parts import and_no_draft, kept_or_again, posted, session_or_404
from kithwork.therapy.sessions.views.room import SHOWS_FRAMES, link_form, show
from kithwork.therapy.sessions.week import Week


@require_POST
@SHOWS_FRAMES
@course_page("session", client=False)
def link(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """Link the week."""
    session = session_or_404(door, n)
    form = link_form(door, Week(door.audience, door.zone, session), bound=True)

    def act() -> object:
        data = form.cleaned_data
        return actions.link_week(
            by=door.audience, session_n=n, text=data["link"], answers=data["answers"], event=data["event"],
            person=data["person"], which=data["which"], base=data["link_base"], link=data["row"],
        )  # fmt: skip

    return kept_or_again(
        door,
        form,
        act=and_no_draft(door, session, "link", act),
        to=door.url("session", n=n) + "#week",
        again=lambda form: show(door, n, form=form, slot="link_form"),
    )


@require_POST
@SHOWS_FRAMES
@course_page("session", client=False)
def work(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """What was done."""
    session_or_404(door, n)
    form = WorkForm(posted(door))
    return kept_or_again(
        door,
        form,
        act=lambda: actions.use_techniques(
            by=door.audience, session_n=n, techniques=form.cleaned_data["techniques"]
        ),
        to=door.url("session", n=n) + "#work",
        again=lambda form: show(door, n, form=form, slot="work_form"),
    )


@require_POST
@SHOWS_FRAMES
@course_page("session", client=False)
def try_(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """Something to try."""
    session = session_or_404(door, n)
    form = TryForm(posted(door), people=Week(door.audience, door.zone, session).person_choices())
    if withheld := nothing_to_try(door.audience):
        return door.too_late(form, withheld, back=door.url("session", n=n) + "#try")

    def act() -> object:
        data = form.cleaned_data
        return actions.add_try_out(
            by=door.audience, what=data["what"], person=data["person"], on=data["on"], session_n=session.n,
            meeting=session,
        )  # fmt: skip

    return kept_or_again(
        door,
        form,
        act=and_no_draft(door, session, "what", act),
        to=door.url("session", n=n) + "#try",
        again=lambda form: show(door, n, form=form, slot="try_form"),
    )


@require_POST
@SHOWS_FRAMES
@course_page("session", client=False)
def rather_not(_request: HttpRequest, door: Door, n: str) -> HttpResponse:
    """What had better not be written down."""
    session = session_or_404(door, n)
    form = RatherNotForm(posted(door))

    def act() -> None:
        data = form.cleaned_data
        actions.write_rather_not(
            by=door.audience, session=session, text=data["rather_not"], base=data["rather_not_base"]
        )

    return kept_or_again(
        door,
        form,
        act=and_no_draft(door, session, "rather_not", act),
        to=door.url("session", n=n) + "#close",
        again=lambda form: show(door, n, form=form, slot="rather_form"),
    )
