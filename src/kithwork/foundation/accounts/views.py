"""The pages of an invitation."""

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kithwork.foundation import clock
from kithwork.foundation.accounts.actions import accept_invitation, find_invitation
from kithwork.foundation.accounts.forms import AcceptForm
from kithwork.foundation.accounts.viewer import everybody
from kithwork.foundation.ui.said import said
from kithwork.refusal import Refusal


@everybody
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation by choosing a password; then in."""
    invitation = find_invitation(token, now=clock.now())
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = accept_invitation(
                invitation,
                password=form.cleaned_data["password"],
                now=clock.now(),
                link=request.link_account,  # type: ignore[attr-defined]
            )
        except Refusal as refusal:
            form.add_error("password", str(said(refusal)))
        else:
            # The way of every sign-in: listed among one's places, and a second factor asked for where there is one.
            signed_in: HttpResponse = perform_login(request, account, redirect_url="/")
            return signed_in
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/accept.html", context, status=status)
