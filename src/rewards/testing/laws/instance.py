"""Laws 06, 07, 08, 11 and 49: an instance scores alike again, elsewhere, after other work and from many threads."""

from __future__ import annotations

import asyncio
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from rewards.errors import CodepaintError
from rewards.testing.cases import strategies as draw
from rewards.testing.cases.described import KINDS, Painted, Picture, samples_of
from rewards.testing.interruption import interrupted, places
from rewards.testing.judges import ScriptedJudge
from rewards.testing.judges.wrapped import Exchanged
from rewards.testing.law import Broken, Subject, Unchecked, law
from rewards.testing.scoring import difference, scored, whole
from rewards.types import Reward, Sample, Score, Status

LARGEST_PICKLE = 64_000  # bytes; a reward travels to every worker
THREADS = 8
LINES, LINES_COSTLY = 200, 10  # of one call, at which another cuts in
PATIENCE_S = 300.0

CHILD = """
import pickle, sys
sys.path[:], payload = pickle.load(sys.stdin.buffer)
reward, batches = pickle.loads(payload)
told = pickle.dumps((reward.version, [reward(batch) for batch in batches]))
sys.stdout.buffer.write(b"scores:" + told)
"""


def _batch(seed: int, size: int, side: int) -> list[Painted]:
    """Returns a fixed batch that goes through kinds and statuses."""
    statuses: tuple[Status, ...] = ("ok", "ok", "program_error", "ok", "machine_error")
    return [
        Painted(
            statuses[(seed + index) % 5],
            Picture(KINDS[(5 * seed + index + 2) % len(KINDS)], seed, side, side),
            index % 2,
            seed % 3,
        )
        for index in range(size)
    ]


@law(
    "06 determinism",
    "a random choice without a seed of its own",
    draws=lambda subject: {"batch": draw.batches(1), "first": draw.seeds(), "second": draw.seeds()},
    applies=lambda subject: subject.traits.deterministic,
    trait="deterministic",
)
def determinism(subject: Subject, batch: Sequence[Painted], first: int, second: int) -> bool:
    """Two calls agree whatever the global states of `random` and numpy are."""
    samples = samples_of(batch, subject.reward.needs)
    kept = random.getstate(), np.random.get_state()
    try:
        told = []
        for seed in (first, second + 100):
            random.seed(seed)
            np.random.seed(seed)
            told.append(scored(subject.reward, samples))
    finally:
        random.setstate(kept[0])
        np.random.set_state(kept[1])
    for index, (one, other) in enumerate(zip(*told, strict=True)):
        if found := difference(one, other, 0.0):
            raise Broken(f"sample {index} {found} in two calls")
    return any(score.value is not None for score in told[0])


@law(
    "07 pickle",
    "a lambda, a lock or weights in the instance; or Python's hash(), which differs from process to process",
    fixed=lambda subject: [{"batches": [_batch(seed, 6, 16) for seed in (1, 2, 3)]}],
)
def pickles(subject: Subject, batches: Sequence[Sequence[Painted]]) -> bool:
    """A copy by pickle, and processes with other hash seeds, agree; the pickle is under 64 kB."""
    reward = subject.fresh()
    asked = [samples_of(batch, reward.needs) for batch in batches]
    try:
        packed = pickle.dumps(reward)
    except Exception as error:  # noqa: BLE001 (what pickle raises depends on what it meets)
        raise Broken(f"it does not pickle: {error}") from None
    if len(packed) > LARGEST_PICKLE:
        raise Broken(f"its pickle has {len(packed)} bytes, above {LARGEST_PICKLE}")
    here = [scored(reward, samples) for samples in asked]
    copy: Reward = pickle.loads(packed)
    _same(reward.version, copy.version, "in an unpickled copy")
    _agree(here, [scored(copy, samples) for samples in asked], "in an unpickled copy", subject.exact)
    if b"__main__" in packed:
        raise Unchecked(
            "a copy by pickle agrees; it is defined in __main__, a notebook or a script, which no other process can "
            "import. Move it to a module to have other processes tried"
        )
    version, there = _spawned(reward, asked)
    _same(reward.version, version, "in another process")
    _agree(here, there, "in a process with another hash seed", subject.exact)
    return True


def _spawned(reward: Reward, batches: Sequence[Sequence[Sample]]) -> tuple[str, list[list[Score]]]:
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    ran = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=pickle.dumps((sys.path, pickle.dumps((reward, batches)))),
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        timeout=PATIENCE_S,
        check=False,
    )
    _, mark, told = ran.stdout.partition(b"scores:")
    if ran.returncode or not mark:
        last = ran.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["it said nothing"]
        raise Broken(f"it cannot be used in a new process: {last[0][:300]}")
    found: tuple[str, list[list[Score]]] = pickle.loads(told)
    return found


def _same(version: str, other: str, where: str) -> None:
    if version != other:
        raise Broken(f"its version is {version!r}, and {other!r} {where}")


def _agree(
    here: Iterable[Sequence[Score]], there: Iterable[Sequence[Score]], where: str, tolerance: float
) -> None:
    for number, (ours, theirs) in enumerate(zip(here, there, strict=True)):
        for index, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            if found := difference(one, other, tolerance):
                raise Broken(
                    f"sample {index} of batch {number} {found.replace(' and ', ' here and ')} {where}"
                )


