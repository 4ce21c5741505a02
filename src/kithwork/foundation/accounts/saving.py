"""Saving a form of a page that belongs to no course: one effect a key, and a refusal as a message on the form."""

import hmac
from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from kithwork.foundation import clock
from kithwork.foundation.accounts.viewer import Viewer
from kithwork.foundation.effects.actions import Repeated, once
from kithwork.foundation.secrets import purpose_key
from kithwork.foundation.ui.forms import new_key
from kithwork.foundation.ui.said import said
from kithwork.refusal import Refusal


def save_once(
    request: HttpRequest, form: Form, act: Callable[[], object], *, to: Callable[[Any], str]
) -> HttpResponse | None:
    """Run an act once for this form's key, then go where ``to`` says for what was made; None when it was refused."""
    try:
        return HttpResponseRedirect(_once(request, act, to))
    except Refusal as refusal:
        form.add_error(None, str(said(refusal)))
        if refusal.code == "key-used":
            form.data = {**dict(form.data.items()), "key": new_key()}
    return None


def _once(request: HttpRequest, act: Callable[[], object], to: Callable[[Any], str]) -> str:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    for last_try in (False, True):
        try:
            with once(request, account=viewer.account, fingerprint=_fingerprint, now=clock.now()) as effect:
                if not effect.answer:
                    effect.answer = to(act())
            return effect.answer
        except Repeated:
            if last_try:
                raise
    raise AssertionError("unreachable")


def _fingerprint(body: bytes) -> bytes:
    """A keyed hash under the installation's key: there is no client here whose key it could be."""
    return hmac.digest(purpose_key("form"), body, "sha256")
