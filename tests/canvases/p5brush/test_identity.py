"""One program has one hash: in mini-racer's V8, Node's and Chromium's, on one worker and on two."""

from __future__ import annotations

import json
import subprocess
import sys

from places import BENCHMARKS

IDENTITY = BENCHMARKS / "identity.py"


def test_six_programs_have_one_hash_each_in_three_v8s(tmp_path):
    path = tmp_path / "identity.json"
    command = [sys.executable, str(IDENTITY), "--quick", "--json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert path.is_file(), done.stderr
    told = json.loads(path.read_text(encoding="utf-8"))
    assert {row["where"]: row["differ"] for row in told["rows"] if row["differ"]} == {}
    assert [row["where"].split()[0].strip(",") for row in told["rows"]] == [
        "mini-racer",
        "Node",
        "Chromium",
        "2",
    ]
    assert (told["programs"], told["renders"], told["identical"]) == (6, 24, True)
    assert done.returncode == 0
