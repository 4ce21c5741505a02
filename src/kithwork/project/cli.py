"""The command line: every command, its options and an example.

Exit 0: done. 1: refused, with one plain sentence on standard error. 2: wrong usage.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kithwork.refusal import Refusal

Command = Callable[[argparse.Namespace], int]


class Stop(Exception):
    """The command cannot be done; the sentence says why and what to do."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["manage"]:
        return _manage(arguments[1:])
    options = parser().parse_args(arguments)
    if options.data:
        os.environ["KITHWORK_DATA"] = str(Path(options.data).expanduser().resolve())
    try:
        return int(options.run(options))
    except Stop as stop:
        print(stop, file=sys.stderr)
    except Refusal as refusal:
        print(refusal.sentence, refusal.next_step, file=sys.stderr)
    return 1


def parser() -> argparse.ArgumentParser:
    """Every command with its options and an example."""
    top = argparse.ArgumentParser(prog="kithwork", description="A workbook for two people in IPT.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    demo = _command(
        commands, "demo", _demo, "build the demo clinic and serve it", "kithwork demo --port 8000"
    )
    demo.add_argument("--host", default="127.0.0.1", help=argparse.SUPPRESS)
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--clients", type=int, default=24)
    demo.add_argument("--months", type=int, default=9)
    demo.add_argument("--no-serve", action="store_true", help="build it and stop")
    demo.add_argument("--check", action="store_true", help="fetch the sign-in page and stop")
    demo.add_argument("--canaries", action="store_true", help="a unique word in every free-text field")

    init = _command(
        commands, "init", _init, "make a real installation",
        "kithwork init --data /srv/kithwork --clinic 'Lime Street' --admin ada@example.org --country GB",
    )  # fmt: skip
    init.add_argument("--clinic", required=True)
    init.add_argument("--admin", required=True, metavar="EMAIL")
    init.add_argument("--country", required=True, metavar="CC", help="two letters, as in GB")

    serve = _command(commands, "serve", _serve, "run the server and its worker", "kithwork serve --workers 2")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=1)

    worker = _command(commands, "worker", _worker, "send what waits in the outbox", "kithwork worker")
    worker.add_argument("--once", action="store_true", help="one round, then stop")

    check = _command(commands, "check", _check, "say what is unsafe or missing", "kithwork check --deploy")
    check.add_argument("--deploy", action="store_true", help="as for an installation on a network")
    check.add_argument(
        "--confirm-key-copy", action="store_true", help="note that the key's copy is kept safe"
    )
    check.add_argument("--json", action="store_true")

    routes = _command(
        commands, "routes", _routes, "every address and who may open it", "kithwork routes --json"
    )
    routes.add_argument("--json", action="store_true")

    _counting_commands(commands)
    _cycle_commands(commands)
    _trail_command(commands)
    _messages_command(commands)
    _record_commands(commands)
    commands.add_parser("manage", help="Django's own commands", add_help=False)
    return top


def _counting_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    score = _command(
        commands, "score", _score, "score answers from a file", "kithwork score phq9 answers.csv"
    )
    score.add_argument("instrument")
    score.add_argument("file", nargs="?", default="-", help="CSV or JSON lines; - for standard input")
    score.add_argument("--prorate", action="store_true")
    score.add_argument("--json", action="store_true", help=argparse.SUPPRESS)

    counts = _command(
        commands, "outcomes", _outcomes, "count how courses ended, by the national definitions",
        "kithwork outcomes courses.csv --by focus",
    )  # fmt: skip
    counts.add_argument("file", help="CSV with a line of names, or Parquet: course_id, focus, phq9_first, …")
    counts.add_argument("--by", choices=["focus", "protocol", "therapist"], default="")
    counts.add_argument(
        "--measures", metavar="FILE", help="the clinic's own dated table of cuts and reliable changes, JSON"
    )
    counts.add_argument("--json", action="store_true")


