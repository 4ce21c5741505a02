"""Many people at once: pieces of work on all processors here, or on a Dask cluster of one's own.

A piece is a function and what it works on, and gives the same answer wherever it is done; so the number of workers,
their order, and one that is killed half-way change nothing but the time. Pieces are handed out a few at a time, so
that no more than those are in memory. What is finished is kept in a folder under a digest of what it was made from,
and is not done again.
"""

import hashlib
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeAlias

from kithwork.refusal import Refusal

PIECES_A_WORKER = 2
MOST_DEATHS = 3
SECONDS_TO_ANSWER = 15


class FleetStopped(Refusal):
    """The work could not go on: a cluster that does not answer, or a piece that kills whoever does it."""

    code = "fleet-stopped"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some work: what it is called, and a function that can be sent to another process, with what it works on."""

    name: str
    do: Callable[[Any], Any]
    what: Any

    def done(self) -> Any:
        """Do it, here."""
        return self.do(self.what)


Engine: TypeAlias = Callable[[Sequence[Piece]], Iterator[tuple[Piece, Any]]]


def local(workers: int | None = None) -> Engine:
    """Work on the processors of this machine; one worker is this very process."""
    many = workers or os.cpu_count() or 1

    def work(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Any]]:
        if min(many, len(pieces)) <= 1:
            yield from ((piece, piece.done()) for piece in pieces)
        else:
            yield from _in_pools(deque(pieces), min(many, len(pieces)))

    return work


def dask(address: str) -> Engine:
    """Work on a Dask cluster; raises FleetStopped where Dask is missing or nobody answers at the address."""

    def work(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Any]]:
        try:
            from distributed import Client
        except ImportError:
            raise FleetStopped(
                "Working on a Dask cluster needs Dask.", next_step="pip install 'kithwork[cluster]'"
            ) from None
        try:
            client = Client(address, timeout=SECONDS_TO_ANSWER, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TimeoutError):
            raise FleetStopped(
                "No Dask scheduler answers at {address}.",
                next_step="Start one with: dask scheduler; and workers with: dask worker {address}",
                address=address,
            ) from None
        with client:
            yield from _on_cluster(client, pieces)

    return work


def engine_of(named: str) -> Engine:
    """Read an engine's name: ``local``, ``local=3`` (three workers) or ``dask=ADDRESS``."""
    kind, _, rest = named.partition("=")
    if kind == "local" and (not rest or (rest.isdecimal() and 0 < int(rest) <= 1024)):
        return local(int(rest) if rest else None)
    if kind == "dask" and rest:
        return dask(rest)
    raise FleetStopped(
        "There is no engine {name}.", next_step="Say local, local=2 or dask=tcp://HOST:8786.", name=named
    )


def kept_going(pieces: Iterable[Piece], engine: Engine, folder: Path) -> Iterator[tuple[Piece, Path]]:
    """Do what is not yet done, and give the file of each finished piece as soon as it is there; see `opened`.

    A file is written whole or not at all, so whatever was killed, what is there is finished.
    """
    folder.mkdir(parents=True, exist_ok=True)
    left = []
    for piece in pieces:
        path = folder / piece.name
        if _is_whole(path):
            yield piece, path
        else:
            left.append(piece)
    for piece, result in engine(left):
        path = folder / piece.name
        _write(path, pickle.dumps(result, protocol=5))
        yield piece, path


def opened(path: Path) -> Any:
    """What a finished piece came to. Only for files of `kept_going`: it trusts them as it trusts this program."""
    return pickle.loads(path.read_bytes()[DIGEST_BYTES:])  # noqa: S301 -- our own file, in a folder of our own


DIGEST_BYTES = 32


def digest_of(*things: bytes) -> str:
    """A name for what something is made from."""
    digest = hashlib.blake2b(digest_size=16)
    for thing in things:
        digest.update(len(thing).to_bytes(8, "little") + thing)
    return digest.hexdigest()


