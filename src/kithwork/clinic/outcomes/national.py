"""How the clinic's courses ended, by the national definitions; every figure with what it is out of.

First score: the first whole form of the course; last: the last one, where there are two. The anxiety measure is GAD-7:
a course names no problem that has a scale of its own. Treatment contacts: the sessions that were held. Where GAD-7 or
the day of referral is missing it is missing, and the definitions say what then.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Min
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kithwork.change import MeasureTable, Rate, effect_size, national_table, outcomes, published
from kithwork.clinic.outcomes.queries import SMALLEST, hide_small
from kithwork.foundation import clock
from kithwork.foundation.passages.sharing import Sharing
from kithwork.ipt.course_life import attendance
from kithwork.therapy.checkins.models import Answers
from kithwork.therapy.course.clinic import the_clinic
from kithwork.therapy.course.models import Course, CourseState
from kithwork.therapy.sessions.models import TherapySession

FEWEST_FOR_A_MEAN = 20  # people: fewer say little, and might point at somebody
MET = [one.key for one in attendance if one.met]
CHANGED = ("reliable_improvement", "no_reliable_change", "reliable_deterioration", "unclassified")

RECOVERY = {
    "recovery": (
        gettext_noop("Recovery"),
        gettext_noop(
            "At or above a cut at first (PHQ-9: {phq9_cut}, GAD-7: {gad7_cut}), below both at last. Out of finished"
            " courses, without those below both cuts at first."
        ),
    ),
    "reliable_recovery": (
        gettext_noop("Reliable recovery"),
        gettext_noop("Recovery, and reliable improvement. Out of the same courses."),
    ),
}
CHANGES = {
    "reliable_improvement": (
        gettext_noop("Reliable improvement"),
        gettext_noop(
            "One questionnaire lower by {phq9_change} (PHQ-9) or {gad7_change} (GAD-7) points, neither higher by as"
            " much. Out of finished courses."
        ),
    ),
    "no_reliable_change": (
        gettext_noop("No reliable change"),
        gettext_noop("Neither of the two, or both at once. Out of finished courses."),
    ),
    "reliable_deterioration": (
        gettext_noop("Reliable deterioration"),
        gettext_noop("One higher by as much, neither lower by as much. Out of finished courses."),
    ),
    "unclassified": (
        gettext_noop("Could not be told"),
        gettext_noop("Not both questionnaires whole at both ends. Out of finished courses."),
    ),
}
WAITS = {
    "within_6_weeks": (
        gettext_noop("First session within 6 weeks"),
        gettext_noop("From referral. Out of finished courses; where a date is missing nobody can say that it was in"
                     " time."),
    ),
    "within_18_weeks": (
        gettext_noop("First session within 18 weeks"), gettext_noop("The same, for 18 weeks."),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """One figure, in words; and the rule by which it was counted."""

    label: str
    words: str
    rule: str


@dataclass(frozen=True)
class National:
    """What the page shows of how courses ended. No finished count: too few to show any."""

    finished: int | None
    figures: tuple[Figure, ...]
    means: tuple[Figure, ...]


def national() -> National:
    """Count the courses that have ended."""
    return told(_columns())


def told(columns: Mapping[str, Any], *, table: MeasureTable | None = None) -> National:
    """Count by one table of cuts, and say the counts as far as they may be shown."""
    table = table or national_table()
    counted, points = outcomes(columns, table=table), _points(table)
    counts, rates = counted.counts, counted.rates
    if counts["finished"] < SMALLEST:
        return National(None, (), ())
    changed = hide_small({name: rates[name].numerator for name in CHANGED})
    figures = [
        Figure(_(label), _of_two(rates[name]), _(rule).format(**points))
        for name, (label, rule) in RECOVERY.items()
    ]
    figures += [
        Figure(
            _(label),
            _out_of(rates[name], hidden=not rates[name].numerator or changed[name] is None),
            _(rule).format(**points),
        )
        for name, (label, rule) in CHANGES.items()
    ]
    figures += [
        Figure(_(label), _of_two(rates[name]), _(rule))
        for name, (label, rule) in WAITS.items()
        if name in rates
    ]
    return National(published(counts["finished"]), tuple(figures), tuple(_means(columns)))


def _points(table: MeasureTable) -> dict[str, str]:
    """The cuts and reliable changes that were counted by, for the rules to name."""
    found = {}
    for key in ("phq9", "gad7"):
        found[f"{key}_cut"] = f"{table.measures[key].caseness:f}"
        found[f"{key}_change"] = f"{table.measures[key].reliable_change:f}"
    return found


def _of_two(rate: Rate) -> str:
    """Either part could point at somebody where it is small, and none or all tells of everybody."""
    rest = rate.denominator - rate.numerator
    return _out_of(rate, hidden=min(rate.numerator, rest) < SMALLEST)


def _out_of(rate: Rate, *, hidden: bool) -> str:
    of = published(rate.denominator)
    if hidden or of is None:
        return _("Not shown")
    return _("{share} % of {of}").format(share=_whole_percent(rate), of=of)


def _whole_percent(rate: Rate) -> int:
    """A half goes upwards. Whole, because a decimal would give away the count that is shown to the nearest 5."""
    return (200 * rate.numerator + rate.denominator) // (2 * rate.denominator)


def _means(columns: Mapping[str, Any]) -> list[Figure]:
    """Effect sizes and contacts, of enough finished courses."""
    ended = columns["treatment_contacts"] >= 2
    found = []
    for title, name in (("PHQ-9", "phq9"), ("GAD-7", "anxiety")):
        effect = effect_size(columns[f"{name}_first"][ended], columns[f"{name}_last"][ended])
        if effect and effect.people >= FEWEST_FOR_A_MEAN:
            rule = _(
                "From {first} to {last} on average, {people} people: the mean fall divided by {sd}, the standard"
                " deviation of their first scores."
            ).format(
                first=f"{effect.first_mean:.1f}", last=f"{effect.last_mean:.1f}", people=published(effect.people),
                sd=f"{effect.first_sd:.1f}",
            )  # fmt: skip
            label = _("Effect size, {title}").format(title=title)
            found.append(Figure(label, f"{effect.size:.2f}", rule))
    contacts = columns["treatment_contacts"][ended]
    if len(contacts) >= FEWEST_FOR_A_MEAN:
        rule = _("Sessions in which the two met, of finished courses.")
        found.append(Figure(_("Sessions held, on average"), f"{contacts.mean():.1f}", rule))
    return found


def _columns() -> dict[str, Any]:
    rows = list(Course.objects.filter(state=CourseState.ENDED).values_list("pk", "held", "referred_on"))
    ends, met = _ends(), _first_met()
    columns: dict[str, Any] = {
        f"{name}_{place}": np.array(
            [ends[key].get(pk, NOTHING)[n] for pk, _held, _on in rows], dtype=np.float64
        )
        for name, key in (("phq9", "phq9"), ("anxiety", "gad7"))
        for n, place in enumerate(("first", "last"))
    }
    columns["treatment_contacts"] = np.array([held for _pk, held, _on in rows], dtype=np.float64)
    columns["ended"] = np.ones(len(rows), dtype=np.bool_)
    if any(on for _pk, _held, on in rows):
        pairs = [_wait(on, met.get(pk)) for pk, _held, on in rows]
        columns["referred_on"] = np.array([one for one, _day in pairs], dtype="datetime64[D]")
        columns["first_treatment_on"] = np.array([day for _one, day in pairs], dtype="datetime64[D]")
    return columns


NOTHING = (float("nan"), float("nan"))


def _wait(referred: date | None, met: date | None) -> tuple[date | None, date | None]:
    """Both days; a first session that stands before its referral is a wrong date, and so none."""
    return (referred, met) if referred and met and met >= referred else (None, None)


def _ends() -> dict[str, dict[str, tuple[float, float]]]:
    """First and last whole total of each course, by questionnaire."""
    totals: dict[str, dict[str, list[float]]] = {key: defaultdict(list) for key in ("phq9", "gad7")}
    answers = Answers._base_manager.filter(
        instrument__in=totals, course__state=CourseState.ENDED, total__isnull=False, check_in__state="sent",
        sharing=Sharing.SHARED,
    ).order_by("answered_on", "created_at", "pk")  # fmt: skip
    for course, key, total in answers.values_list("course_id", "instrument", "total"):
        if total is not None:  # as was asked; the column may be empty
            totals[key][course].append(float(total))
    return {
        key: {pk: (found[0], found[-1] if len(found) > 1 else NOTHING[1]) for pk, found in of.items()}
        for key, of in totals.items()
    }


def _first_met() -> dict[str, date]:
    """The day on which each first session began, where the clinic is; its room may have been closed days later."""
    held = TherapySession._base_manager.filter(
        course__state=CourseState.ENDED, closed_at__isnull=False, attendance__in=MET
    )
    began = Coalesce("opened_at", "planned_at", "closed_at")
    first, zone = held.values_list("course_id").annotate(first=Min(began)), the_clinic().time_zone
    return {course: clock.day_in(at, zone) for course, at in first}
