"""Commands that only tell: routes, scores, the trail."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from kithwork.instruments.batch import RefusedRow, score_file
from kithwork.project import setting_up
from kithwork.project.cli import Stop
from kithwork.project.files import reading


def routes(options: argparse.Namespace) -> int:
    """Every address pattern and who may open it."""
    setting_up.start_django()
    from kithwork.project.whose_pages import routes as all_routes

    found = all_routes()
    if options.json:
        print(json.dumps([asdict(route) for route in found], indent=1))
        return 0
    for route in found:
        allowed = [role for role, access in route.who.items() if access != "deny"]
        print(f"{route.pattern:<60} {', '.join(allowed) or 'nobody'}")
    return 0


def score(options: argparse.Namespace) -> int:
    """Score rows of answers; a refused row is reported with its line and the others go on."""
    refused = 0
    with _opened(options.file) as stream:
        for row in score_file(options.instrument, stream, prorate=options.prorate):
            if isinstance(row, RefusedRow):
                refused += 1
                print(f"line {row.line}: {row.sentence} {row.next_step}".rstrip(), file=sys.stderr)
            else:
                print(json.dumps(row))
    return 1 if refused else 0


def messages(options: argparse.Namespace) -> int:
    """Gather every string into ``django.pot``, and bring each language's catalogue up to it."""
    setting_up.start_django()
    from kithwork.project.translation import catalogue, collecting

    found, folder = collecting.everything(), collecting.PACKAGE / "locale"
    folder.mkdir(exist_ok=True)
    template = folder / "django.pot"
    template.write_text(catalogue.as_text(found, catalogue.Catalogue(catalogue.new_head(""))), "utf-8")
    print(f"{len(found)} strings stand in {template}.")
    known = {path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/django.po")}
    for language in sorted(known | set(options.languages)):
        path = folder / language / "LC_MESSAGES" / "django.po"
        said = catalogue.update(path, found).said
        print(f"{language}: {len(said.keys() & found.keys())} of {len(found)} translated, in {path}.")
    return 0


def trail(options: argparse.Namespace) -> int:
    """Check every chain, or print the head to keep elsewhere."""
    setting_up.start_django()
    return _print_head() if options.what == "head" else _verify(options)


def _print_head() -> int:
    from kithwork.foundation import clock
    from kithwork.foundation.trail.actions import take_checkpoint

    point = take_checkpoint(clock.now())
    print(
        json.dumps(
            {
                "at": point.at.isoformat(),
                "chains": len(point.lengths),
                "root": bytes(point.root).hex(),
                "n": point.id,
            }
        )
    )
    return 0


def _verify(options: argparse.Namespace) -> int:
    from kithwork.foundation.trail.queries import faults, root_holds

    found = [f"{fault.kind} at place {fault.place} of chain {fault.chain}" for fault in faults()]
    if options.head:
        kept = json.loads(Path(options.head).read_text())
        if not root_holds(kept["n"], bytes.fromhex(kept["root"])):
            found.append("the head that was kept elsewhere is not what the events make")
    if options.json:
        print(json.dumps({"ok": not found, "faults": found}))
    elif found:
        raise Stop("The trail does not hold: " + "; ".join(found) + ".")
    else:
        print("The trail holds: every event is in its place.")
    return 1 if found else 0


@contextmanager
def _opened(name: str) -> Iterator[TextIO]:
    if name == "-":
        yield sys.stdin
        return
    path = Path(name)
    with reading(path):
        stream = path.open(newline="")
    with stream:
        yield stream
