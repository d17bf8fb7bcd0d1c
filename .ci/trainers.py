"""Runs each trainer's adapter against the trainer's real package, in an environment of its own.

    python .ci/trainers.py                 all of them
    python .ci/trainers.py verl gepa       some

An environment is made once under .venv-trainers/NAME and made anew when its row of TRAINERS changes. What needs torch
looks into .venv-models, which `make test-models` installs, for what it has not itself: torch takes 6 GB with CUDA.
docs/trainers.json keeps when each ran last, with which versions, and what came of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOG = ROOT / "docs/trainers.json"
OURS = ".[judge,testing]"
TOOLS = ("pytest>=8.3", "psutil>=6.0")


@dataclass(frozen=True)
class Trainer:
    """What an environment holds.

    Attributes:
        packages: What pip installs; the versions that were tested.
        told: Packages whose versions are kept in the log.
        models: True if it takes torch and the like from .venv-models.
        alone: What pip installs without what it depends on, because that does not build here.
        tests: What runs; None for tests/trainers/NAME.
    """

    packages: tuple[str, ...]
    told: tuple[str, ...]
    models: bool = False
    alone: tuple[str, ...] = ()
    tests: tuple[str, ...] | None = None


TRAINERS = {
    "trl": Trainer(
        ("trl==1.16.0",),
        ("trl", "transformers", "torch"),
        models=True,
        tests=("tests/trainers/trl", "tests/models/test_trl_trainer.py"),
    ),
    # Beside verl what its default trainer imports, of its extra for GPUs.
    "verl": Trainer(
        ("verl==0.9.1", "TransferQueue>=0.1.10", "cachetools", "fastapi", "uvicorn"),
        ("verl", "TransferQueue", "ray", "transformers", "torch"),
        models=True,
    ),
    "openrlhf": Trainer(
        ("aiohttp>=3.10", "pylatexenc"), ("openrlhf", "torch"), models=True, alone=("openrlhf==0.11.2",)
    ),
    "verifiers": Trainer(("verifiers==0.4.0",), ("verifiers", "openai", "pydantic")),
    "openenv": Trainer(("openenv==0.10.0",), ("openenv", "fastapi", "uvicorn", "websockets")),
    "sb3": Trainer(
        ("stable-baselines3==2.9.2", "matplotlib==3.11.2"),
        ("stable-baselines3", "gymnasium", "torch"),
        models=True,
    ),
    "gepa": Trainer(("gepa==0.1.4",), ("gepa",)),
}


def environment(name: str, trainer: Trainer) -> Path:
    """Makes an environment unless it is there, and returns its Python."""
    folder = ROOT / ".venv-trainers" / name
    python, mark = folder / "bin/python", folder / "made-of"
    told = hashlib.sha256(
        f"{trainer}{OURS}{TOOLS}{(ROOT / 'pyproject.toml').read_text()}".encode()
    ).hexdigest()
    if mark.is_file() and mark.read_text() == told:
        return python
    print(
        f"Installing {', '.join((*trainer.packages, *trainer.alone))} into {folder.relative_to(ROOT)}",
        flush=True,
    )
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    if trainer.models:
        subprocess.run(["make", ".venv-models/installed"], cwd=ROOT, check=True)
        [theirs] = (ROOT / ".venv-models/lib").glob("python3*/site-packages")
        [ours] = (folder / "lib").glob("python3*/site-packages")
        (ours / "zz-models.pth").write_text(f"{theirs}\n")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "-e", OURS, *TOOLS, *trainer.packages], cwd=ROOT, check=True)
    if trainer.alone:
        subprocess.run([*pip, "--no-deps", *trainer.alone], cwd=ROOT, check=True)
    mark.write_text(told)
    return python


def versions(python: Path, names: tuple[str, ...]) -> dict[str, str]:
    """Returns the versions of some packages."""
    code = "import importlib.metadata as m, json, sys; print(json.dumps({n: m.version(n) for n in sys.argv[1:]}))"
    done = subprocess.run([str(python), "-c", code, *names], capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test(name: str, trainer: Trainer) -> bool:
    """Runs a trainer's tests and keeps what came of it; returns True if all passed."""
    python = environment(name, trainer)
    print(f"{name}: {versions(python, trainer.told)}", flush=True)
    command = [
        str(python),
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        *(trainer.tests or (f"tests/trainers/{name}",)),
    ]
    done = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    )
    assert done.stdout is not None
    last = ""
    for line in done.stdout:
        print(line, end="", flush=True)
        last = line.strip() or last
    counts = {what: int(count) for count, what in re.findall(r"(\d+) (passed|failed|skipped|error)", last)}
    kept = json.loads(LOG.read_text()) if LOG.is_file() else {}
    kept[name] = {
        "date": datetime.now(UTC).date().isoformat(),
        "python": ".".join(map(str, sys.version_info[:3])),
        "versions": versions(python, trainer.told),
        "tests": counts,
    }
    LOG.write_text(json.dumps(dict(sorted(kept.items())), indent=2) + "\n")
    return done.wait() == 0


if __name__ == "__main__":
    unknown = [name for name in sys.argv[1:] if name not in TRAINERS]
    if unknown:
        sys.exit(f"No trainer is called {unknown[0]!r}; there are {', '.join(TRAINERS)}.")
    failed = [name for name in sys.argv[1:] or TRAINERS if not test(name, TRAINERS[name])]
    sys.exit(f"Failed: {', '.join(failed)}" if failed else 0)
