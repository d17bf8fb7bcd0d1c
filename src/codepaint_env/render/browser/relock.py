"""Rewrites `assets.json` for the versions that it names, trusting what npm delivers: for maintainers."""

from __future__ import annotations

import base64
import hashlib
import json
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

from codepaint_env.render.browser import assets
from codepaint_env.render.browser.npm import download, find_node
from codepaint_env.render.browser.recipe import RECIPE
from rewards.errors import MissingPart


def relock() -> None:
    """Fetches every package at its version and writes integrities and hashes of what came."""
    versions = {name: lock["version"] for name, lock in assets.read_lock()["packages"].items()}
    npm, node = find_node("npm"), find_node("node")
    if npm is None or node is None:
        raise MissingPart("npm and node are needed.")
    with tempfile.TemporaryDirectory() as scratch:
        staging = Path(scratch) / "assets"
        packages: dict[str, dict[str, str]] = {}
        for name, version in versions.items():
            archive = download(npm, f"{name}@{version}", Path(scratch))
            digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
            packages[name] = {"version": version, "integrity": f"sha512-{digest}"}
            with tarfile.open(archive) as members:
                for member, target in RECIPE[name].items():
                    source = members.extractfile(member)
                    assert source is not None, member
                    assets.place_member(source, member, staging / target, Path(scratch), node)
        placed = {
            str(PurePosixPath(path.relative_to(staging))): {
                "bytes": path.stat().st_size,
                "sha256": assets.sha256(path),
            }
            for path in sorted(staging.rglob("*"))
            if path.is_file()
        }
    lock = json.dumps({"packages": packages, "files": placed}, indent=2)
    assets.LOCK.write_text(f"{lock}\n", encoding="utf-8")


if __name__ == "__main__":
    relock()
