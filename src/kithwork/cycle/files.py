"""Diaries and simulated courses as Parquet: one piece of a fleet's work each. Needs pyarrow, and only when called."""

import hashlib
import pickle
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from kithwork.cycle.blocks import Block, blocks
from kithwork.cycle.fleet import Piece, digest_of
from kithwork.cycle.parameters import DAILY, ITEM_NAMES, Params
from kithwork.cycle.partition import Fitted, How, columns_of, fit_columns
from kithwork.cycle.rows import PERSON, Columns
from kithwork.cycle.service import SERVICE, Attendance, Service, ServiceParams, check_ins, session_days
from kithwork.cycle.simulate import WholeBlock, whole_block
from kithwork.refusal import Refusal

PEOPLE_A_PART = 4096
DAYS_A_WEEK = 7
TABLES = ("diary", "events", "check_ins", "attendance", "courses", "truth")
CAME = ("", "attended", "cancelled", "not_attended")


class FilesRefused(Refusal, ValueError):
    """Files of diaries cannot be read, or a person's rows lie in several of them."""

    code = "files-refused"


class SimulatedPart(NamedTuple):
    """Which clients to simulate: `people` from `first` on, over `weeks`, with this seed."""

    first: int
    people: int
    weeks: int
    seed: int
    params: Params = DAILY
    service: ServiceParams = SERVICE


def parts_to_simulate(clients: int, *, weeks: int, seed: int, params: Params = DAILY) -> Iterator[Piece]:
    """Cut simulated clients into pieces; each gives the bytes of a Parquet file for each of `TABLES`."""
    for first in range(0, clients, PEOPLE_A_PART):
        part = SimulatedPart(first, min(PEOPLE_A_PART, clients - first), weeks, seed, params)
        yield Piece(f"part-{first // PEOPLE_A_PART:05}", simulated, part)


def simulated(part: SimulatedPart) -> dict[str, bytes]:
    """Simulate some clients, as Parquet: diary, events, check-ins by item, attendance, courses, and the truth."""
    made: dict[str, list[Columns]] = {table: [] for table in TABLES}
    for block in blocks(part.people, seed=part.seed, first=part.first):
        whole = whole_block(block, DAYS_A_WEEK * part.weeks, part.params)
        held = session_days(DAYS_A_WEEK * part.weeks, part.params)
        ins = check_ins(block, whole, part.params, part.service)
        service = Service.of([ins.only(block.wanted)], held)
        numbers = range(part.first + block.place.start, part.first + block.place.stop)
        names = np.array([f"s{number:09}" for number in numbers])
        for table, columns in zip(TABLES, _tables(block, names, whole, service), strict=True):
            made[table].append(columns)
    return {
        table: to_parquet({name: _end_to_end([one[name] for one in parts]) for name in parts[0]})
        for table, parts in made.items()
    }


