"""The ways of looking at a caseload: which part of it, which focus, in which order.

They stand in addresses, and an address ends up in a browser's history: so it names no difficulty and no questionnaire.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithwork.ipt.problem_areas import problem_areas

FILTERS = {
    "open": gettext_lazy("Open"),
    "beginning": gettext_lazy("Beginning"),
    "middle": gettext_lazy("Middle"),
    "ending": gettext_lazy("Ending"),
    "ended": gettext_lazy("Ended"),
    "all": gettext_lazy("All"),
}
ORDERS = {
    "name": gettext_lazy("Name"),
    "session": gettext_lazy("Session"),
    "phase": gettext_lazy("Phase"),
    "score": gettext_lazy("PHQ-9"),
    "contact": gettext_lazy("Last contact"),
}
ANY, NONE = "any", "none"
AREAS = {str(number): area for number, area in enumerate(problem_areas, start=1)}
FOCUSES = {
    ANY: gettext_lazy("Any focus"),
    **{number: gettext_lazy(area.label) for number, area in AREAS.items()},
    NONE: gettext_lazy("Not chosen yet"),
}


@dataclass(frozen=True)
class View:
    """One way of looking."""

    show: str = "open"
    focus: str = ANY
    sort: str = "name"

    @property
    def columns(self) -> dict[str, str]:
        """The same as an address holds it."""
        return {"show": self.show, "focus": self.focus, "sort": self.sort}

    @property
    def label(self) -> str:
        """What it is called: "Middle, Grief and loss, by PHQ-9"."""
        parts = [str(FILTERS[self.show]), str(FOCUSES[self.focus]) if self.focus != ANY else ""]
        said = {"what": ", ".join(filter(None, parts)), "order": ORDERS[self.sort]}
        return _("%(what)s, by %(order)s") % said

    def but(self, **other: Any) -> "View":
        """The same with something else in it."""
        return replace(self, **other)


def asked_for(query: Any) -> View:
    """The view that an address asks for; what is not known there is as if it were not said."""
    usual = View()
    return View(
        _known(query.get("show"), FILTERS, usual.show), _known(query.get("focus"), FOCUSES, usual.focus),
        _known(query.get("sort"), ORDERS, usual.sort),
    )  # fmt: skip


def _known(wished: str | None, known: dict[str, Any], usual: str) -> str:
    return wished if wished in known and wished is not None else usual
