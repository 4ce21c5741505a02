"""Who may see something that was written: the six states, each with its icon and its words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = str | Promise


@dataclass(frozen=True)
class SharingState:
    """One state: how it is drawn and what it is called."""

    state: str
    icon: str
    words: Words


STATES = {
    each.state: each
    for each in (
        SharingState("just-me", "lock", gettext_lazy("Just me")),
        SharingState("later", "clock", gettext_lazy("Decide later")),
        SharingState("shared", "users", gettext_lazy("Shared")),
        SharingState("agreed", "handshake", gettext_lazy("Agreed")),
        SharingState("therapist", "notebook-pen", gettext_lazy("Therapist note")),
        SharingState("supervision", "messages-square", gettext_lazy("For supervision")),
    )
}


def sharing_choices(therapist: str = "") -> list[tuple[str, str]]:
    """Offer the three answers to "Who is this for?"; the therapist is named where she is known."""
    return [
        ("just-me", _("Just me")),
        ("later", _("Decide later")),
        ("shared", _("%(therapist)s too") % {"therapist": capfirst(therapist) or _("Therapist")}),
    ]


def sharing_notes(therapist: str = "") -> dict[str, str]:
    """Say under the choice what each answer means, before anything is saved."""
    name = capfirst(therapist) or _("Your therapist")
    return {
        "just-me": _(
            "%(name)s cannot see this, or tell that you wrote it. You can change your mind at any time."
        )
        % {"name": name},
        "later": _(
            "Only you see this for now. We keep it on one page, so you can choose before your session."
        ),
        "shared": _("%(name)s can read this, around sessions. It isn’t watched.") % {"name": name},
    }
