"""The commands of the loop of mood and relationships: estimate it from a file of diaries, and simulate such files."""

import argparse
import csv
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from kithwork.cycle import GENERIC, CyclePrior, warm_up
from kithwork.cycle.engines import can_compile
from kithwork.cycle.files import (
    PEOPLE_A_PART,
    TABLES,
    FileRows,
    parquet_files,
    parts_to_fit,
    parts_to_simulate,
    rows_of_people,
    to_arrow,
)
from kithwork.cycle.fleet import Engine, Piece, engine_of, kept_going, opened
from kithwork.cycle.learning import learn_prior
from kithwork.cycle.parameters import DAILY, STRONG, described
from kithwork.cycle.partition import DIRECTIONS, How
from kithwork.cycle.prior_files import PriorRefused, prior_as_text, read_prior
from kithwork.cycle.rows import PERSON, Columns, RefusedRow, readable, variables_of
from kithwork.cycle.service import SERVICE
from kithwork.project.cli import Stop
from kithwork.project.progress import shown
from kithwork.project.tables import csv_columns, need_pyarrow

LIKE = {
    "daily": DAILY, "strong": STRONG, "no-loop": DAILY.without_loop(), "no-therapy": DAILY.without_therapy(),
}  # fmt: skip
Source: TypeAlias = Path | FileRows | Columns
LEARNED = "learned"
MOST_TOLD = 100
FEW = ("status", "days_seen", "pairs", "gain_vs_level", "moved")
NOT_A_CAUSE = (
    "A pattern in one person’s answers is no proof of a cause, and no arrow shown does not mean no link."
    " Look at arrows only where status is ok, and at rho: how much of the answer is the person’s own diary."
)
PARTS_AT_LEAST = 16
LEARNING_ROUNDS = 2
WORTH_COMPILING = 300  # people: for fewer the plain kernel is done before the other is compiled


def fit(options: argparse.Namespace) -> int:
    """Estimate each person's own loop; a row that cannot be read is reported, and the others go on."""
    engine, path = engine_of(options.engine), Path(options.file)
    prior, items = _prior(options.prior)
    how = How(variables=_names(options.variables), mood=_names(options.mood), seed=options.seed, prior=prior)
    out = Path(options.out) if options.out else None
    if options.prior_out and options.prior != LEARNED:
        raise Stop("Only a learned prior can be written. Say --prior learned, or leave out --prior-out.")
    if out and out.suffix not in (".parquet", ".csv"):
        raise Stop(f"{out} should end in .parquet or .csv.")
    if path.is_dir() or path.suffix == ".parquet" or (out and out.suffix == ".parquet"):
        need_pyarrow("Reading and writing Parquet", instead="or give a CSV, with --out FILE.csv.")
    sources, bad = _sources(path, how)
    variables = _variables(sources, how)
    if sources:
        how.blocks(variables)  # a wrong name is told at once, and not by the first piece
    if items:
        _check_items(options.prior, items, variables)
    carried = options.engine.startswith("dask")
    how = replace(how, engine=_kernel(options.kernel, sources, variables))
    with _folder(out) as folder:
        if options.prior == LEARNED:
            how = _with_learned_prior(sources, how, engine, folder, carried=carried)
            if options.prior_out and how.prior:
                text = prior_as_text(how.prior, variables)
                Path(options.prior_out).write_text(text, encoding="utf-8")
        files = _worked(list(parts_to_fit(sources, how, carried=carried)), engine, folder, "Estimating")
        for source, file in zip(sources, files, strict=True):
            bad += _tell_refused(source, opened(file).refused)
        people = _written(files, out)
    print(f"{people:,} people. {NOT_A_CAUSE}", file=sys.stderr)
    return 1 if bad else 0


def _prior(named: str) -> tuple[CyclePrior | None, tuple[str, ...]]:
    """The prior asked for, and the items that its file speaks of. None: the one that ships, or one to be learned."""
    if named in ("real", LEARNED):
        return None, ()
    if named == "generic":
        return GENERIC, ()
    try:
        return read_prior(Path(named).read_text(encoding="utf-8-sig"))
    except OSError:
        raise Stop(
            f"There is no prior {named} that can be read. Say real, generic, learned, or the name of a file."
        ) from None
    except UnicodeDecodeError:
        raise Stop(f"{named} is not text in UTF-8. Take a file that --prior-out has written.") from None
    except PriorRefused as refusal:
        raise Stop(f"{named}: {refusal.sentence} {refusal.next_step}") from None


