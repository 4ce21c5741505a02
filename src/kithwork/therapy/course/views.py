"""The contract's pages: what holds, what waits for a signature, what went before, and a sheet for paper."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt.contract import FIRST
from kithwork.therapy.course import contracts, pauses, queries, reading
from kithwork.therapy.course.forms import NOBODY, OfferForm, PauseForm, terms_to_begin_from
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.sign_form import SignForm


@course_page("contract")
def contract(request: HttpRequest, door: Door) -> HttpResponse:
    """How many sessions, how long, how often; and the form for a new proposal."""
    form = _offer_form(door, request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: contracts.offer(by=door.audience, **form.act), to=door.url("contract")
        )
        if saved:
            return saved
    return _page(door, form, offer=form)


@course_page("contract")
def one(request: HttpRequest, door: Door, contract_id: str) -> HttpResponse:
    """One contract to read, beside another one: the one before it, or any that is asked for."""
    shown = queries.shown_contracts(door.audience)
    found = _find(shown, contract_id)
    others = [one for one in reversed(shown) if one is not found]
    before = [one for one in others if shown.index(one) < shown.index(found)]
    asked = request.GET.get("beside", "")
    beside = next((one for one in others if one.id == asked), next(iter(before or others), None))
    pair = sorted((one for one in (found, beside) if one), key=shown.index)
    context = {
        **_common(door), "one": found, "others": others, "beside": beside,
        "rows": queries.compared(*pair) if len(pair) > 1 else [], "older": pair[0], "newer": pair[-1],
        "print_url": door.url("contract-print", contract_id=found.id),
    }  # fmt: skip
    return door.page("course/one_contract.html", context)


@course_page("contract")
def sheet(_request: HttpRequest, door: Door, contract_id: str) -> HttpResponse:
    """One contract for paper, with room for signatures that are not there yet."""
    found = _find(queries.shown_contracts(door.audience), contract_id)
    return door.page("course/contract_sheet.html", {**_common(door), "one": found})


@require_POST
@course_page("contract")
def sign(request: HttpRequest, door: Door, contract_id: str) -> HttpResponse:
    """Sign one contract, or enter how the client signed it."""
    found = queries.find_contract(door.audience, contract_id)
    if found is None:
        raise Http404
    form = SignForm(request.POST)
    if form.is_valid():
        saved = door.save(
            form,
            lambda: contracts.sign(by=door.audience, contract=found, **form.given(door)),
            to=door.url("contract"),
        )
        if saved:
            return saved
    return _page(door, form, offer=_offer_form(door, None))


def _page(door: Door, form: KithworkForm, *, offer: OfferForm) -> HttpResponse:
    standing = queries.contract_standing(door.audience, door.course)
    proposed, to_print = standing.proposed, standing.proposed or standing.in_force
    context = {
        **_common(door), "standing": standing, "offer": offer,
        "sign_url": door.url("contract-sign", contract_id=proposed.id) if proposed else "",
        "print_url": door.url("contract-print", contract_id=to_print.id) if to_print else "",
    }  # fmt: skip
    return door.page("course/contract.html", context, form=form)


def _common(door: Door) -> dict[str, Any]:
    return {
        "therapist": queries.therapist_name(door.course, now=door.audience.now),
        "client": door.client_name.split(" ")[0],
        "contract_url": door.url("contract"),
    }


def _find(shown: list[queries.ShownContract], contract_id: str) -> queries.ShownContract:
    found = next((one for one in shown if one.id == contract_id), None)
    if found is None:
        raise Http404
    return found


def _offer_form(door: Door, data: object) -> OfferForm:
    """The form begins from the proposal that waits, else from what was agreed, else from what was offered."""
    standing = queries.contract_standing(door.audience, door.course)
    shown = standing.proposed or standing.in_force
    row = queries.find_contract(door.audience, shown.id) if shown else None
    has_first = standing.agreed.contract is not None
    initial: dict[str, object] = {
        "sessions": row.sessions if row else standing.agreed.sessions,
        "reason": row.reason if row and standing.proposed else "" if has_first else FIRST,
        "why": standing.proposed.why if standing.proposed else "",
        "offer_base": standing.newest,
        **terms_to_begin_from(shown, usual=not door.is_client),
    }
    if row:
        initial |= {"minutes": row.minutes, "rhythm": row.rhythm, "ends_on": row.ends_on}
    return OfferForm(data, initial=initial, has_first=has_first, held=door.course.held)


@course_page("pause", client=False)
def pause(request: HttpRequest, door: Door) -> HttpResponse:
    """A time without sessions: since when, until when perhaps, and who reads meanwhile."""
    form = _pause_form(door, request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = door.save(form, lambda: pauses.pause(by=door.audience, **form.act), to=door.url("pause"))
        if saved:
            return saved
    return _pause_page(door, form)


@require_POST
@course_page("pause", client=False)
def go_on(request: HttpRequest, door: Door) -> HttpResponse:
    """The pause is over."""
    form = KithworkForm(request.POST)
    form.is_valid()
    saved = door.save(form, lambda: pauses.go_on(by=door.audience), to=door.url("pause"))
    return saved or _pause_page(door, _pause_form(door), refused=form)


def _pause_form(door: Door, data: object = None) -> PauseForm:
    """The form, with what holds now in it."""
    standing, gap = reading.standing_pause(door.audience), reading.gap_of(door.course, door.audience)
    initial: dict[str, object] = {}
    if standing and gap:
        initial = {
            "reader": standing.reader or NOBODY, "until": standing.until, "reason": standing.reason,
            "note": gap.note.text if gap.note else "",
        }  # fmt: skip
    return PauseForm(data, initial=initial, carers=reading.carers(door.audience))


def _pause_page(door: Door, form: PauseForm, *, refused: KithworkForm | None = None) -> HttpResponse:
    gap = reading.gap_of(door.course, door.audience)
    context = {"gap": gap, "pause_form": form, "client": door.client_name.split(" ")[0]}
    return door.page("course/pause.html", context, form=refused or form)