def _tables(block: Block, names: Any, whole: WholeBlock, service: Service) -> Iterator[Columns]:
    """One block's rows, in the order of `TABLES`."""
    y = whole.y.swapaxes(0, 1)[block.wanted]
    events = whole.events.T[block.wanted]
    who, day = np.nonzero(~np.isnan(y).all(2))
    answers = {name: _whole(y[who, day, at]) for at, name in enumerate(ITEM_NAMES)}
    yield {PERSON: names[who], "day": day.astype(np.int32), **answers}
    who, day = np.nonzero(events)
    yield {PERSON: names[who], "day": day.astype(np.int32), "events": events[who, day]}
    items = [*((f"phq9_{n + 1}", service.phq9[..., n]) for n in range(service.phq9.shape[2])),
             *((f"gad7_{n + 1}", service.gad7[..., n]) for n in range(service.gad7.shape[2])),
             ("wsas", service.wsas)]  # fmt: skip
    who, n = np.nonzero(~np.isnan(service.wsas))
    when = {"session": (n + 1).astype(np.int32), "day": service.session_days[n].astype(np.int32)}
    yield {PERSON: names[who], **when, **{name: _whole(part[who, n]) for name, part in items}}
    who, n = np.nonzero(service.attendance != Attendance.NONE)
    when = {"session": (n + 1).astype(np.int32), "day": service.session_days[n].astype(np.int32)}
    yield {PERSON: names[who], **when, "attendance": np.array(CAME)[service.attendance[who, n]]}
    kept = whole.days_kept[block.wanted]
    more = {"sessions_agreed": service.agreed, "left_early": service.left_early, "diary_days": kept}
    yield {"course_id": names, **{name: _gaps(column) for name, column in service.columns().items()}, **more}
    arrows = whole.people.arrows[block.wanted]
    true = {
        f"{source}_to_{target}": arrows[:, to, since]
        for since, source in enumerate(ITEM_NAMES)
        for to, target in enumerate(ITEM_NAMES)
    }
    yield {PERSON: names, **true, "fall": whole.people.fall[block.wanted],
           "loosening": whole.people.loosening[block.wanted]}  # fmt: skip


def _end_to_end(columns: Sequence[Any]) -> Any:
    return np.ma.concatenate(columns)  # type: ignore[no-untyped-call]


def _whole(numbers: Any) -> Any:
    """Answers as small whole numbers, missing ones masked."""
    missing = np.isnan(numbers)
    return np.ma.array(np.where(missing, 0, numbers).astype(np.int8), mask=missing)


def _gaps(column: Any) -> Any:
    """A column whose missing numbers are missing and not not-a-number."""
    return np.ma.array(column, mask=np.isnan(column)) if column.dtype.kind == "f" else column


def to_parquet(columns: Mapping[str, Any]) -> bytes:
    """Columns as one Parquet file."""
    return _as_bytes(to_arrow(columns))


def _as_bytes(table: Any) -> bytes:
    from pyarrow import BufferOutputStream, parquet

    sink = BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


def to_arrow(columns: Mapping[str, Any]) -> Any:
    """Columns as a pyarrow Table; what is masked is missing."""
    import pyarrow

    def arrow(column: Any) -> Any:
        if not isinstance(column, np.ma.MaskedArray):
            return pyarrow.array(column)
        masked = np.ma.getmaskarray(column)
        return pyarrow.array(np.ma.getdata(column), mask=masked if masked.any() else None)

    return pyarrow.table({name: arrow(column) for name, column in columns.items()})


def parquet_files(folder: Path) -> list[Path]:
    """The files of a folder of diaries, in the order of their people; raises FilesRefused.

    A folder of simulated clients holds them under ``diary``. Each person's rows have to lie in one file.
    """
    from pyarrow import ArrowInvalid, parquet

    at = folder / "diary" if (folder / "diary").is_dir() else folder
    files = sorted(at.glob("*.parquet"))
    if not files:
        raise FilesRefused(
            "There is no Parquet file in {folder}.",
            next_step="Give a folder of *.parquet, or one CSV.",
            folder=at,
        )
    ends = []
    for file in files:
        try:
            people = parquet.read_table(file, columns=[PERSON])[PERSON].unique().cast("string").to_pylist()
        except (ArrowInvalid, KeyError):
            raise FilesRefused(
                "{file} is not a Parquet file with a column person.",
                next_step="Mend it, or move it out.",
                file=file,
            ) from None
        known = [one for one in people if one is not None]
        ends.append((min(known, default=""), max(known, default=""), file))
    ends.sort(key=lambda one: (one[0], one[1], one[2].name))
    for (_, last, one), (first, _, other) in pairwise(ends):
        if first and first <= last:
            raise FilesRefused(
                "The people of {one} and {other} overlap.",
                next_step="Sort the rows by person before they are cut into files.",
                one=one.name,
                other=other.name,
            )
    return [file for _, _, file in ends]