@law(
    "08 stateless",
    "something kept between calls: a running mean, or a cache that keeps what it should not",
    draws=lambda subject: {"batch": draw.batches(1), "other": draw.batches(1)},
)
def stateless(subject: Subject, batch: Sequence[Painted], other: Sequence[Painted]) -> bool:
    """A batch scores the same before and after another, and on a fresh instance that saw the other first."""
    samples, others = (samples_of(part, subject.reward.needs) for part in (batch, other))
    used = subject.fresh()
    before = scored(used, samples)
    scored(used, others)
    after = scored(used, samples)
    late = subject.fresh()
    scored(late, others)
    told = {"again after another batch": after, "on an instance that saw that first": scored(late, samples)}
    for where, scores in told.items():
        _check_again(before, scores, where, subject.exact)
    if subject.asking is not None:
        _check_recovery(subject, samples, before)
    return True


def _check_recovery(subject: Subject, samples: Sequence[Sample], healthy: Sequence[Score]) -> None:
    """A judge that failed and is well again gives what it would have given."""
    assert subject.asking is not None
    judge = Exchanged(ScriptedJudge(lost=1.0))
    reward = subject.asking(judge)
    scored(reward, samples)
    judge.judge = ScriptedJudge()
    _check_again(healthy, scored(reward, samples), "after its judge had failed once", subject.exact)


def _check_again(first: Sequence[Score], again: Sequence[Score], when: str, tolerance: float) -> None:
    for index, (one, now) in enumerate(zip(first, again, strict=True)):
        if found := difference(one, now, tolerance):
            raise Broken(f"sample {index} {found.replace(' and ', ' at first and ')} {when}")


@law(
    "11 concurrency",
    "state of one call kept in the instance, or an ascore that goes another way",
    fixed=lambda subject: [{"batches": [_batch(seed, 1 + seed % 6, 16) for seed in range(16)]}],
)
def concurrency(subject: Subject, batches: Sequence[Sequence[Painted]]) -> bool:
    """Calls interrupted between two lines, eight threads, and `ascore` score like one call after the other."""
    reward = subject.fresh()
    asked = [samples_of(batch, reward.needs) for batch in batches]
    serial = [scored(subject.reward, samples) for samples in asked]
    with ThreadPoolExecutor(THREADS) as threads:
        told = list(threads.map(lambda samples: scored(reward, samples), asked))
        _agree(serial, told, "in a thread", subject.exact)
        for place in places(reward, asked[2], LINES_COSTLY if subject.costly else LINES):
            cut = interrupted(reward, asked[2], place, partial(threads.submit, scored, reward, asked[10]))
            _agree([serial[2], serial[10]], cut.scores, f"in two threads, {cut.where}", subject.exact)
            if cut.waited:
                break  # it holds a lock, and the other call waits for it
        ascore = getattr(reward, "ascore", None)
        if ascore is not None:
            # In a thread of its own, since a loop may be running in this one.
            awaited = threads.submit(lambda: asyncio.run(_awaited(reward, asked))).result()
            _agree(serial, awaited, "by ascore", subject.exact)
    return True


async def _awaited(reward: Reward, batches: Sequence[Sequence[Sample]]) -> list[list[Score]]:
    ascore = reward.ascore  # type: ignore[attr-defined]
    told = await asyncio.gather(*(ascore(samples) for samples in batches))
    return [whole(list(scores), samples) for scores, samples in zip(told, batches, strict=True)]


@law(
    "49 version",
    "a parameter that `version` leaves out or counts by its type; or what the first call settles",
    fixed=lambda subject: [{"parameter": name} for name in ("", *_variants(subject))],
)
def version(subject: Subject, parameter: str) -> bool:
    """Equal rewards have one version, before and after scoring; a parameter that changes a score changes it."""
    samples = samples_of(_batch(2, 6, 24), subject.reward.needs)
    if parameter:
        return _check_parameter(subject, parameter, samples)
    reward = subject.fresh()
    before = reward.version
    scored(reward, samples)
    _same(before, reward.version, "after its first scores")
    _same(before, subject.fresh().version, "in another instance like it")
    if subject.asking is not None and _asked_by(subject, 0).version == _asked_by(subject, 1).version:
        raise Broken(f"its version is {before!r} whichever judge it asks")
    return True


def _asked_by(subject: Subject, seed: int) -> Reward:
    assert subject.asking is not None
    return subject.asking(ScriptedJudge(seed=seed))


def _check_parameter(subject: Subject, parameter: str, samples: Sequence[Sample]) -> bool:
    assert subject.make is not None
    known: dict[str, tuple[object, list[Score]]] = {}
    for chosen in _variants(subject)[parameter]:
        try:
            made = subject.make(**{parameter: chosen})
            version, scores = made.version, scored(made, samples)
        except (CodepaintError, TypeError, ValueError):
            continue  # refused, which is as good
        other, told = known.setdefault(version, (chosen, scores))
        for index, (one, two) in enumerate(zip(told, scores, strict=True)):
            if found := difference(one, two, subject.tolerance):
                raise Broken(
                    f"{parameter}={other!r} and {parameter}={chosen!r} have one version, {version!r}, yet sample "
                    f"{index} {found}"
                )
    return True


def _variants(subject: Subject) -> dict[str, list[object]]:
    """Returns some values for each parameter with a plain default, by its name."""
    found: dict[str, list[object]] = {}
    for name, default in subject.defaults.items():
        if isinstance(default, bool):
            found[name] = [False, True]
        elif isinstance(default, int):
            found[name] = [default, default + 1, np.int64(default + 1), np.int64(default + 2)]
        elif isinstance(default, float):
            half = default / 2 or 0.25
            found[name] = [default, half, np.float32(half), np.float32(half / 2)]
    return found
