"""What a run of verifiers taught: means, spreads within groups, and how often a machine failed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from codepaint_env.evaluate import Evaluated
from codepaint_env.trainers.shared.batch_metrics import metrics
from rewards.json_lines import parse_line, split_lines
from rewards.types import Rendering, Sample, Score, Task

INFO = "codepaint"  # the key in `trace.info`


def told_of(evaluated: Evaluated) -> dict[str, Any]:
    """Returns what is kept of a sample in its trace, JSON-able."""
    score, rendering = evaluated.score, evaluated.sample.rendering
    return {
        "value": score.value,
        "painted": float(rendering.ok),
        "components": {k: v for k, v in score.components.items() if k not in score.skipped},
        "status": f"{rendering.status} {rendering.kind}".strip(),
        "message": rendering.message or score.reason,
        "task": evaluated.sample.task.id,
        "group": evaluated.sample.group,
        "references": list(score.references),
    }


def summary(source: str | Path | Iterable[Any]) -> dict[str, float]:
    """Returns the figures of a run, by the names that other trainers log as `codepaint/...`.

    `reward`, `valid_rate`, `quality_given_valid`, `mean/NAME`, `spread`, `spread/NAME` (mean standard deviation within
    a group: a task, or an episode of several rollouts), `no_spread`, `small`, `mean_abs_advantage`, and `masked`, the
    share of traces without a score. Means are over the traces that have a score.

    Args:
        source: The folder of a run of `vf-eval`, its `traces.jsonl`, or episodes.
    """
    traces = list(_from_file(Path(source)) if isinstance(source, str | Path) else _from_episodes(source))
    told = [trace for trace in traces if trace is not None and trace["value"] is not None]
    return metrics([_evaluated(each) for each in told]) | {"masked": 1 - len(told) / max(1, len(traces))}


def _from_file(path: Path) -> Iterable[Mapping[str, Any] | None]:
    file = path / "traces.jsonl" if path.is_dir() else path
    for number, line in split_lines(file.read_text("utf-8")):
        episode = parse_line(line, f"{file.name}, line {number}")
        for trace in episode.get("traces") or [{}]:
            yield trace.get("info", {}).get(INFO) if trace.get("ok") else None


def _from_episodes(episodes: Iterable[Any]) -> Iterable[Mapping[str, Any] | None]:
    for episode in episodes:
        for trace in episode.traces or [None]:
            yield trace.info.get(INFO) if trace is not None and trace.ok else None


def _evaluated(told: Mapping[str, Any]) -> Evaluated:
    rendering = Rendering("ok" if told["painted"] else "program_error")
    sample = Sample(Task(told["task"], ""), "", "", rendering, told["group"])
    return Evaluated(sample, Score(told["value"], told["components"]))
