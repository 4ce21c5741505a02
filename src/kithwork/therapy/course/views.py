"""The contract's page: what holds, what waits for a signature, and a way to propose something else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kithwork.foundation.ui.forms import KithworkForm
from kithwork.ipt.contract import FIRST
from kithwork.therapy.course import contracts, pauses, queries, reading
from kithwork.therapy.course.forms import NOBODY, OfferForm, PauseForm
from kithwork.therapy.course.pages import Door, course_page
from kithwork.therapy.course.sign_form import SignForm


@course_page("contract")
def contract(request: HttpRequest, door: Door) -> HttpResponse:
    """How many sessions, how long, how often; and the form for a new proposal."""
    standing = queries.contract_standing(door.audience, door.course)
    form = _offer_form(door, standing, request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = door.save(
            form, lambda: contracts.offer(by=door.audience, **form.act), to=door.url("contract")
        )
        if saved:
            return saved
    return _page(door, standing, form, offer=form)


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
    standing = queries.contract_standing(door.audience, door.course)
    return _page(door, standing, form, offer=_offer_form(door, standing, None))


def _page(
    door: Door, standing: queries.ContractStanding, form: KithworkForm, *, offer: OfferForm
) -> HttpResponse:
    therapist = queries.therapist_name(door.course, now=door.audience.now)
    proposed = standing.proposed
    context = {
        "standing": standing, "offer": offer, "therapist": therapist, "client": door.client_name.split(" ")[0],
        "contract_url": door.url("contract"),
        "sign_url": door.url("contract-sign", contract_id=proposed.id) if proposed else "",
    }  # fmt: skip
    return door.page("course/contract.html", context, form=form)


def _offer_form(door: Door, standing: queries.ContractStanding, data: object) -> OfferForm:
    before = standing.agreed.contract
    initial: dict[str, object] = {"sessions": standing.agreed.sessions, "reason": "" if before else FIRST}
    if before:
        initial |= {"minutes": before.minutes, "rhythm": before.rhythm, "ends_on": before.ends_on}
    return OfferForm(data, initial=initial, has_first=before is not None, held=door.course.held)


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