def _write(path: Path, content: bytes) -> None:
    half = path.with_suffix(".half")
    with half.open("wb") as stream:
        stream.write(hashlib.blake2b(content, digest_size=DIGEST_BYTES).digest() + content)
        stream.flush()
        os.fsync(stream.fileno())
    half.replace(path)


def _is_whole(path: Path) -> bool:
    if not path.exists():
        return False
    content = path.read_bytes()
    digest = hashlib.blake2b(content[DIGEST_BYTES:], digest_size=DIGEST_BYTES).digest()
    return content[:DIGEST_BYTES] == digest


def _in_pools(waiting: deque[Piece], workers: int) -> Iterator[tuple[Piece, Any]]:
    """Hand pieces to processes. One that is killed takes the pool with it: begin a new one with what was left."""
    deaths = 0
    while waiting:
        running: dict[Any, Piece] = {}
        # New processes and no forks: a fork of a program with threads can stand still for ever.
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            try:
                while waiting or running:
                    while waiting and len(running) < PIECES_A_WORKER * workers:
                        running[pool.submit(waiting[0].done)] = waiting[0]
                        waiting.popleft()
                    for one in wait(running, return_when=FIRST_COMPLETED).done:
                        result = one.result()
                        deaths = 0
                        yield running.pop(one), result
            except BrokenProcessPool:
                deaths += 1
                waiting.extendleft(running.values())
        if deaths >= MOST_DEATHS:
            raise FleetStopped(
                "A worker was killed {count} times over the same work.",
                next_step="Most often memory ran out: use fewer workers, as in --engine local=1, or smaller files.",
                count=deaths,
            )


def _on_cluster(client: Any, pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Any]]:
    """Hand pieces to a cluster, a few for each of its threads at a time. Dask itself repeats what a dead worker had."""
    from distributed import as_completed

    waiting, running = deque(pieces), {}

    def next_one() -> Any:
        piece = waiting.popleft()
        # What was computed elsewhere under the same name is never taken for this.
        future = client.submit(piece.done, pure=False)
        running[future.key] = piece
        return future

    threads = max(sum(client.nthreads().values()), 1)
    first = [next_one() for _ in range(min(len(waiting), PIECES_A_WORKER * threads))]
    going: Any = as_completed(first, loop=client.loop)  # type: ignore[no-untyped-call]
    for future in going:
        yield running.pop(future.key), _result(future)
        if waiting:
            going.add(next_one())


def _result(future: Any) -> Any:
    """What a piece on the cluster came to; raises FleetStopped, with what the worker said as its cause."""
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError
    from distributed.comm.core import CommClosedError

    try:
        return future.result()
    except Refusal:  # says already what is wrong with the diaries, and what to do
        raise
    except KilledWorker as error:
        raise FleetStopped(
            "Workers of the cluster were killed again and again over the same work.",
            next_step="Most often memory ran out: give each worker more of it, or fewer threads, or smaller files.",
        ) from error
    except (FutureCancelledError, CommClosedError) as error:
        raise FleetStopped(
            "The Dask cluster stopped before the work was done.",
            next_step="Start it again, then give the same command: with --out, it goes on where it was.",
        ) from error
    except Exception as error:
        raise _failed_there(error) from error


def _failed_there(error: BaseException) -> FleetStopped:
    """Dask wraps some of what a worker raises: what the worker lacks may lie below."""
    below: BaseException | None = error
    while below is not None:
        if isinstance(below, ImportError):
            return FleetStopped(
                "A worker of the cluster lacks {module}.",
                next_step="On every worker install what is here: pip install 'kithwork[cluster,numbers]'",
                module=below.name or below,
            )
        below = below.__cause__ or below.__context__
    return FleetStopped(
        "A worker of the cluster could not do its part: {kind}: {what}",
        next_step="Say --engine local=1. If that goes well, install the same versions on the workers as here.",
        kind=type(error).__name__,
        what=error,
    )
