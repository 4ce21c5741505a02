"""Making a form's effect happen once, however often it arrives."""

import hmac
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from kithwork.foundation.effects.models import Effect
from kithwork.refusal import Refusal

KEY = re.compile(r"[A-Za-z0-9_-]{22,64}")
# A password is part of nothing that is kept, not even of a keyed hash.
NOT_BODY = frozenset({"key", "csrfmiddlewaretoken", "password"})


class KeyRefused(Refusal):
    """The form's key is missing, malformed, or was used for something else."""

    status = 422


class Once:
    """The one effect of one form. ``answer`` is set already when it has happened before."""

    def __init__(self, answer: str = "") -> None:
        self.answer = answer


def body_of(request: HttpRequest) -> bytes:
    """What was posted, in one order, without what changes from page to page."""
    fields = sorted((name, request.POST.getlist(name)) for name in request.POST if name not in NOT_BODY)
    return json.dumps([request.path, fields], ensure_ascii=False).encode()


@contextmanager
def once(
    request: HttpRequest, *, account: str, fingerprint: Callable[[bytes], bytes], now: datetime
) -> Iterator[Once]:
    """Run the block once for this key, in one transaction with the mark that it has run.

    A refused post consumes nothing: the mark is undone with the rest.
    """
    key = request.POST.get("key", "")
    if not KEY.fullmatch(key):
        raise KeyRefused(
            "This page was open for a while and has lost its place.",
            next_step="Your words are still here. Save again.",
            code="key-missing",
        )
    body = fingerprint(body_of(request))
    done = _done_before(account, key, body)
    if done is not None:
        yield Once(done)
        return
    try:
        with transaction.atomic():
            mark = Effect.objects.create(account=account, key=key, body=body, at=now)
            effect = Once()
            yield effect
            Effect.objects.filter(pk=mark.id).update(answer=effect.answer)
    except IntegrityError:
        # Five equal posts at once: the first one's mark is there now, and its answer is everybody's.
        if _done_before(account, key, body) is None:
            raise
        raise Repeated from None


def answered_before(request: HttpRequest, *, account: str, fingerprint: Callable[[bytes], bytes]) -> str:
    """The answer that this very form got before, or nothing."""
    mark = Effect.objects.filter(account=account, key=request.POST.get("key", "")).first()
    is_same = mark is not None and hmac.compare_digest(bytes(mark.body), fingerprint(body_of(request)))
    return mark.answer if mark is not None and is_same else ""


class Repeated(Exception):
    """Another request with the same key was faster; ask again for its answer."""


def _done_before(account: str, key: str, body: bytes) -> str | None:
    mark = Effect.objects.filter(account=account, key=key).first()
    if mark is None:
        return None
    if not hmac.compare_digest(bytes(mark.body), body):
        raise KeyRefused(
            "This form was already saved with other words in it.",
            next_step="Save again to keep what is here now.",
            code="key-used",
        )
    return mark.answer
