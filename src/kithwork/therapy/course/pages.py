"""How a room's page comes through the door: one decorator, and what every page of a course needs after it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.forms import ChoiceField, Form, PasswordInput
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from kithwork.foundation import clock
from kithwork.foundation.accounts.viewer import Viewer, who_may
from kithwork.foundation.effects.actions import Repeated, answered_before, once
from kithwork.foundation.passages.actions import Changed
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import read
from kithwork.foundation.passages.taken_back import watching
from kithwork.foundation.trail.queries import last_staff_read
from kithwork.foundation.ui.dates import say_date, say_time
from kithwork.foundation.ui.forms import new_key
from kithwork.foundation.ui.said import said
from kithwork.foundation.vault import sealing
from kithwork.ipt.countdown import Countdown
from kithwork.refusal import Refusal
from kithwork.therapy.course.access import LISTS, NotYours, Opened, both_see, glance, open_course
from kithwork.therapy.course.models import Course
from kithwork.therapy.course.queries import countdown_of, readable_until, therapist_name

P = ParamSpec("P")
PageView = Callable[Concatenate[HttpRequest, "Door", P], HttpResponse]
Goal = Callable[[Any], str]
Mark = Callable[[Audience], str]

# Pages that never hold anything that only staff may see: these alone can stand in a frame that both look at.
LOOKED_AT_TOGETHER = frozenset(
    {"people", "circles", "person", "first", "story", "event", "cycle", "difficulties", "formulation", "focus", "plan",
     "progress", "worksheets"}
)  # fmt: skip
FRAMED = {
    "frame-ancestors": ["'self'"]
}  # said of a shared page that stands in a frame of our own, and of no other
TAKEN_BACK = "taken-back"  # in the address after a save that stopped sharing something


@lru_cache(maxsize=8192)
def address_of(name: str, **kwargs: str | int) -> str:
    """A page's address. Every page of a course asks for two dozen, and they never change."""
    return reverse(name, kwargs=kwargs)


