"""A long run leaves memory, processes, threads and files as they were; a leak is said to grow."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from places import BENCHMARKS


@pytest.mark.full
def test_a_short_soak_is_flat(tmp_path):
    told, plot = tmp_path / "soak.json", tmp_path / "soak.svg"
    words = ["--quick", "--json", str(told), "--plot", str(plot)]
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "soak.py"), *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(told.read_text(encoding="utf-8"))
    assert (found["flat"], found["surprises"]) == (True, [])
    assert sum(found["outcomes"].values()) == 162
    assert "Resident memory" in plot.read_text(encoding="utf-8")


def test_a_soak_that_leaks_is_said_to_grow():
    sys.path.insert(0, str(BENCHMARKS))
    import soak

    def samples(leak: Callable[[int], dict[str, float]]) -> list[soak.Sample]:
        level = {"parent_mb": 90, "workers_mb": 280, "browser_mb": 1000, "driver_mb": 140}
        counts = {"processes": 22, "threads": 188, "open_files": 434, "temporary": 106}
        return [soak.Sample(50 * n, 1, **level | counts | leak(n)) for n in range(50)]

    def growing(leak: Callable[[int], dict[str, float]]) -> set[str]:
        return {name for name, each in soak.growths(samples(leak)).items() if not each["flat"]}

    noise = np.random.default_rng(1).normal(0, 15, 50)
    assert growing(lambda n: {"browser_mb": 1000 + noise[n]}) == set()
    assert growing(lambda n: {"parent_mb": 90 + n}) == {"parent_mb"}
    assert growing(lambda n: {"threads": 188 + noise[n] / 3}) == set()
    assert growing(lambda n: {"threads": 188 + n}) == {"threads"}
    assert growing(lambda n: {"open_files": 434 + noise[n] / 3}) == set()
    assert growing(lambda n: {"open_files": 434 + n}) == {"open_files"}
    assert growing(lambda n: {"temporary": 106 + n // 20}) == {"temporary"}
    assert growing(lambda n: {"processes": 22 + n // 20}) == {"processes"}
    assert growing(lambda n: {"browser_mb": 1000 + 10 * n}) == {"browser_mb", "memory_mb"}
