"""Many people at once: neither cut, nor company, nor workers, nor a killed one can be seen in what comes out."""

import multiprocessing
import os
import pickle
import signal
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import distributed
import numpy as np
import pandas
import pyarrow
import pytest
from distributed.comm.core import CommClosedError

from kithwork.cycle.files import (
    FileRows,
    SourceToFit,
    fit_source,
    parquet_files,
    parts_to_fit,
    parts_to_simulate,
    rows_of_people,
    to_parquet,
)
from kithwork.cycle.fleet import FleetStopped, Piece, dask, engine_of, kept_going, local, opened
from kithwork.cycle.learning import learn_prior
from kithwork.cycle.parameters import ITEM_NAMES
from kithwork.cycle.partition import How, fit_columns, fit_partition
from kithwork.cycle.rows import Columns, RowsRefused
from kithwork.cycle.simulate import simulate

# Few and short sweeps: what is tested here is the fleet and not the estimate.
QUICK = How(draws=2, burn=1, engine="plain")
PEOPLE, DAYS = 36, 40


@pytest.fixture(scope="module")
def table() -> Columns:
    y, _, _ = simulate(PEOPLE, DAYS, seed=11)
    who, day = np.nonzero(~np.isnan(y).all(2))
    names = np.array([f"s{number:03}" for number in range(PEOPLE)])
    return {"person": names[who], "day": day, **{name: y[who, day, at] for at, name in enumerate(ITEM_NAMES)}}


@pytest.fixture(scope="module")
def whole(table: Columns) -> Columns:
    found: Columns = fit_partition(table, QUICK)
    return found


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, protocol="tcp", dashboard_address=None
    ) as running:
        yield running.scheduler_address


def of_people(table: Columns, first: int, last: int) -> Columns:
    here = (table["person"] >= f"s{first:03}") & (table["person"] < f"s{last:03}")
    return {name: column[here] for name, column in table.items()}


def cut(table: Columns, parts: int) -> list[Columns]:
    size = PEOPLE // parts
    return [of_people(table, first, first + size) for first in range(0, PEOPLE, size)]


def joined(parts: list[Columns]) -> Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def same(one: Columns, other: Columns) -> bool:
    return list(one) == list(other) and all(
        np.array_equal(one[name], other[name], equal_nan=one[name].dtype.kind == "f") for name in one
    )


def worked(pieces: list[Piece], engine: Any, folder: Path) -> Columns:
    files = {piece.name: file for piece, file in kept_going(pieces, engine, folder)}
    return joined([opened(files[piece.name]).rows for piece in pieces])


def test_one_row_a_person_and_everything_that_is_known_of_her(whole: Columns) -> None:
    assert list(whole["person"]) == sorted(f"s{number:03}" for number in range(PEOPLE))
    assert list(whole)[:6] == ["person", "status", "days_seen", "pairs", "gain_vs_level", "moved"]
    assert len(whole) == 6 + 2 * 5 + 25 * 4
    assert np.array_equal(whole["low_mood_to_kept_away_mean"] > 0, whole["low_mood_to_kept_away_p_pos"] > 0.5)


def test_the_same_kind_of_table_comes_back(table: Columns, whole: Columns) -> None:
    frame = fit_partition(pandas.DataFrame(table), QUICK)
    arrow = fit_partition(pyarrow.table(table), QUICK)

    assert same({name: np.asarray(frame[name], dtype=whole[name].dtype) for name in frame.columns}, whole)
    assert same({name: np.array(arrow[name], dtype=whole[name].dtype) for name in arrow.column_names}, whole)


def test_no_cut_and_no_order_can_be_seen(table: Columns, whole: Columns) -> None:
    for parts in (2, 6, 36):
        assert same(joined([fit_columns(part, QUICK).rows for part in cut(table, parts)]), whole)
    mixed = np.random.default_rng(1).permutation(len(table["day"]))
    assert same(fit_partition({name: column[mixed] for name, column in table.items()}, QUICK), whole)


def test_a_learned_prior_is_the_same_to_the_last_bit_whatever_the_cut(table: Columns) -> None:
    def learned(parts: int) -> Any:
        sums = [fit_columns(part, QUICK).sums for part in cut(table, parts)]
        return learn_prior(reversed([one for one in sums if one is not None]))

    one, many = learned(1), learned(12)
    for name in ("a_mean", "a_sd", "a_mean_se", "a_freedom", "levels"):
        assert np.array_equal(getattr(one, name), getattr(many, name)), name
    assert one.people == many.people > 15