@dataclass
class Door:
    """An opened course on one request: the audience for reading and acting, and the page's ways."""

    request: HttpRequest
    opened: Opened
    name: str  # the page's name, as in the trail and on its main element
    receipt_note: str = ""  # who sees what was just saved; a room's page may say so
    _names: dict[str, str] = field(default_factory=dict)

    @property
    def course(self) -> Course:
        return self.opened.course

    @property
    def audience(self) -> Audience:
        return self.opened.audience

    @property
    def viewer(self) -> Viewer:
        return self.opened.viewer

    @property
    def is_client(self) -> bool:
        return self.audience.is_client

    @property
    def zone(self) -> ZoneInfo:
        """Where the client lives: the clock that her days and receipts go by."""
        return ZoneInfo(self.course.client.time_zone)

    @property
    def today(self) -> date:
        return self.audience.now.astimezone(self.zone).date()

    @property
    def client_name(self) -> str:
        """The client's name, opened once a request."""
        if "client" not in self._names:
            words = read(self.audience, self.course.client).get("name")
            self._names["client"] = words.text if words else "Client"
        return self._names["client"]

    def narrow(self) -> None:
        """From here on this request can read only what both of the two see."""
        self.opened = replace(self.opened, audience=both_see(self.audience))

    @property
    def countdown(self) -> Countdown | None:
        """How near the end of the course is, for the pages that say so; None while it is not yet time."""
        return countdown_of(self.course, self.audience)

    def url(self, page: str, **kwargs: str | int) -> str:
        """Another page of this course, under the address that this viewer came by."""
        match = self.request.resolver_match
        if match is not None and "course_id" in match.kwargs:
            return address_of(f"course:{page}", course_id=self.course.id, **kwargs)
        return address_of(f"me:{page}", **kwargs)

    @property
    def saved(self) -> str:
        """The id of what was just saved, when the page follows a save."""
        return self.request.GET.get("what", "") if self.receipt else ""

    @property
    def receipt(self) -> str:
        """ "Saved 9:14 pm." after a save, with who sees it where the page knows."""
        found = re.fullmatch(r"([01]\d|2[0-3])([0-5]\d)", self.request.GET.get("saved", ""))
        if not found:
            return ""
        at = time(int(found[1]), int(found[2]))
        note = taken_back_note(self) if TAKEN_BACK in self.request.GET else ""
        said = format_html_join(" ", "{}", ((part,) for part in (self.receipt_note, note) if part))
        return format_html(_("Saved {at}. {note}"), at=say_time(at), note=said)

    def save(self, form: Form, act: Callable[[], object], *, to: str | Goal) -> HttpResponse | None:
        """Run an act once for this form's key, then go to ``to``; None when it was refused and the form says why.

        ``to`` may depend on what the act made: then it is a function of that.

        Nothing is rendered inside the act's transaction.
        """
        try:
            return HttpResponseRedirect(self._once(act, to))
        except Changed as changed:
            form.both_texts = changed  # type: ignore[attr-defined]  # no name that a field might have
            form.add_error(changed.field if changed.field in form.fields else None, said(changed).sentence)
            _rebase(form, changed)
        except Refusal as refusal:
            form.refusal = refusal  # type: ignore[attr-defined]  # no name that a field might have
            form.add_error(None, str(said(refusal)))
            if refusal.code == "key-used":
                _fill(form, key=new_key())
        return None

    def why_not(self, check: Callable[[], object]) -> Refusal | None:
        """Why what was sent can't be saved, by an action's own check; nothing for a page that is only looked at."""
        if self.request.method != "POST":
            return None
        try:
            check()
        except Refusal as refusal:
            return refusal
        return None

    def too_late(self, form: Form, why: Refusal, *, back: str) -> HttpResponse:
        """The answer to a form whose target is closed by now: why, and what was typed into it, to be copied.

        Only for a target that this viewer could see: of any other it would tell that it is there.
        """
        if answer := self.answered_before:
            return HttpResponseRedirect(answer)
        context = {"why": said(why), "typed": typed(form), "back_url": back}
        return self._rendered("course/too_late.html", context, status=why.status)

    def _once(self, act: Callable[[], object], to: str | Goal) -> str:
        account, now = self.viewer.account, self.audience.now
        for last_try in (False, True):
            try:
                with once(self.request, account=account, fingerprint=self._seal, now=now) as effect:
                    if not effect.answer:
                        with watching() as taken_back:
                            made = act()
                        answer = with_receipt(to if isinstance(to, str) else to(made), made, self)
                        effect.answer = with_mark(answer, TAKEN_BACK) if taken_back.anything else answer
                return effect.answer
            except Repeated:
                if last_try:
                    raise
        raise AssertionError("unreachable")

    @property
    def answered_before(self) -> str:
        """What this very form was answered when it came the first time; nothing for a page, or a new form."""
        if self.request.method != "POST":
            return ""
        return answered_before(self.request, account=self.viewer.account, fingerprint=self._seal)

    def _seal(self, body: bytes) -> bytes:
        return sealing.fingerprint(self.audience.client, body)

    def page(
        self, template: str, context: dict[str, Any] | None = None, *, form: Form | None = None
    ) -> HttpResponse:
        """Render a page of this course: 422 when the form has errors, 409 when somebody else was first.

        Where the course ended while somebody wrote, the page has no form any more: what was typed is there to copy.
        """
        refusal = getattr(form, "refusal", None)
        if form is not None and refusal and refusal.code == "course-ended" and typed(form):
            return self.too_late(form, refusal, back=self._first_page)
        status = 200
        if form is not None and form.is_bound and form.errors:
            status = 409 if getattr(form, "both_texts", None) else 422
        return self._rendered(template, {"form": form, **(context or {})}, status=status)

    def ended_meanwhile(self, form: Form) -> HttpResponse | None:
        """What was typed, to be copied, where the course ended while somebody wrote; None while it goes on.

        For forms that are not even asked about once there is no course to write in.
        """
        if self.request.method != "POST" or self.audience.may_write:
            return None
        ended = Refusal("This course has ended. What was written stays here to read.", code="course-ended")
        return self.too_late(form, ended, back=self._first_page)

    @property
    def _first_page(self) -> str:
        return reverse("me:today") if self.is_client else self.url("overview")

    def _rendered(self, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
        filled = {"door": self, "page": self.name, **context}
        # Dates and times on a page are those of the client's own clock.
        with timezone.override(self.zone):
            return render(self.request, template, filled, status=status)


def typed(form: Form) -> list[tuple[str, str]]:
    """What somebody typed into a form, each with its question; what was chosen from a list is quickly chosen again."""
    return [
        (str(bound.label), text)
        for bound in form.visible_fields()
        if not isinstance(bound.field, ChoiceField)
        and not isinstance(bound.field.widget, PasswordInput)
        and (text := str(bound.data or "").strip())
    ]


def _rebase(form: Form, changed: Changed) -> None:
    """Let the next save of this form build on what is shown beside it, under a key of its own."""
    base = changed.newest.base if changed.newest else ""
    _fill(form, key=new_key(), **{f"{changed.field}_base": base})


def _fill(form: Form, **values: str) -> None:
    form.data = QueryDict.copy(form.data)  # type: ignore[arg-type]  # what was posted, to be filled in anew
    for name, value in values.items():
        form.data[name] = value


def with_receipt(to: str, made: object, door: Door) -> str:
    """The address after a save, with when it was and, for a record, which: the page says so in a receipt."""
    local = door.audience.now.astimezone(door.zone)
    saved = getattr(made, "pk", "") or ""
    mark = f"saved={local:%H%M}" + (f"&what={saved}" if saved else "")
    return with_mark(to, mark)


def with_mark(to: str, mark: str) -> str:
    """An address with one thing more to say."""
    path, hash_, anchor = to.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{mark}{hash_}{anchor}"


def in_frame(request: HttpRequest) -> bool:
    """Whether one of our own pages shows this one in a frame. Only a browser can say so; a script elsewhere can't."""
    asked = request.headers
    return asked.get("Sec-Fetch-Dest") == "iframe" and asked.get("Sec-Fetch-Site") == "same-origin"


def _frameable(response: HttpResponse) -> HttpResponse:
    response._csp_replace = FRAMED  # type: ignore[attr-defined]  # read by the middleware
    response.xframe_options_exempt = True  # the policy above says it
    return response


def _together(door: Door) -> HttpResponse | None:
    """Narrow a framed page to what both see; a page that only staff have opens in a window of its own instead."""
    if door.name not in LOOKED_AT_TOGETHER:
        return door.page("course/alone.html")
    if door.request.method == "GET":
        door.narrow()
    return None


def _is_shut(opened: Opened) -> bool:
    """Whether the time is over in which a client can read a course that has ended."""
    until = readable_until(opened.course)
    return until is not None and opened.audience.now >= until


def _shut(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Her own record is closed to her by now: whom to ask. Nothing of it is read for this page."""
    return render(request, "course/shut.html", {"clinic": opened.course.clinic}, status=403)


def taken_back_note(door: Door) -> str:
    """What stopping to share does and does not do, and the last look that the trail knows of."""
    name = therapist_name(door.course, now=door.audience.now)
    last = last_staff_read(door.course.id, besides=LISTS)
    note = _("What you took back is gone from %(name)s’s pages. It may have been read before.") % {
        "name": name
    }
    if last is None:
        return note
    at = last.at.astimezone(door.zone)
    reader = last.who_name.split(" ")[0] or _("Somebody")
    said = _("%(reader)s last opened your record on %(day)s.")
    return " ".join([note, said % {"reader": reader, "day": say_date(at, "j F")}])


def course_page(
    name: str, *, client: bool = True, staff: bool = True, mark: Mark | None = None
) -> Callable[[PageView[P]], Callable[..., HttpResponse]]:
    """A page of one course. Denied to everybody but the client and those in whose care she is.

    With a ``mark`` it is what an open page asks again and again: while the mark that it was ``seen`` with still
    holds, the course is not opened, the answer is empty, and asking keeps nobody signed in.
    """

    def wrap(view: PageView[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened_first(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            course_id = kwargs.pop("course_id", None)
            viewer: Viewer = request.viewer  # type: ignore[attr-defined]
            if not (client if viewer.client else staff):
                raise Http404
            course = str(course_id) if course_id else None
            try:
                if mark and _has_seen(request, glance(viewer, course, mark=mark, now=clock.now())):
                    return HttpResponse(status=204)
                opened = open_course(viewer, course, page=name, now=clock.now())
            except NotYours:
                raise Http404 from None
            if viewer.client and _is_shut(opened):
                return _shut(request, opened)
            door = Door(request, opened, name)
            request.door = door  # type: ignore[attr-defined]
            try:
                if in_frame(request) and not viewer.client:
                    return _frameable(_together(door) or view(request, door, *args, **kwargs))
                return view(request, door, *args, **kwargs)
            except Http404:
                # A form that took something away, sent again: it gets its answer, though the thing is gone.
                if answer := door.answered_before:
                    return HttpResponseRedirect(answer)
                raise

        opened_first.keeps_signed_in = mark is None  # type: ignore[attr-defined]
        access = {"client": "own" if client else "deny", "therapist": "own" if staff else "deny"}
        return who_may(**access)(opened_first)  # type: ignore[arg-type]

    return wrap


def _has_seen(request: HttpRequest, mark: str) -> bool:
    return request.GET.get("seen", "") == mark
