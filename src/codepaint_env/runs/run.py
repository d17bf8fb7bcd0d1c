"""Loads the folder of a run: every program, picture and score."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from codepaint_env.evaluate import Evaluated
from codepaint_env.runs.meta import RunMeta, read_meta
from codepaint_env.runs.records import SampleRecord, load_sample, read_record
from rewards.errors import SpecError
from rewards.json_lines import read_lines
from rewards.types import Sample, Score

RECORDS = "records.jsonl"


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A run that was loaded.

    Attributes:
        folder: Folder of the run.
        meta: Settings of the run.
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


def load_run(folder: Path | str) -> Run:
    """Loads a run and compares every program and picture with the hash of its record.

    If a killed run left a half-written last line, it is dropped with a warning.

    Raises:
        SpecError: There is no run, a record cannot be understood, or a file differs from its record.
    """
    folder = Path(folder)
    meta = read_meta(folder)
    return Run(folder, meta, tuple(load_sample(folder, record) for record in read_records(folder)))


def read_records(folder: Path) -> list[SampleRecord]:
    """Returns the whole records of a run; a half-written last line is left out with a warning.

    Raises:
        SpecError: A record cannot be understood.
    """
    path = folder / RECORDS
    records = []
    for index, line in enumerate(read_lines(path) if path.exists() else ()):
        record = read_record(line)
        if record.index != index:
            raise SpecError(f"{line.where} is not record {index}: its index is {record.index!r}. Restore it.")
        records.append(record)
    return records
