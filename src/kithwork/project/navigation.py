"""What frames every page: who is looking, where they can go, and, on a course, where it stands."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.foundation import clock
from kithwork.foundation.accounts.viewer import NOBODY, Viewer
from kithwork.foundation.passages.audience import Audience
from kithwork.foundation.passages.queries import read
from kithwork.foundation.ui.arc import Arc
from kithwork.foundation.ui.said import listed
from kithwork.foundation.ui.ways import NavItem
from kithwork.therapy.course.access import open_by_client_act
from kithwork.therapy.course.clinic import clinic_if_any
from kithwork.therapy.course.models import Course, CourseState
from kithwork.therapy.course.pages import Door, address_of, in_frame
from kithwork.therapy.course.queries import own_course
from kithwork.therapy.course.reading import who_reads
from kithwork.therapy.focus.queries import current as current_focus
from kithwork.therapy.sessions.queries import arc_with_next, next_ahead, title_of


@dataclass(frozen=True)
class ShownViewer:
    """Whoever is looking, as the frame names them."""

    name: str
    kind: str
    note: str = ""


@dataclass(frozen=True)
class CourseHead:
    """The head of every page of a course, on the staff side."""

    client_name: str
    line: str
    arc: Arc
    tabs: list[NavItem]
    seen_notice: str
    action: NavItem | None = None


@dataclass(frozen=True)
class Receipt:
    """What a page says right after a save."""

    words: str
    tags: str = "saved"
    level_tag: str = "success"

    def __str__(self) -> str:
        return self.words

    def __html__(self) -> str:
        return str(conditional_escape(self.words))


@dataclass(frozen=True)
class Frame:
    """What the page shells show around a page."""

    shell: str
    viewer: ShownViewer
    nav: list[NavItem] = field(default_factory=list)
    course: CourseHead | None = None
    arc: Arc | None = None  # on the client's pages; the staff side has it in the head of the course
    demo: bool = False
    leave_quickly: bool = False
    who_reads: str = ""  # while a course waits, pauses, or has ended
    state: str = ""
    messages: tuple["Receipt", ...] = ()


# (label, address name, icon, pages that belong to it)
CLIENT_NAV = (
    (gettext_noop("Today"), "me:today", "sun", {"today", "diary"}),
    (gettext_noop("People"), "me:circles", "circle-dot", {"people", "circles", "person"}),
    (
        gettext_noop("My plan"),
        "me:plan",
        "map",
        {"plan", "formulation", "focus", "contract", "first", "worksheets"},
    ),
    (gettext_noop("Help"), "help", "life-buoy", {"help"}),
    (gettext_noop("More"), "me:more", "menu", {"more", "to-decide"}),
)
STAFF_NAV = (
    (gettext_noop("Today"), "clinic-today", "sun", {"clinic-today"}, {"therapist", "supervisor"}),
    (gettext_noop("Caseload"), "caseload", "users", {"caseload"}, {"therapist"}),
    (
        gettext_noop("Supervision"),
        "supervision",
        "messages-square",
        {"supervision"},
        {"therapist", "supervisor"},
    ),
    (gettext_noop("Outcomes"), "outcomes", "chart-line", {"outcomes"}, {"lead"}),
    (gettext_noop("Groups"), "groups", "users-round", {"groups"}, {"lead"}),
    (gettext_noop("Waiting"), "waiting", "circle-alert", {"waiting"}, {"lead", "supervisor"}),
    (
        gettext_noop("Forms of IPT"),
        "protocols",
        "list-ordered",
        {"protocols", "protocol", "protocol-change", "protocol-session"},
        {"lead", "admin"},
    ),
    (gettext_noop("Accounts"), "admin", "key-round", {"admin"}, {"admin"}),
    (gettext_noop("Help"), "help", "life-buoy", {"help"}, {"therapist", "supervisor", "lead", "admin"}),
)
COURSE_TABS = (
    (
        gettext_noop("Overview"),
        "overview",
        {"overview", "prepare", "review", "progress", "plan", "safety", "safety-plan", "safe-contact"},
    ),
    (gettext_noop("First session"), "first", {"first"}),
    (gettext_noop("People"), "circles", {"people", "circles", "person"}),
    (gettext_noop("Story"), "story", {"story", "event", "cycle", "difficulties"}),
    (gettext_noop("Formulation"), "formulation", {"formulation"}),
    (gettext_noop("Focus"), "focus", {"focus", "worksheets"}),
    (gettext_noop("Check-ins"), "check-in", {"check-in"}),
    (gettext_noop("Diary"), "diary", {"diary"}),
    (
        gettext_noop("Sessions"),
        "sessions",
        {"sessions", "session", "note", "record", "own-sheets", "to-talk-about", "contract", "pause"},
    ),
    (gettext_noop("Letters"), "letters", {"letters"}),
    (gettext_noop("Ending"), "ending", {"ending", "keepsake"}),
)


def page_frame(request: HttpRequest) -> dict[str, Frame]:
    """The context processor behind every template's ``kw``."""
    viewer: Viewer = getattr(request, "viewer", NOBODY)
    door: Door | None = getattr(request, "door", None)
    return {"kw": frame_of(request, viewer, door)}