class FileRows(NamedTuple):
    """Some rows of one Parquet file, from `start` up to `stop`; `digest` says what is in the whole file."""

    path: Path
    start: int
    stop: int
    digest: bytes

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.path.name

    def table(self) -> Any:
        """These rows; only the row groups in which they lie are read."""
        from pyarrow import parquet

        with parquet.ParquetFile(self.path) as file:
            groups = [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]
            ends = np.cumsum(groups)
            first = int(np.searchsorted(ends, self.start, side="right"))
            last = int(np.searchsorted(ends, self.stop, side="left"))
            before = int(ends[first] - groups[first])
            return file.read_row_groups(range(first, last + 1)).slice(
                self.start - before, self.stop - self.start
            )


def rows_of_people(path: Path, parts: int, most: int) -> list[Path | FileRows]:
    """Cut one Parquet file between people: in `parts` or more, none of more than `most` people; raises FilesRefused.

    Where a person's rows do not lie together, nothing can be cut, and the file is one piece.
    """
    from pyarrow import ArrowInvalid, compute, parquet

    try:
        if PERSON not in parquet.read_schema(path).names:
            return [path]
        column = parquet.read_table(path, columns=[PERSON])[PERSON]
    except ArrowInvalid:
        raise FilesRefused(
            "{file} is not a Parquet file.", next_step="Give one, or a CSV.", file=path
        ) from None
    runs = compute.run_end_encode(compute.utf8_trim_whitespace(column.cast("string")).combine_chunks())
    ends, people = runs.run_ends.to_numpy(), len(runs.values)
    if people < 2 or len(runs.values.unique()) < people:
        return [path]
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "blake2b").digest()
    size = max(1, min(most, -(-people // parts)))
    stops = [*map(int, ends[size - 1 : people - 1 : size]), len(column)]
    return [FileRows(path, start, stop, digest) for start, stop in pairwise([0, *stops])]


class SourceToFit(NamedTuple):
    """A file of diaries that the worker can see, or its bytes for one that cannot, or rows that were read already."""

    source: Path | FileRows | bytes | Columns
    how: How


def parts_to_fit(sources: Sequence[Path | FileRows | Columns], how: How, *, carried: bool) -> Iterator[Piece]:
    """One piece of work for each source, under a digest of what is in it and how it is read.

    `carried` sends a file's bytes along, for workers that cannot see this machine's files; they are read as they go.
    """
    settings = digest_of(pickle.dumps(how, protocol=5))
    for number, source in enumerate(sources):
        name = f"{number:05}-{digest_of(_content(source), settings.encode())}"
        what = SourceToFit(source, how)
        yield Carried(name, fit_source, what) if carried else Piece(name, fit_source, what)


def _content(source: Path | FileRows | Columns) -> bytes:
    """What an estimate is made from: the same bytes for the same diaries, wherever the file lies."""
    if isinstance(source, FileRows):
        return source.digest + pickle.dumps((source.start, source.stop), protocol=5)
    return source.read_bytes() if isinstance(source, Path) else pickle.dumps(source, protocol=5)


class Carried(Piece):
    """A piece whose file is read just before it is sent."""

    def __reduce__(self) -> Any:
        what = self.what
        if isinstance(what.source, Path):
            what = what._replace(source=what.source.read_bytes())
        elif isinstance(what.source, FileRows):
            what = what._replace(source=_as_bytes(what.source.table()))
        return Piece, (self.name, self.do, what)


def fit_source(what: SourceToFit) -> Fitted:
    """Estimate everybody in one source."""
    source = what.source
    if isinstance(source, Mapping):
        return fit_columns(source, what.how)
    if isinstance(source, FileRows):
        return fit_columns(columns_of(source.table()), what.how)
    from pyarrow import parquet

    table = parquet.read_table(BytesIO(source) if isinstance(source, bytes) else source)
    return fit_columns(columns_of(table), what.how)
