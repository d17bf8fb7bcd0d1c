"""The evidence of a study: each picture is painted once, kept in a run folder, and read from there."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import msgspec

from codepaint_env.evaluate import Evaluated, paint
from codepaint_env.pool.candidates import is_final
from codepaint_env.render.backend import spec_of
from codepaint_env.render.identity import seed_of
from codepaint_env.render.renderer import Renderer
from codepaint_env.runs.meta import META, RunMeta
from codepaint_env.runs.records import SampleRecord, ScoreRecord, load_sample
from codepaint_env.runs.run import read_records
from codepaint_env.runs.writer import RunWriter
from codepaint_env.study.ablation.samples import Lot, Wanted
from codepaint_env.study.ablation.score_table import Item
from rewards.errors import MachineError
from rewards.json_lines import LineWriter, read_lines
from rewards.types import Sample, Score

BATCH = 16  # programs that are painted before they are written
AT_ONCE = 4  # completions that a policy is asked for

Show = Callable[[int, int], None]
_NO_SCORE = ScoreRecord(None, {}, "", (), ())
UNSCORED = Score(None, reason="A study scores it, each reward in a file of its own.")


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """The evidence of one picture, where it lies.

    Attributes:
        folder: Of the run.
        record: Of the sample.
        key: Differs wherever a reward could read something else.
    """

    folder: Path
    record: SampleRecord
    key: str

    def load(self) -> Sample:
        """Reads the sample with its picture."""
        return load_sample(self.folder, self.record).sample


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One picture of a study with its evidence.

    Attributes:
        item: As the table of scores has it.
        wanted: What was asked for.
        recorded: Its evidence; None where a machine failed to paint it.
    """

    item: Item
    wanted: Wanted
    recorded: Recorded | None


def written(lot: Lot, out: Path, show: Show = lambda *_: None) -> Lot:
    """Returns a lot of which all completions are written; asks the policy for those that are not kept yet.

    Raises:
        MachineError: The policy's endpoint fails; what it wrote before is kept.
    """
    if lot.policy is None:
        return lot
    policy, kept = lot.policy, kept_completions(lot, out)
    left = [each for each in lot.wanted if each.item not in kept]
    show(len(kept), len(lot.wanted))
    (out / "generations").mkdir(parents=True, exist_ok=True)
    with LineWriter(_generations(lot, out)) as lines, ThreadPoolExecutor(AT_ONCE) as threads:
        for start in range(0, len(left), AT_ONCE):
            some = left[start : start + AT_ONCE]
            asked = [
                threads.submit(policy, each.task, lot.canvas.system_prompt, lot.wanted.index(each))
                for each in some
            ]
            for each, answer in zip(some, asked, strict=True):
                kept[each.item] = answer.result()
                lines.append({"item": each.item, "completion": kept[each.item]})
            show(len(kept), len(lot.wanted))
    return replace(lot, wanted=tuple(replace(each, completion=kept[each.item]) for each in lot.wanted))


def kept_completions(lot: Lot, out: Path) -> dict[str, str]:
    """Returns what a policy wrote at an earlier start, by item."""
    file = _generations(lot, out)
    items = {each.item for each in lot.wanted}
    told = (
        {line.value["item"]: line.value["completion"] for line in read_lines(file)} if file.is_file() else {}
    )
    return {item: text for item, text in told.items() if item in items}


def _generations(lot: Lot, out: Path) -> Path:
    return out / "generations" / f"{lot.name}.jsonl"


def kept_evidence(lot: Lot, out: Path, stages: frozenset[str]) -> list[Recorded | None]:
    """Returns the evidence that lies there already, in the order of a lot; None where there is none.

    Args:
        lot: The pictures.
        out: Folder of the study.
        stages: That are needed beside those that the canvas always records; a record without one does not count.
    """
    if lot.run is not None:
        return [_recorded(lot.run, record) for record in lot.records]
    folder = out / "evidence" / lot.name
    if not (folder / META).is_file():
        return [None] * len(lot.wanted)
    found: dict[tuple[str, str, str], list[Recorded]] = defaultdict(list)
    for record in read_records(folder):
        if record.rendering.status != "ok" or stages <= set(record.rendering.evidence):
            found[record.task.id, record.group, record.completion].append(_recorded(folder, record))
    # Equal completions of one task have equal evidence, so that any of them will do.
    told = []
    for each in lot.wanted:
        own = found.get((each.task.id, each.group, each.completion or ""), [])
        told.append(own.pop(0) if len(own) > 1 else own[0] if own else None)
    return told


