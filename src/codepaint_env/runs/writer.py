"""Writes a run: every program, picture and score, as they come."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from codepaint_env.evaluate import Evaluated, Evaluator
from codepaint_env.render.backend import spec_of
from codepaint_env.render.codec import to_json
from codepaint_env.runs.meta import META, RunMeta, read_meta, reward_meta, write_meta
from codepaint_env.runs.records import PICTURES, PROGRAMS, save_sample
from codepaint_env.runs.run import RECORDS, read_records
from rewards import Weighted
from rewards.errors import SpecError
from rewards.json_lines import LineWriter

_SAME_RUN = ("env", "canvas", "tasks", "reward", "renderer", "policy", "seed")


class RunWriter:
    """Writes a run sample by sample, so that a killed run has lost nothing.

    The record of a sample is written last, so every record has its program and its picture.

    Args:
        folder: Folder to write to; it must be new or empty unless a run is resumed.
        meta: Settings of the run.
        suffix: Ending of the program files, such as `.js`; the canvas defines it.
        resume: Continues after the last whole record in the folder; begins a run if there is none.

    Raises:
        SpecError: The folder is not empty, or it holds another run than the one to resume.
    """

    def __init__(self, folder: Path | str, meta: RunMeta, *, suffix: str, resume: bool = False) -> None:
        self.folder = Path(folder)
        self._suffix = suffix
        self.written: list[str] = []
        if self.folder.exists() and not self.folder.is_dir():
            raise SpecError(f"{self.folder} is a file; give a folder for the run.")
        if resume and (self.folder / META).is_file():
            self._take_up(meta)
        else:
            self._begin(meta)
        self._records = LineWriter(self.folder / RECORDS)

    def __enter__(self) -> RunWriter:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def append(self, evaluated: Evaluated) -> None:
        """Writes one sample with its score to the file system."""
        index = len(self.written)
        record = save_sample(self.folder, index, evaluated, self._suffix)
        self._records.append(to_json(record))
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
        write_meta(self.folder, meta)

    def _take_up(self, meta: RunMeta) -> None:
        begun = read_meta(self.folder)
        asked = json.loads(json.dumps(asdict(meta)))
        for name in _SAME_RUN:
            was, now = getattr(begun, name), asked[name]
            if was != now:
                raise SpecError(
                    f"The run in {self.folder} has the {name} {was!r}, not {now!r}; "
                    "resume it as it was begun, or choose another folder."
                )
        self.written = [record.task.id for record in read_records(self.folder)]


def keep_run(
    folder: Path | str,
    evaluated: Sequence[Evaluated],
    evaluator: Evaluator,
    *,
    name: str,
    policy: str,
    seed: int,
) -> None:
    """Writes evaluated completions as a run into a new folder.

    Args:
        folder: New or empty folder.
        evaluated: Sample and score of each completion.
        evaluator: What rendered and judged them.
        name: Name of the run, for people.
        policy: What wrote the programs.
        seed: Seed of the policy's sampling.
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
        canvas=spec_of(evaluator.canvas),
        tasks=f"{len(evaluated)} prompts",
        reward=reward_meta(reward) | {"name": formula},
        renderer=evaluator.renderer.identity(),
        policy=policy,
        seed=seed,
    )
    with RunWriter(folder, meta, suffix=evaluator.canvas.suffix) as writer:
        for each in evaluated:
            writer.append(each)
