"""The letters' pages: for the client under /me/, for staff under /course/<id>/."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kithwork.foundation.paper.printing import pdf
from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt.letters import ways_of_sending
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.queries import therapist_name, therapist_of
from kithwork.therapy.letters import actions, queries
from kithwork.therapy.letters.forms import AnswerForm, BeginForm, SentForm, WriteForm
from kithwork.therapy.letters.models import Letter
from kithwork.therapy.letters.printing import by_label, copy_line, document, sheet_of
from kithwork.therapy.letters.queries import ShownLetter
from kithwork.therapy.letters.sources import sources

T = TypeVar("T")


@course_page("letters")
def letters(request: HttpRequest, door: Door) -> HttpResponse:
    """Every letter of the course that this viewer may see; staff begin one here, drafted from what is shared."""
    form = BeginForm(request.POST or None)
    if request.method == "POST" and not door.is_client and form.is_valid():
        kind = form.cleaned_data["kind"]
        saved = door.save(form, lambda: actions.begin(by=door.audience, kind=kind), to=_written(door))
        if saved:
            return saved
    rows = [(row, door.url("letter", letter_id=row.id)) for row in queries.letters(door.audience)]
    return door.page(
        "letters/letters.html", {**_common(door), "letters": rows}, form=None if door.is_client else form
    )


@course_page("letters")
def letter(_request: HttpRequest, door: Door, letter_id: str) -> HttpResponse:
    """One letter: where it stands, what it says, and what can be done with it."""
    row = _find(door, letter_id)
    if door.is_client and row in queries.not_opened(door.audience):
        actions.opened(by=door.audience, letter=row)
    return _page(door, row)


@course_page("letters", client=False)
def write(request: HttpRequest, door: Door, letter_id: str) -> HttpResponse:
    """Write it; when somebody else was first, both texts."""
    row = _find(door, letter_id)
    form = WriteForm(
        request.POST or None, letter=queries.shown(door.audience, row), sources=sources(door.audience)
    )
    if why := door.why_not(lambda: actions.check_can_write(by=door.audience, letter=row)):
        return door.too_late(form, why, back=_url(door, row))
    _still(_can_be_written(row))
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.write(by=door.audience, letter=row, **form.act), to=_url(door, row)
        )
        if saved:
            return saved
    return door.page("letters/write.html", {**_common(door), **_about(door, row)}, form=form)


@course_page("letters", client=False)
def as_seen(_request: HttpRequest, door: Door, letter_id: str) -> HttpResponse:
    """The letter as the client sees it, with the questions that it asks."""
    row = _find(door, letter_id)
    _still(_can_be_written(row))
    context = {**_common(door), **_about(door, row)}
    return door.page("letters/as_seen.html", {**context, "say": _answer_form(door, context["letter"])})


@course_page("letters")
def answer(request: HttpRequest, door: Door, letter_id: str) -> HttpResponse:
    """What the client says to it; staff enter what was said to them."""
    row = _find(door, letter_id)
    _still(row.shown_at is not None)
    form = _answer_form(door, queries.shown(door.audience, row), request.POST or None)
    if why := door.why_not(lambda: actions.check_can_answer(by=door.audience, letter=row)):
        return door.too_late(form, why, back=_url(door, row))
    _still(_can_be_written(row) and not door.course.is_over)
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: actions.answer(by=door.audience, letter=row, **form.act), to=_url(door, row)
        )
        if saved:
            return saved
    return door.page("letters/answer.html", {**_common(door), **_about(door, row)}, form=form)


@require_POST
@course_page("letters", client=False)
def show(request: HttpRequest, door: Door, letter_id: str) -> HttpResponse:
    """Let the client read it."""
    return _do(request, door, letter_id, actions.show)


@require_POST
@course_page("letters", client=False)
def sign_off(request: HttpRequest, door: Door, letter_id: str) -> HttpResponse:
    """Sign it off."""
    return _do(request, door, letter_id, actions.sign_off)


@require_POST
@course_page("letters", client=False)
def put_aside(request: HttpRequest, door: Door, letter_id: str) -> HttpResponse:
    """Leave it."""
    return _do(request, door, letter_id, actions.put_aside, to=lambda _made: door.url("letters"))


@require_POST
@course_page("letters", client=False)
def correct(request: HttpRequest, door: Door, letter_id: str) -> HttpResponse:
    """Begin a letter that corrects it."""
    return _do(request, door, letter_id, actions.correct, to=_written(door))


@require_POST
@course_page("letters", client=False)
def sent(request: HttpRequest, door: Door, letter_id: str) -> HttpResponse:
    """Record that it left."""
    row, form = _find(door, letter_id), SentForm(request.POST)
    if form.is_valid():
        how, on = form.cleaned_data["how"], form.cleaned_data["on"]
        saved = door.save(
            form,
            lambda: actions.record_sent(by=door.audience, letter=row, how=how, on=on),
            to=_url(door, row),
        )
        if saved:
            return saved
    return _page(door, row, sent=form)


@require_GET
@course_page("letters")
def paper(request: HttpRequest, door: Door, letter_id: str) -> HttpResponse:
    """The letter as a PDF; ``?window=1`` puts the address where an envelope's window shows it."""
    with timezone.override(door.zone):
        about = _about(door, _find(door, letter_id))
        made = document(about["letter"], about["sheet"], window=request.GET.get("window") == "1")
    answer = HttpResponse(pdf(made), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="letter.pdf"'
    return answer


def _do(
    request: HttpRequest,
    door: Door,
    letter_id: str,
    act: Callable[..., Letter],
    *,
    to: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """One step with one button; a refusal stands on the letter's page."""
    row, form = _find(door, letter_id), KithworkForm(request.POST)
    form.is_valid()
    saved = door.save(form, lambda: act(by=door.audience, letter=row), to=to or _url(door, row))
    return saved or _page(door, row, step=form)


def _page(
    door: Door, row: Letter, *, step: KithworkForm | None = None, sent: SentForm | None = None
) -> HttpResponse:
    about = _about(door, row)
    correction = queries.correction_of(door.audience, row)
    context = {
        **_common(door), **about, "sent": sent or SentForm(initial={"on": door.today}),
        "say": _answer_form(door, about["letter"]), "sent_how": _how(row),
        "correction": correction and _url(door, correction),
        "corrected": row.corrects_id and door.url("letter", letter_id=row.corrects_id),
    }  # fmt: skip
    return door.page("letters/letter.html", context, form=sent or step)


def _about(door: Door, row: Letter) -> dict[str, Any]:
    """One letter, and what stands around it on paper."""
    shown = queries.shown(door.audience, row)
    account = therapist_of(door.course, now=door.audience.now)
    sheet = sheet_of(shown, client=door.client_name, therapist=account.name if account else "")
    return {
        "letter": shown, "row": row, "sheet": sheet, "to": _steps(door, row),
        "copy_line": copy_line(sheet.client) if shown.template.for_others else "",
        "parts": [(part, by_label(part)) for part in shown.parts if not part.is_empty],
    }  # fmt: skip


def _steps(door: Door, row: Letter) -> dict[str, str]:
    """The addresses of a letter's steps."""
    both = {"letter": "letter", "answer": "letter-answer", "paper": "letter-paper"}
    staff = {
        "write": "letter-write", "as_seen": "letter-as-seen", "show": "letter-show", "sign": "letter-sign",
        "aside": "letter-aside", "correct": "letter-correct", "sent": "letter-sent",
    }  # fmt: skip
    found = both if door.is_client else both | staff
    return {step: door.url(page, letter_id=row.id) for step, page in found.items()}


def _common(door: Door) -> dict[str, Any]:
    return {
        "room": door.url("letters"),
        "client": door.client_name.split(" ")[0],
        "therapist": therapist_name(door.course, now=door.audience.now),
    }


def _answer_form(door: Door, shown: ShownLetter, data: Any = None) -> AnswerForm:
    return AnswerForm(data, letter=shown, by_staff=not door.is_client)


def _find(door: Door, letter_id: str) -> Letter:
    return _or_404(queries.find(door.audience, letter_id))


def _can_be_written(row: Letter) -> bool:
    return not (row.is_signed or row.put_aside_at)


def _still(holds: bool) -> None:
    """There is no such page where its letter can't take this step; a form that was sent has its answer before."""
    if not holds:
        raise Http404


def _how(row: Letter) -> str:
    return ways_of_sending.get(row.sent_how).label if row.sent_how else ""


def _url(door: Door, row: Letter) -> str:
    return door.url("letter", letter_id=row.id)


def _written(door: Door) -> Callable[[Any], str]:
    return lambda made: door.url("letter-write", letter_id=made.id)


def _or_404(found: T | None) -> T:
    if found is None:
        raise Http404
    return found