def frame_of(request: HttpRequest, viewer: Viewer, door: Door | None) -> Frame:
    """The frame for one viewer on one page."""
    page = door.name if door else (request.resolver_match.url_name or "" if request.resolver_match else "")
    if viewer.kind == "client":
        return _client_frame(door, viewer, page)
    if viewer.kind == "staff" and door and in_frame(request):
        return Frame("ui/bare.html", ShownViewer("", "staff"), **_after(door))
    if viewer.kind == "staff":
        return _staff_frame(door, viewer, page)
    # Signed out, a door is open only for the one check-in that a code from a message opens.
    by_code = door is not None
    return Frame(
        "ui/plain.html",
        ShownViewer("", "anonymous"),
        demo=settings.DEMO,
        leave_quickly=by_code,
        **_after(door),
    )


def _client_frame(door: Door | None, viewer: Viewer, page: str) -> Frame:
    nav = [
        NavItem(_(label), address_of(name), icon, page in pages) for label, name, icon, pages in CLIENT_NAV
    ]
    course = door.course if door else own_course(viewer.client or "")
    leave = course.client.leave_quickly if course else True
    arc = arc_with_next(door.course, door.audience) if door else None
    client = ShownViewer("", "client")
    after = _after(door) if door else _between(course)
    return Frame("ui/client.html", client, nav, arc=arc, demo=settings.DEMO, leave_quickly=leave, **after)


def _staff_frame(door: Door | None, viewer: Viewer, page: str) -> Frame:
    nav = [
        NavItem(_(label), address_of(name), icon, page in pages or (door is not None and name == "caseload"))
        for label, name, icon, pages, roles in STAFF_NAV
        if viewer.roles & roles
    ]
    shown = ShownViewer(viewer.name, "staff", _working_hours(door) if "therapist" in viewer.roles else "")
    head = course_head(door) if door else None
    return Frame("ui/staff.html", shown, nav, head, demo=settings.DEMO, **_after(door))


def _after(door: Door | None) -> dict[str, Any]:
    """What stands above a page of a course: the receipt of a save, and who reads while no sessions are held."""
    if door is None:
        return {}
    receipts = (Receipt(door.receipt),) if door.receipt else ()
    return {"messages": receipts, **_who_reads(door.course, door.audience)}


def _between(course: Course | None) -> dict[str, Any]:
    """On a client's page that belongs to no course: who reads, where that is not as usual."""
    if course is None or course.state == CourseState.ACTIVE:
        return {}
    return _who_reads(course, open_by_client_act(course.client, course, now=clock.now()))


def _who_reads(course: Course, audience: Audience) -> dict[str, Any]:
    return {"who_reads": who_reads(course, audience), "state": course.state}


def course_head(door: Door) -> CourseHead:
    """Name, line, arc and tabs of one course."""
    name = door.client_name
    tabs = [
        NavItem(_(label), door.url(page), current=door.name in pages) for label, page, pages in COURSE_TABS
    ]
    first = name.split(" ")[0]
    arc = arc_with_next(door.course, door.audience)
    notice = _("{first} can see that you opened this record.").format(first=first)
    return CourseHead(name, _line(door), arc, tabs, notice, _next_step(door))


def _line(door: Door) -> str:
    """ "34, she/her. Conflict: Sam": who this is, and what the two work on."""
    about = read(door.audience, door.course.client).get("about")
    on = [
        f"{_(one.label)}: {one.person}" if one.person else _(one.label)
        for one in current_focus(door.audience)
    ]
    return ". ".join(filter(None, [about.text if about else "", listed(on)]))


def _next_step(door: Door) -> NavItem | None:
    """The room of the session that is open, or of the one that is planned."""
    course = door.course
    if course.is_over or door.name == "session" or not (course.open_session or course.next_at):
        return None
    ahead = next_ahead(door.audience)
    if ahead is None:
        return None
    words = _("Back to {session}") if ahead.is_open else _("Open {session}")
    title = title_of(ahead)
    label = words.format(session=title[0].lower() + title[1:])
    return NavItem(label, door.url("session", n=ahead.address))


def _working_hours(door: Door | None) -> str:
    clinic = door.course.clinic if door else clinic_if_any()
    if clinic is None:
        return ""
    return _("Working hours {opens} to {closes}. Outside them, clients see who to call.").format(
        opens=_hour(clinic.opens_at), closes=_hour(clinic.closes_at)
    )


def _hour(at: Any) -> str:
    return f"{at.hour}:{at.minute:02d}" if at.minute else str(at.hour)
