"""The administrator's pages. None of them knows a client."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kithwork.clinic.admin import actions, queries
from kithwork.clinic.admin.forms import InviteStaffForm, SettingsForm, SureForm
from kithwork.foundation import clock
from kithwork.foundation.accounts.saving import save_once
from kithwork.foundation.accounts.viewer import Viewer, who_may
from kithwork.foundation.trail.who import Who
from kithwork.ipt.ending import Wording

SAVED = {
    "invited": _("The invitation is on its way. The link works once, for a week."),
    "ended": _("The account has ended. Its next request finds nobody signed in."),
    "settings": _("Saved."),
    "key": _("Noted. Keep the copy somewhere else than this machine."),
}


@who_may(admin="own")
def admin(request: HttpRequest) -> HttpResponse:
    """Staff accounts, invitations, settings, and what the check says."""
    now, clinic = clock.now(), queries.the_clinic()
    context = {
        "staff": queries.staff_accounts(now=now),
        "waiting": queries.staff_invitations(now=now),
        "findings": queries.findings(),
        "clinic": clinic,
        "ending_wording": Wording(clinic.ending_wording).label,
        "saved": SAVED.get(request.GET.get("done", "")),
        "form": SureForm(),
    }
    return render(request, "admin/admin.html", context)


@who_may(admin="own")
def invite_staff(request: HttpRequest) -> HttpResponse:
    """Invite somebody to the clinic."""
    form = InviteStaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("email", "name", "role")}
        saved = save_once(
            request,
            form,
            lambda: actions.invite_staff(by=_who(request), now=clock.now(), **fields),
            to=_done("invited"),
        )
        if saved:
            return saved
    return _form_page(request, "admin/invite.html", form)


@who_may(admin="own")
def end_account(request: HttpRequest, account_id: str) -> HttpResponse:
    """Ask once, then end an account."""
    account = queries.find_staff(account_id)
    if account is None or not account.is_active:
        raise Http404
    form = SureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = save_once(
            request,
            form,
            lambda: actions.close_account(account, by=_who(request), now=clock.now()),
            to=_done("ended"),
        )
        if saved:
            return saved
    return _form_page(request, "admin/end.html", form, account=account)


@who_may(admin="own")
def clinic_settings(request: HttpRequest) -> HttpResponse:
    """What the clinic has chosen."""
    clinic = queries.the_clinic()
    names = [name for name in SettingsForm.base_fields if name != "key"]
    form = SettingsForm(request.POST or None, initial={name: getattr(clinic, name) for name in names})
    if request.method == "POST" and form.is_valid():
        fields: dict[str, Any] = {name: form.cleaned_data[name] for name in names}
        saved = save_once(
            request, form,
            lambda: actions.change_settings(by=_who(request), clinic=clinic, now=clock.now(), **fields),
            to=_done("settings"),
        )  # fmt: skip
        if saved:
            return saved
    return _form_page(request, "admin/settings.html", form)


@require_POST
@who_may(admin="own")
def key_copy(request: HttpRequest) -> HttpResponse:
    """Note that the installation key has a copy."""
    form, clinic = SureForm(request.POST), queries.the_clinic()
    form.is_valid()
    saved = save_once(
        request, form, lambda: actions.confirm_key_copy(by=_who(request), clinic=clinic, now=clock.now()),
        to=_done("key"),
    )  # fmt: skip
    return saved or HttpResponseRedirect(reverse("admin"))


def _who(request: HttpRequest) -> Who:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer.who("admin")


def _done(what: str) -> Callable[[object], str]:
    return lambda _made: f"{reverse('admin')}?done={what}"


def _form_page(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)