def _check_items(named: str, known: Sequence[str], asked: Sequence[str]) -> None:
    if list(known) != list(asked):
        raise Stop(
            f"{named} speaks of {', '.join(known)}, the diaries of {', '.join(asked)}."
            " Choose the same with --variables, in that order."
        )


def _variables(sources: Sequence[Source], how: How) -> Sequence[str]:
    """The columns that hold answers, in the order in which they are estimated."""
    if not sources:
        return how.variables
    first = sources[0]
    if isinstance(first, Path | FileRows):
        from pyarrow import parquet

        schema = parquet.read_schema(first.path if isinstance(first, FileRows) else first)
        return variables_of(schema.names, how.variables)
    return variables_of(list(first), how.variables)


def _sources(path: Path, how: How) -> tuple[Sequence[Source], int]:
    """Files to estimate, or the rows of one file cut into parts; and how many rows were refused."""
    if not path.exists():
        raise Stop(f"There is no file {path}.")
    if path.is_dir():
        return parquet_files(path), 0
    if path.suffix == ".parquet":
        return rows_of_people(path, PARTS_AT_LEAST, PEOPLE_A_PART), 0
    columns, lines = csv_columns(path)
    kept, refused = readable(columns, variables_of(list(columns), how.variables))
    for row in refused:
        print(f"line {lines[row.row - 1]}: {row.sentence} {row.next_step}", file=sys.stderr)
    return list(_cut(kept)), len(refused)


def _kernel(asked: str, sources: Sequence[Source], variables: Sequence[str]) -> str:
    """Which engine estimates everybody: decided once, so that every part is estimated by the same."""
    known = [source for source in sources if not isinstance(source, Path | FileRows)]
    few = len(known) == len(sources) and sum(len(np.unique(one[PERSON])) for one in known) < WORTH_COMPILING
    if not sources or asked == "plain" or (asked == "auto" and (few or not can_compile())):
        return "plain"
    if not can_compile():
        raise Stop("The compiled kernel needs Numba: pip install 'kithwork[numbers]', or say --kernel plain.")
    print("Making the compiled kernel ready: a minute the first time, then at once.", file=sys.stderr)
    # Here, so that workers find it in the cache and do not each compile it.
    warm_up(items=len(variables))
    return "compiled"