def test_finished_parts_are_not_done_again_and_a_damaged_one_is(
    table: Columns, whole: Columns, tmp_path: Path
) -> None:
    pieces = list(parts_to_fit(cut(table, 4), QUICK, carried=False))
    done: list[str] = []

    def counting(left: Any) -> Iterator[tuple[Piece, Any]]:
        for piece in left:
            done.append(piece.name)
            yield piece, piece.done()

    going = kept_going(pieces, counting, tmp_path)
    assert len([next(going), next(going)]) == 2
    del going
    assert same(worked(pieces, counting, tmp_path), whole)
    assert sorted(done) == sorted(piece.name for piece in pieces)

    (tmp_path / pieces[2].name).write_bytes((tmp_path / pieces[2].name).read_bytes()[:-9])
    assert same(worked(pieces, counting, tmp_path), whole)
    assert done[4:] == [pieces[2].name]
    other = next(parts_to_fit(cut(table, 4), How(draws=3, burn=1), carried=False))
    assert other.name != pieces[0].name


def test_killed_workers_change_nothing(table: Columns, whole: Columns, tmp_path: Path) -> None:
    pieces = list(parts_to_fit(cut(table, 12), QUICK, carried=False))
    killed: list[int] = []

    def killing(left: Any) -> Iterator[tuple[Piece, Any]]:
        for number, one in enumerate(local(2)(left)):
            if number == 0:
                for child in multiprocessing.active_children():
                    os.kill(child.pid or 0, signal.SIGKILL)
                    killed.append(child.pid or 0)
            yield one

    assert same(worked(pieces, killing, tmp_path), whole)
    assert len(killed) == 2


def test_a_piece_that_kills_whoever_does_it_is_given_up() -> None:
    with pytest.raises(FleetStopped) as stopped:
        list(local(2)([Piece("a", os._exit, 9), Piece("b", os._exit, 9)]))
    assert stopped.value.sentence == "A worker was killed 3 times over the same work."


def test_a_dask_cluster_gives_the_same(cluster: str, table: Columns, whole: Columns, tmp_path: Path) -> None:
    files = []
    for number, part in enumerate(cut(table, 4)):
        files.append(tmp_path / f"{number}.parquet")
        files[-1].write_bytes(to_parquet(part))
    pieces = list(parts_to_fit(files, QUICK, carried=True))
    assert same(worked(pieces, dask(cluster), tmp_path / "parts"), whole)


def lacks_numba(_: Any) -> None:
    raise ModuleNotFoundError("No module named 'numba'", name="numba")


def wrapped(_: Any) -> None:
    try:
        lacks_numba(_)
    except ImportError as error:
        raise RuntimeError("Error during deserialization of the task graph.") from error


def divides(_: Any) -> float:
    return 1 / 0


def is_killed(_: Any) -> None:
    worker: Any = SimpleNamespace(address="tcp://gone")
    raise distributed.KilledWorker("a", worker, 4)


def loses_the_cluster(_: Any) -> None:
    raise CommClosedError("the scheduler is gone")


def refuses(_: Any) -> None:
    raise RowsRefused("The table lacks the columns {names}.", names="person")


@pytest.mark.parametrize(
    ("does", "sentence", "next_step", "cause"),
    [
        (lacks_numba, "A worker of the cluster lacks numba.", "pip install", ModuleNotFoundError),
        (wrapped, "A worker of the cluster lacks numba.", "pip install", RuntimeError),
        (divides, "could not do its part: ZeroDivisionError: division by zero", "local=1", ZeroDivisionError),
        (is_killed, "killed again and again", "memory ran out", distributed.KilledWorker),
        (loses_the_cluster, "stopped before the work was done", "Start it again", OSError),
    ],
)
def test_what_a_piece_raises_on_a_cluster_is_said_in_a_sentence(
    cluster: str, does: Any, sentence: str, next_step: str, cause: type[Exception]
) -> None:
    with pytest.raises(FleetStopped) as stopped:
        list(dask(cluster)([Piece("a", does, 0)]))
    assert sentence in stopped.value.sentence
    assert next_step in stopped.value.next_step
    assert isinstance(stopped.value.__cause__, cause)