def _cycle_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    cycle = commands.add_parser("cycle", help="the loop of mood and relationships in diaries")
    two = cycle.add_subparsers(required=True, metavar="COMMAND")
    where = "local, local=3 (workers), or dask=tcp://HOST:8786"

    fit = _command(
        two, "fit", _cycle_fit, "estimate each person's own pattern from diary rows",
        "kithwork cycle fit diaries.csv --out patterns.parquet",
    )  # fmt: skip
    fit.add_argument(
        "file",
        metavar="FILE",
        help="CSV (read whole), Parquet or a folder of Parquet: person, day, answers …",
    )
    fit.add_argument("--out", default="", metavar="FILE", help="everything, as .parquet or .csv")
    fit.add_argument("--engine", default="local", help=where)
    fit.add_argument("--variables", default="", metavar="A,B", help="the columns of answers; all by default")
    fit.add_argument(
        "--mood", default="", metavar="A,B", help="which of them are mood; the rest, relationships"
    )
    fit.add_argument(
        "--prior", default="real", metavar="PRIOR",
        help="real (from real diaries; the default), generic, learned (from these diaries), or a prior's file",
    )  # fmt: skip
    fit.add_argument("--prior-out", default="", metavar="FILE", help="where to write what was learned, JSON")
    fit.add_argument("--kernel", default="auto", choices=["auto", "plain", "compiled"])
    fit.add_argument("--seed", type=int, default=0)

    simulate = _command(
        two, "simulate", _cycle_simulate, "make synthetic courses with diaries and check-ins",
        "kithwork cycle simulate --clients 1000 --weeks 18 --seed 1 --out simulated",
    )  # fmt: skip
    simulate.add_argument("--clients", type=int, required=True)
    simulate.add_argument("--weeks", type=int, required=True)
    simulate.add_argument("--seed", type=int, default=1)
    simulate.add_argument("--out", required=True, metavar="DIR")
    simulate.add_argument("--engine", default="local", help=where)
    simulate.add_argument("--like", default="daily", choices=["daily", "strong", "no-loop", "no-therapy"])


def _messages_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    messages = _command(
        commands, "messages", _messages, "gather every string for translators", "kithwork messages fr"
    )
    messages.add_argument(
        "languages", nargs="*", metavar="LANGUAGE", help="begin a catalogue, as in fr or pt_BR"
    )


def _trail_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    trail = _command(commands, "trail", _trail, "check the trail", "kithwork trail verify --head head.json")
    trail.add_argument("what", choices=["verify", "head"])
    trail.add_argument("--head", metavar="FILE", help="a head that was kept elsewhere")
    trail.add_argument("--json", action="store_true")


def _record_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    client = "the address they sign in with, or the id in their course's address"
    export = _command(
        commands, "export", _export, "write a copy of what one client and their therapist share",
        "kithwork export maya@example.org --as html --out /media/stick",
    )  # fmt: skip
    export.add_argument("client", metavar="CLIENT", help=client)
    export.add_argument("--as", dest="form", required=True, choices=["json", "html", "fhir"])
    export.add_argument("--out", required=True, metavar="DIR")
    export.add_argument(
        "--own", action="store_true", help="the client's whole own copy; asks for the client's password"
    )
    erase = _command(
        commands, "erase", _erase, "erase one client's record, after a cooling-off of seven days",
        "kithwork erase maya@example.org",
    )  # fmt: skip
    erase.add_argument("client", metavar="CLIENT", help=client)
    erase.add_argument("--yes", action="store_true", help="don't ask whether you are sure")
    erase.add_argument(
        "--second", metavar="EMAIL", help="at once: a second person of the clinic, who gives their password"
    )
    erase.add_argument(
        "--take-back", action="store_true", help="let the record stand, within the cooling-off"
    )


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Command,
    does: str,
    example: str,
) -> argparse.ArgumentParser:
    made = commands.add_parser(
        name, help=does, description=does.capitalize() + ".", epilog=f"Example: {example}"
    )
    made.add_argument("--data", metavar="DIR", help="the folder that holds everything of one installation")
    made.set_defaults(run=run)
    return made


def _manage(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithwork.project.settings")
    from django.core.management import execute_from_command_line  # settings are chosen first

    execute_from_command_line(["kithwork manage", *arguments])
    return 0


# Django is loaded only once the data folder is known: settings read it when they are imported.


def _demo(options: argparse.Namespace) -> int:
    from kithwork.project import installing

    return installing.demo(options)


def _init(options: argparse.Namespace) -> int:
    from kithwork.project import installing

    return installing.init(options)


def _serve(options: argparse.Namespace) -> int:
    from kithwork.project import serving

    return serving.serve(options)


def _worker(options: argparse.Namespace) -> int:
    from kithwork.project import serving

    return serving.worker(options)


def _check(options: argparse.Namespace) -> int:
    from kithwork.project import checking

    return checking.check(options)


def _routes(options: argparse.Namespace) -> int:
    from kithwork.project import reporting

    return reporting.routes(options)


def _score(options: argparse.Namespace) -> int:
    from kithwork.project import reporting

    return reporting.score(options)


def _outcomes(options: argparse.Namespace) -> int:
    from kithwork.project import counting

    return counting.count(options)


def _cycle_fit(options: argparse.Namespace) -> int:
    from kithwork.project import cycling

    return cycling.fit(options)


def _cycle_simulate(options: argparse.Namespace) -> int:
    from kithwork.project import cycling

    return cycling.simulate(options)


def _messages(options: argparse.Namespace) -> int:
    from kithwork.project import reporting

    return reporting.messages(options)


def _export(options: argparse.Namespace) -> int:
    from kithwork.project import records

    return records.export(options)


def _erase(options: argparse.Namespace) -> int:
    from kithwork.project import records

    return records.erase(options)


def _trail(options: argparse.Namespace) -> int:
    from kithwork.project import reporting

    return reporting.trail(options)
