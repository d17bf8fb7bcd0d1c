"""The page about the server: its files are read by what would read them, and its table follows from what is measured."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys

import pytest

from codepaint_env.cli.serve import serve
from places import BENCHMARKS, ROOT

sys.path.insert(0, str(BENCHMARKS))

from serve import sizing  # the benchmark

PAGE = (ROOT / "docs/serve.md").read_text(encoding="utf-8")


def block(language):
    [text] = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)
    return text


def arguments(command):
    """Reads a command line as the command would; starts nothing."""
    words = shlex.split(command)
    assert words[0].endswith("codepaint")
    assert words[1] == "serve"
    with serve.make_context("serve", words[2:]) as context:
        return context.params


def test_the_table_of_cores_is_the_one_that_the_benchmark_writes():
    assert sizing() in PAGE


def test_the_compose_file_starts_a_server_that_the_trainer_finds():
    yaml = pytest.importorskip("yaml", reason="PyYAML, which Ray brings, is not installed")
    told = yaml.safe_load(block("yaml"))["services"]
    _, _, script = shlex.split(told["paint"]["command"])
    asked = arguments(script.partition("&& ")[2])
    assert told["train"]["environment"]["CODEPAINT_URL"] == f"http://paint:{asked['port']}"
    assert told["train"]["environment"]["CODEPAINT_TOKEN"] == told["paint"]["environment"]["CODEPAINT_TOKEN"]
    assert asked["workers"] == told["paint"]["cpus"]
    assert int(told["paint"]["stop_grace_period"].removesuffix("s")) > asked["grace_s"]


def test_the_unit_is_one_that_systemd_reads(tmp_path):
    unit = block("ini")
    [command] = re.findall(r"^ExecStart=(.*)$", unit, re.M)
    [seconds] = re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.M)
    assert int(seconds) > arguments(command)["grace_s"]
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    file = tmp_path / "codepaint.service"
    file.write_text(unit.replace(command.split()[0], sys.executable).replace("User=codepaint\n", ""))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(file)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if file.name in line]) == (0, [])