def test_a_refusal_comes_back_from_a_cluster_as_it_is(cluster: str) -> None:
    with pytest.raises(RowsRefused) as refused:
        list(dask(cluster)([Piece("a", refuses, 0)]))
    assert refused.value.sentence == "The table lacks the columns person."


@pytest.mark.parametrize("group", [7, 100, 10_000])
def test_one_file_is_cut_between_people_and_nobody_can_see_it(
    table: Columns, whole: Columns, tmp_path: Path, group: int
) -> None:
    from pyarrow import parquet

    one = tmp_path / "one.parquet"
    parquet.write_table(pyarrow.table(table), one, row_group_size=group)
    sources = rows_of_people(one, 5, 4096)
    assert len(sources) == 5
    read = [source.table() for source in sources if isinstance(source, FileRows)]
    assert (
        pyarrow.concat_tables(read)
        .select(["person", "day"])
        .equals(pyarrow.table({name: table[name] for name in ("person", "day")}))
    )

    pieces = list(parts_to_fit(sources, QUICK, carried=False))
    assert same(joined([piece.done().rows for piece in pieces]), whole)
    there = pickle.loads(pickle.dumps(next(parts_to_fit(sources, QUICK, carried=True))))
    assert (there.name, type(there.what.source)) == (pieces[0].name, bytes)
    assert same(there.done().rows, pieces[0].done().rows)
    assert [len(rows_of_people(one, 1, most)) for most in (36, 35, 12)] == [1, 2, 3]


def test_a_file_in_which_a_persons_rows_lie_apart_stays_whole(table: Columns, tmp_path: Path) -> None:
    one = tmp_path / "one.parquet"
    first, rest = of_people(table, 0, 9), of_people(table, 9, 36)
    one.write_bytes(to_parquet(joined([{name: part[:5] for name, part in first.items()}, rest,
                                       {name: part[5:] for name, part in first.items()}])))  # fmt: skip
    assert rows_of_people(one, 5, 4096) == [one]


def test_a_mood_that_is_no_column_is_refused(table: Columns) -> None:
    with pytest.raises(RowsRefused) as refused:
        fit_columns(table, How(mood=("low_mood", "zz")))
    assert refused.value.sentence == (
        f"The mood zz is none of the answers, which are {', '.join(ITEM_NAMES)}."
    )


def test_a_carried_piece_takes_the_files_bytes_along(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"bytes")
    piece = next(parts_to_fit([tmp_path / "one"], QUICK, carried=True))
    there = pickle.loads(pickle.dumps(piece))
    assert (type(there), there.name, there.do, there.what.source) == (Piece, piece.name, fit_source, b"bytes")
    assert isinstance(piece.what, SourceToFit)


def test_files_of_overlapping_people_are_refused_and_others_put_in_order(
    table: Columns, tmp_path: Path
) -> None:
    from kithwork.cycle.files import FilesRefused

    (tmp_path / "a.parquet").write_bytes(to_parquet(of_people(table, 12, 36)))
    (tmp_path / "b.parquet").write_bytes(to_parquet(of_people(table, 0, 12)))
    assert [file.name for file in parquet_files(tmp_path)] == ["b.parquet", "a.parquet"]
    (tmp_path / "c.parquet").write_bytes(to_parquet(of_people(table, 5, 6)))
    with pytest.raises(FilesRefused) as refused:
        parquet_files(tmp_path)
    assert refused.value.sentence == "The people of b.parquet and c.parquet overlap."


def test_simulated_files_are_the_same_from_one_worker_and_from_two() -> None:
    pieces = list(parts_to_simulate(5000, weeks=4, seed=2))
    one = {piece.name: made for piece, made in local(1)(pieces)}
    two = {piece.name: made for piece, made in local(2)(pieces)}
    assert one == two
    assert list(one) == ["part-00000", "part-00001"]


@pytest.mark.parametrize("named", ["", "cloud", "dask", "dask=", "local=0", "local=-1", "local=" + "9" * 400])
def test_an_engine_that_does_not_exist_is_refused(named: str) -> None:
    with pytest.raises(FleetStopped):
        engine_of(named)


def test_a_scheduler_that_does_not_answer_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kithwork.cycle.fleet.SECONDS_TO_ANSWER", 0.3)
    with pytest.raises(FleetStopped) as stopped:
        list(dask("tcp://127.0.0.1:9")([Piece("a", int, 0)]))
    assert stopped.value.sentence == "No Dask scheduler answers at tcp://127.0.0.1:9."
