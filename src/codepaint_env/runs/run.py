"""The evidence folder of a run: every program, picture and score, written as they come and loadable later."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from codepaint_env.evaluate import Evaluated, Evaluator
from codepaint_env.runs.records import PICTURES, PROGRAMS, load_sample, save_sample
from rewards import Weighted
from rewards.errors import SpecError
from rewards.types import Reward, Sample, Score

META = "run.json"
RECORDS = "records.jsonl"
FORMAT = 1

_SAME_RUN = ("env", "tasks", "reward", "renderer", "policy", "seed")


@dataclass(frozen=True, slots=True)
class RunMeta:
    """What ran.

    Attributes:
        name: Of the run, for people.
        created: When it began, ISO 8601 in UTC.
        version: Of codepaint.
        env: Id of the environment.
        tasks: Name of the task set, or where the tasks came from.
        reward: `spec` (the normal form; None for a live object), `name`, `version` and `range`.
        renderer: What drew the pictures, as the renderer describes itself.
        policy: Name of what wrote the programs.
        seed: Where the order of tasks starts.
    """

    name: str
    created: str
    version: str
    env: str
    tasks: str
    reward: Mapping[str, Any]
    renderer: Mapping[str, str | bool]
    policy: str
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A run that was loaded.

    Attributes:
        folder: Where it lies.
        meta: What ran.
        evaluated: Sample and score of each completion, in order.
    """

    folder: Path
    meta: RunMeta
    evaluated: tuple[Evaluated, ...]

    @property
    def samples(self) -> list[Sample]:
        """The samples, in order, for a reward to score again."""
        return [each.sample for each in self.evaluated]

    @property
    def scores(self) -> list[Score]:
        """The scores that were given, in order."""
        return [each.score for each in self.evaluated]


class RunWriter:
    """Writes a run sample by sample, so that a run that is killed has lost nothing.

    The record of a sample is written last: what has a record has its program and its picture.

    Args:
        folder: Where to; it must be new or empty unless a run is resumed.
        meta: What runs.
        resume: Goes on after the last whole record of the run that is there; begins one where there is none.

    Raises:
        SpecError: The folder holds something already, or another run than the one to resume.
    """

    def __init__(self, folder: Path | str, meta: RunMeta, *, resume: bool = False) -> None:
        self.folder = Path(folder)
        self.written: list[str] = []
        if self.folder.exists() and not self.folder.is_dir():
            raise SpecError(f"{self.folder} is a file; give a folder for the run.")
        if resume and (self.folder / META).is_file():
            self._take_up(meta)
        else:
            self._begin(meta)
        self._records = (self.folder / RECORDS).open("ab")

    def __enter__(self) -> RunWriter:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def append(self, evaluated: Evaluated) -> None:
        """Writes one sample with its score, down to the file system."""
        index = len(self.written)
        record = save_sample(self.folder, index, evaluated)
        self._records.write(json.dumps(record).encode("ascii") + b"\n")
        self._records.flush()
        self.written.append(evaluated.sample.task.id)

    def close(self) -> None:
        """Closes the file of records."""
        self._records.close()

    def _begin(self, meta: RunMeta) -> None:
        if self.folder.is_dir() and any(self.folder.iterdir()):
            way_out = "resume it" if (self.folder / META).is_file() else "it holds no run to resume"
            raise SpecError(f"{self.folder} is not empty; {way_out}, or choose another folder.")
        for part in (PROGRAMS, PICTURES):
            (self.folder / part).mkdir(parents=True)
        fresh = self.folder / f"{META}.new"
        fresh.write_text(json.dumps({"format": FORMAT, **asdict(meta)}, indent=2) + "\n", encoding="utf-8")
        fresh.replace(self.folder / META)

    def _take_up(self, meta: RunMeta) -> None:
        begun = _read_meta(self.folder)
        asked = json.loads(json.dumps(asdict(meta)))
        for name in _SAME_RUN:
            was, now = getattr(begun, name), asked[name]
            if was != now:
                raise SpecError(
                    f"The run in {self.folder} has the {name} {was!r}, not {now!r}; "
                    "resume it as it was begun, or choose another folder."
                )
        records, end = _read_records(self.folder)
        self.written = [record["task"]["id"] for record in records]
        if (self.folder / RECORDS).exists():
            with (self.folder / RECORDS).open("r+b") as file:
                file.truncate(end)


def reward_meta(reward: Reward, spec: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Returns what is written of a reward; `spec` is its normal form where it was made from one."""
    bounds = reward.traits.range
    return {
        "spec": spec,
        "name": reward.name,
        "version": reward.version,
        "range": None if bounds is None else list(bounds),
    }


def keep_run(
    folder: Path | str,
    evaluated: Sequence[Evaluated],
    evaluator: Evaluator,
    *,
    name: str,
    policy: str,
    seed: int,
) -> None:
    """Writes what an evaluator has scored as a run into a new folder.

    Args:
        folder: New or empty.
        evaluated: What came of each completion.
        evaluator: What rendered and judged them.
        name: Of the run, for people.
        policy: What wrote the programs.
        seed: Of the policy's sampling.
    """
    reward = evaluator.reward
    if isinstance(reward, Weighted):
        formula = " + ".join(f"{weight:g}*{member.name}" for weight, member in reward.members)
    else:
        formula = reward.name
    meta = RunMeta(
        name=name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        version=metadata.version("codepaint-env"),
        env=evaluator.canvas.env_id,
        tasks=f"{len(evaluated)} prompts",
        reward=reward_meta(reward) | {"name": formula},
        renderer=evaluator.renderer.identity(),
        policy=policy,
        seed=seed,
    )
    with RunWriter(folder, meta) as writer:
        for each in evaluated:
            writer.append(each)


def load_run(folder: Path | str) -> Run:
    """Loads a run and compares every program and picture with the hash of its record.

    A half-written last line, which is what a killed run may leave, is dropped with a warning.

    Raises:
        SpecError: There is no run, a record cannot be understood, or a file is not the one that was recorded.
    """
    folder = Path(folder)
    meta = _read_meta(folder)
    records, _ = _read_records(folder)
    return Run(folder, meta, tuple(load_sample(folder, record) for record in records))


def _read_meta(folder: Path) -> RunMeta:
    path = folder / META
    if not path.is_file():
        raise SpecError(f"There is no run in {folder}: {META} is missing.")
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        form = told.pop("format")
        if form != FORMAT:
            raise SpecError(f"{path} has the format {form!r}; this release reads {FORMAT}.")
        return RunMeta(**told)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, SpecError):
            raise
        raise SpecError(f"{path} is not understood: {error}.") from error


def _read_records(folder: Path) -> tuple[list[dict[str, Any]], int]:
    """Returns the whole records and where the last of them ends, in bytes."""
    path = folder / RECORDS
    whole, newline, rest = path.read_bytes().rpartition(b"\n") if path.exists() else (b"", b"", b"")
    if rest:
        warnings.warn(f"The last record of {path} is half-written: left out.", RuntimeWarning, stacklevel=3)
    records = []
    for index, line in enumerate(whole.split(b"\n") if newline else ()):
        try:
            record = json.loads(line)
            if record["index"] != index:
                raise ValueError(f"its index is {record['index']!r}")
            record["task"]["id"]
        except (ValueError, KeyError, TypeError) as error:
            raise SpecError(f"{path}, line {index + 1} is not record {index}: {error!r}.") from None
        records.append(record)
    return records, len(whole) + len(newline)
