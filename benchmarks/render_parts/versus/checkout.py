"""Another commit's files under a temporary folder, as long as they are needed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rewards.errors import SpecError

ROOT = Path(__file__).resolve().parents[3]
CARRIED = "src/codepaint_env/canvases/p5brush/engine/p5.brush.js"  # not in git; the same for every commit


def name_of(commit: str, root: Path = ROOT) -> str:
    """Returns the short hash of a commit.

    Raises:
        SpecError: There is none of that name.
    """
    done = _git(
        root, "rev-parse", "--short", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}"
    )
    if done.returncode:
        raise SpecError(
            f"--against is {commit!r}; git knows no such commit. Take a hash, a branch or HEAD~1."
        )
    return done.stdout.strip()


@contextmanager
def checkout(commit: str, root: Path = ROOT) -> Iterator[Path]:
    """Yields a folder with the files of a commit, a work tree of this repository that is removed afterwards."""
    name = name_of(commit, root)
    with tempfile.TemporaryDirectory(prefix="codepaint-against-") as scratch:
        tree = Path(scratch) / "tree"
        done = _git(root, "worktree", "add", "--detach", str(tree), name)
        if done.returncode:
            raise SpecError(f"git could not check out {name}: {done.stderr.strip().splitlines()[-1]}")
        try:
            if (root / CARRIED).is_file() and (tree / CARRIED).parent.is_dir():
                shutil.copy(root / CARRIED, tree / CARRIED)
            yield tree
        finally:
            _git(root, "worktree", "remove", "--force", str(tree))


def _git(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