def _cut(kept: Columns) -> Iterator[Columns]:
    """The rows of whole people together, in the order of the people."""
    people, who = np.unique(kept[PERSON], return_inverse=True)
    size = max(1, min(PEOPLE_A_PART, -(-len(people) // PARTS_AT_LEAST)))
    for first in range(0, len(people), size):
        here = (who >= first) & (who < first + size)
        yield {name: column[here] for name, column in kept.items()}


def _with_learned_prior(
    sources: Sequence[Source], how: How, engine: Engine, folder: Path, *, carried: bool
) -> How:
    """Estimate everybody with the prior that ships and learn one from all their sums; then once more with that."""
    for _ in range(LEARNING_ROUNDS):
        pieces = list(parts_to_fit(sources, how, carried=carried))
        files = _worked(pieces, engine, folder, "Learning what is usual")
        sums = [part.sums for part in map(opened, files) if part.sums is not None]
        how = replace(how, prior=learn_prior(sums))
    return how


def _worked(pieces: Sequence[Piece], engine: Engine, folder: Path, what: str) -> list[Path]:
    """Do every piece; their files in the order of the pieces, whatever the order in which they were done."""
    done = {}
    for piece, file in shown(kept_going(pieces, engine, folder), total=len(pieces), what=what):
        done[piece.name] = file
    return [done[piece.name] for piece in pieces]


def _tell_refused(source: Source, refused: Sequence[RefusedRow]) -> int:
    name = source.name if isinstance(source, Path | FileRows) else ""
    before = source.start if isinstance(source, FileRows) else 0
    for row in refused[:MOST_TOLD]:
        print(f"{name}, row {before + row.row}: {row.sentence} {row.next_step}", file=sys.stderr)
    if len(refused) > MOST_TOLD:
        print(f"{name}: {len(refused) - MOST_TOLD:,} rows more could not be read.", file=sys.stderr)
    return len(refused)


def _written(files: Sequence[Path], out: Path | None) -> int:
    """Write everybody, one part in memory at a time; how many people there were."""
    parts = (part.rows for part in map(opened, files) if len(part.rows[PERSON]))
    if out is None:
        few = [
            PERSON,
            *FEW,
            *(f"{way}_{number}" for way in DIRECTIONS for number in ("mean", "lo90", "hi90", "p_pos", "rho")),
        ]
        return _to_csv(sys.stdout, ({name: part[name] for name in few} for part in parts))
    half = out.with_name(out.name + ".half")
    if out.suffix == ".parquet":
        people = _to_parquet(half, parts)
    else:
        with half.open("w", newline="", encoding="utf-8") as stream:
            people = _to_csv(stream, parts)
    half.replace(out)
    return people


def _to_csv(stream: Any, parts: Iterator[Mapping[str, Any]]) -> int:
    people = 0
    rows = csv.writer(stream, lineterminator="\n")
    for part in parts:
        if not people:
            rows.writerow(part)
        told = (
            column if column.dtype.kind != "f" else [f"{number:.4f}" for number in column]
            for column in part.values()
        )
        rows.writerows(zip(*told, strict=True))
        people += len(part[PERSON])
    return people


def _to_parquet(path: Path, parts: Iterator[Mapping[str, Any]]) -> int:
    from pyarrow import parquet

    people, writer = 0, None
    for part in parts:
        table = to_arrow(part)
        writer = writer or parquet.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
        people += table.num_rows
    if writer is None:
        parquet.write_table(to_arrow({PERSON: np.array([], dtype=np.str_)}), path)
    else:
        writer.close()
    return people


@contextmanager
def _folder(out: Path | None) -> Iterator[Path]:
    """Where finished parts are kept: beside the file asked for, so that the same command goes on after a stop."""
    if out is None:
        with tempfile.TemporaryDirectory() as temporary:
            yield Path(temporary)
        return
    folder = out.with_name(out.name + ".parts")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def simulate(options: argparse.Namespace) -> int:
    """Make synthetic courses: diary, check-ins by item, attendance, courses and truth, as Parquet."""
    engine, out = engine_of(options.engine), Path(options.out)
    need_pyarrow("Writing simulated courses as Parquet", instead="")
    params = LIKE[options.like]
    if options.clients < 1 or not 0 <= options.seed < 2**63 or not 3 <= options.weeks <= 520:
        raise Stop("Give one client or more, 3 to 520 weeks, and a seed of 0 or more.")
    about = {
        "clients": options.clients, "weeks": options.weeks, "seed": options.seed, "like": options.like,
        "not_real": "Nobody in these files exists. They come from a model, for teaching and for testing.",
        "parameters": [asdict(one) for part in (params, SERVICE) for one in described(part)],
    }  # fmt: skip
    _begin(out, json.dumps(about, indent=1, ensure_ascii=False))
    pieces = list(parts_to_simulate(options.clients, weeks=options.weeks, seed=options.seed, params=params))
    left = [piece for piece in pieces if not all(_part(out, table, piece).exists() for table in TABLES)]
    for piece, made in shown(engine(left), total=len(left), what="Simulating"):
        for table in TABLES:
            half = _part(out, table, piece).with_suffix(".half")
            half.write_bytes(made[table])
            half.replace(_part(out, table, piece))
    print(f"{options.clients:,} simulated clients in {out}: {', '.join(TABLES)}; see about.json.")
    return 0


def _begin(out: Path, about: str) -> None:
    """Make the folders; going on in a folder of other clients would mix the two."""
    if out.exists() and not out.is_dir():
        raise Stop(f"{out} is a file. Give a new folder.")
    said = out / "about.json"
    if said.exists() and said.read_text(encoding="utf-8") != about:
        raise Stop(f"{out} holds other simulated clients. Give another folder, or remove that one.")
    if out.exists() and not said.exists() and any(out.iterdir()):
        raise Stop(f"{out} is not empty. Give a new folder.")
    try:
        for table in TABLES:
            (out / table).mkdir(parents=True, exist_ok=True)
        said.write_text(about, encoding="utf-8")
    except OSError as error:
        raise Stop(f"The folder {out} cannot be made: {error.strerror}.") from None


def _part(out: Path, table: str, piece: Piece) -> Path:
    return out / table / f"{piece.name}.parquet"


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