def painted(
    lot: Lot, out: Path, stages: frozenset[str], workers: int | None, show: Show
) -> list[Recorded | None]:
    """Returns the evidence of a lot; paints what is not kept yet, in batches, each kept when it is done.

    What a machine failed to paint is not kept and tried again at the next start.

    Raises:
        MachineError: Nothing of a whole batch could be painted; what was painted before is kept.
    """
    kept = kept_evidence(lot, out, stages)
    left = [each for each, there in zip(lot.wanted, kept, strict=True) if there is None]
    done = len(kept) - len(left)
    if not left:
        return kept
    show(done, len(kept))
    renderer = Renderer(lot.canvas, workers=workers)
    folder = out / "evidence" / lot.name
    try:
        with RunWriter(folder, _meta(lot, renderer), suffix=lot.canvas.suffix, resume=True) as writer:
            for start in range(0, len(left), BATCH):
                some = left[start : start + BATCH]
                whole = [
                    each for each in _batch(lot, renderer, some, stages) if is_final(each.sample.rendering)
                ]
                for each in whole:
                    writer.append(each)
                if not whole:
                    raise MachineError(f"{done} pictures are painted, then none more. Run the same again.")
                done += len(whole)
                show(done, len(kept))
    finally:
        renderer.close()
    return kept_evidence(lot, out, stages)


def _batch(lot: Lot, renderer: Renderer, some: Sequence[Wanted], stages: frozenset[str]) -> list[Evaluated]:
    completions = [each.completion or "" for each in some]
    tasks = [each.task for each in some]
    seeds = [seed_of(task.id) for task in tasks]
    done = paint(lot.canvas, renderer, completions, seeds, tasks=tasks, stages=stages)
    return [
        Evaluated(
            Sample(each.task, each.completion or "", one.program, one.rendering, each.group),
            UNSCORED,
            judged=False,
        )
        for each, one in zip(some, done, strict=True)
    ]


def _meta(lot: Lot, renderer: Renderer) -> RunMeta:
    return RunMeta(
        name=lot.name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        version=metadata.version("codepaint-env"),
        env=lot.canvas.env_id,
        canvas=spec_of(lot.canvas),
        tasks=f"the samples {lot.name}",
        reward={"spec": None, "name": "none", "version": "", "range": None},
        renderer=renderer.identity(),
        policy="files" if lot.policy is None else lot.policy.name,
        seed=0,
    )


def _recorded(folder: Path, record: SampleRecord) -> Recorded:
    rendering = msgspec.structs.replace(record.rendering, identity="")
    bare = msgspec.structs.replace(record, index=0, program=None, picture=None, rendering=rendering)
    told = msgspec.to_builtins(msgspec.structs.replace(bare, score=_NO_SCORE))
    return Recorded(
        folder, record, hashlib.sha256(msgspec.json.encode(told, order="sorted")).hexdigest()[:24]
    )


def places_of(lot: Lot, evidence: Sequence[Recorded | None], out: Path) -> list[Place]:
    """Returns the pictures of a lot as the table of scores has them."""
    return [
        Place(
            Item(
                each.item,
                lot.name,
                each.kin,
                f"{lot.name}/{each.group}",
                each.task.prompt,
                _picture(recorded, out),
            ),
            each,
            recorded,
        )
        for each, recorded in zip(lot.wanted, evidence, strict=True)
    ]


def _picture(recorded: Recorded | None, out: Path) -> str:
    if recorded is None or recorded.record.picture is None:
        return ""
    return Path(os.path.relpath(recorded.folder / recorded.record.picture, out)).as_posix()
