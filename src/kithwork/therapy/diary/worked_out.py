"""What was estimated from a diary: asked for in the saving transaction, worked out by the worker, read by the page.

An estimate takes 60 to 200 ms without the compiled engine, a page is meant to take 25. So a page shows only what is
there, and only where it comes from the very answers that its reader may see; until then it says that it is on its way.
There is one for the client, from all that she wrote, and one from what both see: what she keeps to herself changes
nothing in the second, not even when it is made. Each is sealed under her key for its own side (`under_the_key`).
"""

import json
from dataclasses import asdict
from datetime import datetime

import numpy as np
from django.db.models import F

from kithwork import __version__
from kithwork.cycle.estimate import fit_cycles
from kithwork.cycle.fit import Floats, Status
from kithwork.cycle.loop import Arrow, Loop, look, loop_of
from kithwork.cycle.priors import POPULATION_REAL
from kithwork.foundation.passages.audience import Audience
from kithwork.therapy.course import under_the_key
from kithwork.therapy.course.access import both_see, open_by_client_act
from kithwork.therapy.diary.models import WorkedOut
from kithwork.therapy.diary.queries import answers

# Estimates a round: the worker has other things to do, and a round comes every few seconds.
MOST_A_ROUND = 20
NOTHING = Loop(Status.FAILED, 0.0, (), ())


def ask(course: str, *, both: bool) -> None:
    """Have it worked out anew, inside the caller's transaction. ``both``: what the two see has changed too."""
    wanted = ["client", *(["both"] if both else [])]
    rows = WorkedOut.objects.filter(course=course, readers__in=wanted)
    if rows.update(asked=F("asked") + 1) < len(wanted):
        WorkedOut.objects.bulk_create(
            [WorkedOut(course_id=course, readers=one, asked=1) for one in wanted], ignore_conflicts=True
        )


def ask_again(audience: Audience) -> None:
    """Have it worked out for a page that found none of these answers: they came from a copy, or the rules are new."""
    row = _row(audience)
    if row is None:
        asked = WorkedOut(course_id=audience.course, readers=under_the_key.readers(audience), asked=1)
        WorkedOut.objects.bulk_create([asked], ignore_conflicts=True)
    elif not row.is_due:
        WorkedOut.objects.filter(pk=row.id, asked=row.asked, done=row.asked).update(asked=F("asked") + 1)


def newest(audience: Audience, y: Floats) -> Loop | None:
    """The arrows of these very answers, shape (T, 5); None while they are still to be worked out."""
    row, named = _row(audience), _mark(audience, y)
    if not named:
        return NOTHING  # she was erased, and her key with her
    if row is None or bytes(row.of) != named:
        return None
    opened = under_the_key.open_sealed(audience, bytes(row.sealed))
    return None if opened is None else _read(opened)


def is_due(audience: Audience) -> bool:
    """Whether there is something to come: enough for an open page to know when to look again. No answer is read."""
    row = _row(audience)
    return row is not None and row.is_due


def work_out_due(*, now: datetime) -> int:
    """Work out what was asked for. Returns how many there were.

    Any number of workers may do this at once: each takes them in an order of its own, and of two that meet at one row
    the later changes nothing. What was asked for meanwhile stays due.
    """
    due = WorkedOut.objects.filter(asked__gt=F("done")).order_by("?")
    return sum(_work_out(pk, now) for pk in due.values_list("pk", flat=True)[:MOST_A_ROUND])


def _work_out(pk: str, now: datetime) -> bool:
    rows = WorkedOut.objects.filter(pk=pk, asked__gt=F("done"))
    row = rows.select_related("course__client").first()
    if row is None:
        return False
    hers = open_by_client_act(row.course.client, row.course, now=now)
    audience = hers if row.readers == "client" else both_see(hers)
    y = answers(audience)
    of, sealed = b"", b""
    if look(y).is_worth_a_fit:
        of, sealed = _mark(audience, y), bytes(row.sealed)
        if of != bytes(row.of):  # else nothing of it has changed after all
            sealed = under_the_key.seal(audience, _written(_estimate(y)))
    return bool(rows.filter(asked=row.asked).update(done=row.asked, of=of, sealed=sealed))


def _row(audience: Audience) -> WorkedOut | None:
    rows = WorkedOut.objects.filter(course=audience.course, readers=under_the_key.readers(audience))
    return rows.first()


def _mark(audience: Audience, y: Floats) -> bytes:
    """Names the answers, and the rules by which they are estimated."""
    rules = f"{__version__} {POPULATION_REAL.name} {POPULATION_REAL.version} {y.shape}"
    return under_the_key.mark(audience, rules.encode() + y.tobytes())


def _estimate(y: Floats) -> Loop:
    try:
        return loop_of(fit_cycles(y[None], prior=POPULATION_REAL), 0)
    except np.linalg.LinAlgError:
        return NOTHING


def _written(loop: Loop) -> bytes:
    return json.dumps(asdict(loop)).encode()


def _read(written: bytes) -> Loop:
    kept = json.loads(written)
    blocks, singles = (tuple(Arrow(**one) for one in kept[name]) for name in ("blocks", "singles"))
    return Loop(Status(kept["status"]), kept["gain"], blocks, singles)
